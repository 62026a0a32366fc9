"""Differences in differences: the change of those that adopted less the change of the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.change.patterns import Floats, Pair, groups_of, pair_of
from samspill.statistics.intervals import require_level
from samspill.statistics.results import Result
from samspill.statistics.significance import adjust, two_sided_p

Errors = Literal["welch", "cluster"]
DidBasis = Literal["panel", "all"]

NO_GROUP = "a group has no answers in one of the waves"
TOO_FEW = "fewer than two units in a group: no interval"
ALIKE = "within each group all changed alike: no interval by this method"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class DifferencesInDifferences(Result):
    """Differences in differences with intervals.

    ``frame``: the columns of ``within``, ``n_adopting``, ``n_others`` (units with an answer in
    either wave, or with basis ``panel`` in both), the four means ``adopting_before``,
    ``adopting_after``, ``others_before``, ``others_after``, ``change_adopting``,
    ``change_others``, ``estimate`` (their difference), ``standard_error``, ``df``, ``low``,
    ``high``, ``p``, ``p_holm``, ``p_bh`` (over all rows), ``method`` and ``note``.
    """

    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"Differences in differences with {100 * self.level:g} % intervals"


def difference_in_differences(
    cells: Cells,
    before: str,
    after: str,
    group: str,
    *,
    adopting: Any,
    others: Any,
    within: str | Sequence[str] = (),
    basis: DidBasis = "panel",
    errors: Errors = "welch",
    level: float = 0.95,
) -> DifferencesInDifferences:
    """The change from ``before`` to ``after`` in one group less that in another.

    ``cells`` are from ``pattern_cells`` with ``group`` in the key. With basis ``panel`` only units
    that answered both times count; with ``all`` every answer, each wave's mean of a group being
    that of its answers. ``welch`` takes a unit's change as one observation: Welch's t, which for
    this design is the cluster-robust CR2 variance with Satterthwaite's degrees of freedom (Bell &
    McCaffrey 2002, Survey Methodology 28:169–181); it needs the panel. ``cluster`` is the
    cluster-robust variance of least squares on group, wave and their product with the factor
    G/(G − 1) · (n − 1)/(n − 4) and G − 1 degrees of freedom, each unit a cluster (Liang & Zeger
    1986). Weighted cells give weighted means with ``cluster``.

    Raises SamspillError for unknown columns, groups or arguments, and for what does not go
    together.
    """
    require_level(level)
    within = as_names(within)
    _check(cells, (before, after, group, *within), basis, errors)
    if errors == "welch" and (basis == "all" or cells.weighted):
        raise SamspillError(
            "Welch's test takes each unit's change, without weights.",
            "Use basis='panel' and no weights, or errors='cluster'.",
        )
    rows = []
    for values, part in groups_of(cells.over(*within, group, before, after), within):
        sides = []
        for wanted in (adopting, others):
            own = part.filter(pl.col(group) == pl.lit(wanted))
            pair = pair_of(own, before, after, weighted=cells.weighted)
            sides.append(pair.among(pair.both) if basis == "panel" else pair)
        nothing = dict.fromkeys(_SCHEMA)
        rows.append({**values, **nothing, **_estimate(sides[0], sides[1], errors, level)})
    frame = pl.DataFrame(rows, schema_overrides=_SCHEMA, infer_schema_length=None).with_columns(
        pl.lit(f"{errors}, {basis}").alias("method")
    )
    frame = frame.with_columns(
        pl.Series("p_holm", adjust(frame["p"], "holm")).fill_nan(None),
        pl.Series("p_bh", adjust(frame["p"], "benjamini_hochberg")).fill_nan(None),
    )
    order = [*within, *list(_SCHEMA), "p_holm", "p_bh", "method", "note"]
    return DifferencesInDifferences(frame.select(order), level)


_SCHEMA: dict[str, Any] = {
    "n_adopting": pl.Int64,
    "n_others": pl.Int64,
    **dict.fromkeys(
        (
            "adopting_before",
            "adopting_after",
            "others_before",
            "others_after",
            "change_adopting",
            "change_others",
            "estimate",
            "standard_error",
            "df",
            "low",
            "high",
            "p",
        ),
        pl.Float64,
    ),
}


def _estimate(adopting: Pair, others: Pair, errors: Errors, level: float) -> dict[str, Any]:
    sizes = {"n_adopting": int(adopting.n.sum()), "n_others": int(others.n.sum())}
    means = [
        _mean(side, values) for side in (adopting, others) for values in (side.before, side.after)
    ]
    if any(mean is None for mean in means):
        return {**sizes, "note": NO_GROUP}
    a0, a1, o0, o1 = (float(mean or 0.0) for mean in means)
    told = {
        **sizes,
        "adopting_before": a0,
        "adopting_after": a1,
        "others_before": o0,
        "others_after": o1,
        "change_adopting": a1 - a0,
        "change_others": o1 - o0,
        "estimate": (a1 - a0) - (o1 - o0),
    }
    if min(sizes.values()) < 2:
        return {**told, "note": TOO_FEW}
    squares = [_squares(adopting, a0, a1), _squares(others, o0, o1)]
    n1, n2 = sizes.values()
    if errors == "welch":
        parts = [squares[0] * n1 / (n1 - 1), squares[1] * n2 / (n2 - 1)]
        variance = sum(parts)
        if not variance > 0:
            return {**told, "note": ALIKE}
        freedom = variance**2 / (parts[0] ** 2 / (n1 - 1) + parts[1] ** 2 / (n2 - 1))
    else:
        clusters, answers = n1 + n2, _answers(adopting) + _answers(others)
        factor = clusters / (clusters - 1) * (answers - 1) / (answers - 4)
        variance, freedom = factor * sum(squares), float(clusters - 1)
        if not variance > 0:
            return {**told, "note": ALIKE}
    from scipy.special import stdtrit

    error = math.sqrt(variance)
    half = float(stdtrit(freedom, (1 + level) / 2)) * error
    return {
        **told,
        "standard_error": error,
        "df": freedom,
        "low": told["estimate"] - half,
        "high": told["estimate"] + half,
        "p": float(two_sided_p(told["estimate"] / error, freedom)),
        "note": "",
    }


def _squares(side: Pair, before: float, after: float) -> float:
    """Σ of squared contributions of units to the change of their group's mean."""
    total = np.zeros_like(side.n)
    for values, mean, sign in ((side.before, before, -1.0), (side.after, after, 1.0)):
        there = ~np.isnan(values)
        weight = side.w[there].sum()
        total += sign * np.where(there, (np.nan_to_num(values) - mean) / weight, 0.0)
    return float(np.sum(side.w2 * total**2))


def _answers(side: Pair) -> int:
    return int(side.n[~np.isnan(side.before)].sum() + side.n[~np.isnan(side.after)].sum())


def _mean(side: Pair, values: Floats) -> float | None:
    there = ~np.isnan(values)
    weight = side.w[there].sum()
    return float(np.sum(side.w[there] * values[there]) / weight) if weight > 0 else None


def _check(cells: Cells, columns: Sequence[str], basis: str, errors: str) -> None:
    for name in columns:
        if name not in cells.key:
            raise SamspillError(
                f"The cells were not counted by {name!r}.",
                f"Their key is {', '.join(cells.key)}.",
            )
    for what, given, known in (
        ("basis", basis, get_args(DidBasis)),
        ("standard error", errors, get_args(Errors)),
    ):
        if given not in known:
            raise SamspillError(
                f"There is no {what} called {given!r}.", f"Choose one of {', '.join(known)}."
            )
