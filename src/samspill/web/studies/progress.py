"""The line of a study from design to publication: each workspace says how far its part has come.

@step("instrument")
def instrument(study: Study) -> Standing:
    return Standing(State.DONE, _("…one sentence…"), _("Look at it"), reverse(…))

It stands in ``<app>/steps.py``, which is found by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.web.access.permissions import Permission
from samspill.web.studies.models import Study

STEPS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "design": _("Design"),
        "frame": _("Frame"),
        "instrument": _("Questionnaire"),
        "fieldwork": _("Fieldwork"),
        "coding": _("Coding"),
        "analysis": _("Analysis"),
        "publication": _("Publication"),
    }
)


class State(StrEnum):
    """How far a step has come."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"


STATE_LABELS: Mapping[State, str | Promise] = MappingProxyType(
    {
        State.NOT_BEGUN: _("Not begun"),
        State.UNDER_WAY: _("Under way"),
        State.DONE: _("Done"),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one step stands: one sentence, and what to do next with the address to do it at.

    ``needs`` is the permission that the address takes, beyond seeing the study.
    """

    state: State
    sentence: str
    next: str = ""
    address: str = ""
    needs: Permission = Permission.READ_STUDY


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a study, with its standing; ``standing`` is None where no one tells of it."""

    identifier: str
    label: str
    standing: Standing | None

    @property
    def state(self) -> State:
        return self.standing.state if self.standing else State.NOT_BEGUN

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])


Telling = Callable[[Study], Standing]
_TELLINGS: dict[str, Telling] = {}


def step(identifier: str) -> Callable[[Telling], Telling]:
    """Register who tells where a step stands."""
    if identifier not in STEPS:
        raise LookupError(f"There is no step '{identifier}'; the steps are {', '.join(STEPS)}.")

    def register(telling: Telling) -> Telling:
        _TELLINGS[identifier] = telling
        return telling

    return register


def progress(study: Study, held: Collection[Permission] = ()) -> list[Step]:
    """All steps of a study, in order; without what to do where ``held`` does not allow it."""
    return [
        Step(identifier, str(label), _standing(identifier, study, held))
        for identifier, label in STEPS.items()
    ]


def _standing(identifier: str, study: Study, held: Collection[Permission]) -> Standing | None:
    if identifier not in _TELLINGS:
        return None
    told = _TELLINGS[identifier](study)
    return told if told.needs in held else replace(told, next="", address="")


def next_step(steps: list[Step]) -> Step | None:
    """The first step that is not done and says what to do. Once the last is done, steps that were
    never begun are left out: the study did without them."""
    passed = {State.DONE, State.NOT_BEGUN} if steps[-1].state is State.DONE else {State.DONE}
    open_steps = (s for s in steps if s.state not in passed)
    return next((s for s in open_steps if s.standing and s.standing.address), None)
