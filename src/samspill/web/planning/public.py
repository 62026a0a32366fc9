"""A policy as anyone may see it: only the columns that are shown, row by row."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.register import TABLES, Kind
from samspill.web.municipality.measures import State
from samspill.web.municipality.models import Entry, Input, Municipality, Policy, Process
from samspill.web.municipality.words import in_words
from samspill.web.planning.process import KIND
from samspill.web.planning.progress import Progress, plan_of, policies, progress_of


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A measure; ``state`` is empty where its status or deadline is not shown."""

    shown: dict[str, str]
    state: State | None
    days_over: int


@dataclass(frozen=True, slots=True)
class PublicGoal:
    """A goal and its measures; ``progress`` counts those whose status is shown."""

    shown: dict[str, str]
    lines: Sequence[PublicLine]
    progress: Progress


@dataclass(frozen=True, slots=True)
class PublicProcess:
    """How a policy was made, and what was done with each input."""

    shown: dict[str, str]
    inputs: Sequence[dict[str, str]]


def shown_of(entry: Entry) -> dict[str, str]:
    """All columns of an entry in words, empty where they are not shown; a reference is shown where
    the other's name is, too."""
    columns = TABLES[entry.table].columns
    found = dict.fromkeys((column.name for column in columns), "")
    for column in columns:
        if column.name not in entry.public or column.personal:
            continue
        value = getattr(entry, column.name)
        if column.kind is Kind.REFERENCE:
            if value is not None and _name_is_shown(value):
                found[column.name] = str(value)
            continue
        found[column.name] = in_words(column, value)
    return found


def public_policy(municipality: Municipality) -> Policy | None:
    """The policy that anyone is shown first; None where none has a title that is shown."""
    return next((p for p in policies(municipality) if "title" in p.public), None)


def public_goals(policy: Policy, today: datetime.date) -> list[PublicGoal]:
    """The goals whose titles are shown, with the measures whose titles are."""
    found = []
    for goal in plan_of(policy, today):
        if "title" not in goal.goal.public:
            continue
        visible = [line for line in goal.lines if "title" in line.measure.public]
        stated = [line for line in visible if {"status", "deadline"} <= set(line.measure.public)]
        lines = [
            PublicLine(
                shown_of(line.measure),
                line.state if line in stated else None,
                line.days_over if line in stated else 0,
            )
            for line in visible
        ]
        found.append(PublicGoal(shown_of(goal.goal), lines, progress_of(stated)))
    return found


def public_processes(policy: Policy) -> list[PublicProcess]:
    """The making of a policy, with the inputs that have come in."""
    found = []
    made = Process.objects.filter(policy=policy, kind=KIND).order_by("pk")
    for process in made:
        if "title" not in process.public:
            continue
        given = (
            Input.objects.filter(process=process)
            .exclude(received_on=None)
            .select_related("organisation", "municipal_unit")
            .order_by("received_on", "pk")
        )
        found.append(PublicProcess(shown_of(process), [shown_of(one) for one in given]))
    return found


def _name_is_shown(entry: Entry) -> bool:
    name = next(c for c in TABLES[entry.table].columns if c.name in {"name", "title"})
    return name.name in entry.public and not name.personal
