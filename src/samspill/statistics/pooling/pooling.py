"""Partial pooling of one family of groups, and the frame that tells it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.statistics.pooling.families import Family, NotSettled
from samspill.statistics.pooling.ranks import Ranks, ranks
from samspill.statistics.pooling.solving import quantiles
from samspill.statistics.pooling.spread import Criterion, Spread, fit_spread, weighed

Floats = NDArray[np.float64]

FEWEST = 3
EACH = 50
SEED = 20260101

TOO_FEW_GROUPS = "fewer than three groups with answers: nothing is pooled"
ALIKE = "all answers are alike: nothing is pooled"
NOT_SETTLED = "the common mean has no finite estimate: nothing is pooled"
NO_ANSWERS = "no answers: predicted from the other groups"
NO_SPREAD = (
    "The spread between the groups is estimated at zero: they differ no more than their few "
    "answers would make them. That does not show that they are alike."
)


@dataclass(frozen=True, slots=True)
class Groups:
    """What is known of each group before pooling; arrays of shape (groups,).

    ``raw`` is NaN where a group has no answers.
    """

    n: Floats
    raw: Floats
    raw_low: Floats
    raw_high: Floats

    @property
    def answered(self) -> NDArray[np.bool_]:
        return self.n > 0


@dataclass(frozen=True, slots=True)
class Pool:
    """The groups pooled: columns of the frame, and what is said of them together."""

    groups: pl.DataFrame
    about: dict[str, object]


def pool(
    family: Family,
    groups: Groups,
    *,
    level: float,
    criterion: Criterion,
    seed: int = SEED,
    spread: Spread | None = None,
) -> Pool:
    """Empirical Bayes: the groups given the most likely spread; limits over all likely spreads.

    ``spread`` is one found otherwise.
    """
    found = spread or fit_spread(family, criterion, level)
    pull = family.pull(found.estimate, found.at.coefficients)
    mixture = family.mixture(*weighed(family))
    tail = (1.0 - level) / 2.0
    answered = groups.answered
    draws = mixture.draw(np.random.default_rng(seed), EACH)[:, answered]
    frame = told(
        groups,
        ranks(draws, level),
        level,
        centre=pull.centre,
        pooled=pull.pooled,
        low=quantiles(mixture, tail),
        high=quantiles(mixture, 1.0 - tail),
        shrinkage=pull.shrinkage,
    )
    return Pool(frame, _about(family, found, groups))


def told(groups: Groups, order: Ranks, level: float, **known: Floats) -> pl.DataFrame:
    """The columns of the groups; ``order`` is of those that answered."""
    tail = (1.0 - level) / 2.0

    def over(values: Floats) -> Floats:
        whole = np.full(len(groups.n), np.nan)
        whole[groups.answered] = values
        return whole

    return columns_of(
        groups,
        **known,
        p_above=over(order.p_above),
        rank=over(order.mean),
        rank_low=over(order.low),
        rank_high=over(order.high),
        p_highest=over(order.p_highest),
        p_lowest=over(order.p_lowest),
    ).with_columns(
        pl.when(pl.col("p_above") >= 1.0 - tail)
        .then(pl.lit("above"))
        .when(pl.col("p_above") <= tail)
        .then(pl.lit("below"))
        .otherwise(pl.lit(""))
        .alias("stands_out"),
        pl.when(pl.col("predicted")).then(pl.lit(NO_ANSWERS)).otherwise(pl.lit("")).alias("note"),
    )


def unpooled(groups: Groups, reason: str) -> Pool:
    """The groups' own numbers alone, and why."""
    frame = columns_of(groups).with_columns(
        pl.lit("").alias("stands_out"), pl.lit(reason).alias("note")
    )
    about = {
        "groups": len(groups.n),
        "answering": int(groups.answered.sum()),
        "n": int(groups.n.sum()),
        "method": "",
        "note": reason,
    }
    return Pool(frame, about)


def pool_or_say_why(
    family: Family, groups: Groups, *, level: float, criterion: Criterion, seed: int = SEED
) -> Pool:
    """`pool`, or `unpooled` where there are too few groups or no finite mean."""
    if int(groups.answered.sum()) < FEWEST:
        return unpooled(groups, TOO_FEW_GROUPS)
    try:
        return pool(family, groups, level=level, criterion=criterion, seed=seed)
    except NotSettled:
        return unpooled(groups, NOT_SETTLED)


def columns_of(groups: Groups, **known: Floats) -> pl.DataFrame:
    """The numeric columns of `GROUP_COLUMNS`; null where a number is not known."""
    names = (
        "centre", "pooled", "low", "high", "shrinkage", "p_above", "rank", "rank_low",
        "rank_high", "p_highest", "p_lowest",
    )  # fmt: skip
    missing = np.full(len(groups.n), np.nan)
    values = {
        "raw": groups.raw,
        "raw_low": groups.raw_low,
        "raw_high": groups.raw_high,
        **{name: known.get(name, missing) for name in names},
    }
    frame = pl.DataFrame(
        {name: pl.Series(column).fill_nan(None) for name, column in values.items()}
    )
    return frame.with_columns(
        pl.col("rank_low", "rank_high").cast(pl.Int64),
        pl.Series("predicted", ~groups.answered),
    )


def _about(family: Family, found: Spread, groups: Groups) -> dict[str, object]:
    return {
        "groups": len(groups.n),
        "answering": int(groups.answered.sum()),
        "n": int(groups.n.sum()),
        "mean": float(family.pull(0.0, found.at.coefficients).centre.mean()),
        **{
            name: family.deviation(value, found.at.coefficients)
            for name, value in (
                ("spread", found.estimate),
                ("spread_low", found.low),
                ("spread_high", found.high),
            )
        },
        "parameter": family.parameter,
        "value": found.estimate,
        "p_no_spread": found.p_none,
        "method": family.name,
        "note": NO_SPREAD if found.is_zero else "",
    }
