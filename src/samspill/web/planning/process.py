"""How the making of a policy stands: its steps, each with what is done and what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.web.municipality.models import Input, Process
from samspill.web.planning.hearing import Group

KIND = "volunteer_policy"


class StepState(StrEnum):
    """How far a step has come."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"


STATE_LABELS: dict[StepState, str | Promise] = {
    StepState.DONE: _("Done"),
    StepState.UNDER_WAY: _("Under way"),
    StepState.NOT_BEGUN: _("Not begun"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step; ``name`` is that of its page."""

    name: str
    state: StepState

    @property
    def label(self) -> str:
        return str(STATE_LABELS[self.state])


@dataclass(frozen=True, slots=True)
class Course:
    """Counts of a process' inputs, and its steps in order."""

    listed: int
    invited: int
    received: int
    settled: int
    missing: Sequence[Group]
    steps: Sequence[Step]

    @property
    def next_step(self) -> Step | None:
        """The first that is not done."""
        return next((step for step in self.steps if step.state is not StepState.DONE), None)


def is_settled(given: Input) -> bool:
    """Whether it is said, with the reason, what was done with an input."""
    return given.outcome not in {"", "pending"} and bool(given.reason.strip())


def course_of(
    process: Process, given: Sequence[Input], groups: Sequence[Group], today: datetime.date
) -> Course:
    """How a process stands on a day, with its inputs and the breadth of its list.

    Inputs are all in when everyone has answered, when the deadline is past, or when the policy is
    adopted.
    """
    received = [one for one in given if one.received_on is not None]
    invited = sum(one.invited_on is not None for one in given)
    settled = sum(is_settled(one) for one in received)
    missing = [group for group in groups if group.is_missing]
    adopted = process.adopted_on is not None
    closed = process.deadline is not None and process.deadline < today
    all_in = adopted or len(received) == len(given) or (closed and bool(received))
    steps = (
        Step("hearing", _state(len(given), done=bool(given) and not missing)),
        Step("invitations", _state(invited, done=bool(given) and invited == len(given))),
        Step("inputs", _state(len(received), done=bool(given) and all_in)),
        Step("answers", _state(settled, done=bool(received) and settled == len(received))),
        Step("adoption", StepState.DONE if adopted else StepState.NOT_BEGUN),
    )
    return Course(len(given), invited, len(received), settled, missing, steps)


def _state(begun: int, *, done: bool) -> StepState:
    if done:
        return StepState.DONE
    return StepState.UNDER_WAY if begun else StepState.NOT_BEGUN
