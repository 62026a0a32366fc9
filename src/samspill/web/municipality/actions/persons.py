"""A person is taken out of the register and its log (General Data Protection Regulation, article
17); that there was a contact or an offer stays, without who it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from samspill.register import TABLES, Kind
from samspill.web.audit.erasing import ERASED, erase, without
from samspill.web.audit.recording import record
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.municipality.models import Entry, Municipality
from samspill.web.municipality.persons import identifying, mentions

Actor: TypeAlias = AbstractBaseUser | str


@dataclass(frozen=True, slots=True)
class Erased:
    """How many entries and events of the log held the person."""

    entries: int
    events: int


@transaction.atomic
def erase_person(*, actor: Actor, municipality: Municipality, about: Sequence[Entry]) -> Erased:
    """Take out what identifies the person of some entries, wherever it stands."""
    texts = [text for entry in about for text in identifying(entry)]
    found = mentions(municipality, texts)
    chosen = {(entry.table, entry.pk) for entry in about}
    for one in found:
        values: dict[str, Any] = {
            c.name: without(getattr(one.entry, c.name), texts) for c in one.columns
        }
        if (one.entry.table, one.entry.pk) in chosen:
            values |= _without_person(one.entry)
        change_entry(actor=actor, entry=one.entry, values=values)
    events = erase(texts, municipality=municipality.code)
    record(
        actor=actor,
        action="municipality.erase_person",
        subject=", ".join(f"{entry.table}/{entry.identifier}" for entry in about)[:200],
        municipality=municipality.code,
        new={"entries": len(found), "events": events},
    )
    return Erased(len(found), events)


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
