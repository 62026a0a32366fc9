"""Finding entries by table and identifier."""

from __future__ import annotations

from django.db import models
from django.http import Http404

from samspill.errors import SamspillError
from samspill.register import TABLES, Kind, Table
from samspill.web.municipality.models import MODELS, Entry, Municipality


def table_named(name: str) -> Table:
    """A table of the register; Http404 where there is none."""
    if name not in TABLES:
        raise Http404
    return TABLES[name]


def entries(municipality: Municipality, table: str) -> models.QuerySet[Entry]:
    """A municipality's entries in a table, with what they refer to."""
    related = [c.name for c in TABLES[table].columns if c.kind is Kind.REFERENCE]
    found = MODELS[table]._default_manager.filter(municipality=municipality)
    return found.select_related("municipality", *related)


def entry_named(municipality: Municipality, table: str, identifier: str) -> Entry:
    """One entry; SamspillError where there is none."""
    found = entries(municipality, table).filter(identifier=identifier).first()
    if found is None:
        raise SamspillError(
            f"There is no “{identifier}” in {table}.", "Check the name, or add it first."
        )
    return found


def referring(entry: Entry) -> dict[str, list[Entry]]:
    """What refers to an entry, by table."""
    found: dict[str, list[Entry]] = {}
    for table in TABLES.values():
        for column in table.references():
            if column.of != entry.table:
                continue
            held = entries(entry.municipality, table.name)
            if column.kind is Kind.REFERENCE:
                rows = list(held.filter(**{column.name: entry}))
            else:
                rows = [r for r in held if entry.identifier in getattr(r, column.name)]
            found.setdefault(table.name, []).extend(rows)
    return {name: list(dict.fromkeys(rows)) for name, rows in found.items() if rows}
