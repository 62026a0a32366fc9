"""What a municipality's register and its log hold of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from samspill.register import TABLES, Column, Kind
from samspill.web.audit.erasing import ERASED, Traces
from samspill.web.audit.models import Event
from samspill.web.municipality.content import content_of, plain
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Entry, Municipality

FREE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE, Kind.WEB})
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that holds a text, and the columns in which it does; ``is_about`` where one of them
    is of a person."""

    entry: Entry
    columns: tuple[Column, ...]

    @property
    def is_about(self) -> bool:
        return any(column.personal for column in self.columns)


def mentions(municipality: Municipality, texts: Iterable[str]) -> list[Found]:
    """Every entry in which one of the texts stands, upper and lower case alike, telephone numbers
    however they are spaced; texts of less than three characters are left out."""
    wanted = [text.casefold() for text in texts if len(text.strip()) >= SHORTEST]
    if not wanted:
        return []
    traces = Traces(wanted)
    found = []
    for table in TABLES.values():
        columns = [c for c in table.columns if c.kind in FREE and c.name != "identifier"]
        for entry in entries(municipality, table.name):
            held = tuple(
                c
                for c in columns
                if _holds(getattr(entry, c.name), wanted) or traces.stand_in(getattr(entry, c.name))
            )
            if held:
                found.append(Found(entry, held))
    return found


def identifying(entry: Entry) -> list[str]:
    """What an entry says that identifies a person."""
    columns = (c for c in TABLES[entry.table].columns if c.personal and c.kind in FREE)
    told = (str(getattr(entry, c.name)).strip() for c in columns if c.kind is not Kind.LONG_TEXT)
    return [text for text in told if len(text) >= SHORTEST]


def known_of(entry: Entry) -> list[str]:
    """What identifies the person of an entry now, and what did before, as the log has it.

    The log is followed back for as long as the entry is about the same person: not past a change of
    name that leaves no word of it.
    """
    found = dict.fromkeys(identifying(entry))
    name = str(getattr(entry, "name", ""))
    columns = [
        c.name
        for c in TABLES[entry.table].columns
        if c.personal and c.kind in FREE and c.kind is not Kind.LONG_TEXT
    ]
    events = Event.objects.filter(
        municipality=entry.municipality.code, subject=f"{entry.table}/{entry.identifier}"
    )
    for event in events.order_by("-pk"):
        for content in (event.new, event.old):
            told = content if isinstance(content, dict) else {}
            before = str(told.get("name") or name)
            if name and not _words(before) & _words(name):
                return [text for text in found if len(text) >= SHORTEST]
            name = before
            found |= dict.fromkeys(str(told[c]).strip() for c in columns if told.get(c))
    return [text for text in found if len(text) >= SHORTEST and text != ERASED]


def _words(name: str) -> set[str]:
    return set(name.casefold().split())


def events_about(municipality: Municipality, texts: Iterable[str]) -> list[Event]:
    """The events of the log in which one of the texts stands."""
    wanted = [text.casefold() for text in texts if len(text.strip()) >= SHORTEST]
    events = Event.objects.filter(municipality=municipality.code)
    return [e for e in events.iterator(chunk_size=500) if _holds([e.old, e.new, e.actor], wanted)]


def taken_out(municipality: Municipality, about: Iterable[Entry]) -> dict[str, Any]:
    """All that is known of the person of some entries, in values that JSON holds: the entries, the
    others in which the person is mentioned, and the events of the log."""
    texts = [text for entry in about for text in identifying(entry)]
    return {
        "municipality": municipality.code,
        "invented": municipality.invented,
        "entries": [
            {"table": found.entry.table, **plain(content_of(found.entry))}
            for found in mentions(municipality, texts)
        ],
        "log": [
            {
                "at": event.at.isoformat(),
                "action": event.action,
                "subject": event.subject,
                "old": event.old,
                "new": event.new,
            }
            for event in events_about(municipality, texts)
        ],
    }


def _holds(value: Any, wanted: list[str]) -> bool:
    if isinstance(value, str):
        folded = value.casefold()
        return any(text in folded for text in wanted)
    if isinstance(value, dict):
        return any(_holds(part, wanted) for part in value.values())
    if isinstance(value, list):
        return any(_holds(part, wanted) for part in value)
    return False
