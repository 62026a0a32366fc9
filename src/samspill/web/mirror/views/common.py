"""What the mirror's pages share: their frame and their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspill.presentation.figures.svg import size
from samspill.web.access.request import DeskRequest
from samspill.web.mirror.figures import FIGURES
from samspill.web.mirror.kept import kept
from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.words import language


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure drawn: its words, its measures and the drawing itself."""

    name: str
    title: str
    alt: str
    note: str
    warning: str
    width: int
    height: int
    svg: str


def drawn(mirror: Mirror, name: str) -> Drawn | None:
    """A figure in the page's language, drawn once; None where there is nothing to draw."""

    def make() -> Drawn | None:
        figure = FIGURES[name](mirror)
        if figure is None:
            return None
        svg = figure.to_svg()
        width, height = size(svg)
        note = f"{figure.subtitle} {figure.note}".strip()
        shape = round(width), round(height)
        return Drawn(name, figure.title, figure.alt, note, figure.warning, *shape, svg)

    return kept(mirror.state, "figure", make, name, language())


def page(request: DeskRequest, template: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the mirror; ``part`` is where it stands among them."""
    parts = (
        ("overview", _("Where we stand")),
        ("questionnaire", _("Questionnaire")),
        ("treatment", _("Equal treatment")),
        ("network", _("Network")),
        ("pulse", _("Both sides")),
        ("advice", _("Advice")),
    )
    frame = {"group": "mirror", "part": part, "parts": parts}
    return render(request, template, {**frame, **context})
