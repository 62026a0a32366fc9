"""The common form of every result: frozen, a tidy frame, and a table a person can read."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass

import polars as pl

ROWS_SHOWN = 60


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Result:
    """A result of a statistic.

    ``frame`` is a tidy Polars frame; its columns are documented in each subclass.
    Subclasses are dataclasses with ``frozen=True, slots=True, repr=False, eq=False``.
    """

    frame: pl.DataFrame

    @property
    def heading(self) -> str:
        """One line above the table."""
        return type(self).__name__

    def __repr__(self) -> str:
        return f"{self.heading}\n{text_table(self.frame)}"

    def _repr_html_(self) -> str:
        return html_table(self.frame, self.heading)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Result):
            return NotImplemented
        return self.frame.equals(other.frame)

    __hash__ = None  # type: ignore[assignment]


def format_value(value: object, column: str = "") -> str:
    """``value`` as shown in a table: p-values to three decimals, other floats to four digits."""
    if not isinstance(value, float):
        return "" if value is None else str(value)
    if not math.isfinite(value):
        return _format_unbounded(value)
    if column == "p" or column.startswith("p_"):
        return "<0.001" if value < 0.001 else f"{value:.3f}"
    if value == 0 or 1e-4 <= abs(value) < 1e9:
        return f"{value:.{_decimals(value)}f}"
    return f"{value:.3e}"


def _format_unbounded(value: float) -> str:
    if math.isnan(value):
        return ""
    return "∞" if value > 0 else "-∞"


def _decimals(value: float) -> int:
    """Decimals that show four significant digits, never cutting the whole part."""
    magnitude = math.floor(math.log10(abs(value))) if value else 0
    return min(6, max(0, 3 - magnitude))


def _shown(frame: pl.DataFrame) -> tuple[list[list[str]], list[bool], str]:
    names = frame.columns
    rows = [
        [format_value(value, name) for name, value in zip(names, row, strict=True)]
        for row in frame.head(ROWS_SHOWN).iter_rows()
    ]
    numeric = [dtype.is_numeric() for dtype in frame.dtypes]
    left = frame.height - len(rows)
    return rows, numeric, f"… and {left} rows more" if left > 0 else ""


def text_table(frame: pl.DataFrame) -> str:
    """``frame`` as an aligned plain-text table, numbers to the right."""
    rows, numeric, more = _shown(frame)
    widths = [
        max([len(name), *(len(row[position]) for row in rows)])
        for position, name in enumerate(frame.columns)
    ]

    def line(values: list[str]) -> str:
        cells = (
            value.rjust(width) if right else value.ljust(width)
            for value, width, right in zip(values, widths, numeric, strict=True)
        )
        return "  ".join(cells).rstrip()

    lines = [line(frame.columns), *(line(row) for row in rows)]
    return "\n".join([*lines, more] if more else lines)


def html_table(frame: pl.DataFrame, caption: str = "") -> str:
    """``frame`` as an HTML table; everything that comes from data is escaped."""
    rows, numeric, more = _shown(frame)
    heads = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in frame.columns)
    kinds = ['<td class="number">' if right else "<td>" for right in numeric]
    body = "".join(
        "<tr>"
        + "".join(
            f"{kind}{html.escape(value)}</td>" for kind, value in zip(kinds, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    foot = f'<tfoot><tr><td colspan="{frame.width}">{html.escape(more)}</td></tr></tfoot>'
    return (
        f'<table class="samspill-result">{title}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody>{foot if more else ''}</table>"
    )
