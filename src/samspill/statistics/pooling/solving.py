"""Quantiles of distributions that are known by their cumulative probability alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.pooling.families import Mixture

Floats = NDArray[np.float64]

_CLOSE = 1e-9


def quantiles(mixture: Mixture, probability: float) -> Floats:
    """For each group the value that ``probability`` lies below; error at most 1e-9.

    By Chandrupatla's bracketing (1997, Advances in Engineering Software 28:145–149), as SciPy has
    it.
    """
    from scipy.optimize.elementwise import find_root

    found = find_root(
        lambda t, groups: mixture.cdf(t, groups) - probability,
        (mixture.low, mixture.high),
        args=(np.arange(len(mixture.low)),),
        tolerances={"xatol": _CLOSE},
    )
    return np.asarray(found.x)
