"""The survey sheet as groups of questions, each with its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from samspill.errors import Message
from samspill.instrument.model import Question, Words
from samspill.instrument.xlsform.sheets import Faults, Row, Sheet

METADATA = {"start", "end", "today", "deviceid", "username"} | {
    "phonenumber",
    "email",
    "simserial",
    "subscriberid",
    "audit",
}
_SIMPLE = {
    "text": "text",
    "string": "text",
    "integer": "count",
    "int": "count",
    "decimal": "number",
    "note": "note",
}
_SELECTS = {
    "select_one": "nominal",
    "select one": "nominal",
    "select_multiple": "multiple",
    "select multiple": "multiple",
}


@dataclass(slots=True)
class Entry:
    """A question's row; ``type`` is Samspill's, ``choices`` the name of its list or empty."""

    row: Row
    type: str
    choices: str = ""
    question: Question | None = None


@dataclass(slots=True)
class Group:
    """A group's row (None for questions outside any), its label, and what stands in it."""

    row: Row | None
    members: list[Entry | Group] = field(default_factory=list)
    text: Words = field(default_factory=dict)


def groups(sheet: Sheet, faults: Faults) -> list[Group]:
    """The groups on the first level; runs of questions between them are groups without row."""
    top = Group(None)
    open_groups = [top]
    for row in sheet.rows:
        kind = " ".join(row["type"].split())
        plain = kind.lower().replace(" ", "_")
        if plain == "begin_group":
            group = Group(row)
            open_groups[-1].members.append(group)
            open_groups.append(group)
        elif plain == "end_group":
            if len(open_groups) == 1:
                step = "Take it away, or begin the group."
                faults.report(sheet.name, row, "type", "No group is open here.", step)
            else:
                open_groups.pop()
        elif plain not in METADATA:
            entry = _entry(sheet.name, row, kind, faults)
            if entry is not None:
                open_groups[-1].members.append(entry)
    if len(open_groups) > 1:
        step = "Add end_group."
        faults.report(sheet.name, open_groups[-1].row, "type", "The group is not ended.", step)
    return list(_paged(top))


def _paged(top: Group) -> Iterator[Group]:
    loose = Group(None)
    for member in top.members:
        if isinstance(member, Group):
            if loose.members:
                yield loose
                loose = Group(None)
            yield member
        else:
            loose.members.append(member)
    if loose.members:
        yield loose


def _entry(sheet: str, row: Row, kind: str, faults: Faults) -> Entry | None:
    if not kind:
        faults.report(sheet, row, "type", "The type is missing.", "Write it, or empty the row.")
        return None
    if kind.lower() in _SIMPLE:
        return Entry(row, _SIMPLE[kind.lower()])
    for written, type_ in _SELECTS.items():
        rest = kind[len(written) :].split()
        if kind.lower().startswith(f"{written} ") and len(rest) == 1:
            return Entry(row, type_, rest[0])
    step = "Use text, integer, decimal, note, select_one or select_multiple with one list."
    faults.report(
        sheet, row, "type", Message("The type “{kind}” is not supported.", kind=kind), step
    )
    return None
