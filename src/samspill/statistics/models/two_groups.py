"""The logit of two groups in closed form: for bootstrap replicates and for reconstruction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.errors import SamspillError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """Coefficients of logit(y) on a group indicator; arrays of the inputs' common shape."""

    intercept: Floats
    slope: Floats
    intercept_standard_error: Floats
    slope_standard_error: Floats


def two_group_logit(
    reference_sum: ArrayLike,
    reference_n: ArrayLike,
    sum_: ArrayLike,
    n: ArrayLike,
    *,
    firth: bool = False,
) -> TwoGroups:
    """Log odds of the reference group and log odds ratio of the other, elementwise.

    The model is saturated, so the estimates are those of the table: ``log(s/(n−s))`` and Woolf's
    standard errors (1955, Annals of Human Genetics 19). A table with an empty cell gives infinite
    estimates and standard errors. ``firth`` adds ½ to every cell, which is Firth's estimate in a
    saturated 2×2 table (Heinze and Schemper 2002), with standard errors from the augmented
    information. Inputs broadcast; sums must lie between 0 and n.
    """
    arrays = [np.asarray(a, dtype=np.float64) for a in (reference_sum, reference_n, sum_, n)]
    s0, n0, s1, n1 = np.broadcast_arrays(*arrays)
    if not (((s0 >= 0) & (s0 <= n0)).all() and ((s1 >= 0) & (s1 <= n1)).all()):
        raise SamspillError("A sum lies outside 0 to n.", "Give counts of ones and of answers.")
    half = 0.5 if firth else 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        intercept = np.log((s0 + half) / (n0 - s0 + half))
        other = np.log((s1 + half) / (n1 - s1 + half))
        variance = 1.0 / (s0 + half) + 1.0 / (n0 - s0 + half)
        added = 1.0 / (s1 + half) + 1.0 / (n1 - s1 + half)
        slope = other - intercept
    return TwoGroups(intercept, slope, np.sqrt(variance), np.sqrt(variance + added))
