"""Printed statistics as statements on counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.reconstruction.constraints import CONTRASTS, SINGLES, SPREADS, Constraint
from samspill.reconstruction.microdata.constraint import (
    Box,
    CountConstraint,
    Expression,
    Interval,
    between,
    runs,
)
from samspill.reconstruction.microdata.significance import contrast_stars, log_odds_stars
from samspill.reconstruction.microdata.specification import (
    WHOLE_UNIT,
    Margin,
    Specification,
)
from samspill.reconstruction.printed_number import PrintedNumber, Window, parse_mark
from samspill.reconstruction.solver import contrast_bounds, single_bounds, solve

ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that is held to be true of the counts: printed, or assumed.

    ``identifier`` is the printed number's id, or for an assumption ``assumed/<name>/<field>``.
    """

    identifier: str
    text: str
    constraints: tuple[CountConstraint, ...]

    @property
    def printed(self) -> bool:
        return not self.identifier.startswith(f"{ASSUMED}/")


class StatementReader:
    """Turns rows of a printed table into statements on the counts of a specification."""

    def __init__(self, specification: Specification) -> None:
        self.specification = specification
        self.groups = tuple(specification.groups)
        self.binary = {v.name: v for v in specification.binary}

    def statement(self, row: Mapping[str, str]) -> Statement | None:
        """The statement that a row makes; None where it is about nothing in the specification."""
        if row["basis"] not in ("", "survey"):
            return None
        constraints = self._constraints(row)
        if constraints is None:
            return None
        return Statement(row["id"], describe(row), constraints)

    def _constraints(self, row: Mapping[str, str]) -> tuple[CountConstraint, ...] | None:
        indicator, kind = row["indicator"], row["statistic"]
        if indicator in self.specification.areas:
            return (self._mean_of_areas(row),) if kind == "mean" else None
        names = [name.strip() for name in indicator.split(";")]
        if not all(self._has(name, row["field"]) for name in names):
            return None
        if kind in ("minimum", "maximum"):
            return (self._extreme(names, row),)
        if len(names) > 1:
            return None
        constraints = self._of_one(names[0], row)
        return None if constraints is None else (*constraints, *self._observed(names[0], row))

    def _has(self, name: str, field: str) -> bool:
        return name in self.binary and field in self.binary[name].fields

    def _of_one(self, name: str, row: Mapping[str, str]) -> tuple[CountConstraint, ...] | None:
        kind, group = row["statistic"], row["group"]
        if not row["split"]:
            return self._of_all(name, row) if kind in ("count", "percentage") else None
        if row["split"] != self.specification.split or len(self.groups) != 2:
            return None
        if group and group not in self.groups:
            raise SamspillError(
                f"Printed number '{row['id']}' is of a group '{group}' that is not given.",
                f"The groups are: {', '.join(self.groups)}.",
            )
        if group and kind in SINGLES:
            return (self._of_group(name, row),)
        if not group and kind in (*CONTRASTS, "mark"):
            return (self._contrast(name, row),)
        if kind in SPREADS:
            return (self._spread(name, row),)
        return None

    def _margin(self, name: str, field: str, group: str) -> Margin:
        return Margin(name, field, group)

    def total(self, name: str, field: str) -> Expression:
        """The count of a variable in all groups together."""
        return tuple((self._margin(name, field, group), 1) for group in self.groups)

    def _number(self, row: Mapping[str, str]) -> PrintedNumber:
        text = self.specification.readings.get(row["id"], row["printed"])
        return PrintedNumber.parse(text, decimal_sign="," if "," in text else None)

    def _asked(self, name: str, field: str) -> tuple[str, str] | None:
        """The variable and field whose units alone answer ``name``, if not all do."""
        above = self.binary[name].asked_of
        if not above:
            return None
        return above, field if field in self.binary[above].fields else WHOLE_UNIT

    def _observed(self, name: str, row: Mapping[str, str]) -> tuple[CountConstraint, ...]:
        if not row["observations"]:
            return ()
        observations = int(row["observations"])
        asked = self._asked(name, row["field"])
        if asked is not None:
            return (between(self.total(*asked), observations, observations),)
        if observations == self.specification.size:
            return ()
        return (between(self.total(name, row["field"]), 1, 0),)

    def _of_all(self, name: str, row: Mapping[str, str]) -> tuple[CountConstraint, ...]:
        total = self.total(name, row["field"])
        number = self._number(row)
        if row["statistic"] == "count":
            low, high = whole(Constraint.of("count", number, self.specification.convention).window)
            return (between(total, low, high),)
        window = number.window(self.specification.convention).scaled(Fraction(1, 100))
        asked = self._asked(name, row["field"])
        if asked is None:
            return (between(total, *whole(window.scaled(Fraction(self.specification.size)))),)
        return share_between(total, self.total(*asked), window, self.specification.size)

    def _of_group(self, name: str, row: Mapping[str, str]) -> CountConstraint:
        number, group = self._number(row), row["group"]
        if self._asked(name, row["field"]) is not None:
            raise SamspillError(
                f"Printed number '{row['id']}' is of a part of a group of unknown size.",
                "Leave it out: this is not reconstructed.",
            )
        n = self.specification.groups[group]
        at = Constraint.of(row["statistic"], number, self.specification.convention, 0)
        low, high = (int(end[0]) for end in single_bounds(at, np.array([n])))
        allowed = range(max(low, 0), min(high, n) + 1)
        if row["statistic"] == "log_odds":
            intervals = runs(s for s in allowed if log_odds_stars(s, n) == number.stars)
        else:
            intervals = runs(allowed)
        margin = self._margin(name, row["field"], group)
        return CountConstraint((((margin, 1),),), tuple((interval,) for interval in intervals))

    def _contrast(self, name: str, row: Mapping[str, str]) -> CountConstraint:
        n0, n1 = (self.specification.groups[group] for group in self.groups)
        if row["statistic"] == "mark":
            stars = parse_mark(row["printed"])
            strips = [(s0, 0, n1) for s0 in range(n0 + 1)]
        else:
            number = self._number(row)
            stars = number.stars
            at = Constraint.of(row["statistic"], number, self.specification.convention)
            s0 = np.arange(n0 + 1)
            low, high = contrast_bounds(at, s0, np.full_like(s0, n0), np.full_like(s0, n1))
            strips = [
                (int(s), max(int(a), 0), int(b)) for s, a, b in zip(s0, low, high, strict=True)
            ]
        boxes: list[Box] = []
        for first, start, end in strips:
            marks = contrast_stars(first, n0, np.arange(start, end + 1), n1)
            for interval in runs(int(s) + start for s in np.flatnonzero(marks == stars)):
                boxes.append(((first, first), interval))
        return CountConstraint(self._pair(name, row["field"]), tuple(boxes))

    def _pair(self, name: str, field: str) -> tuple[Expression, Expression]:
        first, second = (((self._margin(name, field, group), 1),) for group in self.groups)
        return first, second

    def _spread(self, name: str, row: Mapping[str, str]) -> CountConstraint:
        n0, n1 = (self.specification.groups[group] for group in self.groups)
        group = self.groups.index(row["group"]) if row["group"] else None
        at = Constraint.of(
            row["statistic"],
            self._number(row),
            self.specification.convention,
            group,
            "log_odds_ratio",
        )
        found = solve([at], n0, n1, limit=(n0 + 1) * (n1 + 1))
        boxes = tuple(((s0, s0), (s1, s1)) for _, _, s0, s1 in found.listed)
        return CountConstraint(self._pair(name, row["field"]), boxes)

    def _mean_of_areas(self, row: Mapping[str, str]) -> CountConstraint:
        variable = self.specification.areas[row["indicator"]]
        window = self._number(row).window(self.specification.convention)
        terms = [
            term for field in self.binary[variable].fields for term in self.total(variable, field)
        ]
        return between(tuple(terms), *whole(window.scaled(Fraction(self.specification.size))))

    def _extreme(self, names: list[str], row: Mapping[str, str]) -> CountConstraint:
        size = self.specification.size
        window = self._number(row).window(self.specification.convention)
        low, high = whole(window.scaled(Fraction(size, 100)))
        others: Interval = (low, size) if row["statistic"] == "minimum" else (0, high)
        boxes = tuple(
            tuple((low, high) if other == name else others for other in names) for name in names
        )
        return CountConstraint(tuple(self.total(name, row["field"]) for name in names), boxes)


