"""Brant's test of proportional odds: is the slope the same at every boundary?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.models.likelihood import Counts, inverse, maximise, probabilities
from samspill.statistics.models.ordered import OrderedFit
from samspill.statistics.models.separation import separated
from samspill.statistics.results import Result

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ProportionalOdds(Result):
    """Brant's test.

    ``frame``: ``term`` (``all`` first, then each), ``statistic`` (χ²), ``degrees_of_freedom``,
    ``p``. ``slopes``: ``term``, ``boundary``, ``estimate``, ``standard_error``: the slope of the
    logit of lying above each boundary, fitted by itself.
    """

    slopes: pl.DataFrame

    @property
    def heading(self) -> str:
        return "Brant's test of proportional odds"


def brant(fit: OrderedFit) -> ProportionalOdds:
    """Test that the slopes of an ordered logit are alike at all its boundaries.

    A logit of lying above each boundary is fitted by itself; Wald's test asks whether their slopes
    differ, by their joint covariance. Raises SamspillError where there is one boundary alone, and
    where one of the logits is separated (its boundary is named).

    Source: Brant 1990 (Biometrics 46:1171–1178).
    """
    k, p = fit.counts.boundaries, fit.counts.X.shape[1]
    if k < 2 or p == 0:
        raise SamspillError(
            "There is one boundary or no term, and nothing to compare.",
            "The test needs three categories or more and a term.",
        )
    X = np.column_stack([np.ones(len(fit.counts.X)), fit.counts.X])
    n = fit.counts.Y.sum(axis=1)
    above = [fit.counts.Y[:, j + 1 :].sum(axis=1) for j in range(k)]
    between = [f"{a}|{b}" for a, b in pairwise(fit.categories)]
    for boundary, s in zip(between, above, strict=True):
        if separated(X, s, n).any():
            raise SamspillError(
                f"The logit of lying above {boundary} has an infinite estimate.",
                "Merge categories of the answer, and test anew.",
            )
    betas = [maximise(Counts(X, s, n)).coefficients[0] for s in above]
    whole = _joint(X, n, [probabilities(X, beta) for beta in betas])
    width = p + 1
    slopes = np.array([beta[1:] for beta in betas])
    names = fit.model.design.names[1:]
    rows = [("all", *_wald(slopes, whole, range(p), width))]
    rows += [(name, *_wald(slopes, whole, [i], width)) for i, name in enumerate(names)]
    errors = np.sqrt(np.diag(whole)).reshape(k, width)[:, 1:]
    told = [
        (name, boundary, float(slopes[j, i]), float(errors[j, i]))
        for i, name in enumerate(names)
        for j, boundary in enumerate(between)
    ]
    return ProportionalOdds(
        pl.DataFrame(rows, schema=["term", "statistic", "degrees_of_freedom", "p"], orient="row"),
        pl.DataFrame(told, schema=["term", "boundary", "estimate", "standard_error"], orient="row"),
    )


def _joint(X: Floats, n: Floats, above: list[Floats]) -> Floats:
    """The covariance of all boundaries' coefficients together (Brant's equation for W)."""
    breads = [inverse((X.T * (n * q * (1.0 - q))) @ X) for q in above]
    blocks = [
        [
            breads[i] @ ((X.T * (n * above[max(i, j)] * (1.0 - above[min(i, j)]))) @ X) @ breads[j]
            for j in range(len(above))
        ]
        for i in range(len(above))
    ]
    return np.block(blocks)


def _wald(
    slopes: Floats, whole: Floats, terms: range | list[int], width: int
) -> tuple[float, int, float]:
    from scipy.special import chdtrc

    boundaries = len(slopes)
    places = [j * width + 1 + i for j in range(boundaries) for i in terms]
    chosen = list(terms)
    covariance = whole[np.ix_(places, places)]
    size = len(chosen)
    contrast = np.zeros(((boundaries - 1) * size, boundaries * size))
    for j in range(boundaries - 1):
        rows = slice(j * size, (j + 1) * size)
        contrast[rows, :size] = np.eye(size)
        contrast[rows, (j + 1) * size : (j + 2) * size] = -np.eye(size)
    difference = contrast @ slopes[:, chosen].ravel()
    spread = contrast @ covariance @ contrast.T
    statistic = float(difference @ np.linalg.solve(spread, difference))
    freedom = len(difference)
    return statistic, freedom, float(chdtrc(freedom, statistic))
