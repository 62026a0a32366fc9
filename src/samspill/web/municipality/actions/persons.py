"""A person is taken out of everything that is kept (General Data Protection Regulation, article
17); that there was a contact or an offer stays, without who it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from samspill.register import TABLES, Kind
from samspill.web.audit.erasing import ERASED, Traces, erase
from samspill.web.audit.models import Event
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import change_entry, subject_of
from samspill.web.municipality.erasing import HOLDINGS, KEPT, Person
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Entry, Municipality
from samspill.web.municipality.persons import FREE, known_of

Actor: TypeAlias = AbstractBaseUser | str
ERASE = "municipality.erase_person"
WHOLE = frozenset({Kind.EMAIL, Kind.PHONE, Kind.WEB})
"""Columns whose value is of no use without the part that is taken out."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of it: entries and events of the log that held the person; how much each holding
    gave up, and how much of what stays there is. ``event`` tells it in the log."""

    entries: int
    events: int
    holdings: Mapping[str, int]
    kept: Mapping[str, int]
    event: Event


@transaction.atomic
def erase_person(*, actor: Actor, municipality: Municipality, about: Sequence[Entry]) -> Erased:
    """Take out what identifies the person of some entries, wherever it stands."""
    texts = tuple(dict.fromkeys(text for entry in about for text in known_of(entry)))
    person = Person(actor, municipality, tuple(about), texts)
    kept = {one.name: n for one in KEPT.values() if (n := one.count(person))}
    emptied = {one.name: n for one in HOLDINGS.values() if (n := one.take_out(person))}
    chosen = {(entry.table, entry.pk) for entry in about}
    held = _from_register(person, chosen)
    subjects = [subject_of(entry) for entry in about]
    events = erase(person.anywhere, municipality=municipality.code)
    events += erase(texts, municipality=municipality.code, subjects=subjects)
    event = record(
        actor=actor,
        action=ERASE,
        subject=", ".join(subjects)[:200],
        municipality=municipality.code,
        new={"entries": held, "events": events, "holdings": emptied, "kept": kept},
    )
    return Erased(held, events, emptied, kept, event)


def _from_register(person: Person, chosen: set[tuple[str, int]]) -> int:
    """Take the person out of the register; gives the number of entries that held any."""
    everything = Traces(person.texts)
    held = 0
    for table in TABLES.values():
        columns = [c for c in table.columns if c.kind in FREE and c.name != "identifier"]
        for entry in entries(person.municipality, table.name):
            is_about = (table.name, entry.pk) in chosen
            traces = everything if is_about else person.traces
            values: dict[str, Any] = {
                c.name: "" if c.kind in WHOLE else traces.without(getattr(entry, c.name))
                for c in columns
                if traces.stand_in(getattr(entry, c.name))
            }
            if is_about:
                values |= _without_person(entry)
            held += bool(values)
            change_entry(actor=person.actor, entry=entry, values=values)
    return held


def _without_person(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {"status": "withdrawn"} if entry.table == "offers" else {}
    for column in TABLES[entry.table].columns:
        if column.personal:
            values[column.name] = ERASED if column.filled else ""
        elif column.name == "left_on" and entry.left_on is None:  # type: ignore[attr-defined]
            values[column.name] = timezone.localdate()
        elif column.kind is Kind.DATE and column.name == "keep_until":
            values[column.name] = None
    return values
