"""Score limits of a difference and of a ratio of two proportions.

Both invert a test whose variance is estimated under the value tested: Miettinen & Nurminen 1985
(Statistics in Medicine 4:213–226), and, for the ratio without their factor N/(N − 1), Koopman
1984 (Biometrics 40:513–517). Arrays in, arrays out, one element per pair of groups.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.intervals import Limits, normal_quantile

Floats = NDArray[np.float64]
HALVINGS = 80
LOG_RATIO_BOUND = 40.0


def difference_limits(x1: Floats, n1: Floats, x2: Floats, n2: Floats, level: float) -> Limits:
    """Miettinen–Nurminen limits of p₁ − p₂."""
    z = normal_quantile(level)
    estimate = x1 / n1 - x2 / n2
    factor = (n1 + n2) / (n1 + n2 - 1)

    def score(difference: Floats) -> Floats:
        p2 = _share_under_difference(x1, n1, x2, n2, difference)
        p1 = np.clip(p2 + difference, 0.0, 1.0)
        variance = factor * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        return _standardised(estimate - difference, variance)

    low = _crossing(score, np.full_like(estimate, -1.0), estimate, z)
    high = _crossing(score, estimate, np.full_like(estimate, 1.0), -z)
    return low, high


def ratio_limits(
    x1: Floats, n1: Floats, x2: Floats, n2: Floats, level: float, *, corrected: bool
) -> Limits:
    """Score limits of p₁/p₂: Koopman's, or with ``corrected`` Miettinen & Nurminen's.

    0 below where x₁ = 0, infinity above where x₂ = 0.
    """
    z = normal_quantile(level)
    p1_hat, p2_hat = x1 / n1, x2 / n2
    factor = (n1 + n2) / (n1 + n2 - 1) if corrected else np.ones_like(p1_hat)

    def score(log_ratio: Floats) -> Floats:
        ratio = np.exp(log_ratio)
        p2 = _share_under_ratio(x1, n1, x2, n2, ratio)
        p1 = np.clip(p2 * ratio, 0.0, 1.0)
        variance = factor * (p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2)
        return _standardised(p1_hat - ratio * p2_hat, variance)

    bound = np.full_like(p1_hat, LOG_RATIO_BOUND)
    with np.errstate(divide="ignore"):
        middle = np.clip(np.log(p1_hat) - np.log(p2_hat), -bound, bound)
    low = np.exp(_crossing(score, -bound, middle, z))
    high = np.exp(_crossing(score, middle, bound, -z))
    return np.where(x1 == 0, 0.0, low), np.where(x2 == 0, np.inf, high)


def _crossing(
    score: Callable[[Floats], Floats], left: Floats, right: Floats, target: float
) -> Floats:
    """Where the falling ``score`` passes ``target`` between ``left`` and ``right``."""
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        above = score(middle) > target
        left, right = np.where(above, middle, left), np.where(above, right, middle)
    return np.asarray((left + right) / 2, dtype=np.float64)


def _standardised(distance: Floats, variance: Floats) -> Floats:
    tiny = np.finfo(np.float64).tiny
    return np.asarray(distance / np.sqrt(np.maximum(variance, tiny)), dtype=np.float64)


def _share_under_difference(
    x1: Floats, n1: Floats, x2: Floats, n2: Floats, difference: Floats
) -> Floats:
    """The likeliest p₂ given p₁ − p₂ (the cubic in Miettinen & Nurminen's appendix)."""
    total, ones = n1 + n2, x1 + x2
    b = (n1 + 2 * n2) * difference - total - ones
    c = (n2 * difference - total - 2 * x2) * difference + ones
    d = x2 * difference * (1 - difference)
    q = b**3 / (3 * total) ** 3 - b * c / (6 * total**2) + d / (2 * total)
    root = np.sqrt(np.maximum(b**2 / (3 * total) ** 2 - c / (3 * total), 0.0))
    p = np.where(q < 0, -root, root)
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.where(p == 0, 0.0, q / p**3)
    angle = (np.pi + np.arccos(np.clip(cosine, -1.0, 1.0))) / 3
    solution = 2 * p * np.cos(angle) - b / (3 * total)
    share = np.clip(solution, np.maximum(0.0, -difference), np.minimum(1.0, 1 - difference))
    return np.asarray(share, dtype=np.float64)


def _share_under_ratio(x1: Floats, n1: Floats, x2: Floats, n2: Floats, ratio: Floats) -> Floats:
    """The likeliest p₂ given p₁/p₂ (a quadratic); its stable root, both being positive."""
    a = (n1 + n2) * ratio
    b = n1 * ratio + x1 + n2 + x2 * ratio
    c = x1 + x2
    root = np.sqrt(np.maximum(b**2 - 4 * a * c, 0.0))
    share = np.clip(2 * c / (b + root), 0.0, np.minimum(1.0, 1 / ratio))
    return np.asarray(share, dtype=np.float64)
