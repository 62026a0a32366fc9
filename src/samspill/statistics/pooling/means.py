"""Means of many small groups, each beside what the others make likely for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.intervals import normal_quantile, require_level
from samspill.statistics.models.design import build_design
from samspill.statistics.models.inference import require_choice
from samspill.statistics.pooling.families import Floats
from samspill.statistics.pooling.normal import NormalNormal, heterogeneity, spread_of_q
from samspill.statistics.pooling.pooling import (
    ALIKE,
    FEWEST,
    SEED,
    TOO_FEW_GROUPS,
    Groups,
    Pool,
    pool,
    unpooled,
)
from samspill.statistics.pooling.results import Pooled
from samspill.statistics.pooling.shares import design_of, pools, require_groups, together
from samspill.statistics.pooling.spread import Criterion, Spread

Estimator = Literal["reml", "ml", "paule_mandel"]


def pooled_means(
    cells: Cells,
    by: str | Sequence[str],
    *,
    within: str | Sequence[str] = (),
    towards: str | Sequence[str] = (),
    estimator: Estimator = "reml",
    level: float = 0.95,
    seed: int = SEED,
) -> Pooled:
    """The mean of every group of ``by``, alone and partially pooled, per outcome.

    ``within`` and ``towards`` as in `pooled_shares`. The groups' means are normal about the
    common one; answers within groups are taken to vary alike, by the variance within all groups
    together, since that of a small group alone is mostly noise. ``estimator`` is that of the
    spread: ``reml``, ``ml`` or ``paule_mandel``. Limits weigh every spread by its likelihood.

    The cells must have been counted with ``squares=True`` and without weights. Raises
    SamspillError where they were not, and for an unknown column, estimator or level.
    """
    groups_by, within = as_names(by), as_names(within)
    require_choice("estimator", estimator, get_args(Estimator))
    require_level(level)
    require_groups(groups_by, as_names(towards))
    if cells.weighted:
        raise SamspillError(
            "Means are not pooled from weighted cells.", "Count anew without weights."
        )
    if "sum_squares" not in cells.measures:
        raise SamspillError(
            "The cells do not hold sums of squares.", "Count anew with squares=True."
        )
    table = cells.over(*within, *groups_by).frame
    parts = []
    for labels, part in pools(table, within):
        n, total, squares = (
            part[name].cast(pl.Float64).to_numpy() for name in ("n", "sum", "sum_squares")
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(n > 0, total / n, np.nan)
            variance = np.where(n > 0, _within_groups(n, total, squares) / n, np.inf)
        X = design_of(part, n > 0, as_names(towards))
        parts.append((labels, part, _pool(X, n, mean, variance, estimator, level, seed)))
    return together(parts, groups_by, within, "normal", level)


def pool_estimates(
    frame: pl.DataFrame,
    *,
    estimate: str = "estimate",
    standard_error: str = "standard_error",
    n: str | None = None,
    towards: str | Sequence[str] = (),
    estimator: Estimator = "reml",
    level: float = 0.95,
    seed: int = SEED,
) -> Pooled:
    """Estimates with known standard errors, partially pooled (Fay & Herriot 1979).

    ``frame`` has one row per group; all other columns name it. A null estimate is predicted.
    ``towards`` names columns whose categories, or values, the mean depends on linearly.
    """
    require_choice("estimator", estimator, get_args(Estimator))
    require_level(level)
    value = frame[estimate].cast(pl.Float64).fill_null(np.nan).to_numpy()
    error = frame[standard_error].cast(pl.Float64).fill_null(np.inf).to_numpy()
    error = np.where(np.isnan(value), np.inf, error)
    if (error <= 0).any():
        raise SamspillError(
            f"A standard error in {standard_error!r} is not above zero.",
            "Leave the group out, or give its standard error.",
        )
    known = np.isfinite(error)
    counts = known.astype(np.float64) if n is None else frame[n].cast(pl.Float64).to_numpy()
    labels = [c for c in frame.columns if c not in (estimate, standard_error, n)]
    part = frame.select(
        pl.lit(estimate).alias("outcome"), *labels, pl.Series("n", counts.astype(np.int64))
    )
    X = build_design(part.filter(pl.Series(known)), list(as_names(towards))).matrix(part)
    found = _pool(
        X, np.where(known, np.maximum(counts, 1), 0), value, error**2, estimator, level, seed
    )
    return together([({"outcome": estimate}, part, found)], labels, (), "normal", level)


def _within_groups(n: Floats, total: Floats, squares: Floats) -> float:
    """The variance of answers within groups, all groups together; NaN without any two in one."""
    some = n > 0
    within = float((squares[some] - total[some] ** 2 / n[some]).sum())
    freedom = float(n.sum()) - int(some.sum())
    return max(within, 0.0) / freedom if freedom > 0 else np.nan


def _pool(
    X: Floats,
    n: Floats,
    mean: Floats,
    variance: Floats,
    estimator: Estimator,
    level: float,
    seed: int,
) -> Pool:
    known: NDArray[np.bool_] = np.isfinite(variance) & (variance > 0)
    half = np.where(known, normal_quantile(level) * np.sqrt(np.where(known, variance, 1.0)), np.nan)
    groups = Groups(n, mean, mean - half, mean + half)
    if int((n > 0).sum()) < max(FEWEST, X.shape[1] + 1):
        return unpooled(groups, TOO_FEW_GROUPS)
    if not known[n > 0].all() or np.ptp(mean[known]) == 0:
        return unpooled(groups, ALIKE)
    family = NormalNormal(X, np.where(known, mean, 0.0), np.where(known, variance, np.inf))
    criterion: Criterion = "ml" if estimator == "ml" else "reml"
    spread = _paule_mandel(family, X[known], mean[known], variance[known], level)
    found = pool(
        family,
        groups,
        level=level,
        criterion=criterion,
        seed=seed,
        spread=spread if estimator == "paule_mandel" else None,
    )
    low, high = spread.low, spread.high
    q = heterogeneity(X[known], mean[known], variance[known])[1]
    return replace(
        found,
        about={**found.about, "spread_low": low, "spread_high": high, "p_no_spread": q,
               "method": f"normal, {estimator}"},
    )  # fmt: skip


def _paule_mandel(
    family: NormalNormal, X: Floats, y: Floats, variance: Floats, level: float
) -> Spread:
    """Paule and Mandel's spread with the limits of the Q profile."""
    from scipy.special import chdtri

    freedom, tail = len(y) - X.shape[1], (1.0 - level) / 2.0
    estimate = spread_of_q(X, y, variance, freedom)
    low = spread_of_q(X, y, variance, float(chdtri(freedom, tail)))
    high = spread_of_q(X, y, variance, float(chdtri(freedom, 1.0 - tail)))
    return Spread(estimate, low, high, 1.0, family.conditional(estimate))
