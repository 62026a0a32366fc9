"""The log's words in templates."""

from django import template

from samspill.web.audit.describing import action_label

register = template.Library()
register.filter("action_label", action_label)
