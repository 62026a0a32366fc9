"""The median with its exact interval by order statistics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def median_limits(
    rising: Sequence[float], level: float = 0.95
) -> tuple[float, tuple[float, float] | None]:
    """The median of values in rising order, and the narrowest symmetric interval by their ranks.

    The j-th smallest and j-th largest value, j being the largest with binomial coverage of at
    least ``level`` (Thompson 1936; Conover 1999, section 3.2); None where n is too small for any.
    It holds for any distribution. Values may be infinite. ``rising`` must not be empty.
    """
    from scipy.special import bdtr

    n = len(rising)
    middle = (rising[(n - 1) // 2] + rising[n // 2]) / 2
    tails = bdtr(np.arange(n // 2 + 1), n, 0.5)
    rank = int(np.sum(tails <= (1 - level) / 2))
    if rank == 0:
        return middle, None
    return middle, (rising[rank - 1], rising[n - rank])
