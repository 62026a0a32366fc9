"""All counts of 2x2 tables that give what is printed, by solving for whole intervals of counts.

Every statistic but a standard error is monotone in each count, so its window becomes an interval
of whole numbers. Ends are found in floating point; one that comes near a whole number is settled
in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.reconstruction.constraints import (
    CONTRASTS,
    LOGARITHMS,
    SINGLES,
    SPREADS,
    Constraint,
)
from samspill.reconstruction.spreads import BUDGET, Strips, TooManyCandidatesError, within_spreads

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Settle = Callable[[int, int], bool]

CHUNK = 1_000_000
FAR = 600.0


@dataclass(frozen=True, slots=True)
class Solutions:
    """The counts that give what is printed.

    ``number``: how many there are. ``listed``: (n0, n1, s0, s1) of each, at most as many as were
    asked for.
    """

    number: int
    listed: tuple[tuple[int, int, int, int], ...]

    @property
    def complete(self) -> bool:
        """Whether every solution is listed."""
        return self.number == len(self.listed)


def solve(
    constraints: Sequence[Constraint], n0: int | Integers, n1: int | Integers, *, limit: int = 1000
) -> Solutions:
    """All (s0, s1) that satisfy ``constraints``, for one or several pairs of group sizes."""
    first, second = _sizes(n0, n1)
    number = 0
    listed: list[tuple[int, int, int, int]] = []
    for strips in _solve_in_chunks(constraints, first, second):
        sizes = strips.sizes()
        number += int(sizes.sum())
        for at in np.flatnonzero(sizes):
            split, s0 = int(strips.split[at]), int(strips.s0[at])
            for s1 in range(int(strips.low[at]), int(strips.high[at]) + 1):
                if len(listed) >= limit:
                    break
                listed.append((int(first[split]), int(second[split]), s0, s1))
            if len(listed) >= limit:
                break
    return Solutions(number, tuple(listed))


def scan(constraints: Sequence[Constraint], n0: Integers, n1: Integers) -> Integers:
    """The number of solutions for each pair of group sizes."""
    first, second = _sizes(n0, n1)
    found = np.zeros(first.size, dtype=np.int64)
    for strips in _solve_in_chunks(constraints, first, second):
        np.add.at(found, strips.split, strips.sizes())
    return found


def _sizes(n0: int | Integers, n1: int | Integers) -> tuple[Integers, Integers]:
    first = np.atleast_1d(np.asarray(n0, dtype=np.int64))
    second = np.atleast_1d(np.asarray(n1, dtype=np.int64))
    if first.shape != second.shape or (first < 0).any() or (second < 0).any():
        raise SamspillError(
            "Group sizes must be whole numbers, none negative, one pair for each split.",
            "Give n0 and n1 of the same length.",
        )
    return first, second


def _solve_in_chunks(
    constraints: Sequence[Constraint], n0: Integers, n1: Integers
) -> Iterator[Strips]:
    singles = [c for c in constraints if c.kind in SINGLES]
    low0, high0 = _range(singles, 0, n0)
    low1, high1 = _range(singles, 1, n1)
    low_all, high_all = _range(singles, None, n0 + n1)
    low0 = np.maximum(low0, low_all - high1)
    high0 = np.minimum(high0, high_all - low1)
    widths = np.where(low1 <= high1, np.maximum(high0 - low0 + 1, 0), 0)
    candidates = int(widths.sum())
    if candidates > BUDGET:
        raise TooManyCandidatesError(candidates)
    return _strips(constraints, n0, n1, widths, low0, (low1, high1, low_all, high_all))


def _strips(
    constraints: Sequence[Constraint],
    n0: Integers,
    n1: Integers,
    widths: Integers,
    low0: Integers,
    ranges: tuple[Integers, ...],
) -> Iterator[Strips]:
    """Strips for all splits, a bounded number at a time."""
    contrasts = [c for c in constraints if c.kind in CONTRASTS]
    spreads = [c for c in constraints if c.kind in SPREADS]
    ends = np.cumsum(widths)
    total = int(ends[-1]) if ends.size else 0
    for begin in range(0, total, CHUNK):
        flat = np.arange(begin, min(begin + CHUNK, total), dtype=np.int64)
        split = np.searchsorted(ends, flat, side="right")
        s0 = low0[split] + flat - (ends[split] - widths[split])
        low1, high1, low_all, high_all = (bound[split] for bound in ranges)
        low, high = np.maximum(low1, low_all - s0), np.minimum(high1, high_all - s0)
        for contrast in contrasts:
            inner = contrast_bounds(contrast, s0, n0[split], n1[split])
            low, high = np.maximum(low, inner[0]), np.minimum(high, inner[1])
        strips = Strips(split, s0, low, high).where(low <= high)
        yield within_spreads(spreads, strips, n0, n1) if spreads else strips


def _range(
    singles: Sequence[Constraint], group: int | None, n: Integers
) -> tuple[Integers, Integers]:
    """The counts out of each ``n`` that a group's own statistics allow."""
    low, high = np.zeros_like(n), n.copy()
    for constraint in singles:
        if constraint.group == group:
            inner = single_bounds(constraint, n)
            low, high = np.maximum(low, inner[0]), np.minimum(high, inner[1])
    return low, high


