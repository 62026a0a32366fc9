"""Is there more of one thing than of another, when the same were asked of both?"""

from __future__ import annotations

import math
from functools import lru_cache

from samspill.statistics.intervals import wilson

Limits = tuple[float, float]


@lru_cache(maxsize=20000)
def share_limits(count: float, n: float, level: float) -> Limits:
    """Wilson's interval of one share."""
    low, high = wilson([count / n], [1 / n], level)
    return float(low[0]), float(high[0])


def paired_difference(
    one: int, other: int, n: int, both: int | None = None, level: float = 0.95
) -> Limits:
    """The interval of the difference of two shares of the same ``n``.

    Newcombe's method 10 (1998, Statistics in Medicine 17:2635–2650): Wilson's limits of each
    share, joined by the correlation of the two answers, with its continuity correction. Without
    ``both`` (how many say both) the lowest correlation that the two counts allow is taken, which
    gives the widest interval that any answer to both could give.

    ``one``, ``other`` and ``both`` are counts, the limits are shares from -1 to 1.
    """
    together = max(0, one + other - n) if both is None else both
    p, q = one / n, other / n
    low_one, high_one = share_limits(one, n, level)
    low_other, high_other = share_limits(other, n, level)
    phi = _correlation(one, other, n, together)
    below = _joined(p - low_one, high_other - q, phi)
    above = _joined(high_one - p, q - low_other, phi)
    return p - q - below, p - q + above


def _joined(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(0.0, one**2 - 2 * phi * one * other + other**2))


def _correlation(one: int, other: int, n: int, both: int) -> float:
    margins = one * (n - one) * other * (n - other)
    if margins == 0:
        return 0.0
    cross = both * (n - one - other + both) - (one - both) * (other - both)
    if cross > 0:
        return max(0.0, cross - n / 2) / math.sqrt(margins)
    return cross / math.sqrt(margins)
