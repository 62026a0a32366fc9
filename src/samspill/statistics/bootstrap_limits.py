"""Percentile, basic and BCa limits of bootstrap replicates."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ALL_ON_ONE_SIDE = "no BCa interval: every replicate lies on one side of the estimate"
NO_JACKKNIFE = "no BCa interval: the statistic is undefined without some row"


def limits(
    draws: Floats,
    estimate: float,
    level: float,
    method: str,
    jackknife: tuple[Floats, Floats],
) -> tuple[float | None, float | None, str]:
    """Low, high, and why there are none. ``jackknife``: values left out, and their numbers."""
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    if method == "bca":
        adjusted, reason = _bca_tails(draws, estimate, tails, *jackknife)
        if adjusted is None:
            return None, None, reason
        tails = adjusted
    low, high = (float(limit) for limit in np.quantile(draws, tails))
    if method == "basic":
        return 2 * estimate - high, 2 * estimate - low, ""
    return low, high, ""


def _bca_tails(
    draws: Floats, estimate: float, tails: Floats, left_out: Floats, multiplicity: Floats
) -> tuple[Floats | None, str]:
    """The percentiles of the BCa interval (Efron 1987); replicates equal to it count half."""
    normal = NormalDist()
    tie = np.isclose(draws, estimate, rtol=1e-12, atol=1e-12)
    below = float(np.mean((draws < estimate) & ~tie) + 0.5 * np.mean(tie))
    if not 0 < below < 1:
        return None, ALL_ON_ONE_SIDE
    if not np.isfinite(left_out).all():
        return None, NO_JACKKNIFE
    mean = np.average(left_out, weights=multiplicity)
    distance = mean - left_out
    spread = float(np.sum(multiplicity * distance**2))
    skewness = float(np.sum(multiplicity * distance**3))
    acceleration = skewness / (6 * spread**1.5) if spread > 0 else 0.0
    bias = normal.inv_cdf(below)
    shifted = bias + np.array([normal.inv_cdf(tail) for tail in tails])
    adjusted = bias + shifted / (1 - acceleration * shifted)
    return np.array([normal.cdf(value) for value in adjusted]), ""
