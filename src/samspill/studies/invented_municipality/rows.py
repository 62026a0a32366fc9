"""What every table is made with: complete rows, days counted from a day, and chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from samspill.register.model import complete_row
from samspill.register.values import Value

Row: TypeAlias = dict[str, Value]

INVENTED = "Oppdiktet."
"""Ends the internal note of every row."""


def row(table: str, **values: Value) -> Row:
    """A row with every column of its table, in order; an empty cell is None, an empty list ().

    A row comes from the municipality unless said otherwise, and its note says that it is invented.
    """
    note = values.pop("note", None)
    told = {"provenance": "municipality", **values, "note": f"{note or ''} {INVENTED}".strip()}
    return dict(complete_row(table, told))


def chance(seed: int, part: str) -> Random:
    """Chance that is the same for the same seed and part, whatever the other parts draw."""
    return Random(f"{seed} {part}")  # noqa: S311


def after(on: date, days: int) -> date:
    """The day so many days after ``on``, before it where they are fewer than none."""
    return on + timedelta(days=days)


def years_after(day: date, years: int) -> date:
    """The same day of a later year, an earlier one below zero; 29 February becomes the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def rounded(amount: float, step: int = 500) -> int:
    """Kroner in whole steps."""
    return round(amount / step) * step


def between(span: Sequence[int], share: float) -> float:
    """The number that lies a share of the way through a span."""
    low, high = span
    return low + (high - low) * share
