"""Coefficients of many replicates of the same cells at once, for `statistics.bootstrap`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.models.design import build_design
from samspill.statistics.models.likelihood import Counts, maximise
from samspill.statistics.models.two_groups import two_group_logit

Floats = NDArray[np.float64]

_ITERATIONS = 25


def logit_statistic(
    cells: Cells,
    terms: Sequence[str] | str,
    *,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
) -> Callable[[Floats, Floats], Floats]:
    """The coefficients of a logit as a statistic of ``(n, sum)``, for `bootstrap`.

    ``cells`` hold one outcome; ``n`` and ``sum`` have shape (draws, cells), in the order of
    ``cells.frame``. Gives shape (draws, coefficients), the intercept first; a draw without a
    maximum likelihood estimate is NaN. Two groups are solved in closed form.
    """
    if len(cells.outcomes) != 1:
        raise SamspillError("The cells hold several outcomes.", "Choose one: cells.of(outcome).")
    names = [terms] if isinstance(terms, str) else list(terms)
    columns = list(dict.fromkeys(part.strip() for term in names for part in term.split(":")))
    frame = cells.require_binary().frame
    complete = pl.all_horizontal(pl.col(columns).is_not_null()) if columns else pl.lit(value=True)
    used = frame.select((complete & (pl.col("n") > 0)).alias("used")).to_series().to_numpy()
    used = np.broadcast_to(used, (frame.height,))
    kept = frame.filter(used)
    design = build_design(kept, names, reference=reference, categorical=categorical)
    X, place = np.unique(design.matrix(kept), axis=0, return_inverse=True)
    membership = np.zeros((frame.height, len(X)))
    membership[np.flatnonzero(used), place.ravel()] = 1.0
    if X.shape == (2, 2) and set(X[:, 1].tolist()) == {0.0, 1.0}:
        return lambda n, s: _two_groups(n @ membership, s @ membership)
    return lambda n, s: _fitted(X, n @ membership, s @ membership)


def _two_groups(n: Floats, s: Floats) -> Floats:
    """Cells in the order of the indicator: the reference group first."""
    closed = two_group_logit(s[:, 0], n[:, 0], s[:, 1], n[:, 1])
    coefficients = np.stack([closed.intercept, closed.slope], axis=1)
    coefficients[~np.isfinite(coefficients).all(axis=1)] = np.nan
    return coefficients


def _fitted(X: Floats, n: Floats, s: Floats) -> Floats:
    best = maximise(Counts(X, s, n), iterations=_ITERATIONS)
    coefficients = best.coefficients.copy()
    coefficients[~best.converged] = np.nan
    return coefficients
