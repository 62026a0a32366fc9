"""The mirror's figures drawn, each once for a state of the register and a language."""

from __future__ import annotations

from dataclasses import dataclass

from samspill.presentation.figures.svg import size
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
