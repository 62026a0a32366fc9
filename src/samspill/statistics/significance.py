"""P-values, marks of significance, and corrections for many tests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from samspill.errors import SamspillError

Correction = Literal["holm", "benjamini_hochberg", "benjamini_yekutieli", "bonferroni", "none"]

STAR_LEVELS = (0.05, 0.01, 0.001)


def normal_p(statistic: float) -> float:
    """P(|Z| ≥ |statistic|) for a standard normal Z."""
    return math.erfc(abs(statistic) / math.sqrt(2.0))


_NORMAL_P = np.vectorize(normal_p, otypes=[np.float64])


def two_sided_p(
    statistic: ArrayLike, degrees_of_freedom: float | None = None
) -> NDArray[np.float64]:
    """P(|T| ≥ |statistic|) under the normal, or under t with ``degrees_of_freedom``.

    Takes and gives arrays of one shape; NaN stays NaN.
    """
    if degrees_of_freedom is None:
        return np.asarray(_NORMAL_P(statistic), dtype=np.float64)
    from scipy.special import stdtr

    tail = -np.abs(np.asarray(statistic, dtype=np.float64))
    return np.asarray(2.0 * stdtr(degrees_of_freedom, tail), dtype=np.float64)


def star_count(p: float, levels: Sequence[float] = STAR_LEVELS) -> int:
    """The number of stars that a p-value earns: how many of ``levels`` it is below."""
    return sum(p < level for level in levels)


def stars(p: float | None) -> str:
    """``*`` for p < 0.05, ``**`` for p < 0.01, ``***`` for p < 0.001; empty without a p-value.

    Raises SamspillError when ``p`` is not between 0 and 1.
    """
    if p is None or math.isnan(p):
        return ""
    if not 0 <= p <= 1:
        raise SamspillError(
            f"{p} is not a p-value.", "Give a number between 0 and 1, or None where there is none."
        )
    return "*" * star_count(p)


def adjust(
    p_values: Sequence[float | None] | pl.Series | NDArray[np.float64],
    method: Correction = "holm",
) -> NDArray[np.float64]:
    """P-values corrected for a family of tests, in the order given.

    ``holm`` holds the family-wise error rate (Holm 1979, Scandinavian Journal of Statistics
    6:65–70), ``benjamini_hochberg`` the false discovery rate under independence or positive
    dependence (Benjamini & Hochberg 1995, JRSS B 57:289–300), ``benjamini_yekutieli`` the false
    discovery rate under any dependence (Benjamini & Yekutieli 2001, Annals of Statistics
    29:1165–1188); ``bonferroni`` multiplies by the number of tests.

    A missing p-value (None, null or NaN) stays missing and is not counted among the tests.
    Returns a float array as long as ``p_values``. Raises SamspillError for an unknown method or
    a number outside 0 to 1.
    """
    if method not in get_args(Correction):
        raise SamspillError(
            f"There is no correction called {method!r}.",
            f"Choose one of {', '.join(get_args(Correction))}.",
        )
    values = np.array([math.nan if p is None else float(p) for p in p_values], dtype=np.float64)
    present = ~np.isnan(values)
    family = values[present]
    if ((family < 0) | (family > 1)).any():
        raise SamspillError(
            "A p-value to be corrected lies outside 0 to 1.", "Check the numbers given."
        )
    values[present] = _adjust_family(family, method)
    return values


def _adjust_family(family: NDArray[np.float64], method: Correction) -> NDArray[np.float64]:
    tests = family.size
    if tests == 0 or method == "none":
        return family
    if method == "bonferroni":
        return np.minimum(family * tests, 1.0)
    order = np.argsort(family, kind="stable")
    ordered = family[order]
    rank = np.arange(1, tests + 1)
    if method == "holm":
        stepped = np.maximum.accumulate(ordered * (tests - rank + 1))
    else:
        penalty = float(np.sum(1.0 / rank)) if method == "benjamini_yekutieli" else 1.0
        stepped = np.minimum.accumulate((ordered * tests * penalty / rank)[::-1])[::-1]
    adjusted = np.empty_like(family)
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted
