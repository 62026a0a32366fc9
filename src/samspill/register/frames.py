"""The tables of a register as typed Polars frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.register.schema import LISTS, TABLES, Kind

Tables = Mapping[str, pl.DataFrame]
"""The tables of a register by name, each with the schema that ``table_schema`` gives."""

Schema = dict[str, pl.DataType | type[pl.DataType]]
"""Columns and their types."""

_TYPES: Mapping[Kind, type[pl.DataType]] = {
    Kind.INTEGER: pl.Int64,
    Kind.AMOUNT: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.BOOLEAN: pl.Boolean,
    Kind.DATE: pl.Date,
    Kind.TIME: pl.Time,
}


def column_type(kind: Kind) -> pl.DataType:
    """The type of a column of this kind: lists as lists of text, what is not typed as text."""
    return pl.List(pl.String()) if kind in LISTS else _TYPES.get(kind, pl.String)()


def table_schema(table: str) -> dict[str, pl.DataType]:
    """The columns of a table and their types; KeyError where there is no such table."""
    return {column.name: column_type(column.kind) for column in TABLES[table].columns}


def empty_tables() -> dict[str, pl.DataFrame]:
    """Every table, without rows."""
    return {name: pl.DataFrame(schema=table_schema(name)) for name in TABLES}


def tables_of(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, pl.DataFrame]:
    """Every table, with these rows; a column that a row does not name is null.

    Raises SamspillError for a table or column that there is not.
    """
    tables = empty_tables()
    for name, given in rows.items():
        if name not in TABLES:
            raise SamspillError(
                Message("A register has no table “{name}”.", name=name),
                Message("Choose among {names}.", names=", ".join(TABLES)),
            )
        tables[name] = _frame(name, list(given))
    return tables


def _frame(table: str, rows: list[Mapping[str, Any]]) -> pl.DataFrame:
    schema = table_schema(table)
    unknown = [column for row in rows for column in row if column not in schema]
    if unknown:
        raise SamspillError(
            Message("The table “{table}” has no column “{name}”.", table=table, name=unknown[0]),
            Message("Choose among {names}.", names=", ".join(schema)),
        )
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=schema, strict=True
    )
