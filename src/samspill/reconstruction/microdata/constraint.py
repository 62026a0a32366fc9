"""Constraints on counts: linear expressions that lie together in one of several boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from samspill.reconstruction.microdata.specification import Margin

Expression: TypeAlias = tuple[tuple[Margin, int], ...]
Interval: TypeAlias = tuple[int, int]
Box: TypeAlias = tuple[Interval, ...]
Bounds: TypeAlias = dict[Margin, Interval]


@dataclass(frozen=True, slots=True)
class CountConstraint:
    """``expressions`` have values in one of ``boxes`` (an interval for each, ends included).

    With one box this is a set of linear inequalities, with several a disjunction of such sets,
    with none it can never hold.
    """

    expressions: tuple[Expression, ...]
    boxes: tuple[Box, ...]

    @property
    def margins(self) -> Iterable[Margin]:
        return (margin for expression in self.expressions for margin, _ in expression)

    def holds(self, counts: Mapping[Margin, int]) -> bool:
        """Whether the counts satisfy the constraint."""
        values = [sum(c * counts[m] for m, c in e) for e in self.expressions]
        return any(
            all(low <= value <= high for value, (low, high) in zip(values, box, strict=True))
            for box in self.boxes
        )


def between(expression: Expression, low: int, high: int) -> CountConstraint:
    """``low`` ≤ ``expression`` ≤ ``high``."""
    return CountConstraint((expression,), (((low, high),),))


def reach(expression: Expression, bounds: Mapping[Margin, Interval]) -> Interval:
    """The smallest and largest value that an expression can have within ``bounds``."""
    low = high = 0
    for margin, factor in expression:
        ends = (factor * bounds[margin][0], factor * bounds[margin][1])
        low += min(ends)
        high += max(ends)
    return low, high


def runs(allowed: Iterable[int]) -> list[Interval]:
    """Increasing whole numbers as intervals."""
    intervals: list[Interval] = []
    for value in allowed:
        if intervals and intervals[-1][1] == value - 1:
            intervals[-1] = (intervals[-1][0], value)
        else:
            intervals.append((value, value))
    return intervals


def tightened(
    constraints: Iterable[CountConstraint], bounds: Bounds
) -> tuple[list[CountConstraint], Bounds] | None:
    """The same constraints with fewer boxes and the bounds they imply; None where none can hold.

    Boxes out of reach are dropped and bounds narrowed until nothing changes (bound propagation);
    no solution is lost.
    """
    current = list(constraints)
    bounds = dict(bounds)
    changed = True
    while changed:
        changed = False
        for at, constraint in enumerate(current):
            boxes = _within_reach(constraint, bounds)
            if not boxes:
                return None
            if len(boxes) < len(constraint.boxes):
                current[at] = CountConstraint(constraint.expressions, boxes)
                changed = True
            narrowed = _narrow(current[at], bounds)
            if narrowed is None:
                return None
            changed = changed or narrowed
    return current, bounds


def _within_reach(constraint: CountConstraint, bounds: Bounds) -> tuple[Box, ...]:
    reaches = [reach(expression, bounds) for expression in constraint.expressions]
    return tuple(
        box
        for box in constraint.boxes
        if all(
            low <= end and high >= start
            for (low, high), (start, end) in zip(box, reaches, strict=True)
        )
    )


def _narrow(constraint: CountConstraint, bounds: Bounds) -> bool | None:
    """Narrow ``bounds`` by the hull of the boxes; None where a margin has no value left."""
    changed = False
    for at, expression in enumerate(constraint.expressions):
        low = min(box[at][0] for box in constraint.boxes)
        high = max(box[at][1] for box in constraint.boxes)
        start, end = reach(expression, bounds)
        for margin, factor in expression:
            old = bounds[margin]
            own = reach(((margin, factor),), bounds)
            ends = (low - (end - own[1]), high - (start - own[0]))
            if factor > 0:
                new = (max(old[0], -(-ends[0] // factor)), min(old[1], ends[1] // factor))
            else:
                new = (max(old[0], -(-ends[1] // factor)), min(old[1], ends[0] // factor))
            if new[0] > new[1]:
                return None
            if new != old:
                bounds[margin] = new
                start, end = reach(expression, bounds)
                changed = True
    return changed
