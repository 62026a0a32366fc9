"""Partially pooled groups: frozen, with a tidy frame."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from samspill.statistics.results import Result

GROUP_COLUMNS: dict[str, type[pl.DataType]] = {
    "n": pl.Int64,
    "count": pl.Int64,
    "raw": pl.Float64,
    "raw_low": pl.Float64,
    "raw_high": pl.Float64,
    "centre": pl.Float64,
    "pooled": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "shrinkage": pl.Float64,
    "p_above": pl.Float64,
    "stands_out": pl.String,
    "rank": pl.Float64,
    "rank_low": pl.Int64,
    "rank_high": pl.Int64,
    "p_highest": pl.Float64,
    "p_lowest": pl.Float64,
    "predicted": pl.Boolean,
    "note": pl.String,
}
POOL_COLUMNS: dict[str, type[pl.DataType]] = {
    "groups": pl.Int64,
    "answering": pl.Int64,
    "n": pl.Int64,
    "mean": pl.Float64,
    "spread": pl.Float64,
    "spread_low": pl.Float64,
    "spread_high": pl.Float64,
    "parameter": pl.String,
    "value": pl.Float64,
    "p_no_spread": pl.Float64,
    "r_hat": pl.Float64,
    "effective_draws": pl.Float64,
    "divergences": pl.Int64,
    "method": pl.String,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Pooled(Result):
    """Many small groups read together: each one's own number beside its partially pooled one.

    ``frame``, one row per outcome × ``within`` × ``by``: ``n`` (answers), ``count`` (ones; null for
    means), ``raw`` with ``raw_low`` and ``raw_high`` (the group alone: Wilson's interval for a
    share, the normal one for a mean), ``centre`` (what it is drawn towards), ``pooled`` with
    ``low`` and ``high`` (credible limits that count the uncertainty of the prior), ``shrinkage``
    (0: its own number stands; 1: it says what the others say), ``p_above`` (probability of lying
    above the mean of the groups that answered), ``stands_out`` (``above``, ``below`` or empty: at
    the result's level), ``rank`` (mean of the possible ranks, 1 the highest) with ``rank_low`` and
    ``rank_high``, ``p_highest``, ``p_lowest``, ``predicted`` (no answers: a prediction from the
    others) and ``note``. Shares are 0 to 1. Where a group cannot be pooled the numbers are null
    and ``note`` says why.

    ``pools``, one row per outcome × ``within``: ``groups``, ``answering`` (groups with answers),
    ``n``, ``mean`` (share or mean that the middle of the groups' distribution has), ``spread``
    with ``spread_low`` and ``spread_high`` (standard deviation between the groups, on the scale of
    ``raw``), ``parameter`` and ``value`` (the spread as the model has it: √ρ, σ of the log odds or
    τ), ``p_no_spread`` (likelihood ratio; for means Cochran's Q), ``method``, ``note``; where the
    model was sampled also ``r_hat`` (largest), ``effective_draws`` (smallest) and ``divergences``.
    """

    pools: pl.DataFrame
    by: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    model: str = ""
    level: float = 0.95

    @property
    def heading(self) -> str:
        where = f" within {', '.join(self.within)}" if self.within else ""
        kind = f"{self.model}, {100 * self.level:g} % intervals"
        return f"Groups by {', '.join(self.by)}{where}, raw and partially pooled ({kind})"
