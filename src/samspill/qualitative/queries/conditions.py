"""What a passage must be to be found: conditions that are joined with ``&``, ``|`` and ``~``.

``code("money") & side("municipality") & ~code("time")`` finds passages. A condition on codes finds
spans of text; the others choose among them. ``&`` of two codes is where both lie, ``|`` either,
and ``~code(…)`` what no such coding touches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from samspill.errors import SamspillError


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Any condition."""

    def __and__(self, other: Condition) -> Condition:
        return Both(self, other)

    def __or__(self, other: Condition) -> Condition:
        return Either(self, other)

    def __invert__(self) -> Condition:
        return No(self)


@dataclass(frozen=True, slots=True, eq=False)
class Both(Condition):
    one: Condition
    other: Condition


@dataclass(frozen=True, slots=True, eq=False)
class Either(Condition):
    one: Condition
    other: Condition


@dataclass(frozen=True, slots=True, eq=False)
class No(Condition):
    what: Condition


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Condition):
    codes: tuple[str, ...]
    with_descendants: bool


@dataclass(frozen=True, slots=True, eq=False)
class Beside(Condition):
    """Passages of ``one`` that stand in ``relation`` to a passage of ``other``."""

    one: Condition
    other: Condition
    relation: str
    characters: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Of(Condition):
    """Passages of sources for which ``holds`` is true of ``tables.sources``."""

    holds: pl.Expr


@dataclass(frozen=True, slots=True, eq=False)
class By(Condition):
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Saying(Condition):
    pattern: re.Pattern[str]


def code(*codes: str, with_descendants: bool = True) -> Condition:
    """Passages coded with any of these (identity, concept or name), or with a code below them."""
    if not codes:
        raise SamspillError("No code is named.", "Name at least one code.")
    return Coded(codes, with_descendants)


def all_codes(*codes: str, with_descendants: bool = True) -> Condition:
    """Where all of these codes lie on the same words."""
    first, *others = (code(one, with_descendants=with_descendants) for one in codes)
    for other in others:
        first = first & other
    return first


def no_code(*codes: str, with_descendants: bool = True) -> Condition:
    """Passages that no coding with any of these touches."""
    return ~code(*codes, with_descendants=with_descendants)


def overlapping(one: Condition, other: Condition) -> Condition:
    """Passages of ``one``, whole, that share a character with one of ``other``."""
    return Beside(one, other, "overlapping")


def within(one: Condition, other: Condition) -> Condition:
    """Passages of ``one`` that lie wholly inside one of ``other``."""
    return Beside(one, other, "within")


def near(one: Condition, other: Condition, characters: int) -> Condition:
    """Passages of ``one`` with one of ``other`` in the same source and at most so far away."""
    if characters < 0:
        raise SamspillError("A distance is not negative.", "Give a number of characters from 0.")
    return Beside(one, other, "near", characters)


def same_paragraph(one: Condition, other: Condition) -> Condition:
    """Passages of ``one`` with one of ``other`` in a paragraph that they have in common."""
    return Beside(one, other, "paragraph")


def side(*sides: str) -> Condition:
    return attribute("side", *sides)


def unit(*units: str) -> Condition:
    return attribute("unit", *units)


def consent(*consents: str) -> Condition:
    return attribute("consent", *consents)


def field(*fields: str) -> Condition:
    """Passages of sources that have any of these fields."""
    return Of(pl.col("fields").list.eval(pl.element().is_in(list(fields))).list.any())


def attribute(name: str, *values: str | None) -> Condition:
    """Passages of sources whose attribute has any of these values; None is one not known."""
    known = [value for value in values if value is not None]
    holds = pl.col(name).is_in(known).fill_null(value=False)
    return Of(holds | pl.col(name).is_null() if None in values else holds)


def dated(first: str = "", last: str = "") -> Condition:
    """Passages of sources from ``first`` to ``last``, ISO 8601, both included; a year is enough."""
    holds = pl.col("date").is_not_null()
    if first:
        holds &= pl.col("date") >= first
    if last:
        holds &= pl.col("date").str.slice(0, len(last)) <= last
    return Of(holds)


def coder(*coders: str) -> Condition:
    """Passages coded by these, and by nobody else where several codings made the passage."""
    return By(coders)


def contains(text: str, *, as_written: bool = False) -> Condition:
    """Passages whose words contain ``text``, whatever its case unless ``as_written``."""
    return Saying(re.compile(re.escape(text), 0 if as_written else re.IGNORECASE))
