"""How a network hangs together: centralisation of degrees, and core and periphery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def degree_centralisation(degrees: ArrayLike) -> float | None:
    """Σ(max − dᵢ) / ((n − 1)(n − 2)): 1 for a star, 0 where all are alike (Freeman 1979).

    None for fewer than three nodes.
    """
    d = np.asarray(degrees, dtype=np.float64)
    if d.size < 3:
        return None
    return float(np.sum(d.max() - d) / ((d.size - 1) * (d.size - 2)))


def two_mode_centralisation(degrees: ArrayLike, others: int) -> float | None:
    """The same for the nodes of one mode, tied to ``others`` of the other, each to one or more.

    Σ(max − dᵢ) / ((n − 1)(others − 1)): 1 where one is tied to all and the rest to one each
    (Borgatti & Everett 1997). None for fewer than two of either.
    """
    d = np.asarray(degrees, dtype=np.float64)
    if d.size < 2 or others < 2:
        return None
    return float(np.sum(d.max() - d) / ((d.size - 1) * (others - 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Core:
    """The core of a two-mode network: ``rows`` and ``columns`` flag who is in it.

    ``fit`` is the correlation of the ties with the ideal, all ties within the core and none
    elsewhere: 1 where it is exact.
    """

    rows: Flags
    columns: Flags
    fit: float


def core_periphery(ties: ArrayLike) -> Core | None:
    """The core of a matrix of ties (0/1, rows × columns) that fits best.

    The discrete model of Borgatti & Everett 1999, both ends in the core or no tie, for two modes.
    With the columns of the core given, the best rows of any number are those with most ties to
    them, and the other way round; the two are settled in turn, beginning with the 1, 2, … columns
    of most ties and with each column alone, and the best is kept. That is a local optimum: none is
    better by other rows alone, or other columns alone. None where every tie there can be is, or
    none is.
    """
    matrix = np.asarray(ties, dtype=np.float64)
    if matrix.size == 0 or matrix.min() == matrix.max():
        return None
    order = np.argsort(-matrix.sum(axis=0), kind="stable")
    starts = [np.isin(np.arange(order.size), order[:k]) for k in range(1, order.size + 1)]
    starts += list(np.eye(order.size, dtype=bool))
    return max((_settled(matrix, start) for start in starts), key=lambda core: round(core.fit, 12))


def _settled(matrix: Floats, columns: Flags) -> Core:
    rows, fit = _best(matrix, columns)
    while True:
        columns, _ = _best(matrix.T, rows)
        rows, better = _best(matrix, columns)
        if better <= fit + 1e-12:
            return Core(rows, columns, better)
        fit = better


def _best(matrix: Floats, columns: Flags) -> tuple[Flags, float]:
    """The rows that fit best with these columns: some number of those with most ties to them."""
    within = matrix[:, columns].sum(axis=1)
    order = np.argsort(-within, kind="stable")
    size = np.arange(1, order.size + 1) * columns.sum()
    cells, all_ties = matrix.size, matrix.sum()
    spread = size * (cells - size) * all_ties * (cells - all_ties)
    covariance = cells * np.cumsum(within[order]) - size * all_ties
    fits = np.where(spread > 0, covariance / np.sqrt(np.maximum(spread, 1)), -1.0)
    number = int(np.argmax(np.round(fits, 12))) + 1
    return np.isin(np.arange(order.size), order[:number]), float(fits[number - 1])
