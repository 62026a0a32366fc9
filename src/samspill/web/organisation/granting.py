"""Grants given, by year and field, with what each sum is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samspill.register.model import Row
from samspill.web.municipality.words import concept_name

GIVEN = frozenset({"granted", "partly_granted"})
UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in whole kroner, and how many grants and organisations it is made of."""

    amount: int
    grants: int
    organisations: int


@dataclass(frozen=True, slots=True)
class Line:
    """A field's sums, one a year, and all years together; None where nothing was given."""

    field: str
    name: str
    by_year: list[Sum | None]
    total: Sum


def given(rows: Iterable[Row]) -> list[Row]:
    """Grants that were given, of which the amount is known."""
    return [row for row in rows if row["decision"] in GIVEN and isinstance(row["amount"], int)]


def years_of(rows: Iterable[Row]) -> list[int]:
    """The years of some grants, the latest first."""
    return sorted({row["year"] for row in rows if isinstance(row["year"], int)}, reverse=True)


def by_field(rows: Sequence[Row], years: Sequence[int]) -> list[Line]:
    """A line a field, most money first, and last one for all fields."""
    fields = {str(row["field"] or UNKNOWN) for row in rows}
    lines = [
        _line(field, [row for row in rows if str(row["field"] or UNKNOWN) == field], years)
        for field in fields
    ]
    lines.sort(key=lambda line: (-line.total.amount, line.name))
    return [*lines, _line("", rows, years)]


def total(rows: Iterable[Row]) -> Sum:
    """What some grants come to."""
    held = list(rows)
    amount = sum(row["amount"] for row in held if isinstance(row["amount"], int))
    return Sum(amount, len(held), len({row["organisation"] for row in held if row["organisation"]}))


def _line(field: str, rows: Sequence[Row], years: Sequence[int]) -> Line:
    of_year = [[row for row in rows if row["year"] == year] for year in years]
    name = concept_name("fields", field) if field not in {"", UNKNOWN} else ""
    return Line(field, name, [total(held) if held else None for held in of_year], total(rows))
