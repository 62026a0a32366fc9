"""The report as one self-contained HTML file: no script, no external address."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from samspill.presentation.report import svg
from samspill.presentation.report.document import Document, FigureBlock, TableBlock, walk

if TYPE_CHECKING:
    from jinja2 import Template


NARROW_CHARACTERS = 34


@cache
def _resource(name: str) -> str:
    folder = files("samspill.presentation.report").joinpath("templates")
    return folder.joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_resource("report.html.j2"))


def _drawing(figure: FigureBlock) -> str:
    return svg.inline(figure.svg, figure.id, figure.title, figure.alt)


def _narrow(table: TableBlock) -> bool:
    """Whether a table surely fits on the narrowest of screens, and so needs no scrolling."""
    cells = zip(*(row.cells for row in table.rows), strict=True)
    heads = [max(column.heading.split(), key=len, default="") for column in table.columns]
    return (
        sum(max(map(len, (head, *own))) + 2 for head, own in zip(heads, cells, strict=True))
        < NARROW_CHARACTERS
    )


def write_html(document: Document) -> bytes:
    """The document as UTF-8 HTML."""
    text = _template().render(
        document=document,
        contents=[(level, section) for level, section in walk(document.sections) if level <= 2],
        style=_resource("report.css"),
        drawing=_drawing,
        narrow=_narrow,
    )
    return text.encode("utf-8")
