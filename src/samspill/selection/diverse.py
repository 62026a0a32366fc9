"""The diverse selection: most categories, then most pairs, then nearest to all units."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samspill.selection.coverage import Elements
from samspill.selection.quotas import Limits
from samspill.selection.solving import TOLERANCE, minimise, unit_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Marks = NDArray[np.bool_]

EXACT_ROWS = 4000
"""Up to so many steps of distance the nearest selection is solved exactly."""
KICKS = 24
ROUNDS = 300
IDLE = 20
LEAST_STEP = 1e-3
BOUND_SECONDS = 5.0
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Worth:
    """What a selection is worth, compared from left to right; ``distance`` is to be low."""

    categories: float
    pairs: float
    distance: float

    def better_than(self, other: Worth) -> bool:
        for mine, theirs, sign in (
            (self.categories, other.categories, 1),
            (self.pairs, other.pairs, 1),
            (self.distance, other.distance, -1),
        ):
            if abs(mine - theirs) > SAME:
                return sign * (mine - theirs) > 0
        return False


@dataclass(frozen=True, slots=True)
class Optimum:
    """A selection and what is known of how good it is.

    ``categories_bound`` and ``pairs_bound`` are the most that any selection can cover;
    ``distance_bound`` is the least mean distance to the nearest case of any selection that covers
    as much. Where a bound equals the value, nothing is better.
    """

    chosen: Marks
    worth: Worth
    categories_bound: float
    pairs_bound: float
    distance_bound: float

    @property
    def covers_most(self) -> bool:
        return (
            self.worth.categories >= self.categories_bound - TOLERANCE
            and self.worth.pairs >= self.pairs_bound - TOLERANCE
        )

    @property
    def gap(self) -> float:
        """How much lower the mean distance could be, as a part of it; 0 where it is optimal."""
        if self.worth.distance <= self.distance_bound + TOLERANCE:
            return 0.0
        return (self.worth.distance - self.distance_bound) / self.worth.distance


def diverse(
    elements: Elements, distance: Vector, limits: Limits, rng: np.random.Generator, seconds: float
) -> Optimum:
    """The selection that covers most, and is nearest to all units among those that do.

    Categories and pairs are a maximum coverage problem with quotas (Church and ReVelle 1974), the
    distance a p-median problem (Hakimi 1964), each within what the one before leaves open. The
    first two are solved as integer programs. The third is too where it is small; else improved by
    exchanges (Teitz and Bart 1968), with a lower bound from a Lagrangian relaxation. Units that
    nothing tells apart are one variable of the programs, with their number.
    """
    program = CoverProgram(elements, distance, limits, seconds)
    start, most, categories_bound = program.cover(None)
    pairs_bound = 0.0
    if len(elements.pair_keys):
        start, _, pairs_bound = program.cover(most)
    search = Search(elements, distance, limits)
    found = search.improved(start)
    exact = program.nearest(search.worth(found)) if program.is_small else None
    if exact is None:
        if limits.number < int((~limits.must_not).sum()):
            found = search.kicked(found, rng)
        bound = program.distance_bound(search.worth(found))
    else:
        other, bound = exact
        if search.worth(other).better_than(search.worth(found)):
            found = other
    worth = search.worth(found)
    return Optimum(
        found, worth, float(max(categories_bound, worth.categories)),
        float(max(pairs_bound, worth.pairs)),
        float(min(bound, worth.distance)),
    )  # fmt: skip


class Search:
    """Exchanges of a case for another unit while that makes the selection worth more."""

    def __init__(self, elements: Elements, distance: Vector, limits: Limits) -> None:
        self.elements, self.distance, self.limits = elements, distance, limits
        self.marks = np.vstack([elements.categories, elements.pairs]).astype(np.float64)
        self.split = len(elements.category_keys)
        self.weights = np.concatenate([elements.category_weights, elements.pair_weights])

    def worth(self, chosen: Marks) -> Worth:
        covered = (self.marks[:, chosen].sum(axis=1) > 0) * self.weights
        nearest = self.distance[:, chosen].min(axis=1).mean()
        return Worth(
            float(covered[: self.split].sum()), float(covered[self.split :].sum()), float(nearest)
        )

    def exchanges(self, chosen: Marks, out: int) -> tuple[Vector, Vector, Vector, Marks]:
        """Worth of the selection with each unit in the place of case ``out``, and if it may be."""
        rest = chosen.copy()
        rest[out] = False
        covered = self.marks[:, rest].sum(axis=1) > 0
        gained = (self.weights * ~covered)[:, None] * self.marks
        base = self.weights * covered
        categories = base[: self.split].sum() + gained[: self.split].sum(axis=0)
        pairs = base[self.split :].sum() + gained[self.split :].sum(axis=0)
        nearest = self.distance[:, rest].min(axis=1) if rest.any() else np.full(len(chosen), np.inf)
        distances = np.minimum(self.distance, nearest[:, None]).mean(axis=0)
        counts = (self.limits.rows @ rest)[:, None] + self.limits.rows
        allowed = ~chosen & ~self.limits.must_not
        allowed &= ((counts >= self.limits.low[:, None]) & (counts <= self.limits.high[:, None])).all(
            axis=0
        )
        return categories, pairs, distances, allowed

    def improved(self, chosen: Marks) -> Marks:
        """The selection after the best exchange, and the best after that, until none is better."""
        chosen = chosen.copy()
        worth = self.worth(chosen)
        while (best := self._best_exchange(chosen)) is not None:
            out, into, found = best
            if not found.better_than(worth):
                break
            chosen[out], chosen[into], worth = False, True, found
        return chosen

    def _best_exchange(self, chosen: Marks) -> tuple[int, int, Worth] | None:
        best: tuple[int, int, Worth] | None = None
        for out in np.flatnonzero(chosen & ~self.limits.must):
            categories, pairs, distances, allowed = self.exchanges(chosen, int(out))
            if not allowed.any():
                continue
            places = np.flatnonzero(allowed)
            order = np.lexsort(
                (distances[places], -pairs[places].round(9), -categories[places].round(9))
            )
            at = places[order[0]]
            found = Worth(float(categories[at]), float(pairs[at]), float(distances[at]))
            if best is None or found.better_than(best[2]):
                best = (int(out), int(at), found)
        return best

    def kicked(self, chosen: Marks, rng: np.random.Generator) -> Marks:
        """The best of searches that begin a few random exchanges away."""
        best, worth = chosen, self.worth(chosen)
        for _ in range(KICKS):
            begun = self.improved(self._shaken(best, rng))
            if (found := self.worth(begun)).better_than(worth):
                best, worth = begun, found
        return best

    def _shaken(self, chosen: Marks, rng: np.random.Generator) -> Marks:
        shaken = chosen.copy()
        for _ in range(min(3, self.limits.number)):
            movable = np.flatnonzero(shaken & ~self.limits.must)
            if not len(movable):
                return shaken
            out = int(rng.choice(movable))
            *_, allowed = self.exchanges(shaken, out)
            if allowed.any():
                shaken[out] = False
                shaken[rng.choice(np.flatnonzero(allowed))] = True
        return shaken


class CoverProgram:
    """The integer programs of the diverse selection, over groups of units that are alike.

    Variables come in this order: how many units of each group, then how far each category and each
    pair is covered (at most the number of chosen units that have it), then what a program adds.
    """

    def __init__(
        self, elements: Elements, distance: Vector, limits: Limits, seconds: float
    ) -> None:
        marks = np.vstack([elements.categories, elements.pairs])
        self.members = _groups(marks, distance, limits)
        first = np.array([members[0] for members in self.members])
        self.size = np.array([len(members) for members in self.members])
        self.elements, self.seconds, self.units = elements, seconds, len(limits.must)
        self.marks, self.distance = marks[:, first], distance[np.ix_(first, first)]
        self.limits = Limits(
            limits.number, limits.must[first], limits.must_not[first], limits.rows[:, first],
            limits.low, limits.high,
        )  # fmt: skip
        self.split = len(elements.category_keys)
        self.n, self.m = len(first), len(marks)

    @property
    def is_small(self) -> bool:
        """Whether the nearest selection is solved exactly."""
        return sum(len(np.unique(row)) for row in self.distance) <= EXACT_ROWS

    def cover(self, floor: float | None) -> tuple[Marks, float, float]:
        """The most weight of categories, or of pairs where ``floor`` of categories is kept.

        Gives a selection, what it covers, and the most that any selection can.
        """
        gain = np.zeros(self.n + self.m)
        if floor is None:
            gain[self.n : self.n + self.split] = self.elements.category_weights
        else:
            gain[self.n + self.split :] = self.elements.pair_weights
        rows, bounds = self._rows(self.n + self.m)
        if floor is not None:
            rows.append(self._at_least(self.n, self.n + self.m, floor, pairs=False))
        found = minimise(-gain, rows, bounds, self.n, seconds=self.seconds)
        counts = self._any() if found is None else found.counts
        value = float(gain[self.n :] @ self.marks[:, counts > 0].any(axis=1))
        if found is None:
            return self.expanded(counts), value, float(gain.sum())
        return self.expanded(counts), value, value if found.optimal else -found.bound

    def nearest(self, worth: Worth) -> tuple[Marks, float] | None:
        """The p-median by its steps of distance (Elloumi 2010, Computers & OR 37:1–10), among
        selections that cover as much as ``worth``; None where the time was not enough."""
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        right: list[float] = []
        cost: list[float] = []
        before = self.n + self.m
        constant = 0.0
        for unit in range(self.n):
            steps, place = np.unique(self.distance[unit], return_inverse=True)
            constant += float(steps[0]) * self.size[unit]
            for k, (low, high) in enumerate(itertools.pairwise(steps)):
                at = len(right)
                there = np.flatnonzero(place == k).tolist()
                rows += [at] * (len(there) + 1)
                columns += [*there, before + len(cost)]
                values += [1.0] * (len(there) + 1)
                if k:
                    rows.append(at)
                    columns.append(before + len(cost) - 1)
                    values.append(-1.0)
                right.append(0.0 if k else 1.0)
                cost.append(float(high - low) * self.size[unit])
        width = before + len(cost)
        constraints, bounds = self._rows(width)
        constraints += self._as_much(width, worth)
        if right:
            steps_of = csr_array((values, (rows, columns)), shape=(len(right), width))
            constraints.append(LinearConstraint(steps_of, np.array(right), np.inf))
        found = minimise(
            np.concatenate([np.zeros(before), cost]), constraints, bounds, self.n,
            seconds=self.seconds,
        )  # fmt: skip
        if found is None or not found.optimal:
            return None
        return self.expanded(found.counts), (constant + found.value) / self.units

    def distance_bound(self, worth: Worth) -> float:
        """A mean distance that no selection covering as much as ``worth`` falls below.

        The Lagrangian relaxation's own bound lets any units be chosen; with its multipliers, the
        best choice that keeps quotas and coverage gives a higher one.
        """
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array, eye_array, hstack

        multipliers, bound = self._relaxed(worth.distance * self.units)
        width = 2 * self.n + self.m
        rows, bounds = self._rows(width)
        opened = hstack(
            [-eye_array(self.n), csr_array((self.n, self.m)), eye_array(self.n)]
        )
        rows += [*self._as_much(width, worth), LinearConstraint(csr_array(opened), -np.inf, 0)]
        cost = np.concatenate([np.zeros(self.n + self.m), self._reduced(multipliers)])
        found = minimise(cost, rows, bounds, self.n, seconds=min(self.seconds, BOUND_SECONDS))
        if found is not None:
            bound = max(bound, float(self.size @ multipliers) + found.bound)
        return bound / self.units

    def expanded(self, counts: NDArray[np.int64]) -> Marks:
        """Units instead of groups: of each group the first, in the order that the seed gives."""
        chosen = np.zeros(self.units, bool)
        for members, count in zip(self.members, counts, strict=True):
            chosen[members[:count]] = True
        return chosen

    def _rows(self, width: int) -> tuple[list[Any], Any]:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array, eye_array, hstack

        rows, bounds = unit_limits(self.limits, width, self.size)
        parts = [csr_array(-self.marks.astype(float)), eye_array(self.m)]
        if width > self.n + self.m:
            parts.append(csr_array((self.m, width - self.n - self.m)))
        return [*rows, LinearConstraint(csr_array(hstack(parts)), -np.inf, 0)], bounds

    def _as_much(self, width: int, worth: Worth) -> list[Any]:
        found = [self._at_least(self.n, width, worth.categories, pairs=False)]
        if len(self.elements.pair_keys):
            found.append(self._at_least(self.n + self.split, width, worth.pairs, pairs=True))
        return found

    def _at_least(self, start: int, width: int, least: float, *, pairs: bool) -> Any:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        weights = self.elements.pair_weights if pairs else self.elements.category_weights
        row = np.zeros((1, width))
        row[0, start : start + len(weights)] = weights
        return LinearConstraint(csr_array(row), least - TOLERANCE, np.inf)

    def _any(self) -> NDArray[np.int64]:
        constraints, bounds = unit_limits(self.limits, self.n, self.size)
        found = minimise(np.zeros(self.n), constraints, bounds, self.n)
        assert found is not None
        return found.counts

    def _reduced(self, multipliers: Vector) -> Vector:
        """What opening each group takes off the relaxation's objective; 0 or less."""
        return self.size @ np.minimum(self.distance - multipliers[:, None], 0.0)

    def _relaxed(self, upper: float) -> tuple[Vector, float]:
        """Multipliers and bound of the relaxation of "each unit has one nearest case".

        Subgradient steps as in Beasley (1993), in Reeves (ed.), Modern Heuristic Techniques, ch. 6.
        """
        free = np.flatnonzero(~self.limits.must_not & ~self.limits.must)
        must = np.flatnonzero(self.limits.must)
        left = self.limits.number - int(self.size[must].sum())
        second = min(1, self.n - 1)
        multipliers = np.partition(self.distance, second, axis=1)[:, second].copy()
        best, kept, step, idle = -np.inf, multipliers, 2.0, 0
        for _ in range(ROUNDS):
            reduced = self._reduced(multipliers)
            opened = np.concatenate([must, free[np.argsort(reduced[free], kind="stable")[:left]]])
            bound = float(self.size @ multipliers + reduced[opened].sum())
            if bound > best + SAME:
                best, kept, idle = bound, multipliers.copy(), 0
            else:
                idle += 1
            if idle >= IDLE:
                step, idle = step / 2, 0
            lacking = 1.0 - (self.distance[:, opened] < multipliers[:, None]).sum(axis=1)
            norm = float(self.size @ lacking**2)
            if norm == 0 or step < LEAST_STEP:
                break
            move = step * (upper * 1.01 - bound) / norm
            multipliers = np.maximum(multipliers + move * lacking, 0.0)
        return kept, best


def _groups(marks: Marks, distance: Vector, limits: Limits) -> list[list[int]]:
    """Rows of units that have the same elements, distances, quotas and limits."""
    found: dict[tuple[bytes, bytes, bytes, bool, bool], list[int]] = {}
    for unit in range(len(distance)):
        key = (
            marks[:, unit].tobytes(), distance[unit].tobytes(), limits.rows[:, unit].tobytes(),
            bool(limits.must[unit]), bool(limits.must_not[unit]),
        )  # fmt: skip
        found.setdefault(key, []).append(unit)
    return list(found.values())
