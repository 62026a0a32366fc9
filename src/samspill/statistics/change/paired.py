"""Two proportions of the same units: limits of their difference, and tests of no change.

Arrays in, arrays out, one element per table. ``gained`` counts units that went from 0 to 1,
``lost`` those that went from 1 to 0, ``kept`` those with 1 both times; ``n`` is all of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.statistics.intervals import Limits, normal_quantile, wilson
from samspill.statistics.significance import two_sided_p

Floats = NDArray[np.float64]
HALVINGS = 60


def newcombe_paired(
    kept: ArrayLike, gained: ArrayLike, lost: ArrayLike, n: ArrayLike, level: float
) -> Limits:
    """Limits of p₂ − p₁ by method 10 of Newcombe 1998 (Statistics in Medicine 17:2635–2650).

    The Wilson limits of both proportions are put together with the correlation of the answers,
    whose numerator is corrected for continuity where it is positive.
    """
    a, b, c, size = (_floats(value) for value in (kept, gained, lost, n))
    before, after = (a + c) / size, (a + b) / size
    return combined_limits(before, 1 / size, after, 1 / size, corrected_phi(a, b, c, size), level)


def combined_limits(
    before: ArrayLike,
    inverse_before: ArrayLike,
    after: ArrayLike,
    inverse_after: ArrayLike,
    correlation: ArrayLike,
    level: float,
) -> Limits:
    """Limits of ``after − before`` from both Wilson intervals and the estimates' correlation.

    The square-and-add rule with a covariance term (Zou & Donner 2008, Statistics in Medicine
    27:1693–1702). With correlation 0 it is Newcombe's interval of independent groups.
    """
    p1, p2, r = _floats(before), _floats(after), _floats(correlation)
    l1, u1 = wilson(p1, inverse_before, level)
    l2, u2 = wilson(p2, inverse_after, level)

    def together(one: Floats, other: Floats) -> Floats:
        square = one**2 - 2 * r * one * other + other**2
        return np.sqrt(np.maximum(square, 0.0))

    difference = p2 - p1
    low = difference - together(p2 - l2, u1 - p1)
    high = difference + together(u2 - p2, p1 - l1)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def phi(kept: ArrayLike, gained: ArrayLike, lost: ArrayLike, n: ArrayLike) -> Floats:
    """The correlation of the two answers; 0 where a margin is empty."""
    a, b, c, size = (_floats(value) for value in (kept, gained, lost, n))
    return _phi(a * (size - a - b - c) - b * c, a, b, c, size)


def corrected_phi(kept: ArrayLike, gained: ArrayLike, lost: ArrayLike, n: ArrayLike) -> Floats:
    """``phi`` with ad − bc lowered by n/2, to no less than 0, where it is positive."""
    a, b, c, size = (_floats(value) for value in (kept, gained, lost, n))
    cross = a * (size - a - b - c) - b * c
    return _phi(np.where(cross > 0, np.maximum(cross - size / 2, 0.0), cross), a, b, c, size)


def _phi(cross: Floats, a: Floats, b: Floats, c: Floats, n: Floats) -> Floats:
    product = (a + b) * (n - a - b) * (a + c) * (n - a - c)
    root = np.sqrt(np.where(product > 0, product, 1.0))
    return np.asarray(np.where(product > 0, cross / root, 0.0), dtype=np.float64)


def tango(gained: ArrayLike, lost: ArrayLike, n: ArrayLike, level: float) -> Limits:
    """Limits of p₂ − p₁ that invert the score test (Tango 1998, Statistics in Medicine
    17:891–908)."""
    b, c, size = (_floats(value) for value in (gained, lost, n))
    z = normal_quantile(level)
    estimate = (b - c) / size

    def score(delta: Floats) -> Floats:
        linear = -b - c + (2 * size - b + c) * delta
        constant = -c * delta * (1 - delta)
        root = np.sqrt(np.maximum(linear**2 - 8 * size * constant, 0.0))
        nuisance = (root - linear) / (4 * size)
        variance = size * (2 * nuisance + delta * (1 - delta))
        distance = b - c - size * delta
        safe = np.sqrt(np.maximum(variance, np.finfo(np.float64).tiny))
        return np.where(distance == 0, 0.0, distance / safe)

    low = _crossing(score, np.full_like(estimate, -1.0), estimate, z)
    high = _crossing(score, estimate, np.full_like(estimate, 1.0), -z)
    return low, high


def _crossing(
    score: Callable[[Floats], Floats], left: Floats, right: Floats, target: float
) -> Floats:
    """Where the falling ``score`` passes ``target`` between ``left`` and ``right``."""
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        above = score(middle) > target
        left, right = np.where(above, middle, left), np.where(above, right, middle)
    return np.asarray((left + right) / 2, dtype=np.float64)


def mcnemar(gained: ArrayLike, lost: ArrayLike, method: str = "mid_p") -> Floats:
    """Two-sided p-values of as many gained as lost (McNemar 1947, Psychometrika 12:153–157).

    ``exact`` is the binomial test of the discordant pairs, ``mid_p`` the same with half of the
    observed table's probability (Fagerland, Lydersen & Laake 2013, BMC Medical Research
    Methodology 13:91), ``asymptotic`` the χ² without correction. 1 where nobody changed.
    """
    from scipy.special import bdtr

    b, c = _floats(gained), _floats(lost)
    moved, fewer = b + c, np.minimum(b, c)
    if method == "asymptotic":
        root = np.sqrt(np.where(moved > 0, moved, 1.0))
        return two_sided_p(np.where(moved > 0, (b - c) / root, 0.0))
    tail = 2 * bdtr(fewer, moved.astype(int), 0.5)
    if method == "exact":
        p = np.minimum(1.0, tail)
    else:
        below = np.where(fewer > 0, bdtr(np.maximum(fewer - 1, 0), moved.astype(int), 0.5), 0.0)
        point = tail / 2 - below
        p = np.where(b == c, 1 - point / 2, tail - point)
    return np.asarray(np.where(moved > 0, p, 1.0), dtype=np.float64)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
