"""Open data of a register, made when they are asked for and kept until the register changes."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from samspill.register import TABLES, Register, public_register
from samspill.register.interchange import Wishes, export
from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import opened_or
from samspill.web.municipality.models import Municipality
from samspill.web.municipality.words import language
from samspill.web.organisation.reading import public_content, register_with

A_DAY = 24 * 3600
FORMATS = ("csv", "xlsx", "hsds", "360giving", "ics", "dcat")
FILES = {
    "organizations.json": "hsds",
    "services.json": "hsds",
    "grants-360giving.json": "360giving",
    "grants-360giving.csv": "360giving",
    "grants-360giving.xlsx": "360giving",
    "calendar.ics": "ics",
    "register.xlsx": "xlsx",
    "catalogue.ttl": "dcat",
    "catalogue.jsonld": "dcat",
}
"""Files that stand alone; every other name ending in .csv is a table."""
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


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
        files = _files(request.municipality, form)
        content = _archived(files)
    else:
        files = _files(request.municipality, FILES.get(name, "csv"))
        if name not in files:
            raise Http404
        content = files[name]
    kind = TYPES.get(Path(name).suffix, "application/octet-stream")
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{municipality}-{name}"'
    return answer


def _files(municipality: Municipality, form: str) -> dict[str, bytes]:
    """The files of a form by name, made anew when the register or the day is another."""
    register = register_with(municipality, TABLES)
    now = timezone.now().replace(microsecond=0)
    address = settings.ADDRESS + reverse("public_desk:data", args=(municipality.code,))
    wishes = Wishes(language(), now, address=address, email=settings.DEFAULT_FROM_EMAIL)
    made_of = (form, now.date(), address, wishes.language, repr(public_register(register)))
    key = f"open-data-{hashlib.sha256(repr(made_of).encode()).hexdigest()}"
    found: dict[str, bytes] | None = cache.get(key)
    if found is None:
        found = _written(register, form, wishes)
        cache.set(key, found, A_DAY)
    return found


def _written(register: Register, form: str, wishes: Wishes) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        paths = export(register, form, folder, wishes)
        return {path.name: path.read_bytes() for path in paths}


def _archived(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            book.writestr(name, content)
    return buffer.getvalue()
