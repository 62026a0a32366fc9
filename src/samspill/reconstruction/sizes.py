"""Group sizes that were never printed, found by what all tables of a split need together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.reconstruction.constraints import Constraint
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.solver import scan
from samspill.reconstruction.spreads import TooManyCandidatesError
from samspill.reconstruction.tables import PrintedTable

Integers = NDArray[np.int64]

MOST_TIES = 200
MOST_SIZES = 5_000_000
MOST_TRIALS = 20_000_000
TOO_MANY_SIZES = (
    "its units can be divided into two groups in more ways than can be tried; "
    "add the number of units of each group"
)


@dataclass(frozen=True, slots=True)
class Family:
    """Tables that rest on the same units split the same way, and the sizes that they may have."""

    split: str
    observations: int
    groups: tuple[str, str]
    tables: tuple[PrintedTable, ...]
    candidates: Integers

    @property
    def printed(self) -> bool:
        """Whether the group sizes stand in print."""
        return self.candidates.size == 1


@dataclass(frozen=True, slots=True)
class Sizing:
    """How many solutions each table of a family has under each candidate size of its first group.

    ``found``: tables by candidates, -1 where there are too many to count. ``chosen``: positions
    of the candidates that explain the most tables (and, among these, the most other numbers).
    """

    family: Family
    convention: RoundingConvention
    found: Integers
    chosen: Integers

    @property
    def explained(self) -> Integers:
        """For each candidate, the number of tables with a solution."""
        return np.asarray((self.found != 0).sum(axis=0), dtype=np.int64)

    @property
    def first(self) -> Integers:
        """The chosen sizes of the first group."""
        return np.asarray(self.family.candidates[self.chosen], dtype=np.int64)

    @property
    def second(self) -> Integers:
        """The chosen sizes of the second group."""
        return np.asarray(self.family.observations - self.first, dtype=np.int64)


def families(tables: Sequence[PrintedTable]) -> list[Family]:
    """The families among ``tables``.

    Tables refused, without a number of units, or with too many sizes to try have none.
    """
    usable = [t for t in tables if not t.refused and t.observations is not None]
    known: dict[tuple[str, int | None], set[tuple[int, int]]] = defaultdict(set)
    for table in usable:
        if table.split and table.sizes is not None:
            known[table.split, table.observations].add(table.sizes)
    members: dict[tuple[str, int, object], list[PrintedTable]] = defaultdict(list)
    for table in usable:
        total = table.observations or 0
        sizes = table.sizes
        shared = known[table.split, total]
        if sizes is None and len(shared) == 1:
            (sizes,) = shared
        key: object = sizes if table.split else table.primary[0].source
        members[table.split, total, key].append(table)
    return [
        _family(split, total, key if split else (total, 0), tuple(own))
        for (split, total, key), own in members.items()
        if isinstance(key, tuple) or not split or _can_be_tried(total, len(own))
    ]


def _can_be_tried(total: int, tables: int) -> bool:
    return total <= MOST_SIZES and total * tables <= MOST_TRIALS


def _family(split: str, total: int, sizes: object, tables: tuple[PrintedTable, ...]) -> Family:
    if isinstance(sizes, tuple):
        candidates = np.array([sizes[0]], dtype=np.int64)
    else:
        candidates = np.arange(1, total, dtype=np.int64)
    return Family(split, total, tables[0].groups, tables, candidates)


def solutions_by_size(
    tables: Sequence[Sequence[Constraint]], first: Integers, second: Integers
) -> Integers:
    """The number of solutions of every table under every pair of group sizes.

    Shape (tables, sizes); -1 where there are too many candidates to count.
    """
    found = np.zeros((len(tables), first.size), dtype=np.int64)
    for row, constraints in enumerate(tables):
        try:
            found[row] = scan(constraints, first, second)
        except TooManyCandidatesError:
            found[row] = -1
    return found


def size(family: Family, convention: RoundingConvention | None = None) -> Sizing:
    """The group sizes that explain most of the family's tables.

    Conventions are tried in their order; the first that explains most tables is taken.
    """
    best: Sizing | None = None
    for tried in RoundingConvention if convention is None else (convention,):
        tables = [table.constraints(tried) for table in family.tables]
        second = np.asarray(family.observations - family.candidates, dtype=np.int64)
        found = solutions_by_size(tables, family.candidates, second)
        explained = (found != 0).sum(axis=0)
        chosen = np.flatnonzero(explained == explained.max(initial=0))
        sizing = Sizing(family, tried, found, chosen)
        if best is None or explained.max(initial=0) > best.explained.max(initial=0):
            best = sizing
        if explained.max(initial=0) == len(family.tables):
            break
    assert best is not None  # noqa: S101
    return _narrowed(best)


def _narrowed(sizing: Sizing) -> Sizing:
    """``sizing`` with ties broken by how many of the tables' other numbers each size allows."""
    if not 1 < sizing.chosen.size <= MOST_TIES:
        return sizing
    allowed = np.zeros(sizing.chosen.size, dtype=np.int64)
    for table in sizing.family.tables:
        constraints = table.constraints(sizing.convention)
        for other in table.others:
            if other.countable:
                extra = table.constraint(other, sizing.convention)
                found = solutions_by_size([[*constraints, extra]], sizing.first, sizing.second)
                allowed += found[0] != 0
    best = sizing.chosen[allowed == allowed.max()]
    return Sizing(sizing.family, sizing.convention, sizing.found, best)
