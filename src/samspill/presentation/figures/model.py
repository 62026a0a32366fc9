"""A figure: a chart, the numbers in it, and what it says in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspill.errors import SamspillError
from samspill.language import translator
from samspill.presentation.figures.style import WARNING
from samspill.presentation.tables.words import invented_warning

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from samspill.presentation.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A numbered figure in one language.

    ``title`` asks what the figure answers, ``subtitle`` gives n and base, ``alt`` says in words
    what is to be seen, ``note`` gives method, interval and provenance. ``provenance`` is the least
    certain provenance of the numbers shown and ``n`` the largest base. ``chart`` is an Altair
    chart without title; ``data`` the tidy frame it draws:

    - shares: ``indicator``, ``field``, ``group`` (``all``, ``no``, ``yes``), ``n``, ``count``,
      ``share``, ``low``, ``high`` (proportions), ``method``, ``provenance``, ``row`` and ``panel``
      (labels), by policy also ``stars``;
    - categories: the same with ``value`` and ``order`` of the category;
    - effects: ``indicator``, ``field``, counts and shares of both groups, ``difference``, ``low``,
      ``high`` (proportions), ``p``, ``p_bh``, ``stars``, ``marked``, ``survives``;
    - process map: ``indicator``, ``kind`` (form, economic, phase), ``phase``, ``phases``,
      ``position``, ``n`` (answers, over all fields), ``units``, ``count``, ``share``,
      ``provenance``.
    """

    number: str
    title: str
    subtitle: str
    alt: str
    note: str
    provenance: str
    n: int
    language: str
    chart: Any
    data: pl.DataFrame
    table: Table

    @property
    def warning(self) -> str:
        """What must be said of invented numbers, and is drawn in the picture; empty for others."""
        return invented_warning(self.provenance, translator(self.language))

    def to_spec(self, *, width: int | str | None = None) -> dict[str, Any]:
        """Vega-Lite specification; ``width`` may be pixels or ``container``, as wide as its box."""
        spec: dict[str, Any] = json.loads(json.dumps(self.chart.to_dict(validate=False)))
        if self.warning:
            spec["title"] = {"text": self.warning, "color": WARNING, "anchor": "start"}
        if width is not None:
            spec["width"] = width
        return spec

    def to_svg(self, *, framed: bool = False) -> str:
        """An SVG with title and description for assistive technology.

        With ``framed`` the heading, base and note are drawn around the chart, for a picture that
        stands alone; without, they are left to the page.
        """
        import vl_convert

        from samspill.presentation.figures.svg import accessible, frame

        drawn: str = vl_convert.vegalite_to_svg(self.to_spec())
        if framed:
            drawn = frame(drawn, self.title, self.subtitle, self.note)
        identifier = "figure-" + self.number.replace(".", "-").replace("_", "-")
        return accessible(drawn, identifier, self.title, self.alt, self.language)

    def to_png(self, scale: float = 2.0, *, framed: bool = False) -> bytes:
        """A PNG with ``scale`` dots for each of the figure's pixels."""
        import vl_convert

        png: bytes = vl_convert.svg_to_png(self.to_svg(framed=framed), scale=scale)
        return png

    def to_pdf(self) -> bytes:
        """One framed picture as a PDF page of its own size."""
        import vl_convert

        pdf: bytes = vl_convert.svg_to_pdf(self.to_svg(framed=True))
        return pdf

    def to_html(self) -> str:
        """A page of its own with the interactive figure, its alt text, note and table.

        All it needs is inside it; it asks for no address.
        """
        from samspill.presentation.figures.page import figure_page

        return figure_page(self)

    def save(self, path: str | Path, *, scale: float = 2.0) -> Path:
        """Write what the ending names: svg, png, pdf (framed), html, json, or a table."""
        target = Path(path)
        writers: dict[str, Callable[[], str | bytes]] = {
            ".svg": lambda: self.to_svg(framed=True),
            ".png": lambda: self.to_png(scale, framed=True),
            ".pdf": self.to_pdf,
            ".html": self.to_html,
            ".json": lambda: json.dumps(self.to_spec(), ensure_ascii=False, indent=1),
        }
        ending = target.suffix.lower()
        if ending in {".csv", ".xlsx"}:
            return self.table.save(target)
        if ending not in writers:
            raise SamspillError(
                f"A figure is not written as '{ending or target.name}'.",
                "End the name in .svg, .png, .pdf, .html or .json, or .csv or .xlsx for its "
                "numbers.",
            )
        made = writers[ending]()
        target.write_bytes(made.encode("utf-8") if isinstance(made, str) else made)
        return target

    def __repr__(self) -> str:
        return f"Figure {self.number}: {self.title} (n = {self.n})"

    def _repr_html_(self) -> str:
        return self.to_svg(framed=True)
