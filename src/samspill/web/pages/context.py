"""What every template knows of the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

import samspill


def page(request: HttpRequest) -> dict[str, Any]:
    """``workspace``: the part that the page stands in; and what ``site`` gives."""
    match = request.resolver_match
    return {"workspace": (match.app_name if match else "") or "", **site()}


def site() -> dict[str, Any]:
    """``contact``: the address to write to."""
    return {
        "demo": settings.DEMO,
        "version": samspill.__version__,
        "languages": settings.LANGUAGES,
        "contact": settings.DEFAULT_FROM_EMAIL,
    }
