"""Confidence limits of one proportion. All functions take and give arrays of one length.

``inverse_n`` is one divided by the (effective) number of answers; 0 where all were asked.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.errors import SamspillError

Floats = NDArray[np.float64]
Limits = tuple[Floats, Floats]


def require_level(level: float) -> None:
    """Raise SamspillError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise SamspillError(
            f"{level} is not a confidence level.", "Give one between 0 and 1, such as 0.95."
        )


def normal_quantile(level: float) -> float:
    """z for a two-sided interval at ``level``; raises SamspillError unless 0 < level < 1."""
    require_level(level)
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(share: ArrayLike, inverse_n: ArrayLike, level: float) -> Limits:
    """The score interval (Wilson 1927, JASA 22:209–212)."""
    p, m = _floats(share), _floats(inverse_n) * normal_quantile(level) ** 2
    centre = (p + m / 2) / (1 + m)
    half = np.sqrt(p * (1 - p) * m + m**2 / 4) / (1 + m)
    # rounding must not move a limit that is 0 or 1, or the point of a full count
    low = np.where(p == 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(p == 1, 1.0, np.minimum(centre + half, 1.0))
    return np.where(m == 0, p, low), np.where(m == 0, p, high)


def wald(share: ArrayLike, inverse_n: ArrayLike, level: float) -> Limits:
    """The simple normal interval, cut at 0 and 1; poor near them and for small n."""
    p, m = _floats(share), _floats(inverse_n)
    half = normal_quantile(level) * np.sqrt(p * (1 - p) * m)
    return np.maximum(p - half, 0.0), np.minimum(p + half, 1.0)


def agresti_coull(share: ArrayLike, inverse_n: ArrayLike, level: float) -> Limits:
    """Agresti & Coull (1998, The American Statistician 52:119–126)."""
    m = _floats(inverse_n) * normal_quantile(level) ** 2
    return wald((_floats(share) + m / 2) / (1 + m), _floats(inverse_n) / (1 + m), level)


def clopper_pearson(count: ArrayLike, n: ArrayLike, level: float) -> Limits:
    """The exact interval (Clopper & Pearson 1934, Biometrika 26:404–413)."""
    from scipy.special import betaincinv

    x, size, tail = _floats(count), _floats(n), (1 - level) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(x == 0, 0.0, betaincinv(np.maximum(x, 1), size - x + 1, tail))
        high = np.where(x == size, 1.0, betaincinv(x + 1, np.maximum(size - x, 1), 1 - tail))
    return low, high


def jeffreys(count: ArrayLike, n: ArrayLike, level: float) -> Limits:
    """The Jeffreys prior's interval, 0 and 1 at the ends (Brown, Cai & DasGupta 2001)."""
    from scipy.special import betaincinv

    x, size, tail = _floats(count), _floats(n), (1 - level) / 2
    low = np.where(x == 0, 0.0, betaincinv(x + 0.5, size - x + 0.5, tail))
    high = np.where(x == size, 1.0, betaincinv(x + 0.5, size - x + 0.5, 1 - tail))
    return low, high


def hypergeometric(count: ArrayLike, n: ArrayLike, population: ArrayLike, level: float) -> Limits:
    """The exact interval in a finite population (Buonaccorsi 1987, Am. Statistician 41:215–218).

    All numbers of the population whose hypergeometric tails both exceed (1 − level)/2, divided
    by the population size.
    """
    rows = zip(_floats(count), _floats(n), _floats(population), strict=True)
    limits = [_hypergeometric_counts(int(x), int(m), int(N), level) for x, m, N in rows]
    sizes = _floats(population)
    low, high = np.array(limits, dtype=np.float64).reshape(-1, 2).T
    return low / sizes, high / sizes


def _hypergeometric_counts(count: int, n: int, population: int, level: float) -> tuple[int, int]:
    from scipy.stats import hypergeom

    tail = (1 - level) / 2
    least, most = count, population - n + count
    low, top = least, most
    while low < top:
        middle = (low + top) // 2
        if hypergeom.sf(count - 1, population, middle, n) > tail:
            top = middle
        else:
            low = middle + 1
    smallest, bottom, high = low, least, most
    while bottom < high:
        middle = (bottom + high + 1) // 2
        if hypergeom.cdf(count, population, middle, n) > tail:
            bottom = middle
        else:
            high = middle - 1
    return smallest, high


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
