"""Finite populations: what a sample of n out of N does to the uncertainty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from samspill.errors import SamspillError

Population = int | Mapping[Any, int]


def inverse_effective_size(n: ArrayLike, population: ArrayLike) -> NDArray[np.float64]:
    """One divided by the effective sample size n(N − 1)/(N − n); 0 where n = N.

    The variance of a share in a simple random sample of n from N, drawn without replacement, is
    P(1 − P)/n · (N − n)/(N − 1) (Cochran 1977, Sampling Techniques, theorem 3.2), which is the
    binomial one at this size. Put into the score interval it gives the interval for a finite
    population (O'Neill 2021, arXiv:2109.12464).
    """
    size, total = np.asarray(n, dtype=np.float64), np.asarray(population, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = (total - size) / (size * (total - 1))
    return np.where(size >= total, 0.0, inverse)


def population_sizes(
    groups: pl.DataFrame, by: Sequence[str], within: Sequence[str], population: Population
) -> pl.Series:
    """N of every row of ``groups`` (outcome, ``within``…, ``by``…, ``n``).

    A mapping gives N per value of ``by`` (a tuple of values where ``by`` has several columns).
    One number is N of all groups together: where the groups' sizes are unknown, each is taken
    to be sampled at the common rate n/N (Cochran 1977, section 2.11). Raises SamspillError where
    a group has no N, or N is below the number of answers.
    """
    if isinstance(population, Mapping):
        sizes = pl.Series("population", _looked_up(groups, by, population), dtype=pl.Float64)
    else:
        answers = groups.select(pl.col("n").sum().over("outcome", *within)).to_series()
        most = max(answers.to_list(), default=0)
        if population < most:
            raise SamspillError(
                f"A population of {population} is smaller than the {most} answers.",
                "Name in within= the columns that count the same units several times, "
                "or correct the population.",
            )
        share = (groups["n"] / answers).fill_nan(None)
        sizes = (share * population).alias("population") if by else pl.Series(
            "population", [float(population)] * groups.height
        )  # fmt: skip
    too_small = groups.filter(sizes + 1e-9 < groups["n"])
    if not too_small.is_empty():
        raise SamspillError(
            "The population of a group is smaller than its number of answers.",
            f"Check N for {_group_name(too_small.row(0, named=True), by)}.",
        )
    return sizes


def _looked_up(
    groups: pl.DataFrame, by: Sequence[str], population: Mapping[Any, int]
) -> list[float]:
    if not by:
        raise SamspillError(
            "A population per group needs groups.", "Name them in by=, or give one number."
        )
    sizes = []
    for row in groups.select(by).iter_rows():
        name = row[0] if len(by) == 1 else row
        if name not in population:
            raise SamspillError(
                f"The population has no size for the group {name!r}.",
                "Give N for every group, or one N for all together.",
            )
        sizes.append(float(population[name]))
    return sizes


def _group_name(row: Mapping[str, Any], by: Sequence[str]) -> str:
    return ", ".join(f"{name}={row[name]!r}" for name in by) or "all units"
