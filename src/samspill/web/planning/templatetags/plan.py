"""Values of the plan in words."""

from __future__ import annotations

from django import template

from samspill.register import TABLES
from samspill.web.municipality.measures import State
from samspill.web.municipality.models import Entry
from samspill.web.municipality.words import in_words
from samspill.web.planning.words import state_name

register = template.Library()


@register.filter
def value(entry: Entry, column: str) -> str:
    """A column of an entry in words: ``{{ policy|value:"state" }}``."""
    return in_words(TABLES[entry.table].column(column), getattr(entry, column))


@register.filter
def state(found: State) -> str:
    """How a measure stands, in words."""
    return state_name(found)
