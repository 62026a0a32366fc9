"""Does the maximum likelihood estimate of a logit exist, and is it close to not existing?

Whether it exists is an exact check on cells.

Albert and Anderson (1984, Biometrika 71): it exists unless some direction δ ≠ 0 has xᵀδ ≥ 0 for
every row with y = 1 and xᵀδ ≤ 0 for every row with y = 0. Konis (2007, DPhil thesis, Oxford)
finds such a direction by linear programming. On cells there is one constraint a cell, and an
equality for each cell with both answers.

That it exists does not make it good: with few events its bias and its intervals are those of
separation nearby (van Smeden et al. 2016, BMC Medical Research Methodology 16:163). `sparse`
names the categories where that is to be feared, by a plain rule.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.models.design import Design, label

Floats = NDArray[np.float64]

FEWEST = 5
_TOLERANCE = 1e-7


def separated(X: Floats, s: Floats, n: Floats) -> NDArray[np.bool_]:
    """For each coefficient, whether its maximum likelihood estimate is infinite.

    ``X`` has shape (cells, coefficients) and full column rank; ``s`` and ``n`` shape (cells,).
    Complete and quasi-complete separation are both found.
    """
    mixed = (s > 0) & (s < n)
    none = np.zeros(X.shape[1], dtype=np.bool_)
    if mixed.all() or np.linalg.matrix_rank(X[mixed]) == X.shape[1]:
        return none
    direction = _direction(X, s, n, mixed)
    return np.abs(direction) > _TOLERANCE


def sparse(design: Design, X: Floats, s: Floats, n: Floats) -> tuple[str, ...]:
    """The categories with fewer than `FEWEST` ones or fewer than `FEWEST` zeros among the answers.

    Those of categorical terms, reference categories included, and of interactions between them;
    numeric terms have none. Five is where Vittinghoff and McCulloch (2007, American Journal of
    Epidemiology 165:710-718) let the rule of ten events per variable (Peduzzi et al. 1996) be
    relaxed to. It is a convention, not a test.
    """
    found: list[str] = []
    start = 1
    for term, names in zip(design.terms, design.columns, strict=True):
        block = X[:, start : start + len(names)]
        start += len(names)
        if any(variable.categories is None for variable in term):
            continue
        categories = list(names)
        if len(term) == 1:
            categories.append(f"{term[0].name}[{label(term[0].reference)}]")
            block = np.column_stack([block, 1.0 - block.sum(axis=1)])
        few = np.minimum(s @ block, (n - s) @ block) < FEWEST
        found += [name for name, is_few in zip(categories, few, strict=True) if is_few]
    return tuple(found)


def _direction(X: Floats, s: Floats, n: Floats, mixed: NDArray[np.bool_]) -> Floats:
    """The direction in [−1, 1]^k that separates most, zero where none does."""
    from scipy.optimize import linprog

    scale = np.abs(X).max(axis=0)
    scaled = X / scale
    sign = np.where(s > 0, 1.0, -1.0)
    pure = ~mixed & (n > 0)
    towards = scaled[pure] * sign[pure, None]
    result = linprog(
        -towards.sum(axis=0),
        A_ub=-towards,
        b_ub=np.zeros(len(towards)),
        A_eq=scaled[mixed] if mixed.any() else None,
        b_eq=np.zeros(int(mixed.sum())) if mixed.any() else None,
        bounds=(-1.0, 1.0),
        method="highs",
    )
    if result.x is None or -result.fun <= _TOLERANCE:
        return np.zeros(X.shape[1])
    return np.asarray(result.x, dtype=np.float64)
