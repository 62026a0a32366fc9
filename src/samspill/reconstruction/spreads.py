"""Solutions narrowed by standard errors and confidence limits.

A standard error bounds the second group's count on either side of its middle (the variance of
log odds and of shares is symmetric about it), a pair of confidence limits bounds the standard
error and the estimate. What is left is tried count by count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log

import numpy as np
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.reconstruction.constraints import LIMITS, Constraint, critical_values

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

PAIRS = 2_000_000
BUDGET = 60_000_000
RATIOS = ("odds_ratio", "risk_ratio")


class TooManyCandidatesError(SamspillError):
    """The printed numbers leave more candidates than can be looked through."""

    def __init__(self, candidates: int) -> None:
        super().__init__(
            f"The printed numbers leave {candidates:,} candidates to try.",
            "Print more decimals, or add what is missing of the percentages and the group sizes.",
        )


@dataclass(frozen=True, slots=True)
class Strips:
    """Solutions in strips: for table sizes number ``split`` and ``s0``, all s1 in [low, high]."""

    split: Integers
    s0: Integers
    low: Integers
    high: Integers

    def sizes(self) -> Integers:
        """The number of solutions in each strip."""
        return np.asarray(np.maximum(self.high - self.low + 1, 0), dtype=np.int64)

    def where(self, kept: NDArray[np.bool_]) -> Strips:
        """The strips where ``kept`` is true."""
        return Strips(self.split[kept], self.s0[kept], self.low[kept], self.high[kept])


def within_spreads(
    spreads: Sequence[Constraint], strips: Strips, n0: Integers, n1: Integers
) -> Strips:
    """The solutions in ``strips`` that also satisfy ``spreads``, one in each strip."""
    for scale in {c.scale for c in spreads if c.group is None}:
        own = [c for c in spreads if c.group is None and c.scale == scale]
        strips = _bounded(own, scale, strips, n0, n1)
    sizes = strips.sizes()
    if int(sizes.sum()) > BUDGET:
        raise TooManyCandidatesError(int(sizes.sum()))
    kept = []
    begin = 0
    ends = np.cumsum(sizes)
    while begin < sizes.size:
        done = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, done + PAIRS, side="right")))
        kept.append(_filtered(spreads, strips, slice(begin, end), n0, n1))
        begin = end
    if not kept:
        return strips.where(sizes > 0)
    return Strips(
        *(
            np.concatenate([getattr(part, name) for part in kept])
            for name in ("split", "s0", "low", "high")
        )
    )


def _filtered(
    spreads: Sequence[Constraint], strips: Strips, part: slice, n0: Integers, n1: Integers
) -> Strips:
    sizes = strips.sizes()[part]
    at = np.repeat(np.arange(sizes.size), sizes)
    offset = np.arange(at.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    split, s0 = strips.split[part][at], strips.s0[part][at]
    s1 = strips.low[part][at] + offset
    kept = np.ones(at.size, dtype=np.bool_)
    for constraint in spreads:
        kept &= _inside(constraint, s0, n0[split], s1, n1[split])
    return Strips(split[kept], s0[kept], s1[kept], s1[kept])


def variances(scale: str, s0: Integers, n0: Integers, s1: Integers, n1: Integers) -> Floats:
    """The large-sample variance of a contrast; infinite where it is not finite."""
    return group_term(scale, s0, n0) + group_term(scale, s1, n1)


def group_term(scale: str, s: Integers, n: Integers) -> Floats:
    """One group's part of the variance of a contrast on ``scale``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "risk_difference":
            part = s * (n - s) / n.astype(np.float64) ** 3
        elif scale == "risk_ratio":
            part = 1.0 / s - 1.0 / n
        else:
            part = 1.0 / s + 1.0 / (n - s)
    return np.asarray(np.where(np.isfinite(part), part, inf), dtype=np.float64)


