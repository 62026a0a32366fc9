"""Shares of many small groups, each beside what the others make likely for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics import intervals
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.groups import group_shares
from samspill.statistics.intervals import require_level
from samspill.statistics.models.design import build_design
from samspill.statistics.models.inference import require_choice
from samspill.statistics.pooling.beta_binomial import BetaBinomial, moments
from samspill.statistics.pooling.logistic_normal import LogisticNormal
from samspill.statistics.pooling.pooling import (
    ALIKE,
    FEWEST,
    SEED,
    Groups,
    Pool,
    pool,
    pool_or_say_why,
    unpooled,
)
from samspill.statistics.pooling.results import GROUP_COLUMNS, POOL_COLUMNS, Pooled
from samspill.statistics.pooling.spread import Spread, fit_spread

Floats = NDArray[np.float64]
ShareModel = Literal["beta", "logit"]
ShareEstimator = Literal["ml", "moments"]

NAMES = {"beta": "beta-binomial", "logit": "logistic-normal"}


def pooled_shares(
    cells: Cells,
    by: str | Sequence[str],
    *,
    within: str | Sequence[str] = (),
    model: ShareModel = "beta",
    estimator: ShareEstimator = "ml",
    towards: str | Sequence[str] = (),
    level: float = 0.95,
    seed: int = SEED,
) -> Pooled:
    """The share of ones in every group of ``by``, alone and partially pooled, per outcome.

    ``within`` names columns inside each of which the groups are pooled by themselves. ``towards``
    names columns of ``by`` whose categories have means of their own to be drawn towards (their
    effects on the log odds add up), for groups that are crossed; without it all are drawn towards
    one mean. ``model``: ``beta`` draws the groups' shares from a beta distribution, ``logit``
    their log odds from a normal one; see `beta_binomial` and `logistic_normal`. ``beta`` is the
    default since what it does can be said: a group's pooled share is its own answers and M of the
    common mean's, added.

    Estimates are empirical Bayes: the prior is the most likely one (``estimator="ml"``), or that
    of the moments, which needs no search (``"moments"``; Kleinman 1973). The limits count that it
    is estimated: they weigh every prior by its likelihood (Morris 1983, JASA 78:47–65, section 4;
    Kass & Steffey 1989, JASA 84:717–726). Weighted cells count as many answers as their effective
    number. ``seed`` is that of the draws that ranks are read from.

    Raises SamspillError for an outcome that is not 0/1, an unknown column, model or level.
    """
    groups_by, within = as_names(by), as_names(within)
    require_choice("model", model, get_args(ShareModel))
    require_choice("estimator", estimator, get_args(ShareEstimator))
    if estimator == "moments" and (model != "beta" or towards):
        raise SamspillError(
            "The method of moments is for the beta-binomial with one mean.",
            "Use estimator='ml', or model='beta' without towards.",
        )
    require_level(level)
    require_groups(groups_by, as_names(towards))
    table = group_shares(cells, groups_by, within)
    parts = []
    for labels, part in pools(table, within):
        effective = (1.0 / part["inverse_n"]).fill_null(0.0).to_numpy()
        share = part["share"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        found = _pool(part, effective, share, model, estimator, towards, level, seed)
        parts.append((labels, part, found))
    return together(parts, groups_by, within, NAMES[model], level)


def _pool(
    part: pl.DataFrame,
    n: Floats,
    share: Floats,
    model: ShareModel,
    estimator: ShareEstimator,
    towards: str | Sequence[str],
    level: float,
    seed: int,
) -> Pool:
    low, high = np.full(len(n), np.nan), np.full(len(n), np.nan)
    known = n > 0
    low[known], high[known] = intervals.wilson(share[known], 1.0 / n[known], level)
    groups = Groups(n, share, low, high)
    s = np.where(known, share, 0.0) * n
    if known.any() and s.sum() in (0.0, n.sum()):
        return unpooled(groups, ALIKE)
    X = design_of(part, known, as_names(towards))
    if estimator == "moments" and int(known.sum()) >= FEWEST:
        beta = BetaBinomial(X, s, n)
        spread = _by_moments(beta, known, level)
        return pool(beta, groups, level=level, criterion="ml", seed=seed, spread=spread)
    family = BetaBinomial(X, s, n) if model == "beta" else LogisticNormal(X, s, n)
    return pool_or_say_why(family, groups, level=level, criterion="ml", seed=seed)


def _by_moments(family: BetaBinomial, known: NDArray[np.bool_], level: float) -> Spread:
    """The moments' mean and spread; interval and test are those of the likelihood."""
    likely = fit_spread(family, "ml", level)
    mean, rho = moments(family.s[known], family.n[known])
    at = replace(likely.at, coefficients=np.array([np.log(mean) - np.log1p(-mean)]))
    return replace(likely, estimate=float(np.sqrt(rho)), at=at)


def require_groups(by: Sequence[str], towards: Sequence[str]) -> None:
    if not by:
        raise SamspillError("No groups were named.", "Name the key columns whose groups to read.")
    strangers = [name for name in towards if name not in by]
    if strangers:
        raise SamspillError(
            f"The groups are not made by {strangers[0]!r}, which they are to be drawn towards.",
            f"Choose among {', '.join(by)}.",
        )


def pools(
    table: pl.DataFrame, within: Sequence[str]
) -> Iterator[tuple[dict[str, object], pl.DataFrame]]:
    """The groups of each outcome and each place within, in order."""
    keys = ["outcome", *within]
    for part in table.partition_by(keys, maintain_order=True):
        yield {name: part.item(0, name) for name in keys}, part


def design_of(part: pl.DataFrame, known: NDArray[np.bool_], towards: Sequence[str]) -> Floats:
    """What each group is drawn towards, by the categories that have answers."""
    answered = part.filter(pl.Series(known))
    design = build_design(answered, list(towards), categorical=list(towards))
    return design.matrix(part)


def together(
    parts: Sequence[tuple[dict[str, object], pl.DataFrame, Pool]],
    by: Sequence[str],
    within: Sequence[str],
    model: str,
    level: float,
) -> Pooled:
    """The pools as one result."""
    frames, about = [], []
    for labels, part, found in parts:
        keys = part.select("outcome", *within, *by)
        count = (
            part["count"] if "count" in part.columns else pl.Series("count", [None] * part.height)
        )
        whole = pl.DataFrame([*keys, part["n"], count, *found.groups])
        frames.append(
            whole.select(
                *keys.columns, *(pl.col(name).cast(kind) for name, kind in GROUP_COLUMNS.items())
            )
        )
        about.append({**labels, **found.about})
    kinds = {name: frames[0].schema[name] for name in ("outcome", *within)}
    return Pooled(
        pl.concat(frames),
        pl.DataFrame(about, schema={**kinds, **POOL_COLUMNS}),
        by=tuple(by),
        within=tuple(within),
        model=model,
        level=level,
    )
