"""What an event of the log changed in an entry, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samspill.register import TABLES, Column, Kind
from samspill.web.audit import erasing
from samspill.web.audit.models import Event
from samspill.web.municipality.words import column_name, in_words


@dataclass(frozen=True, slots=True)
class Changed:
    """A column with its old and new value in words."""

    name: str
    old: str
    new: str


def changed_values(event: Event) -> list[Changed]:
    """What differs between an event's old and new content, column by column."""
    table = TABLES.get(event.subject.partition("/")[0])
    if table is None:
        return []
    old, new = event.old or {}, event.new or {}
    found = []
    for column in table.columns:
        before, after = old.get(column.name), new.get(column.name)
        if before == after or column.name == "identifier":
            continue
        found.append(
            Changed(
                column_name(table.name, column.name), _words(column, before), _words(column, after)
            )
        )
    return found


def _words(column: Column, value: Any) -> str:
    if column.kind in {Kind.DATE, Kind.TIME, Kind.REFERENCE}:
        return str(value or "")
    return erasing.in_words(in_words(column, value))
