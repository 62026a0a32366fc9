"""What an event of the log changed in an entry, in words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from samspill.register import TABLES, Column, Kind
from samspill.web.audit import erasing
from samspill.web.audit.describing import action_label
from samspill.web.audit.models import Event
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Municipality
from samspill.web.municipality.words import column_name, in_words

Names: TypeAlias = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A column with its old and new value in words."""

    name: str
    old: str
    new: str


def told(
    municipality: Municipality, events: Iterable[Event]
) -> list[tuple[Event, str, list[Changed]]]:
    """Each event with what it is called and what it changed."""
    known: dict[str, dict[str, str]] = {}

    def name(table: str, identifier: str) -> str:
        if table not in known:
            known[table] = {e.identifier: str(e) for e in entries(municipality, table)}
        return known[table].get(identifier, identifier)

    return [(event, action_label(event.action), _changed(event, name)) for event in events]


def _changed(event: Event, name: Names) -> list[Changed]:
    table = TABLES.get(event.subject.partition("/")[0])
    if table is None:
        return []
    old, new = event.old or {}, event.new or {}
    return [
        Changed(
            column_name(table.name, column.name),
            _words(table.name, column, old.get(column.name), name),
            _words(table.name, column, new.get(column.name), name),
        )
        for column in table.columns
        if old.get(column.name) != new.get(column.name) and column.name != "identifier"
    ]


def _words(table: str, column: Column, value: Any, name: Names) -> str:  # noqa: PLR0911
    if not value:
        return in_words(column, value)
    if column.kind is Kind.DATE:
        return in_words(column, datetime.date.fromisoformat(value))
    if column.kind is Kind.TIME:
        return in_words(column, datetime.time.fromisoformat(value))
    if column.kind is Kind.REFERENCE:
        return name(column.of, value)
    if column.kind is Kind.REFERENCES:
        return ", ".join(name(column.of, one) for one in value)
    if column.name == "public":
        return ", ".join(column_name(table, one) for one in value)
    return erasing.in_words(in_words(column, value))
