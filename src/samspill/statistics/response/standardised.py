"""Standardised differences: how unlike two groups are in an attribute, whatever their sizes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def standardised_differences(first: Floats, second: Floats) -> Floats:
    """The difference in share of each category, in standard deviations of the two together.

    ``first`` and ``second`` are shares of the categories in either group. NaN where the category
    is empty in both or full in both. Source: Austin 2009, Statistics in Medicine 28:3083–3107,
    section 2.
    """
    spread = (first * (1 - first) + second * (1 - second)) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(spread > 0, (first - second) / np.sqrt(spread), np.nan)
    return found


def against_whole(part: Floats, whole: Floats) -> Floats:
    """The difference in share between a part and the whole that it belongs to, in standard
    deviations of the whole."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(
            whole * (1 - whole) > 0, (part - whole) / np.sqrt(whole * (1 - whole)), np.nan
        )
    return found


def overall(first: Floats, second: Floats) -> float:
    """One standardised difference for an attribute of several categories: Mahalanobis' distance
    between their shares. For two categories it is the size of either's own.

    Source: Yang & Dalton 2012, SAS Global Forum, paper 335-2012.
    """
    if first.size < 2:
        return 0.0
    a, b = first[1:], second[1:]
    spread = (np.diag(a) - np.outer(a, a) + np.diag(b) - np.outer(b, b)) / 2
    away = a - b
    distance = float(away @ np.linalg.pinv(spread, hermitian=True) @ away)
    return float(np.sqrt(max(0.0, distance)))
