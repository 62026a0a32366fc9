"""Figures and tables as files, kept once drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from samspill.presentation import Figure, Table
from samspill.web.results.published import Edition
from samspill.web.results.rendering import key_of, remembered

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FIGURE_FORMATS = ("svg", "png", "pdf", "csv", "xlsx")
TABLE_FORMATS = ("csv", "xlsx")


def figure_file(figure: Figure, form: str, *, framed: bool = True) -> bytes:
    """A figure in one of ``FIGURE_FORMATS``; csv and xlsx are its numbers."""
    if form in TABLE_FORMATS:
        return table_file(figure.table, form)
    if form == "svg":
        return figure.to_svg(framed=framed).encode()
    return figure.to_png(framed=True) if form == "png" else figure.to_pdf()


def table_file(table: Table, form: str) -> bytes:
    """A table in one of ``TABLE_FORMATS``."""
    if form == "csv":
        return table.to_csv().encode()
    with tempfile.TemporaryDirectory() as folder:
        return table.to_xlsx(Path(folder) / "table.xlsx").read_bytes()


def file_response(
    request: HttpRequest,
    edition: Edition,
    view: str,
    make: Callable[[], bytes],
    *,
    form: str,
    name: str,
    **parameters: object,
) -> HttpResponseBase:
    """What ``make`` gives as a file, drawn once; the reader's copy is asked for, not sent anew.

    Pictures without frame are shown in a page, all else is saved as ``name``.
    """
    etag = quote_etag(key_of(edition, view, {"form": form, **parameters}))
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    body = remembered(edition, view, make, form=form, **parameters)
    response = HttpResponse(body, content_type=TYPES[form])
    saved = "inline" if parameters.get("framed") is False else "attachment"
    response["Content-Disposition"] = f'{saved}; filename="{name}.{form}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
