"""Significance stars of log odds and of contrasts, by Wald's test (chapter 5 of the report)."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from samspill.reconstruction.marks import STAR_LEVELS, stars_of, wald_of_group


def log_odds_stars(s: int, n: int) -> int:
    """Stars of an intercept: is the log odds of ``s`` out of ``n`` other than 0?"""
    p = wald_of_group(s, n)
    return 0 if p is None else stars_of(p)


def contrast_stars(s0: int, n0: int, s1: NDArray[np.int64], n1: int) -> NDArray[np.int64]:
    """Stars of the log odds ratio of each ``s1`` out of ``n1`` against ``s0`` out of ``n0``."""
    from scipy.special import erfc

    counts = np.asarray(s1, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.log(counts / (n1 - counts)) - np.log(np.float64(s0) / (n0 - s0))
        variance = 1 / np.float64(s0) + 1 / np.float64(n0 - s0) + 1 / counts + 1 / (n1 - counts)
        z = np.abs(difference) / np.sqrt(variance)
    p = erfc(np.nan_to_num(z, nan=0.0, posinf=0.0) / sqrt(2))
    return np.asarray(sum((p < level).astype(np.int64) for level in STAR_LEVELS), dtype=np.int64)
