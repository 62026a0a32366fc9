"""What of a register is shown to anyone.

The cell ``public`` of a row names the columns that are shown; left empty, the columns that are
public by the schema are, and ``none`` shows nothing of the row. A column that may identify a person
is shown only where the cell names it, and only in a contact that has not left. Some tables are
never shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.register.model import Register, Row
from samspill.register.schema import LISTS, TABLES, Column, Kind
from samspill.register.values import Value, split

NOTHING = "none"
"""Stands in the cell ``public`` of a row of which nothing is shown."""

NEVER = frozenset({"identifier", "provenance", "verified_on", "note", "public"})
"""Columns that the cell ``public`` cannot name; the identifier goes with a row that is shown."""


INTERNAL = frozenset(
    table.name for table in TABLES.values() if not any(column.public for column in table.columns)
)
"""Tables of which nothing is public by the schema; nothing of them can be shown."""


def may_be_public(table: str, column: Column, row: Row) -> bool:
    """Whether a row may show a column when its cell ``public`` names it."""
    if column.name in NEVER or table in INTERNAL:
        return False
    return not column.personal or (table == "contacts" and row["left_on"] is None)


def public_columns(table: str, row: Row) -> tuple[str, ...]:
    """The names of the columns of a row that are shown to anyone, in order; none: not the row."""
    chosen = row["public"]
    named = split(str(chosen)) if chosen else ()
    return tuple(
        column.name
        for column in TABLES[table].columns
        if may_be_public(table, column, row) and (column.name in named if chosen else column.public)
    )


def public_register(register: Register) -> Register:
    """The register as anyone may see it.

    A row of which nothing is shown is left out, and so are references to it. ``public`` is empty
    in every row, as are the other columns that are not shown.
    """
    shown = {table: list(_shown(table, rows)) for table, rows in register.tables.items()}
    known = {table: {row["identifier"] for row in rows} for table, rows in shown.items()}
    tables = {
        table: [without_hidden_references(table, row, known) for row in rows]
        for table, rows in shown.items()
    }
    return Register.of(
        register.municipality_code, register.name, tables, invented=register.invented
    )


def _shown(table: str, rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        columns = public_columns(table, row)
        if columns:
            yield {name: row[name] for name in ("identifier", *columns)}


def without_hidden_references(table: str, row: Row, known: dict[str, set[Value]]) -> Row:
    """A row without references to rows that are not ``known``: identifiers by table."""
    kept = dict(row)
    for column in TABLES[table].references():
        value = kept.get(column.name)
        if column.kind is Kind.REFERENCE and value not in known[column.of]:
            kept[column.name] = None
        elif column.kind in LISTS and isinstance(value, tuple):
            kept[column.name] = tuple(item for item in value if item in known[column.of])
    return kept
