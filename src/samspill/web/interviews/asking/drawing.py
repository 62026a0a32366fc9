"""Figures of the material: drawn once for each state of it, shown in the page and as files."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.http import HttpResponse
from django.utils.translation import get_language

from samspill.presentation import Figure
from samspill.web.interviews.asking.kept import kept
from samspill.web.studies.models import Study

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_drawing = Lock()
"""One figure is drawn at a time: what draws is first imported then, and not by two at once."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page needs of a figure; ``width`` and ``height`` in pixels."""

    title: str
    alt: str
    note: str
    warning: str
    svg: str
    width: int
    height: int


def drawn(study: Study, question: str, make: Callable[[], Figure]) -> Drawn:
    """The figure that answers a question, in the page's language; ``question`` names all that it
    depends on beside the material."""
    return kept(study, _key("drawn", question), lambda: _drawn(_made(make)))


def _drawn(figure: Figure) -> Drawn:
    from samspill.presentation.figures.svg import size

    with _drawing:
        svg = figure.to_svg()
    width, height = size(svg)
    return Drawn(
        figure.title, figure.alt, figure.note, figure.warning, svg, round(width), round(height)
    )


def _made(make: Callable[[], Figure]) -> Figure:
    with _drawing:
        return make()


def picture(study: Study, question: str, make: Callable[[], Figure]) -> HttpResponse:
    """The figure as it stands in the page."""
    return HttpResponse(drawn(study, question, make).svg, content_type=TYPES["svg"])


def figure_file(
    study: Study, question: str, make: Callable[[], Figure], form: str, name: str
) -> HttpResponse:
    """The figure with heading and note, or its numbers, to be saved."""
    body = kept(study, _key(form, question), lambda: _written(_made(make), form))
    answer = HttpResponse(body, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _written(figure: Figure, form: str) -> bytes:
    if form in ("svg", "png"):
        with _drawing:
            return figure.to_png(framed=True) if form == "png" else _framed(figure)
    if form == "csv":
        return figure.table.to_csv().encode()
    with tempfile.TemporaryDirectory() as folder:
        return figure.table.to_xlsx(Path(folder) / "table.xlsx").read_bytes()


def _framed(figure: Figure) -> bytes:
    return figure.to_svg(framed=True).encode()


def _key(form: str, question: str) -> str:
    asked = f"{get_language()}:{question}"
    return f"{form}:{hashlib.sha256(asked.encode()).hexdigest()}"
