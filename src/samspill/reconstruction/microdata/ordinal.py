"""An ordinal variable's distribution from a regression line, its R² and a share at the top.

With the group sizes n₀, n₁ and sums Σ₀, Σ₁ fixed, the line is fixed, and R² = B / (Q − S²/N) with
B = n₀n₁/N · (Σ₁/n₁ − Σ₀/n₀)² and S = Σ₀ + Σ₁ depends on the answers by Q = Σy² alone. So sizes and
sums are gone through one by one, and the rest is linear in the number of units with each code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf

from samspill.reconstruction.microdata.constraint import (
    Bounds,
    CountConstraint,
    Expression,
    Interval,
    between,
)
from samspill.reconstruction.microdata.likely import Moments, maximum_entropy
from samspill.reconstruction.microdata.program import solve_counts
from samspill.reconstruction.microdata.specification import (
    Margin,
    OrdinalVariable,
    Specification,
)
from samspill.reconstruction.microdata.statements import describe, whole
from samspill.reconstruction.printed_number import PrintedNumber, Window
from samspill.statistics.significance import STAR_LEVELS

KINDS = ("mean", "mean_difference", "r_squared", "percentage")
MOST_SQUARES = 10**12
EVERYTHING = Window(Fraction(-(10**9)), Fraction(10**9), True, True)


@dataclass(frozen=True, slots=True)
class OrdinalStatement:
    """A printed number about an ordinal variable in one field."""

    identifier: str
    text: str
    kind: str
    number: PrintedNumber
    group: str
    observations: int | None


@dataclass(frozen=True, slots=True)
class OrdinalTable:
    """Everything printed about an ordinal variable in one field."""

    variable: OrdinalVariable
    field: str
    statements: tuple[OrdinalStatement, ...]


def read_ordinal(
    row: Mapping[str, str], variable: OrdinalVariable, specification: Specification
) -> OrdinalStatement | None:
    """The statement that a row makes of an ordinal variable; None where it makes none."""
    kind, indicator = row["statistic"], row["indicator"]
    if row["field"] not in variable.fields or row["basis"] not in ("", "survey"):
        return None
    if indicator == variable.top_indicator:
        usable = kind == "percentage" and not row["split"]
    else:
        usable = indicator == variable.name and row["split"] == specification.split
        usable = usable and kind in KINDS[:3] and (bool(row["group"]) == (kind == "mean"))
    if not usable:
        return None
    text = specification.readings.get(row["id"], row["printed"])
    number = PrintedNumber.parse(text, decimal_sign="," if "," in text else None)
    observations = int(row["observations"]) if row["observations"] else None
    return OrdinalStatement(row["id"], describe(row), kind, number, row["group"], observations)


class OrdinalSolver:
    """Finds distributions that agree with some of a table's statements."""

    def __init__(
        self, table: OrdinalTable, active: Collection[str], specification: Specification
    ) -> None:
        self.table = table
        self.specification = specification
        self.statements = [s for s in table.statements if s.identifier in active]
        self.groups = tuple(specification.groups)
        self.codes = table.variable.codes

    def answered(self) -> Expression:
        """The count of all who answered."""
        name = self.table.variable.answered
        return tuple((Margin(name, self.table.field, group), 1) for group in self.groups)

    def constraints(self) -> list[CountConstraint]:
        """What the statements say of the number of answers in each group."""
        if not self.statements:
            return []
        expressions = tuple((term,) for term in self.answered())
        boxes = tuple(
            tuple((n, n) for n in sizes)
            for sizes in self._sizes()
            if self.distribution(sizes) is not None
        )
        return [CountConstraint(expressions, boxes)]

    def _sizes(self) -> Iterator[tuple[int, ...]]:
        """Group sizes that add up to the printed number of observations."""
        printed = {s.observations for s in self.statements if s.observations is not None}
        every = {s.observations for s in self.table.statements if s.observations is not None}
        totals = printed or every or {self.specification.size}
        if len(totals) > 1:
            return
        first, second = self.specification.groups.values()
        (total,) = totals
        for n0 in range(max(1, total - second), min(first, total - 1) + 1):
            if total > 2:
                yield n0, total - n0

    def possible(self) -> bool:
        """Whether any distribution agrees with the statements."""
        return any(self.distribution(sizes) is not None for sizes in self._sizes())

    def distribution(
        self, sizes: tuple[int, ...], *, likely: bool = False
    ) -> dict[tuple[str, int], int] | None:
        """Units by group and code for these group sizes; None where there are none.

        ``likely`` gives the one nearest to the least surprising shape (sum of absolute distances)
        for the first possible sums.
        """
        for sums in self._sums(sizes):
            shape = self._shape(sizes, sums) if likely else {}
            found = self._with_sums(sizes, sums, shape)
            if found is not None:
                return found
        return None

    def _window(self, kind: str, group: str = "") -> Window:
        convention = self.specification.convention
        window = EVERYTHING
        for statement in self.statements:
            if statement.kind == kind and statement.group == group:
                other = statement.number.window(convention)
                low = max((window.low, not window.low_closed), (other.low, not other.low_closed))
                high = min((window.high, window.high_closed), (other.high, other.high_closed))
                window = Window(low[0], high[0], not low[1], high[1])
        return window

    def _sums(self, sizes: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        n0, n1 = sizes
        difference = self._window("mean_difference")
        for sum0 in self._sums_of_group(n0, self._window("mean", self.groups[0])):
            mean = Fraction(sum0, n0)
            second = Window(
                difference.low + mean,
                difference.high + mean,
                difference.low_closed,
                difference.high_closed,
            )
            own = self._sums_of_group(n1, self._window("mean", self.groups[1]))
            for sum1 in self._sums_of_group(n1, second):
                if sum1 in own:
                    yield sum0, sum1

    def _sums_of_group(self, n: int, mean: Window) -> range:
        low, high = whole(mean.scaled(Fraction(n)))
        return range(max(low, n * self.codes[0]), min(high, n * self.codes[-1]) + 1)

    def _shape(self, sizes: tuple[int, ...], sums: tuple[int, int]) -> dict[tuple[str, int], float]:
        low, high = self._squares_within_reach(sizes, sums)
        top = [sum(ends) / 2 for ends in self._top_counts(sizes)]
        moments = Moments(sizes, sums, (low + high) / 2, top[0] if top else None)
        shares = maximum_entropy(self.codes, moments)
        return {
            (group, code): n * share
            for group, n, own in zip(self.groups, sizes, shares, strict=True)
            for code, share in zip(self.codes, own, strict=True)
        }

    def _squares_within_reach(self, sizes: tuple[int, ...], sums: tuple[int, int]) -> Interval:
        low, high = self._squares(sizes, sums)
        least = sum(_least_squares(s, n) for s, n in zip(sums, sizes, strict=True))
        most = sum(self._most_squares(s, n) for s, n in zip(sums, sizes, strict=True))
        return max(low, least), min(high, most)

    def _with_sums(
        self,
        sizes: tuple[int, ...],
        sums: tuple[int, int],
        shape: Mapping[tuple[str, int], float],
    ) -> dict[tuple[str, int], int] | None:
        squares = self._squares_within_reach(sizes, sums)
        if squares[0] > squares[1]:
            return None
        constraints = [between(self._moment(2), *squares)]
        bounds: Bounds = {}
        for group, n, total in zip(self.groups, sizes, sums, strict=True):
            constraints.append(between(self._moment(0, group), n, n))
            constraints.append(between(self._moment(1, group), total, total))
            bounds |= {self._cell(group, code): (0, n) for code in self.codes}
        constraints += [between(self._top(), *interval) for interval in self._top_counts(sizes)]
        targets = {self._cell(*cell): value for cell, value in shape.items()}
        found = solve_counts(constraints, bounds, targets=targets)
        if found is None:
            return None
        return {(margin.group, int(margin.variable)): count for margin, count in found.items()}

    def _cell(self, group: str, code: int) -> Margin:
        return Margin(str(code), self.table.field, group)

    def _moment(self, power: int, group: str | None = None) -> Expression:
        groups = self.groups if group is None else (group,)
        return tuple(
            (self._cell(g, code), code**power) for g in groups for code in self.codes if code**power
        )

    def _top(self) -> Expression:
        return tuple((self._cell(group, self.codes[-1]), 1) for group in self.groups)

    def _top_counts(self, sizes: tuple[int, ...]) -> Iterator[Interval]:
        of_units = self.table.variable.top_share_of == "units"
        base = self.specification.size if of_units else sum(sizes)
        for statement in self.statements:
            if statement.kind == "percentage":
                window = statement.number.window(self.specification.convention)
                yield whole(window.scaled(Fraction(base, 100)))

    def _most_squares(self, total: int, n: int) -> int:
        low, high = self.codes[0], self.codes[-1]
        if low == high:
            return n * low**2
        at_top, rest = divmod(total - n * low, high - low)
        between_ends = (low + rest) ** 2 - low**2 if rest else 0
        return at_top * high**2 + (n - at_top) * low**2 + between_ends

    def _squares(self, sizes: tuple[int, ...], sums: tuple[int, int]) -> Interval:
        """The Σy² that R² and the stars allow."""
        (n0, n1), total = sizes, sum(sizes)
        difference = Fraction(sums[1], n1) - Fraction(sums[0], n0)
        explained = Fraction(n0 * n1, total) * difference**2
        middle = Fraction(sum(sums) ** 2, total)
        low, high = 0, MOST_SQUARES
        for statement in self.statements:
            if statement.kind == "r_squared":
                window = statement.number.window(self.specification.convention)
                allowed = _squares_of_r_squared(window, explained, middle)
                low, high = max(low, allowed[0]), min(high, allowed[1])
            elif statement.kind in ("mean", "mean_difference") and self._tested(statement):
                estimate, weight = (
                    (float(Fraction(sums[0], n0)), 1 / n0)
                    if statement.kind == "mean"
                    else (float(difference), 1 / n0 + 1 / n1)
                )
                residual = _residual_squares(estimate, weight, statement.number.stars, total)
                offset = float(middle + explained)
                low = max(low, ceil(offset + residual[0]))
                high = min(high, floor(offset + min(residual[1], high)))
        return low, high

    def _tested(self, statement: OrdinalStatement) -> bool:
        """Whether its stars are a test in the regression: not for the mean of the second group."""
        return statement.group in ("", self.groups[0])


def _squares_of_r_squared(window: Window, explained: Fraction, middle: Fraction) -> Interval:
    """The Σy² with which ``explained`` is a share of the total sum of squares within ``window``."""
    if window.high <= 0:
        return 1, 0
    largest = Fraction(MOST_SQUARES)
    closed = window.high_closed, window.low_closed
    high = middle + explained / window.low if window.low > 0 else largest
    return whole(Window(middle + explained / window.high, min(high, largest), *closed))


def _least_squares(total: int, n: int) -> int:
    each, rest = divmod(total, n)
    return rest * (each + 1) ** 2 + (n - rest) * each**2


def _residual_squares(
    estimate: float, weight: float, stars: int, total: int
) -> tuple[float, float]:
    """The residual sums of squares at which a coefficient's t-test gives this many stars."""
    from scipy.special import stdtrit

    def largest(level: float) -> float:
        critical = float(stdtrit(total - 2, 1 - level / 2))
        return (total - 2) * (estimate / critical) ** 2 / weight

    slack = 1e-9
    high = largest(STAR_LEVELS[stars - 1]) - slack if stars else inf
    low = largest(STAR_LEVELS[stars]) if stars < len(STAR_LEVELS) else 0.0
    return low, high
