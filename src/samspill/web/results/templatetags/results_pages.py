"""The way between the pages of a study's results."""

from __future__ import annotations

from typing import Any

from django import template

from samspill.web.results.navigation import Menus, menus_of

register = template.Library()


@register.simple_tag(takes_context=True)
def results_menus(context: dict[str, Any]) -> Menus:
    """``{% results_menus as menus %}``: the pages of the page's study, for the one who reads."""
    request = context["request"]
    return menus_of(context["study"], request.resolver_match.view_name, context.get("may", {}))
