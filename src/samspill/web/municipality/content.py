"""Entries as plain content: the columns of their table, with references as identifiers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from samspill.register import TABLES, Kind
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


def rows_of(
    municipality: Municipality, tables: Iterable[str] = tuple(TABLES)
) -> dict[str, list[Content]]:
    """All entries of a municipality by table, each with one query."""
    known: dict[str, dict[int, str]] = {}

    def identifiers(table: str) -> dict[int, str]:
        if table not in known:
            entries = MODELS[table]._default_manager.filter(municipality=municipality)
            known[table] = dict(entries.values_list("pk", "identifier"))
        return known[table]

    return {table: _rows(municipality, table, identifiers) for table in tables}


def _rows(municipality: Municipality, table: str, identifiers: Any) -> list[Content]:
    columns = TABLES[table].columns
    references = {c.name: identifiers(c.of) for c in columns if c.kind is Kind.REFERENCE}
    names = [c.name for c in columns]
    found = MODELS[table]._default_manager.filter(municipality=municipality).order_by("pk")
    rows = []
    for values in found.values_list(*names):
        row = dict(zip(names, values, strict=True))
        for name, of in references.items():
            row[name] = of[row[name]] if row[name] is not None else ""
        rows.append(row)
    return rows
