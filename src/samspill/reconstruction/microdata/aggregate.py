"""The counts behind the print: which are possible, and one choice of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from samspill.reconstruction.microdata.constraint import (
    Bounds,
    CountConstraint,
    Expression,
    Interval,
    between,
    reach,
    tightened,
)
from samspill.reconstruction.microdata.program import solve_counts
from samspill.reconstruction.microdata.specification import (
    WHOLE_UNIT,
    Assumption,
    Margin,
    Specification,
)
from samspill.reconstruction.microdata.statements import ASSUMED, Statement


def natural_bounds(specification: Specification) -> Bounds:
    """Every margin with nothing known: between 0 and the size of its group."""
    names = [v.name for v in specification.binary] + [o.answered for o in specification.ordinal]
    return {
        Margin(name, field, group): (0, size)
        for name in names
        for field in specification.fields_of(name)
        for group, size in specification.groups.items()
    }


def structure(specification: Specification) -> list[CountConstraint]:
    """What holds by definition: unions, and answers only from those asked."""
    constraints = []
    for union in specification.unions:
        for field in specification.fields_of(union.whole):
            for group in specification.groups:
                constraints += _within(union.whole, union.members, field, group, specification)
                constraints.append(_covered(union.whole, union.members, field, group))
    for variable in specification.binary:
        if variable.asked_of:
            for field in variable.fields:
                for group in specification.groups:
                    constraints += _within(
                        variable.asked_of, (variable.name,), field, group, specification
                    )
    return constraints


def assumed(specification: Specification, assumption: Assumption) -> list[Statement]:
    """An assumption as statements, one in each field where it says something."""
    fields = {f: None for m in assumption.members for f in specification.fields_of(m)}
    statements = []
    for field in fields:
        constraints: list[CountConstraint] = []
        for group in specification.groups:
            members = [m for m in assumption.members if field in specification.fields_of(m)]
            constraints += _within(assumption.whole, members, field, group, specification)
            if assumption.covering:
                constraints.append(_covered(assumption.whole, members, field, group))
        name = f"{ASSUMED}/{assumption.name}" + (f"/{field}" if field else "")
        statements.append(Statement(name, f"assumed: {assumption.name}", tuple(constraints)))
    return statements


def _within(
    whole: str, members: Iterable[str], field: str, group: str, specification: Specification
) -> list[CountConstraint]:
    size = specification.groups[group]
    above = Margin(whole, _field_above(specification, whole, field), group)
    return [
        between(((above, 1), (Margin(member, field, group), -1)), 0, size) for member in members
    ]


def _field_above(specification: Specification, whole: str, field: str) -> str:
    return field if field in specification.fields_of(whole) else WHOLE_UNIT


def _covered(whole: str, members: Sequence[str], field: str, group: str) -> CountConstraint:
    terms: list[tuple[Margin, int]] = [(Margin(m, field, group), 1) for m in members]
    return between((*terms, (Margin(whole, field, group), -1)), 0, 10**9)


PartKey: TypeAlias = tuple[tuple[CountConstraint, ...], tuple[tuple[Margin, Interval], ...]]


@dataclass(frozen=True, slots=True)
class Component:
    """Margins that hang together, with what is said of them."""

    bounds: Bounds
    constraints: tuple[CountConstraint, ...]


def components(constraints: Sequence[CountConstraint], bounds: Bounds) -> list[Component]:
    """The problem cut into parts that share no margin."""
    leader = {margin: margin for margin in bounds}

    def find(margin: Margin) -> Margin:
        while leader[margin] != margin:
            leader[margin] = leader[leader[margin]]
            margin = leader[margin]
        return margin

    for constraint in constraints:
        first, *rest = constraint.margins
        for margin in rest:
            leader[find(margin)] = find(first)
    parts: dict[Margin, tuple[Bounds, list[CountConstraint]]] = {}
    for margin, interval in bounds.items():
        parts.setdefault(find(margin), ({}, []))[0][margin] = interval
    for constraint in constraints:
        parts[find(next(iter(constraint.margins)))][1].append(constraint)
    return [Component(part, tuple(own)) for part, own in parts.values()]


class Region:
    """The counts that satisfy constraints: what is settled, and the parts that are open.

    ``empty`` where nothing satisfies them by bound propagation alone; ``feasible`` decides fully.
    """

    def __init__(self, constraints: Sequence[CountConstraint], bounds: Bounds) -> None:
        narrowed = tightened(constraints, bounds)
        self.empty = narrowed is None
        self.bounds: Bounds = {} if narrowed is None else narrowed[1]
        self.parts = [] if narrowed is None else _open_parts(*narrowed)

    def feasible(self, known: dict[PartKey, bool] | None = None) -> bool:
        """Whether any counts are in the region; ``known`` remembers parts decided before."""
        if self.empty:
            return False
        remembered = {} if known is None else known
        for part in self.parts:
            key = part.constraints, tuple(part.bounds.items())
            if key not in remembered:
                remembered[key] = solve_counts(part.constraints, part.bounds) is not None
            if not remembered[key]:
                return False
        return True

    def range(self, expression: Expression) -> Interval:
        """The smallest and largest value of an expression over a feasible region, exact.

        Parts share no margin, so each adds its own range.
        """
        placed = {margin for part in self.parts for margin in part.bounds}
        low, high = reach(tuple(term for term in expression if term[0] not in placed), self.bounds)
        for part in self.parts:
            own = tuple(term for term in expression if term[0] in part.bounds)
            if own:
                ends = _range(part, own)
                low, high = low + ends[0], high + ends[1]
        return low, high

    def choose(self, targets: Mapping[Margin, float]) -> dict[Margin, int]:
        """Counts of a feasible region, as near as possible to ``targets``."""
        chosen = {}
        for margin, (low, high) in self.bounds.items():
            chosen[margin] = min(max(round(targets.get(margin, low)), low), high)
        for part in self.parts:
            own = {m: targets[m] for m in part.bounds if m in targets}
            chosen |= _solved(part, targets=own)
        return chosen


def _solved(
    part: Component,
    objective: Expression = (),
    targets: Mapping[Margin, float] | None = None,
) -> dict[Margin, int]:
    counts = solve_counts(part.constraints, part.bounds, objective=objective, targets=targets)
    if counts is None:
        raise ValueError("the region is empty")
    return counts


def _range(part: Component, expression: Expression) -> Interval:
    ends = []
    for sign in (1, -1):
        counts = _solved(part, tuple((m, sign * c) for m, c in expression))
        ends.append(sum(c * counts[m] for m, c in expression))
    return ends[0], ends[1]


def _open_parts(constraints: list[CountConstraint], bounds: Bounds) -> list[Component]:
    """The parts in which something is still open."""
    settled = {m for m, (low, high) in bounds.items() if low == high}
    return [
        part
        for part in components(_without(constraints, bounds, settled), bounds)
        if part.constraints and not settled.issuperset(part.bounds)
    ]


def _without(
    constraints: list[CountConstraint], bounds: Bounds, settled: set[Margin]
) -> list[CountConstraint]:
    """The constraints with settled margins put in as numbers."""
    reduced = []
    for constraint in constraints:
        expressions: list[Expression] = []
        shifts = []
        for expression in constraint.expressions:
            shifts.append(sum(c * bounds[m][0] for m, c in expression if m in settled))
            expressions.append(tuple((m, c) for m, c in expression if m not in settled))
        if not any(expressions):
            continue
        boxes = tuple(
            tuple((low - s, high - s) for (low, high), s in zip(box, shifts, strict=True))
            for box in constraint.boxes
        )
        reduced.append(CountConstraint(tuple(expressions), boxes))
    return reduced
