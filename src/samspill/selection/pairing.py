"""Pairs of units that are most alike, or most unlike, given what they must differ or agree in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samspill.errors import SamspillError
from samspill.selection.quotas import Limits
from samspill.selection.solving import minimise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Marks = NDArray[np.bool_]


def best_pairs(
    distance: Vector, allowed: Marks, limits: Limits, *, farthest: bool = False
) -> list[tuple[int, int]]:
    """``limits.number / 2`` pairs without a unit in common, with the least sum of distances.

    ``allowed`` says which two units may be a pair; with ``farthest`` the sum is the greatest.
    Solved as an integer program over pairs. A unit's partner in an optimum is among its nearest
    that may replace each other, so the others are left out without loss.

    Raises SamspillError where there are not so many pairs.
    """
    wanted = limits.number // 2
    cost = -distance if farthest else distance
    pairs = _candidates(cost, allowed & np.isfinite(distance), limits, wanted)
    if len(pairs) < wanted:
        raise _too_few()
    return _solved(cost, pairs, limits, wanted)


def _candidates(cost: Vector, allowed: Marks, limits: Limits, wanted: int) -> list[tuple[int, int]]:
    """Pairs of units that may be chosen, each with the nearest few of every kind of partner.

    In an optimum no free unit that counts alike in every quota is nearer than the partner, and at
    most ``2 * wanted - 2`` units are taken by other pairs.
    """
    kinds: dict[tuple[float, ...], int] = {}
    kind = np.array([kinds.setdefault(tuple(column), len(kinds)) for column in limits.rows.T])
    if not len(limits.rows):
        kind = np.zeros(len(cost), int)
    open_units = ~limits.must_not
    near: list[set[int]] = []
    for unit in range(len(cost)):
        partners = np.flatnonzero(allowed[unit] & open_units)
        partners = partners[np.argsort(cost[unit, partners], kind="stable")]
        kept: set[int] = set()
        for k in set(kind[partners].tolist()):
            kept |= set(partners[kind[partners] == k][: 2 * wanted - 1].tolist())
        kept |= set(partners[limits.must[partners]].tolist())
        near.append(kept)
    return [
        (i, j)
        for i in np.flatnonzero(open_units).tolist()
        for j in sorted(near[i])
        if i < j and i in near[j]
    ]


def _solved(
    cost: Vector, pairs: list[tuple[int, int]], limits: Limits, wanted: int
) -> list[tuple[int, int]]:
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array

    first, second = np.array(pairs).T
    n, m = len(limits.must), len(pairs)
    ones = np.ones(m)
    at = np.arange(m)
    member = csr_array(
        (np.concatenate([ones, ones]), (np.concatenate([first, second]), np.concatenate([at, at]))),
        shape=(n, m),
    )
    constraints: list[Any] = [
        LinearConstraint(member, limits.must.astype(float), np.ones(n)),
        LinearConstraint(np.ones((1, m)), wanted, wanted),
    ]
    if len(limits.rows):
        constraints.append(
            LinearConstraint(csr_array(limits.rows) @ member, limits.low, limits.high)
        )
    found = minimise(cost[first, second], constraints, Bounds(0, 1), m)
    if found is None:
        raise _too_few()
    chosen = [pairs[k] for k in np.flatnonzero(found.counts)]
    return sorted(chosen, key=lambda pair: (cost[pair], pair))


def _too_few() -> SamspillError:
    return SamspillError(
        "There are not so many pairs that hold what was asked.",
        "Choose fewer cases, or another attribute for them to differ or agree in.",
    )
