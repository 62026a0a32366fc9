"""``{% own_address 'needs' %}``: a page of the organisation, by account or by link."""

from __future__ import annotations

from typing import Any

from django import template

from samspill.web.organisation import addresses

register = template.Library()


@register.simple_tag(takes_context=True)
def own_address(context: dict[str, Any], page: str, *rest: str) -> str:
    """The address of one of the organisation's pages."""
    return addresses.own_address(context["request"], page, *rest)
