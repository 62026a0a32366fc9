"""What anyone may take away, once the municipality has opened its public pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import etag, require_safe

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.exchange import publishing
from samspill.web.municipality.exchange.views.out import GROUP
from samspill.web.municipality.words import language, table_name

FRESH = 3600
"""Seconds that a file may be kept before it is asked for again."""


def _state(request: HttpRequest, **_address: Any) -> str:
    return f'"{publishing.state(request.municipality, language())}"'  # type: ignore[attr-defined]


@opened_or(DeskPermission.READ_REGISTER)
def open_data(request: DeskRequest, municipality: str) -> HttpResponse:
    """Which files anyone may take away."""
    tables = publishing.shown_tables(request.municipality)
    context = {
        "group": GROUP,
        "tables": [(table, table_name(table), count) for table, count in tables.items()],
        "rows": sum(tables.values()),
    }
    return render(request, "municipality/exchange/open_data.html", context)


@opened_or(DeskPermission.READ_REGISTER)
@require_safe
@etag(_state)
def dataset(request: DeskRequest, municipality: str, name: str) -> HttpResponse:
    """A file of ``publishing.DATASETS``."""
    if name not in publishing.DATASETS:
        raise Http404
    content = publishing.dataset(request.municipality, name, language())
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=publishing.TYPES[Path(name).suffix])
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-{name}"'
    patch_vary_headers(answer, ("Accept-Language", "Cookie"))
    if request.municipality.opened_at is None:
        patch_cache_control(answer, private=True, no_cache=True)
    else:
        patch_cache_control(answer, public=True, max_age=FRESH)
    return answer
