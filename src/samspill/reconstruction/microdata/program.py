"""Integer programs over counts, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from samspill.errors import SamspillError
from samspill.reconstruction.microdata.constraint import (
    Bounds,
    CountConstraint,
    Expression,
    tightened,
)
from samspill.reconstruction.microdata.specification import Margin

INFEASIBLE = 2


class _Model:
    """Columns and rows of a mixed integer program, in the order they are added."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.cost: list[float] = []
        self.integer: list[int] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def column(self, low: float, high: float, *, cost: float = 0.0, integer: bool = True) -> int:
        self.lower.append(low)
        self.upper.append(high)
        self.cost.append(cost)
        self.integer.append(int(integer))
        return len(self.lower) - 1

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def solve(self) -> np.ndarray | None:
        from scipy.optimize import Bounds as Box
        from scipy.optimize import LinearConstraint, milp
        from scipy.sparse import csr_array

        entries = [(r, c, v) for r, (terms, _, _) in enumerate(self.rows) for c, v in terms.items()]
        constraints = None
        if entries:
            at, columns, values = zip(*entries, strict=True)
            shape = (len(self.rows), len(self.lower))
            matrix = csr_array((values, (at, columns)), shape=shape)
            lows, highs = [row[1] for row in self.rows], [row[2] for row in self.rows]
            constraints = LinearConstraint(matrix, lows, highs)
        result = milp(
            np.array(self.cost),
            integrality=np.array(self.integer),
            bounds=Box(np.array(self.lower), np.array(self.upper)),
            constraints=constraints,
            options={"mip_rel_gap": 0.0},
        )
        if result.status == INFEASIBLE:
            return None
        if result.x is None:
            raise SamspillError(
                f"The integer program was not solved: {result.message}",
                "Reconstruct fewer variables at a time.",
            )
        return np.asarray(result.x)


def solve_counts(
    constraints: Sequence[CountConstraint],
    bounds: Bounds,
    *,
    objective: Expression = (),
    targets: Mapping[Margin, float] | None = None,
) -> dict[Margin, int] | None:
    """Whole counts within ``bounds`` that satisfy every constraint; None where there are none.

    Minimises ``objective``, or else the sum of absolute distances to ``targets``. The result is
    checked against every constraint in whole numbers.
    """
    narrowed = tightened(constraints, bounds)
    if narrowed is None:
        return None
    current, tight = narrowed
    counts = _settled(tight)
    if counts is None:
        counts = _solve(current, tight, dict(objective), targets or {})
    if counts is None:
        return None
    if not all(constraint.holds(counts) for constraint in constraints):
        raise SamspillError(
            "The integer program's answer does not satisfy its constraints.",
            "Reconstruct fewer variables at a time.",
        )
    return counts


def _settled(bounds: Bounds) -> dict[Margin, int] | None:
    """The counts where every margin has one value left."""
    if all(low == high for low, high in bounds.values()):
        return {margin: low for margin, (low, _) in bounds.items()}
    return None


def _solve(
    constraints: Sequence[CountConstraint],
    bounds: Bounds,
    objective: Mapping[Margin, int],
    targets: Mapping[Margin, float],
) -> dict[Margin, int] | None:
    model = _Model()
    columns = {
        margin: model.column(low, high, cost=objective.get(margin, 0))
        for margin, (low, high) in bounds.items()
    }
    for constraint in constraints:
        _add(model, columns, constraint)
    for margin, target in targets.items():
        over, under = (model.column(0, np.inf, cost=1.0, integer=False) for _ in range(2))
        model.row({columns[margin]: 1.0, over: -1.0, under: 1.0}, target, target)
    found = model.solve()
    if found is None:
        return None
    return {margin: round(found[column]) for margin, column in columns.items()}


def _add(model: _Model, columns: Mapping[Margin, int], constraint: CountConstraint) -> None:
    if len(constraint.boxes) == 1:
        for expression, (low, high) in zip(
            constraint.expressions, constraint.boxes[0], strict=True
        ):
            model.row({columns[m]: float(c) for m, c in expression}, low, high)
        return
    chosen = [model.column(0, 1) for _ in constraint.boxes]
    model.row(dict.fromkeys(chosen, 1.0), 1, 1)
    for at, expression in enumerate(constraint.expressions):
        terms = {columns[m]: float(c) for m, c in expression}
        lows = {c: -float(box[at][0]) for c, box in zip(chosen, constraint.boxes, strict=True)}
        highs = {c: -float(box[at][1]) for c, box in zip(chosen, constraint.boxes, strict=True)}
        model.row(terms | lows, 0, np.inf)
        model.row(terms | highs, -np.inf, 0)