def share_at(kind: str, value: float | Floats) -> Floats:
    """The share of units at which a group's statistic of ``kind`` reaches ``value``."""
    if kind == "percentage":
        return np.asarray(value, dtype=np.float64)
    odds = np.exp(np.clip(value, -FAR, FAR)) if kind in LOGARITHMS else np.maximum(value, 0.0)
    return np.asarray(odds / (1 + odds), dtype=np.float64)


def single_bounds(constraint: Constraint, n: Integers) -> tuple[Integers, Integers]:
    """The smallest and the largest count out of each ``n`` that a group's statistic allows."""
    if constraint.kind == "count":
        window = constraint.window
        return np.full(n.shape, ceil(window.low)), np.full(n.shape, floor(window.high))
    low, high = float(constraint.window.low), float(constraint.window.high)
    sizes = n.astype(np.float64)
    ends = sizes * share_at(constraint.kind, low), sizes * share_at(constraint.kind, high)
    where = Constraint(constraint.kind, constraint.window, 0, constraint.scale)

    def holds(at: int, s: int) -> bool:
        size = int(n[at])
        return 0 <= s <= size and size > 0 and where.holds(s, size, 0, 0)

    return _whole(ends[0], ends[1], n, holds)


def contrast_bounds(
    constraint: Constraint, s0: Integers, n0: Integers, n1: Integers
) -> tuple[Integers, Integers]:
    """The smallest and the largest s1 that a contrast allows for each s0, n0 and n1."""
    low, high = float(constraint.window.low), float(constraint.window.high)

    def holds(at: int, s: int) -> bool:
        size = int(n1[at])
        return 0 <= s <= size and constraint.holds(int(s0[at]), int(n0[at]), s, size)

    ends = tuple(second_count(constraint.kind, end, s0, n0, n1) for end in (low, high))
    return _whole(ends[0], ends[1], n1, holds)


def second_count(
    kind: str, bound: float | Floats, s0: Integers, n0: Integers, n1: Integers
) -> Floats:
    """The (real) count of the second group at which a contrast reaches ``bound``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "risk_difference":
            return np.asarray(n1 * (s0 / n0 + bound), dtype=np.float64)
        if kind == "risk_ratio":
            return np.asarray(n1 * (s0 / n0) * np.maximum(bound, 0.0), dtype=np.float64)
        factor = np.exp(np.clip(bound, -FAR, FAR)) if kind in LOGARITHMS else np.maximum(bound, 0.0)
        odds = s0 * factor
        share = np.where(odds > 0, odds / (odds + (n0 - s0)), 0.0)
    return np.asarray(n1 * share, dtype=np.float64)


def _whole(low: Floats, high: Floats, n: Integers, holds: Settle) -> tuple[Integers, Integers]:
    """The whole numbers within [low, high], ends near a whole number settled by ``holds``."""
    slack = 1e-10 + 1e-12 * n
    first = np.ceil(np.clip(low, 0, n + 1) - slack).astype(np.int64)
    last = np.floor(np.clip(high, -1, n) + slack).astype(np.int64)
    possible = first <= last
    for at in np.flatnonzero(possible & (np.abs(first - low) <= slack)):
        if not holds(int(at), int(first[at])):
            first[at] += 1
    for at in np.flatnonzero(possible & (np.abs(high - last) <= slack)):
        if not holds(int(at), int(last[at])):
            last[at] -= 1
    return first, last
