"""Entries as plain content, and a municipality's entries as the library's register.

In the library an empty cell is None, lists are tuples, and the cell ``public`` is text
(``samspill.register.publicity``); an entry has the list of the columns that are shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from samspill.register import TABLES, Kind, Register
from samspill.register.publicity import NOTHING
from samspill.register.values import Value, joined, split
from samspill.web.municipality.models import MODELS, Entry, Municipality

Content: TypeAlias = dict[str, Any]
"""Column to value: text, whole numbers, numbers, booleans, dates, times, lists of text, None."""


def content_of(entry: Entry) -> Content:
    """What an entry holds."""
    found: Content = {}
    for column in TABLES[entry.table].columns:
        value = getattr(entry, column.name)
        if column.kind is Kind.REFERENCE:
            value = value.identifier if value is not None else ""
        found[column.name] = value
    return found


def plain(content: Mapping[str, Any]) -> Content:
    """The same in values that JSON holds, for the log."""
    return {
        name: value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value
        for name, value in content.items()
    }


def register_of(municipality: Municipality) -> Register:
    """All of a municipality's register."""
    tables = rows_of(municipality)
    return Register.of(municipality.code, municipality.name, tables, invented=municipality.invented)


def rows_of(
    municipality: Municipality, tables: Iterable[str] = tuple(TABLES)
) -> dict[str, list[dict[str, Value]]]:
    """The rows of some tables as the library has them, each table with one query."""
    known: dict[str, dict[int, str]] = {}

    def identifiers(table: str) -> dict[int, str]:
        if table not in known:
            entries = MODELS[table]._default_manager.filter(municipality=municipality)
            known[table] = dict(entries.values_list("pk", "identifier"))
        return known[table]

    return {table: _rows(municipality, table, identifiers) for table in tables}


def shown_from_the_start(table: str) -> list[str]:
    """The columns of a table that are shown to anyone where nothing else is decided."""
    return [column.name for column in TABLES[table].columns if column.public]


def shown_by(table: str, cell: Any) -> list[str]:
    """The columns that a cell ``public`` of the library shows."""
    if not cell:
        return shown_from_the_start(table)
    return [] if cell == NOTHING else list(split(str(cell)))


def _public_cell(table: str, shown: list[str]) -> str | None:
    if set(shown) == set(shown_from_the_start(table)):
        return None
    return joined(tuple(c.name for c in TABLES[table].columns if c.name in shown)) or NOTHING


def _rows(municipality: Municipality, table: str, identifiers: Any) -> list[dict[str, Value]]:
    columns = TABLES[table].columns
    references = {c.name: identifiers(c.of) for c in columns if c.kind is Kind.REFERENCE}
    names = [c.name for c in columns]
    found = MODELS[table]._default_manager.filter(municipality=municipality).order_by("pk")
    rows = []
    for values in found.values_list(*names):
        row: dict[str, Value] = {}
        for name, value in zip(names, values, strict=True):
            if name in references:
                row[name] = references[name].get(value)
            elif name == "public":
                row[name] = _public_cell(table, value)
            else:
                row[name] = (
                    tuple(value) if isinstance(value, list) else (None if value == "" else value)
                )
        rows.append(row)
    return rows
