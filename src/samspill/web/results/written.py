"""A table of the library as a page shows it: headings, cells as written, and what they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.presentation import Table


@dataclass(frozen=True, slots=True)
class Heading:
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """The first cell heads the row. ``address`` is where the row's number comes from, or empty."""

    cells: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """``note`` says method, base and provenance."""

    title: str
    headings: tuple[Heading, ...]
    rows: tuple[WrittenRow, ...]
    note: str


def written(table: Table, addresses: Sequence[str] = ()) -> Written:
    """A table with, where given, an address for each row in order."""
    rows = list(table.rows())
    led = list(addresses) or [""] * len(rows)
    return Written(
        table.title,
        tuple(Heading(column.label, column.numeric) for column in table.columns),
        tuple(WrittenRow(row, address) for row, address in zip(rows, led, strict=True)),
        table.note,
    )
