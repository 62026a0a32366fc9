"""Shares of groups with the size of the sample behind each, plain, weighted or finite."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.population import (
    Population,
    inverse_effective_size,
    population_sizes,
)

NO_ANSWERS = "no answers"
NO_WEIGHT = "the weights add up to zero"


def group_shares(
    cells: Cells,
    by: Sequence[str],
    within: Sequence[str] = (),
    population: Population | None = None,
) -> pl.DataFrame:
    """One row per outcome × ``within`` × ``by``.

    Columns: outcome, within…, by…, ``n``, ``count`` (ones), ``share`` (weighted where the cells
    are), ``inverse_n`` (1/effective number of answers; 0 for a full count), ``population``
    (null unless given) and ``note`` (why there is no share). Raises SamspillError for an outcome
    that is not 0/1 and for weights together with a population.
    """
    if population is not None and cells.weighted:
        raise SamspillError(
            "Weights and a population size cannot be combined.",
            "Leave out one: weights already say what each answer stands for.",
        )
    groups = cells.require_binary().over(*within, *by).frame.rename({"sum": "count"})
    groups = groups.with_columns(pl.col("count").cast(pl.Int64))
    groups = _weighted(groups) if cells.weighted else _plain(groups)
    sizes = pl.lit(None, dtype=pl.Float64).alias("population")
    if population is not None:
        known = population_sizes(groups, by, within, population)
        inverse = inverse_effective_size(groups["n"], known)
        has_share = pl.col("share").is_not_null()
        groups = groups.with_columns(
            pl.when(has_share).then(pl.Series("finite", inverse)).alias("inverse_n"), known
        )
    else:
        groups = groups.with_columns(sizes)
    columns = ("n", "count", "share", "inverse_n", "population", "note")
    return groups.select("outcome", *within, *by, *columns)


def _plain(groups: pl.DataFrame) -> pl.DataFrame:
    answered = pl.col("n") > 0
    return groups.with_columns(
        pl.when(answered).then(pl.col("count") / pl.col("n")).alias("share"),
        pl.when(answered).then(1 / pl.col("n")).alias("inverse_n"),
        pl.when(answered).then(pl.lit("")).otherwise(pl.lit(NO_ANSWERS)).alias("note"),
    )


def _weighted(groups: pl.DataFrame) -> pl.DataFrame:
    """Weighted shares with n/deff as the effective number of answers.

    The linearised variance of a ratio is n/(n − 1) · Σw²(y − p)²/(Σw)², with
    Σw²(y − p)² = (1 − 2p)Σw²y + p²Σw². Divided by the variance of a simple random sample,
    p(1 − p)/(n − 1), it is the design effect (Kish 1965, Survey Sampling, section 8.2). Where
    p is 0 or 1 that is 0/0, and Kish's effect of weighting alone, n Σw²/(Σw)², stands in.
    """
    usable = (pl.col("n") > 0) & (pl.col("sum_w") > 0)
    p = pl.col("share")
    with_share = groups.with_columns(
        pl.when(usable)
        .then((pl.col("sum_wy") / pl.col("sum_w")).clip(0, 1))
        .alias("share"),
        pl.when(pl.col("n") == 0)
        .then(pl.lit(NO_ANSWERS))
        .when(pl.col("sum_w") <= 0)
        .then(pl.lit(NO_WEIGHT))
        .otherwise(pl.lit(""))
        .alias("note"),
    )  # fmt: skip
    spread = (1 - 2 * p) * pl.col("sum_w2y") + p**2 * pl.col("sum_w2")
    linearised = spread / pl.col("sum_w") ** 2 / (p * (1 - p))
    kish = pl.col("sum_w2") / pl.col("sum_w") ** 2
    interior = (p > 0) & (p < 1)
    return with_share.with_columns(
        pl.when(usable & interior)
        .then(linearised)
        .when(usable)
        .then(kish)
        .alias("inverse_n")
    )  # fmt: skip


def standard_errors(groups: pl.DataFrame, weighted: bool) -> pl.Series:
    """√(p(1 − p)/n_eff), and for weighted shares the linearised one, which has n/(n − 1)."""
    n = pl.col("n").cast(pl.Float64)
    factor = pl.when(n > 1).then(n / (n - 1)) if weighted else pl.lit(1.0)
    p = pl.col("share")
    return groups.select(
        (p * (1 - p) * pl.col("inverse_n") * factor).sqrt().alias("standard_error")
    ).to_series()
