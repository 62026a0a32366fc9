"""Shares of an indicator, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics import intervals
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.groups import group_shares, standard_errors
from samspill.statistics.population import Population
from samspill.statistics.results import Result

ShareMethod = Literal["wilson", "clopper_pearson", "agresti_coull", "jeffreys", "wald"]

FINITE_METHODS = ("wilson", "wald", "clopper_pearson")
WEIGHTED_METHODS = ("wilson", "wald", "agresti_coull")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Shares(Result):
    """Shares with intervals.

    ``frame``: ``outcome``, the columns of ``within`` and ``by``, ``n`` (answers), ``count``
    (ones, unweighted), ``share``, ``low``, ``high`` (0 to 1; null where there is none),
    ``standard_error``, ``n_effective`` (answers that a simple random sample of a large
    population would need for the same uncertainty; infinite for a full count), ``method`` and
    ``note`` (why there is no share or interval, otherwise empty).
    """

    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"Shares with {100 * self.level:g} % intervals"


def shares(
    cells: Cells,
    *,
    by: str | Sequence[str] = (),
    within: str | Sequence[str] = (),
    level: float = 0.95,
    method: ShareMethod = "wilson",
    population: Population | None = None,
) -> Shares:
    """The share of ones of every outcome, in all and in every group of ``by``.

    ``population`` (N, or N per group of ``by``) makes the interval one for the finite population:
    ``wilson`` and ``wald`` at the effective size n(N − 1)/(N − n), ``clopper_pearson`` exactly,
    by hypergeometric tails. One N with groups means a common sampling rate. ``within`` names
    columns that count the same units anew (such as the field of a question asked per field), so
    that N holds within each. Cells with weights give weighted shares, and intervals at n/deff.

    Raises SamspillError for an outcome that is not 0/1, an unknown column or method, a level
    outside 0 to 1, and a method that has no form for weights or a finite population.
    Sources: Wilson 1927; Clopper & Pearson 1934; Agresti & Coull 1998; Brown, Cai & DasGupta
    2001 (Statistical Science 16:101–133); Cochran 1977; O'Neill 2021.
    """
    by, within = as_names(by), as_names(within)
    if method == "clopper_pearson" and by and isinstance(population, int):
        raise SamspillError(
            "The exact interval needs the population of every group.",
            "Give N per group, or use method='wilson'.",
        )
    _check_method(method, weighted=cells.weighted, finite=population is not None)
    groups = group_shares(cells, by, within, population)
    low, high = _limits(groups, level, method, finite=population is not None)
    frame = groups.with_columns(
        pl.Series("low", low).fill_nan(None),
        pl.Series("high", high).fill_nan(None),
        standard_errors(groups, cells.weighted),
        (1 / pl.col("inverse_n")).alias("n_effective"),
        pl.lit(_method_name(method, cells.weighted, population is not None)).alias("method"),
    )
    columns = ("n", "count", "share", "low", "high", "standard_error", "n_effective")
    return Shares(frame.select("outcome", *within, *by, *columns, "method", "note"), level)


def _limits(
    groups: pl.DataFrame, level: float, method: ShareMethod, finite: bool
) -> intervals.Limits:
    share, inverse, count, n, population = (
        groups[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("share", "inverse_n", "count", "n", "population")
    )
    intervals.normal_quantile(level)
    low, high = np.full(share.size, np.nan), np.full(share.size, np.nan)
    known = ~np.isnan(share)
    if method in ("wilson", "wald", "agresti_coull"):
        by_size = {
            "wilson": intervals.wilson,
            "wald": intervals.wald,
            "agresti_coull": intervals.agresti_coull,
        }
        low[known], high[known] = by_size[method](share[known], inverse[known], level)
    elif finite:
        low[known], high[known] = intervals.hypergeometric(
            count[known], n[known], population[known], level
        )
    else:
        exact = intervals.jeffreys if method == "jeffreys" else intervals.clopper_pearson
        low[known], high[known] = exact(count[known], n[known], level)
    return low, high


def _check_method(method: str, *, weighted: bool, finite: bool) -> None:
    if method not in get_args(ShareMethod):
        raise SamspillError(
            f"There is no interval called {method!r}.",
            f"Choose one of {', '.join(get_args(ShareMethod))}.",
        )
    for applies, allowed, what in (
        (weighted, WEIGHTED_METHODS, "weighted shares"),
        (finite, FINITE_METHODS, "a finite population"),
    ):
        if applies and method not in allowed:
            raise SamspillError(
                f"The interval {method!r} has no form for {what}.",
                f"Choose one of {', '.join(allowed)}.",
            )


def _method_name(method: str, weighted: bool, finite: bool) -> str:
    if weighted:
        return f"{method}, weighted"
    if finite:
        return "hypergeometric" if method == "clopper_pearson" else f"{method}, finite population"
    return method
