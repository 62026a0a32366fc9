"""What every template knows of the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

import samspill


def page(request: HttpRequest) -> dict[str, Any]:
    """``workspace``: the part of the application that the page stands in; ``demo``; ``version``."""
    match = request.resolver_match
    return {
        "workspace": (match.app_name if match else "") or "",
        "demo": settings.DEMO,
        "version": samspill.__version__,
    }
