"""The ordered logit on cells: one odds ratio for every boundary between the categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells as count_cells
from samspill.statistics.intervals import require_level
from samspill.statistics.models.covariance import (
    ClusterFactor,
    cluster_factor,
    require_cluster,
    rows_factor,
    sandwich,
)
from samspill.statistics.models.data import ModelCells, arrange, left_out_note, require_key
from samspill.statistics.models.inference import (
    coefficient_frame,
    critical_value,
    require_choice,
    wald,
)
from samspill.statistics.models.ordered_likelihood import (
    OrderedCounts,
    OrderedMaximum,
    covariance,
    maximise,
    profile_limits,
    scores,
    steps,
)
from samspill.statistics.results import Result

Floats = NDArray[np.float64]
OrderedCovariance = Literal["auto", "model", "HC0", "HC1", "cluster"]
Interval = Literal["profile", "wald"]

_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OrderedFit(Result):
    """An ordered logit (proportional odds) fitted on cells.

    ``frame``: ``term``, ``kind`` (``slope``: log odds ratio of a higher category, for every
    boundary alike; ``threshold``: log odds of being at or below a category at the reference),
    ``estimate``, ``standard_error``, ``statistic`` (z), ``p`` (Wald), ``low``, ``high``, ``stars``,
    ``n``. Limits of slopes are from the profile likelihood where ``interval`` says so.

    ``thresholds`` (J − 1) and ``slopes`` are the estimates; ``covariance`` is of both, thresholds
    first. ``counts`` holds answers by cell and category, the cells in the order of ``model.frame``.
    """

    outcome: str
    categories: tuple[str, ...]
    thresholds: Floats
    slopes: Floats
    covariance: Floats
    covariance_kind: str
    interval: str
    level: float
    log_likelihood: float
    null_log_likelihood: float
    n: int
    cells_used: int
    iterations: int
    note: str
    model: ModelCells = field(repr=False)
    counts: OrderedCounts = field(repr=False)

    @property
    def heading(self) -> str:
        line = f"Ordered logit of {self.outcome}, {len(self.categories)} categories, n = {self.n}"
        return f"{line}. {self.note}" if self.note else line

    @property
    def odds_ratios(self) -> pl.DataFrame:
        """``term``, ``odds_ratio`` of a higher category, ``low``, ``high``, ``p``, ``stars``."""
        slopes = self.frame.filter(pl.col("kind") == "slope")
        return slopes.select(
            "term", pl.col("estimate").exp().alias("odds_ratio"), pl.col("low", "high").exp(),
            "p", "stars",
        )  # fmt: skip


def category_cells(
    frame: pl.DataFrame, key: Sequence[str], variable: str, categories: Sequence[str]
) -> Cells:
    """Cells with each category of ``variable`` as an outcome of its own, for `ordered_logit`.

    ``categories`` are the values in order, as text or numbers; an answer outside them raises
    SamspillError. Rows without an answer are left out.
    """
    answered = frame.drop_nulls([variable])
    numeric = frame.schema[variable].is_numeric()
    if numeric:
        answered = answered.with_columns(pl.col(variable).cast(pl.Float64))
    values: list[Any] = [float(c) if numeric else c for c in categories]
    strange = answered.filter(~pl.col(variable).is_in(values))
    if not strange.is_empty():
        raise SamspillError(
            f"{strange[variable][0]!r} is none of the categories of {variable!r}.",
            "Give every category in order, or leave those answers out.",
        )
    flags = answered.select(
        *key,
        *(
            pl.col(variable).eq(value).cast(pl.Int64).alias(str(category))
            for category, value in zip(categories, values, strict=True)
        ),
    )
    return count_cells(flags, list(key), [str(category) for category in categories])


def ordered_logit(
    cells: Cells,
    categories: Sequence[str],
    terms: Sequence[str] | str,
    *,
    outcome: str = "the answer",
    where: Mapping[str, object] | None = None,
    covariance: OrderedCovariance = "auto",
    cluster: str | None = None,
    cluster_factor: ClusterFactor = "CR1S",
    interval: Interval = "profile",
    level: float = 0.95,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
) -> OrderedFit:
    """Regress an ordered answer on ``terms``, key columns of ``cells``, by proportional odds.

    ``cells`` hold every category, lowest first in ``categories``, as a 0/1 outcome of its own (see
    `category_cells`); ``outcome`` names the answer. Terms, ``where``, ``reference`` and
    ``categorical`` are as in `logit`. A positive slope means higher categories. Categories that
    nobody answered are left out, and the note says so. With two categories it is the logit.

    ``covariance``: ``model`` (inverse observed information), ``HC0``, ``HC1`` or ``cluster``, exact
    from cells; ``auto`` is ``cluster`` where one is named, else ``model``. ``interval``:
    ``profile`` likelihood (with the model's covariance alone; else Wald's) or ``wald``.

    Raises SamspillError for categories that do not add up to the answers, fewer than two of them,
    separation (an infinite estimate, named) and sampling weights. Sources: McCullagh 1980 (JRSS B
    42:109–142); Agresti 2010, Analysis of Ordinal Categorical Data, ch. 3.
    """
    require_level(level)
    require_choice("covariance", covariance, get_args(OrderedCovariance))
    require_choice("interval", interval, get_args(Interval))
    require_cluster(covariance, cluster, cluster_factor)
    names = [terms] if isinstance(terms, str) else list(terms)
    model, Y = _arranged(cells, categories, names, where, cluster, reference, categorical)
    kept = Y.sum(axis=0) > 0
    used = tuple(str(c) for c, keep in zip(categories, kept, strict=True) if keep)
    if len(used) < 2:
        raise SamspillError(
            f"All answers to {outcome!r} are in one category.", "Choose another outcome."
        )
    counts = OrderedCounts(model.X[:, 1:], Y[:, kept])
    _require_no_separation(counts, model, outcome)
    best = maximise(counts)
    if not best.converged:
        raise SamspillError(
            f"The likelihood of {outcome!r} did not settle at a maximum.",
            "Rescale numeric terms to unit size, or merge categories.",
        )
    kind = ("cluster" if cluster else "model") if covariance == "auto" else covariance
    matrix = _covariance(counts, best, model, kind, cluster_factor)
    left_out = [str(c) for c, keep in zip(categories, kept, strict=True) if not keep]
    profiled = interval == "profile" and kind == "model"
    empty = OrderedCounts(np.empty((1, 0)), counts.Y.sum(axis=0, keepdims=True))
    return OrderedFit(
        frame=_frame(counts, best, matrix, model, used, level, profiled),
        outcome=outcome,
        categories=used,
        thresholds=best.parameters[: len(used) - 1],
        slopes=best.parameters[len(used) - 1 :],
        covariance=matrix,
        covariance_kind=kind,
        interval="profile" if profiled else "wald",
        level=level,
        log_likelihood=best.log_likelihood,
        null_log_likelihood=maximise(empty).log_likelihood,
        n=model.rows,
        cells_used=len(Y),
        iterations=best.iterations,
        note=" ".join(filter(None, (_unanswered(left_out), left_out_note(model)))),
        model=model,
        counts=counts,
    )


def _arranged(
    cells: Cells,
    categories: Sequence[str],
    terms: Sequence[str],
    where: Mapping[str, object] | None,
    cluster: str | None,
    reference: Mapping[str, object] | None,
    categorical: Sequence[str],
) -> tuple[ModelCells, Floats]:
    """The design of the answered cells, and their counts by category."""
    wanted = [str(category) for category in categories]
    if len(set(wanted)) < max(len(wanted), 2):
        raise SamspillError(
            "An ordered answer needs two categories or more, each named once.",
            "Name them in order, the lowest first.",
        )
    chosen = cells.of(*wanted).require_binary()
    if chosen.weighted:
        raise SamspillError(
            "The ordered logit knows no sampling weights.", "Count anew without weights."
        )
    if where:
        chosen = chosen.where(**where)
    summed = chosen.over(*require_key(chosen, terms, cluster))
    model = arrange(
        summed.of(wanted[0]).frame,
        terms,
        cluster=cluster,
        reference=reference,
        categorical=categorical,
    )
    keys = list(summed.key)
    columns = []
    for name in wanted:
        own = summed.of(name).frame.select(*keys, pl.col("sum").alias("own"))
        joined = (
            model.frame.join(own, on=keys, how="left", maintain_order="left")
            if keys
            else model.frame.with_columns(own["own"])
        )
        columns.append(joined["own"].cast(pl.Float64).fill_null(0.0).to_numpy())
    Y = np.stack(columns, axis=1)
    if not np.array_equal(Y.sum(axis=1), model.n):
        raise SamspillError(
            "The categories do not add up to the answers.",
            "Give every category, each answer in exactly one of them.",
        )
    return model, Y


def _covariance(
    counts: OrderedCounts,
    best: OrderedMaximum,
    model: ModelCells,
    kind: str,
    factor: ClusterFactor,
) -> Floats:
    bread = covariance(best)
    if kind == "model":
        return bread
    one = scores(counts, steps(counts, best.parameters))
    if kind == "cluster":
        assert model.clusters is not None  # noqa: S101
        sums = np.einsum("cj,cjk->ck", counts.Y, one)
        by_cluster = np.zeros((model.cluster_count, sums.shape[1]))
        np.add.at(by_cluster, model.clusters, sums)
        scale = cluster_factor(factor, model.cluster_count, model.rows, sums.shape[1])
        return scale * sandwich(bread, by_cluster.T @ by_cluster)
    meat = np.einsum("cj,cjk,cjl->kl", counts.Y, one, one)
    lost = one.shape[2] if kind == "HC1" else 0
    return rows_factor(model.rows, lost) * sandwich(bread, meat)


def _frame(
    counts: OrderedCounts,
    best: OrderedMaximum,
    matrix: Floats,
    model: ModelCells,
    categories: tuple[str, ...],
    level: float,
    profiled: bool,
) -> pl.DataFrame:
    k = counts.boundaries
    errors = np.sqrt(np.diag(matrix))
    columns = wald(best.parameters, errors, level)
    if profiled:
        drop = critical_value(level) ** 2
        for place in range(k, len(errors)):
            found = profile_limits(counts, best, place, float(errors[place]), drop)
            columns["low"][place], columns["high"][place] = found
    between = [f"{low}|{high}" for low, high in pairwise(categories)]
    frame = coefficient_frame([*between, *model.design.names[1:]], columns, model.rows)
    kinds = pl.Series("kind", ["threshold"] * k + ["slope"] * (len(errors) - k))
    tidy = frame.select("term", kinds, pl.exclude("term"))
    return pl.concat([tidy[k:], tidy[:k]])


def _require_no_separation(counts: OrderedCounts, model: ModelCells, outcome: str) -> None:
    """Raise where some direction of the parameters never lowers the likelihood (Konis 2007)."""
    from scipy.optimize import linprog

    k, (_, p) = counts.boundaries, counts.X.shape
    scale = np.abs(counts.X).max(axis=0)
    X = counts.X / np.where(scale > 0, scale, 1.0)
    rows = []
    for j in range(k):
        unit = np.zeros(k)
        unit[j] = 1.0
        at = np.hstack([np.broadcast_to(unit, (len(X), k)), -X])
        rows += [at[counts.Y[:, j] > 0], -at[counts.Y[:, j + 1] > 0]]
    towards = np.unique(np.concatenate(rows), axis=0)
    if np.linalg.matrix_rank(towards) < k + p:
        raise SamspillError(
            "The terms cannot be told apart.", "Leave out a term that follows from the others."
        )
    found = linprog(
        -towards.sum(axis=0), A_ub=-towards, b_ub=np.zeros(len(towards)),
        bounds=(-1.0, 1.0), method="highs",
    )  # fmt: skip
    if found.x is None or -found.fun <= _TOLERANCE:
        return
    names = np.array(model.design.names[1:])[np.abs(found.x[k:]) > _TOLERANCE]
    raise SamspillError(
        f"The estimates of {', '.join(names) or 'the thresholds'} are infinite: the terms separate "
        f"the categories of {outcome!r}.",
        "Merge categories of the answer or of the term.",
    )


def _unanswered(left_out: Sequence[str]) -> str:
    if not left_out:
        return ""
    return f"Nobody answered {', '.join(left_out)}; there is no boundary there."
