"""A table fit to be read: labelled columns over raw values, written out in a language."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from samspill.errors import SamspillError
from samspill.language import format_number, format_p, format_percent, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["text", "integer", "share", "points", "number", "p"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    ``name`` is the frame's column, ``label`` the heading. ``kind`` says what the raw value is and
    so how it is written: ``share`` is a proportion shown as per cent, ``points`` a difference of
    proportions shown in percentage points with its sign, ``number`` a plain number with
    ``decimals`` decimals, ``p`` a p-value.
    """

    name: str
    label: str
    kind: Kind = "text"
    decimals: int = 0

    @property
    def numeric(self) -> bool:
        return self.kind != "text"

    def written(self, value: object, language: str) -> str:
        """``value`` as ``language`` writes it; a missing value is an empty text."""
        if value is None:
            return ""
        if not isinstance(value, int | float):
            return str(value)
        writers: dict[str, Callable[[], str]] = {
            "integer": lambda: format_number(value, 0, language),
            "share": lambda: format_percent(value, self.decimals, language),
            "points": lambda: format_number(100 * value, self.decimals, language, sign=True),
            "number": lambda: format_number(value, self.decimals, language),
            "p": lambda: format_p(value, language),
        }
        return writers.get(self.kind, lambda: str(value))()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A numbered table.

    ``frame`` holds raw values (proportions, not per cent), one column for each of ``columns`` and
    in their order; the first column heads its row. ``note`` says base, method and provenance,
    ``provenance`` is the least certain of the numbers. ``group`` names a column whose values,
    written once, head the rows that share them.
    """

    number: str
    title: str
    note: str
    columns: tuple[Column, ...]
    frame: pl.DataFrame
    language: str
    provenance: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        missing = [c.name for c in self.columns if c.name not in self.frame.columns]
        if missing:
            raise SamspillError(
                f"Table {self.number} has no values for its column '{missing[0]}'.",
                f"The frame has: {', '.join(self.frame.columns)}.",
            )
        object.__setattr__(self, "frame", self.frame.select([c.name for c in self.columns]))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows as written in the table's language."""
        for row in self.frame.iter_rows():
            yield tuple(
                column.written(value, self.language)
                for column, value in zip(self.columns, row, strict=True)
            )

    def grouped(self) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
        """The written rows under the heading they share; one unnamed group where they share none.

        The rows keep all their cells, the heading's too.
        """
        names = [column.name for column in self.columns]
        at = names.index(self.group) if self.group in names else None
        for name, rows in groupby(self.rows(), lambda row: "" if at is None else row[at]):
            yield name, list(rows)

    @property
    def warning(self) -> str:
        """What must be said of invented numbers; empty for all others."""
        from samspill.presentation.tables.words import invented_warning

        return invented_warning(self.provenance, translator(self.language))

    def to_html(self) -> str:
        """The table as HTML: caption, scoped headings, numbers in cells of class ``number``."""
        from samspill.presentation.tables.html import html_table

        return html_table(self)

    def to_csv(self) -> str:
        """UTF-8 after RFC 4180: labelled headings, raw values, a decimal point in any language.

        Invented numbers say so in a column of their own, on every row.
        """
        out = io.StringIO()
        writer = csv.writer(out)
        extra = [self.warning] if self.warning else []
        writer.writerow([*(column.label for column in self.columns), *extra])
        writer.writerows((*row, *extra) for row in self.frame.iter_rows())
        return out.getvalue()

    def to_xlsx(self, path: str | Path) -> Path:
        """A workbook at ``path``: one sheet of real numbers and one of notes."""
        from samspill.presentation.tables.xlsx import write_workbook

        return write_workbook(self, Path(path))

    def save(self, path: str | Path) -> Path:
        """Write the table in the format that the ending names: html, csv or xlsx."""
        target = Path(path)
        ending = target.suffix.lower()
        if ending == ".xlsx":
            return self.to_xlsx(target)
        if ending not in {".html", ".csv"}:
            raise SamspillError(
                f"A table is not written as '{ending or target.name}'.",
                "End the name in .html, .csv or .xlsx.",
            )
        text = self.to_html() if ending == ".html" else self.to_csv()
        target.write_text(text, encoding="utf-8", newline="")
        return target

    def __repr__(self) -> str:
        return f"Table {self.number}: {self.title} ({self.frame.height} rows)"

    def _repr_html_(self) -> str:
        return self.to_html()
