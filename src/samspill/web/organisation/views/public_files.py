"""Open data of a register, made when they are asked for and kept until the register changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.exchange import publishing
from samspill.web.municipality.words import language
from samspill.web.organisation.reading import public_content

PAGE = "public_desk:data"
FORMATS = frozenset(publishing.DATASETS.values())


@opened_or(DeskPermission.READ_REGISTER)
def data(request: DeskRequest, municipality: str) -> HttpResponse:
    """Which data are open, and in which forms?"""
    shown = public_content(request.municipality)
    context = {
        "group": "data",
        "rows": sum(len(rows) for rows in shown.tables.values()),
        "tables": sum(bool(rows) for rows in shown.tables.values()),
        "calendar": settings.ADDRESS
        + reverse("public_desk:data_file", args=(municipality, "calendar.ics")),
    }
    return render(request, "organisation/open_data.html", context)


@opened_or(DeskPermission.READ_REGISTER)
def data_file(request: DeskRequest, municipality: str, name: str) -> HttpResponse:
    """One file, or all files of a form in a zip archive (``csv.zip``)."""
    form, _dot, ending = name.rpartition(".")
    if ending == "zip" and form in FORMATS:
        content = _archived(publishing.files(request.municipality, form, language(), PAGE))
        kind = "application/zip"
    else:
        made = publishing.DATASETS.get(name)
        files = publishing.files(request.municipality, made, language(), PAGE) if made else {}
        if name not in files:
            raise Http404
        content, kind = files[name], publishing.TYPES[Path(name).suffix]
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-{name}"'
    return answer


def _archived(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return buffer.getvalue()
