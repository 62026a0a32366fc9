"""Open data of a register, made when they are asked for and kept until the register changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import etag, require_safe

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.exchange import publishing
from samspill.web.municipality.words import language, table_name

FRESH = 3600
"""Seconds that a file may be kept before it is asked for again."""
FORMATS = frozenset(publishing.DATASETS.values())


@opened_or(DeskPermission.READ_REGISTER)
def data(request: DeskRequest, municipality: str) -> HttpResponse:
    """Which data are open, and in which forms?"""
    shown = publishing.shown_tables(request.municipality)
    context = {
        "group": "data",
        "rows": sum(shown.values()),
        "tables": [(table, table_name(table), count) for table, count in shown.items()],
        "calendar": settings.ADDRESS
        + reverse("public_desk:data_file", args=(municipality, "calendar.ics")),
    }
    return render(request, "organisation/open_data.html", context)


def _state(request: HttpRequest, *, name: str, **_address: Any) -> str:
    return f'"{name}-{publishing.state(request.municipality, language())}"'  # type: ignore[attr-defined]


@opened_or(DeskPermission.READ_REGISTER)
@require_safe
@etag(_state)
def data_file(request: DeskRequest, municipality: str, name: str) -> HttpResponse:
    """One file, or all files of a form in a zip archive (``csv.zip``)."""
    form, _dot, ending = name.rpartition(".")
    if ending == "zip" and form in FORMATS:
        content = _archived(publishing.files(request.municipality, form, language()))
        kind = "application/zip"
    else:
        made = publishing.DATASETS.get(name)
        files = publishing.files(request.municipality, made, language()) if made else {}
        if name not in files:
            raise Http404
        content, kind = files[name], publishing.TYPES[Path(name).suffix]
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-{name}"'
    patch_vary_headers(answer, ("Accept-Language", "Cookie"))
    if request.municipality.opened_at is None:
        patch_cache_control(answer, private=True, no_cache=True)
    else:
        patch_cache_control(answer, public=True, max_age=FRESH)
    return answer


def _archived(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return buffer.getvalue()