def centres(scale: str, s0: Integers, n0: Integers, s1: Integers, n1: Integers) -> Floats:
    """The contrast on the scale where its interval is symmetric; NaN where it is infinite."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "risk_difference":
            value = s1 / n1 - s0 / n0
        elif scale == "risk_ratio":
            value = np.log(s1 / n1) - np.log(s0 / n0)
        else:
            value = np.log(s1 / (n1 - s1)) - np.log(s0 / (n0 - s0))
    return np.asarray(np.where(np.isfinite(value), value, np.nan), dtype=np.float64)


def _inside(
    constraint: Constraint, s0: Integers, n0: Integers, s1: Integers, n1: Integers
) -> NDArray[np.bool_]:
    """Whether each pair of counts satisfies a spread; near its ends decided exactly."""
    scale = constraint.scale
    low, high = float(constraint.window.low), float(constraint.window.high)
    kept = np.zeros(s0.size, dtype=np.bool_)
    near = np.zeros(s0.size, dtype=np.bool_)
    for value in _values(constraint, scale, s0, n0, s1, n1):
        edge = (np.abs(value - low) < 1e-10) | (np.abs(value - high) < 1e-10)
        near |= edge
        kept |= (value > low) & (value < high) & ~edge
    for at in np.flatnonzero(near & ~kept):
        kept[at] = constraint.holds(int(s0[at]), int(n0[at]), int(s1[at]), int(n1[at]))
    return kept


def _values(
    constraint: Constraint, scale: str, s0: Integers, n0: Integers, s1: Integers, n1: Integers
) -> list[Floats]:
    if constraint.group is not None:
        counts = (s1, n1) if constraint.group else (s0, n0)
        return [np.sqrt(group_term("log_odds_ratio", *counts))]
    error = np.sqrt(variances(scale, s0, n0, s1, n1))
    if constraint.kind == "standard_error":
        return [error]
    centre = centres(scale, s0, n0, s1, n1)
    sign = -1 if constraint.kind == "confidence_low" else 1
    with np.errstate(invalid="ignore", over="ignore"):
        limits = [centre + sign * z * error for z in critical_values(constraint.level)]
        return [np.exp(limit) for limit in limits] if scale in RATIOS else limits


def _bounded(
    spreads: Sequence[Constraint], scale: str, strips: Strips, n0: Integers, n1: Integers
) -> Strips:
    """Strips cut to where the second group's variance can be what the spreads say."""
    smallest, largest = _error_bounds(spreads, scale)
    if (smallest, largest) == (0.0, inf):
        return strips
    size0, size1 = n0[strips.split], n1[strips.split].astype(np.float64)
    first = group_term(scale, strips.s0, size0)
    slack = 1e-9
    low = np.maximum(smallest**2 * (1 - slack) - first, 0.0)
    high = largest**2 * (1 + slack) - first
    strips, low, high, size1 = (
        strips.where(high >= 0),
        low[high >= 0],
        high[high >= 0],
        size1[high >= 0],
    )
    if scale == "risk_ratio":
        with np.errstate(divide="ignore"):
            return _cut(strips, size1 / (1 + size1 * high), size1 / (1 + size1 * low))
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "risk_difference":
            product = size1 * low, size1 * high
        else:
            product = 1 / (size1 * high), 1 / (size1 * low)
    outer = size1 * _root(np.nan_to_num(product[0], nan=0.0))
    inner = size1 * _root(np.nan_to_num(product[1], nan=0.25, posinf=0.25))
    middle = (n1[strips.split] // 2).astype(np.int64)
    left = _cut(strips, outer, inner, highest=middle)
    right = _cut(strips, size1 - inner, size1 - outer, lowest=middle + 1)
    return Strips(
        *(
            np.concatenate([getattr(left, name), getattr(right, name)])
            for name in ("split", "s0", "low", "high")
        )
    )


def _root(product: Floats) -> Floats:
    """The smaller share p with p(1 - p) equal to ``product``; one half where none has it."""
    return np.asarray(0.5 - np.sqrt(np.maximum(0.25 - product, 0.0)), dtype=np.float64)


def _cut(
    strips: Strips,
    low: Floats,
    high: Floats,
    *,
    lowest: Integers | int = 0,
    highest: Integers | None = None,
) -> Strips:
    """``strips`` within [low, high], a little wider, and within [lowest, highest] exactly."""
    first = np.maximum(np.maximum(strips.low, lowest), np.floor(low - 1e-6).astype(np.int64))
    last = np.minimum(strips.high, np.ceil(high + 1e-6).astype(np.int64))
    if highest is not None:
        last = np.minimum(last, highest)
    return Strips(strips.split, strips.s0, first, last).where(first <= last)


def _error_bounds(spreads: Sequence[Constraint], scale: str) -> tuple[float, float]:
    """The smallest and largest standard error that the spreads together allow."""
    smallest, largest = 0.0, inf
    ends: dict[str, tuple[float, float]] = {}
    for constraint in spreads:
        low, high = float(constraint.window.low), float(constraint.window.high)
        if constraint.kind == "standard_error":
            smallest, largest = max(smallest, low), min(largest, high)
        elif scale in RATIOS:
            ends[constraint.kind] = (log(low) if low > 0 else -inf, log(high) if high > 0 else -inf)
        else:
            ends[constraint.kind] = (low, high)
    if set(ends) == set(LIMITS):
        z = critical_values(spreads[-1].level)
        below, above = ends["confidence_low"], ends["confidence_high"]
        smallest = max(smallest, (above[0] - below[1]) / (2 * max(z)))
        largest = min(largest, (above[1] - below[0]) / (2 * min(z)))
    return smallest, max(largest, 0.0)
