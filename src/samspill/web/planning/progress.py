"""How the plan stands: measures by state, for a goal and for the whole policy."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samspill.web.municipality.measures import State, state_of
from samspill.web.municipality.models import Goal, Measure, Municipality, Policy

BAR = 1000
DRAWN = (State.DONE, State.UNDER_WAY, State.PLANNED, State.LATE)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure and how it stands; ``days_over`` counts from its deadline where it is late."""

    measure: Measure
    state: State
    days_over: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar that is ``BAR`` long."""

    state: State
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of measures that each stand in one; ``total`` leaves out those dropped."""

    done: int
    under_way: int
    planned: int
    late: int
    dropped: int

    @property
    def total(self) -> int:
        return self.done + self.under_way + self.planned + self.late

    @property
    def pieces(self) -> list[Piece]:
        """The bar, from what is done to what is late."""
        if not self.total:
            return []
        edges, so_far = [0], 0
        for state in DRAWN:
            so_far += getattr(self, state)
            edges.append(round(BAR * so_far / self.total))
        return [
            Piece(state, start, end - start)
            for state, start, end in zip(DRAWN, edges[:-1], edges[1:], strict=True)
            if end > start
        ]


@dataclass(frozen=True, slots=True)
class GoalLines:
    """A goal, its measures, and the progress of all of them whatever is looked for."""

    goal: Goal
    lines: Sequence[Line]
    progress: Progress


def policies(municipality: Municipality) -> list[Policy]:
    """A municipality's policies: the adopted first, then those being made, then replaced ones."""
    order = {"adopted": 0, "developing": 1, "replaced": 2}
    found = Policy.objects.filter(municipality=municipality)
    return sorted(
        found,
        key=lambda p: (
            order.get(p.state, 3),
            -(p.generation or 0),
            -(p.adopted_on or datetime.date.min).toordinal(),
            p.pk,
        ),
    )


def policy_named(municipality: Municipality, identifier: str) -> Policy | None:
    """The policy of this name, otherwise the one that holds; None before the first."""
    found = policies(municipality)
    named = [policy for policy in found if policy.identifier == identifier]
    return next(iter([*named, *found]), None)


def measures_of(policy: Policy) -> list[Measure]:
    """The measures of a policy, in the order of its goals and deadlines."""
    found = Measure.objects.filter(goal__policy=policy).select_related(
        "goal", "municipal_unit", "contact", "municipality"
    )
    return sorted(found, key=lambda m: (m.deadline or datetime.date.max, m.pk))


def goals_of(policy: Policy) -> list[Goal]:
    """The goals of a policy, in its own order."""
    found = Goal.objects.filter(policy=policy).select_related("municipality")
    return sorted(found, key=lambda g: (g.order is None, g.order or 0, g.pk))


def line_of(measure: Measure, today: datetime.date) -> Line:
    """How a measure stands on a day."""
    state = state_of(measure, today)
    over = (today - measure.deadline).days if state is State.LATE and measure.deadline else 0
    return Line(measure, state, over)


def progress_of(lines: Iterable[Line]) -> Progress:
    """Counts of lines by state."""
    counts = Counter(line.state for line in lines)
    return Progress(**{state.value: counts[state] for state in State})


def plan_of(policy: Policy, today: datetime.date) -> list[GoalLines]:
    """Goals with their measures, on a day."""
    lines = [line_of(measure, today) for measure in measures_of(policy)]
    found = []
    for goal in goals_of(policy):
        own = [line for line in lines if line.measure.goal_id == goal.pk]
        found.append(GoalLines(goal, own, progress_of(own)))
    return found


def late_lines(plan: Iterable[GoalLines]) -> list[Line]:
    """What is late, the longest over first."""
    late = [line for goal in plan for line in goal.lines if line.state is State.LATE]
    return sorted(late, key=lambda line: -line.days_over)
