"""Significance stars of log odds and of contrasts, by Wald's test (chapter 5 of the report)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samspill.reconstruction.marks import wald_of_group
from samspill.statistics import two_group_logit, two_sided_p
from samspill.statistics.significance import STAR_LEVELS, star_count


def log_odds_stars(s: int, n: int) -> int:
    """Stars of an intercept: is the log odds of ``s`` out of ``n`` other than 0?"""
    p = wald_of_group(s, n)
    return 0 if p is None else star_count(p)


def contrast_stars(s0: int, n0: int, s1: NDArray[np.int64], n1: int) -> NDArray[np.int64]:
    """Stars of the log odds ratio of each ``s1`` out of ``n1`` against ``s0`` out of ``n0``."""
    fit = two_group_logit(s0, n0, s1, n1)
    with np.errstate(invalid="ignore"):
        p = two_sided_p(fit.slope / fit.slope_standard_error)
    return np.asarray(sum((p < level).astype(np.int64) for level in STAR_LEVELS), dtype=np.int64)
