"""The diverse selection: most categories, then most pairs, then nearest to all units."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samspill.selection.coverage import Elements
from samspill.selection.quotas import Limits
from samspill.selection.solving import TOLERANCE, Solved, minimise, unit_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Marks = NDArray[np.bool_]

EXACT_ROWS = 4000
"""Up to so many steps of distance the nearest selection is solved exactly."""
KICKS = 24
ROUNDS = 300
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
    exchanges (Teitz and Bart 1968), with a lower bound from a Lagrangian relaxation.
    """
    start, most_categories, categories_bound = _cover(elements, limits, None, seconds)
    most_pairs = pairs_bound = 0.0
    if len(elements.pair_keys):
        start, most_pairs, pairs_bound = _cover(
            elements, limits, _floor(elements.category_weights, most_categories), seconds
        )
    search = Search(elements, distance, limits)
    found = search.improved(start)
    if len(elements.pair_keys) * len(start) and limits.number < int((~limits.must_not).sum()):
        found = search.kicked(found, rng)
    worth = search.worth(found)
    bound = _distance_bound(elements, distance, limits, worth, seconds)
    if bound.optimal and bound.chosen.any():
        exact = search.worth(bound.chosen)
        if exact.better_than(worth):
            found, worth = bound.chosen, exact
    return Optimum(
        found, worth, max(categories_bound, worth.categories), max(pairs_bound, worth.pairs),
        min(bound.bound, worth.distance),
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


def _floor(weights: Vector, least: float) -> tuple[Vector, float]:
    return weights, least - TOLERANCE


def _cover(
    elements: Elements, limits: Limits, floor: tuple[Vector, float] | None, seconds: float
) -> tuple[Marks, float, float]:
    """The most weight of categories (without ``floor``) or of pairs above a floor of categories.

    Variables: units, categories, and with a floor pairs; each of the latter at most the number of
    chosen units that have it.
    """
    marks = elements.categories if floor is None else np.vstack(
        [elements.categories, elements.pairs]
    )  # fmt: skip
    n, m = marks.shape[1], marks.shape[0]
    gain = np.zeros(n + m)
    if floor is None:
        gain[n:] = elements.category_weights
    else:
        gain[n + len(elements.category_keys) :] = elements.pair_weights
    constraints, bounds = unit_limits(limits, n + m)
    rows = [*constraints, *_covering(marks, n + m)]
    if floor is not None:
        rows.append(_at_least(n, n + m, *floor))
    found = minimise(-gain, rows, bounds, n, seconds=seconds)
    if found is None:
        chosen = _any(limits)
        return chosen, float(gain[n:] @ (marks[:, chosen].any(axis=1))), float(gain.sum())
    value = float(gain[n:] @ marks[:, found.chosen].any(axis=1))
    return found.chosen, value, value if found.optimal else -found.bound


def _covering(marks: Marks, width: int) -> list[Any]:
    """Every element is covered by no more than the chosen units that have it."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array, eye_array, hstack

    m, n = marks.shape
    parts = [csr_array(-marks.astype(float)), eye_array(m)]
    if width > n + m:
        parts.append(csr_array((m, width - n - m)))
    return [LinearConstraint(csr_array(hstack(parts)), -np.inf, 0)] if m else []


def _at_least(start: int, width: int, weights: Vector, least: float) -> Any:
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    row = np.zeros((1, width))
    row[0, start : start + len(weights)] = weights
    return LinearConstraint(csr_array(row), least, np.inf)


def _any(limits: Limits) -> Marks:
    constraints, bounds = unit_limits(limits, len(limits.must))
    found = minimise(np.zeros(len(limits.must)), constraints, bounds, len(limits.must))
    assert found is not None
    return found.chosen


def _distance_bound(
    elements: Elements, distance: Vector, limits: Limits, worth: Worth, seconds: float
) -> Solved:
    """The least mean distance of selections that cover as much; exact where it is small."""
    steps = sum(len(np.unique(row)) for row in distance)
    n = len(limits.must)
    marks = np.vstack([elements.categories, elements.pairs])
    split = len(elements.category_keys)
    floors = [
        (n, elements.category_weights, worth.categories - TOLERANCE),
        (n + split, elements.pair_weights, worth.pairs - TOLERANCE),
    ]
    if steps <= EXACT_ROWS:
        found = _nearest(distance, limits, marks, floors, worth, seconds)
        if found is not None:
            return found
    multipliers, bound = _relaxed(distance, limits, worth.distance * n)
    reduced = np.minimum(distance - multipliers[:, None], 0.0).sum(axis=0)
    constraints, bounds = unit_limits(limits, n + len(marks))
    rows = [*constraints, *_covering(marks, n + len(marks))]
    rows += [_at_least(at, n + len(marks), w, least) for at, w, least in floors if len(w)]
    cost = np.concatenate([reduced, np.zeros(len(marks))])
    found = minimise(cost, rows, bounds, n, seconds=min(seconds, 5.0))
    if found is not None:
        bound = max(bound, float(multipliers.sum()) + found.bound)
    return Solved(np.zeros(n, bool), bound / n, bound / n, optimal=False)


def _nearest(
    distance: Vector,
    limits: Limits,
    marks: Marks,
    floors: list[tuple[int, Vector, float]],
    worth: Worth,
    seconds: float,
) -> Solved | None:
    """The p-median by its steps of distance: Elloumi (2010), Computers & OR 37:1–10, model NF."""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array

    n, m = len(limits.must), len(marks)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    right: list[float] = []
    cost: list[float] = []
    constant = 0.0
    for unit in range(n):
        steps, place = np.unique(distance[unit], return_inverse=True)
        constant += float(steps[0])
        for k, (low, high) in enumerate(itertools.pairwise(steps)):
            at = len(right)
            there = np.flatnonzero(place == k)
            rows += [at] * (len(there) + 1)
            columns += [*there.tolist(), n + m + len(cost)]
            values += [1.0] * (len(there) + 1)
            if k:
                rows.append(at)
                columns.append(n + m + len(cost) - 1)
                values.append(-1.0)
            right.append(0.0 if k else 1.0)
            cost.append(float(high - low))
    width = n + m + len(cost)
    constraints, bounds = unit_limits(limits, width)
    steps_matrix = csr_array((values, (rows, columns)), shape=(len(right), width))
    found = minimise(
        np.concatenate([np.zeros(n + m), cost]),
        [
            *constraints,
            *_covering(marks, width),
            *[_at_least(at, width, w, least) for at, w, least in floors if len(w)],
            *([LinearConstraint(steps_matrix, np.array(right), np.inf)] if right else []),
        ],
        Bounds(bounds.lb, bounds.ub),
        n,
        seconds=seconds,
    )
    if found is None:
        return None
    least = (constant + found.bound) / n
    return Solved(found.chosen, (constant + found.value) / n, least, found.optimal)


def _relaxed(distance: Vector, limits: Limits, upper: float) -> tuple[Vector, float]:
    """Multipliers and bound of the Lagrangian relaxation of "each unit has one nearest case".

    Subgradient steps as in Beasley (1993), chapter 6 of Reeves (ed.), Modern Heuristic Techniques.
    """
    n = len(distance)
    free = np.flatnonzero(~limits.must_not & ~limits.must)
    left = limits.number - int(limits.must.sum())
    multipliers = np.partition(distance, min(1, n - 1), axis=1)[:, min(1, n - 1)].copy()
    best, kept, step, idle = -np.inf, multipliers, 2.0, 0
    for _ in range(ROUNDS):
        reduced = np.minimum(distance - multipliers[:, None], 0.0).sum(axis=0)
        order = free[np.argsort(reduced[free], kind="stable")[:left]]
        opened = np.concatenate([np.flatnonzero(limits.must), order])
        bound = float(multipliers.sum() + reduced[opened].sum())
        if bound > best + SAME:
            best, kept, idle = bound, multipliers.copy(), 0
        else:
            idle += 1
            if idle >= 20:
                step, idle = step / 2, 0
        lacking = 1.0 - (distance[:, opened] < multipliers[:, None]).sum(axis=1)
        norm = float(lacking @ lacking)
        if norm == 0 or step < 1e-3:
            break
        multipliers = np.maximum(multipliers + step * (upper * 1.01 - bound) / norm * lacking, 0.0)
    return kept, best
