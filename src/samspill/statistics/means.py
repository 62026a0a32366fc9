"""Differences of means, between two groups and between two rounds of the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.statistics.intervals import require_level

Floats = NDArray[np.float64]

TOO_FEW = "fewer than two answers on a side: no interval"
ALIKE = "all answers are alike: no interval by this method"


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """``estimate`` with limits (None where there are none, and ``note`` says why), and the method.

    ``estimate`` is None where a side has no answers.
    """

    estimate: float | None
    low: float | None
    high: float | None
    method: str
    note: str = ""


def mean_difference(first: ArrayLike, second: ArrayLike, level: float = 0.95) -> MeanDifference:
    """The mean of ``first`` less that of ``second``, by Welch's t (Welch 1947).

    Raises SamspillError for a level outside 0 to 1.
    """
    require_level(level)
    one, other = _floats(first), _floats(second)
    if not one.size or not other.size:
        return MeanDifference(None, None, None, "welch", TOO_FEW)
    estimate = float(one.mean() - other.mean())
    if min(one.size, other.size) < 2:
        return MeanDifference(estimate, None, None, "welch", TOO_FEW)
    squares = np.array([one.var(ddof=1) / one.size, other.var(ddof=1) / other.size])
    if not squares.sum() > 0:
        return MeanDifference(estimate, None, None, "welch", ALIKE)
    sizes = np.array([one.size, other.size])
    freedom = squares.sum() ** 2 / np.sum(squares**2 / (sizes - 1))
    half = _t(level, freedom) * np.sqrt(squares.sum())
    return MeanDifference(estimate, estimate - half, estimate + half, "welch")


def paired_difference(now: ArrayLike, before: ArrayLike, level: float = 0.95) -> MeanDifference:
    """The mean of ``now`` less ``before`` of the same respondents in the same order (Student 1908).

    Raises SamspillError for a level outside 0 to 1, ValueError for unequal lengths.
    """
    require_level(level)
    one, other = _floats(now), _floats(before)
    if one.size != other.size:
        raise ValueError("Pairs need as many values now as before.")
    if not one.size:
        return MeanDifference(None, None, None, "paired", TOO_FEW)
    change = one - other
    estimate = float(change.mean())
    if change.size < 2:
        return MeanDifference(estimate, None, None, "paired", TOO_FEW)
    error = float(change.std(ddof=1)) / np.sqrt(change.size)
    if not error > 0:
        return MeanDifference(estimate, None, None, "paired", ALIKE)
    half = _t(level, change.size - 1) * error
    return MeanDifference(estimate, estimate - half, estimate + half, "paired")


def _t(level: float, freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