def whole(window: Window) -> Interval:
    """The smallest and largest whole number in a window."""
    low, high = ceil(window.low), floor(window.high)
    if low == window.low and not window.low_closed:
        low += 1
    if high == window.high and not window.high_closed:
        high -= 1
    return low, high


def share_between(
    part: Expression, base: Expression, share: Window, size: int
) -> tuple[CountConstraint, ...]:
    """``part`` divided by ``base`` (at most ``size``) lies in ``share``."""
    constraints = []
    for end, closed, sign in (
        (share.low, share.low_closed, 1),
        (share.high, share.high_closed, -1),
    ):
        terms = [(m, sign * c * end.denominator) for m, c in part]
        terms += [(m, -sign * c * end.numerator) for m, c in base]
        reach = size * (end.denominator + abs(end.numerator))
        constraints.append(between(tuple(terms), 0 if closed else 1, reach))
    return tuple(constraints)


def describe(row: Mapping[str, str]) -> str:
    """A printed number in words, for messages and lists."""
    where = ", ".join(part for part in (row["indicator"], row["field"], row["split"]) if part)
    group = f" = {row['group']}" if row["group"] else ""
    return f"{row['source']}: {where}{group}: {row['statistic']} {row['printed'] or '(no mark)'}"


def rows_of(printed: pl.DataFrame) -> list[dict[str, str]]:
    """The rows of a printed table as text, nothing missing.

    Raises SamspillError where a column of the table is missing or an id stands twice.
    """
    columns = (
        *("id", "source", "basis", "indicator", "field", "split"),
        *("group", "statistic", "printed", "observations"),
    )
    missing = [c for c in columns if c not in printed.columns]
    if missing:
        raise SamspillError(
            f"The printed table has no column '{missing[0]}'.",
            f"Its columns are: {', '.join(columns)}.",
        )
    rows = printed.select(pl.col(columns).cast(pl.String).fill_null("")).to_dicts()
    ids = [row["id"] for row in rows]
    if len(set(ids)) < len(ids):
        twice = next(i for i in ids if ids.count(i) > 1)
        raise SamspillError(f"The id '{twice}' stands twice.", "Give every printed number its own.")
    return rows
