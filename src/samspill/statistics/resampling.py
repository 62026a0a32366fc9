"""Bootstrap and permutation by drawing cells instead of rows.

A row is nothing but its cell and its answer, so drawing rows with replacement is a multinomial
draw over cell × answer, and shuffling answers within a group is a hypergeometric draw of cells.
The cost is that of the cells, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.atoms import atoms_of
from samspill.statistics.bootstrap_limits import limits
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.results import Result

Floats = NDArray[np.float64]
Statistic = Callable[[Floats, Floats], Any]
IntervalMethod = Literal["percentile", "basic", "bca"]

LARGEST_BLOCK = 4_000_000


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Bootstrap(Result):
    """A statistic with its bootstrap uncertainty.

    ``frame``, one row per value of the statistic: ``value`` (its position, from 0),
    ``estimate``, ``bias``, ``standard_error``, ``low``, ``high``, ``method``, ``replicates``,
    ``undefined`` (replicates where the statistic was no number; left out) and ``note``.
    ``draws`` holds the replicates, one row each, one column per value.
    """

    level: float = 0.95
    draws: Floats = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def heading(self) -> str:
        return f"Bootstrap with {100 * self.level:g} % intervals"


def bootstrap(
    cells: Cells,
    statistic: Statistic,
    replicates: int = 1000,
    *,
    seed: int,
    level: float = 0.95,
    method: IntervalMethod = "percentile",
    strata: str | Sequence[str] = (),
    cluster: str | None = None,
) -> Bootstrap:
    """Bootstrap ``statistic`` of one outcome's cells (Efron & Tibshirani 1993).

    ``statistic(n, sum)`` is given float arrays of shape (draws, cells), the cells in the order
    of ``cells.frame``, and returns one value per draw, shape (draws,), or several, shape
    (draws, values): it must work on the last axis alone. ``difference``, ``log_odds_ratio`` and
    ``share`` make ready ones.

    Rows are drawn in all, or with fixed numbers within each value of the key columns
    ``strata``. With ``cluster`` whole clusters are drawn; it must be in the key. The outcome is
    0/1, or constant within every cell (counted with ``squares=True``), which a numeric outcome
    is when it stands in the key under another name.

    ``percentile``, ``basic`` or ``bca`` (Efron 1987, JASA 82:171–185; its jackknife leaves out
    one row, or one cluster, of each kind). The same seed gives the same result.

    Raises SamspillError for several outcomes, weighted cells, an unsuitable outcome, fewer than
    two replicates, and a statistic of the wrong shape.
    """
    _check(cells, replicates, level, method)
    strata = as_names(strata)
    atoms = atoms_of(cells, strata, cluster)
    rng = np.random.default_rng(seed)
    estimate = _values(statistic, *atoms.whole())[0]
    block = max(1, LARGEST_BLOCK // atoms.size)
    draws = np.concatenate(
        [
            _values(statistic, *atoms.draw(rng, min(block, replicates - start)))
            for start in range(0, replicates, block)
        ]
    )
    left_out = np.concatenate(
        [
            _values(statistic, *atoms.leave_one_out(start, start + block))
            for start in range(0, atoms.size if method == "bca" else 1, block)
        ]
    )
    rows = [
        _row(
            value,
            float(estimate[value]),
            draws[:, value],
            level,
            method,
            (left_out[:, value], atoms.count.astype(np.float64)),
        )
        for value in range(estimate.size)
    ]
    return Bootstrap(pl.DataFrame(rows, schema=_SCHEMA), level, draws)


_SCHEMA = {
    "value": pl.Int64,
    "estimate": pl.Float64,
    "bias": pl.Float64,
    "standard_error": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "method": pl.String,
    "replicates": pl.Int64,
    "undefined": pl.Int64,
    "note": pl.String,
}


def _row(
    value: int,
    estimate: float,
    draws: Floats,
    level: float,
    method: str,
    jackknife: tuple[Floats, Floats],
) -> dict[str, Any]:
    finite = draws[np.isfinite(draws)]
    undefined = draws.size - finite.size
    row: dict[str, Any] = {
        "value": value,
        "estimate": estimate if np.isfinite(estimate) else None,
        "method": method,
        "replicates": draws.size,
        "undefined": undefined,
        "note": f"{undefined} replicates left out: the statistic was undefined"
        if undefined
        else "",
    }
    if finite.size < 2 or row["estimate"] is None:
        return row | {"note": "the statistic is undefined"}
    low, high, reason = limits(finite, estimate, level, method, jackknife)
    return row | {
        "bias": float(finite.mean() - estimate),
        "standard_error": float(finite.std(ddof=1)),
        "low": low,
        "high": high,
        "note": reason or row["note"],
    }


def _check(cells: Cells, replicates: int, level: float, method: str) -> None:
    normal_quantile(level)
    if method not in get_args(IntervalMethod):
        raise SamspillError(
            f"There is no bootstrap interval called {method!r}.",
            f"Choose one of {', '.join(get_args(IntervalMethod))}.",
        )
    if replicates < 2:
        raise SamspillError("A bootstrap needs replicates.", "Ask for 1,000 or more.")
    one_outcome(cells)


def one_outcome(cells: Cells) -> None:
    """Raises SamspillError unless the cells are unweighted and of a single outcome."""
    if len(cells.outcomes) != 1:
        raise SamspillError(
            "Cells of several outcomes do not say how the outcomes go together.",
            "Choose one with cells.of(…).",
        )
    if cells.weighted:
        raise SamspillError(
            "Cells with weights cannot be drawn from.",
            "Count without weight=, or put the weight's classes in the key.",
        )


def _values(statistic: Statistic, n: Floats, sums: Floats) -> Floats:
    """The statistic of every draw, shape (draws, values)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.asarray(statistic(n, sums), dtype=np.float64)
    if values.ndim == 1:
        values = values[:, np.newaxis]
    if values.ndim != 2 or values.shape[0] != n.shape[0]:
        raise SamspillError(
            f"The statistic gave an array of shape {values.shape} for {n.shape[0]} draws.",
            "It must give one value, or one row of values, per draw.",
        )
    return values


def share(cells: Cells, **key_values: Any) -> Statistic:
    """The share (or mean) in the cells with these key values; in all cells without any."""
    member = _members(cells, key_values)

    def statistic(n: Floats, sums: Floats) -> Floats:
        return np.asarray((sums @ member) / (n @ member))

    return statistic


def difference(cells: Cells, by: str, group: Any, reference: Any) -> Statistic:
    """The share (or mean) in ``group`` less that in ``reference``."""
    first, second = share(cells, **{by: group}), share(cells, **{by: reference})
    return lambda n, sums: first(n, sums) - second(n, sums)


def log_odds_ratio(cells: Cells, by: str, group: Any, reference: Any) -> Statistic:
    """The log odds in ``group`` less those in ``reference``: a logit model's coefficient."""
    first, second = _members(cells, {by: group}), _members(cells, {by: reference})

    def statistic(n: Floats, sums: Floats) -> Floats:
        a, c = sums @ first, sums @ second
        return np.asarray(np.log(a * (n @ second - c) / ((n @ first - a) * c)))

    return statistic


def _members(cells: Cells, key_values: dict[str, Any]) -> Floats:
    """1 for the cells with these key values, 0 for the others."""
    numbered = cells.frame.with_row_index("position_")
    chosen = Cells(numbered, cells.key).where(**key_values).frame["position_"]
    member = np.zeros(numbered.height)
    member[chosen.to_numpy()] = 1.0
    return member
