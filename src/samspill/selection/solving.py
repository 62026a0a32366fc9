"""Mixed-integer programs over which units to choose, solved by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samspill.errors import SamspillError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from samspill.selection.quotas import Limits

    Vector = NDArray[np.float64]

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Solved:
    """How many are chosen of each, the objective, and the best that could not be ruled out."""

    counts: NDArray[np.int64]
    value: float
    bound: float
    optimal: bool


def unit_limits(
    limits: Limits, width: int, size: NDArray[np.int64] | None = None
) -> tuple[Sequence[Any], Any]:
    """The constraints and bounds of ``limits`` on the first variables of ``width``.

    All variables are from 0 to 1, or where ``size`` says how many units a variable stands for, the
    first of them up to that.
    """
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array

    n = len(limits.must)

    def padded(rows: Vector) -> Any:
        wide = csr_array(rows)
        return csr_array((wide.data, wide.indices, wide.indptr), shape=(rows.shape[0], width))

    constraints = [LinearConstraint(padded(np.ones((1, n))), limits.number, limits.number)]
    if len(limits.rows):
        constraints.append(LinearConstraint(padded(limits.rows), limits.low, limits.high))
    low, high = np.zeros(width), np.ones(width)
    each = np.ones(n) if size is None else size
    low[:n], high[:n] = limits.must * each, ~limits.must_not * each
    return constraints, Bounds(low, high)


def minimise(
    cost: Vector,
    constraints: Sequence[Any],
    bounds: Any,
    units: int,
    *,
    seconds: float = 60.0,
) -> Solved | None:
    """The least cost with the first ``units`` variables whole; None where no solution was found.

    Raises SamspillError where there can be none.
    """
    from scipy.optimize import milp

    whole = np.zeros(len(cost))
    whole[:units] = 1
    found = milp(
        cost,
        constraints=list(constraints),
        bounds=bounds,
        integrality=whole,
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    if found.status == 2:
        raise SamspillError(
            "No selection holds everything that was asked.", "Loosen a quota, or choose more cases."
        )
    if found.x is None:
        return None
    bound = found.fun if found.mip_dual_bound is None else float(found.mip_dual_bound)
    counts = np.rint(found.x[:units]).astype(np.int64)
    return Solved(counts, float(found.fun), bound, found.status == 0)


def best_by_score(scores: Vector, limits: Limits) -> NDArray[np.bool_]:
    """The selection with the highest sum of scores within the limits; rows earlier win ties."""
    if not len(limits.rows):
        order = np.argsort(-np.where(limits.must, np.inf, scores), kind="stable")
        order = order[~limits.must_not[order]]
        chosen = np.zeros(len(scores), bool)
        chosen[order[: limits.number]] = True
        return chosen
    constraints, bounds = unit_limits(limits, len(scores))
    usable = np.where(limits.must_not, 0.0, scores)
    found = minimise(-usable, constraints, bounds, len(scores))
    if found is None:
        raise SamspillError("The choice took too long.", "Give fewer quotas, or more cases.")
    return found.counts > 0
