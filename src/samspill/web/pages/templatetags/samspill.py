"""Filters of every template: numbers as the language writes them, words in the page's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from samspill.language import format_number, format_p, format_percent
from samspill.web.studies.models import in_language

register = template.Library()


def _language() -> str:
    return translation.get_language() or "nb"


@register.filter
def words(value: dict[str, str]) -> str:
    """Words stored in several languages, in the page's."""
    return in_language(value)


@register.filter
def decimals(value: float, places: int = 1) -> str:
    """A number with a fixed number of decimals: ``{{ share|decimals:2 }}``."""
    return format_number(value, places, _language())


@register.filter
def at_most(value: float, places: int = 1) -> str:
    """A number with no more decimals than it has, and no more than ``places``."""
    return format_number(value, 0 if value == round(value) else places, _language())


@register.filter
def percent(value: float, places: int = 1) -> str:
    """A share from 0 to 1 as percent."""
    return format_percent(value, places, _language())


@register.filter
def p_value(value: float) -> str:
    """A p-value, with small ones as bounds."""
    return format_p(value, _language())


@register.simple_tag(takes_context=True)
def crumbs(context: dict[str, Any], *steps: str) -> SafeString:
    """``{% crumbs address name address name … name %}``: the way to this page, itself last."""
    pairs = [*zip(steps[:-1:2], steps[1:-1:2], strict=True), ("", steps[-1])]
    return render_to_string("pages/crumbs.html", {"crumbs": pairs})
