"""A municipality's register in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from samspill.register.schema import LISTS, TABLES, Kind
from samspill.register.values import Value

if TYPE_CHECKING:
    import polars as pl

Row: TypeAlias = Mapping[str, Value]
"""The values of a row by column; it has every column of its table."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register: whose it is, and the rows of every table in the order of the files.

    ``municipality_code`` has four digits, or six for a city district. ``invented`` says that the
    content is made up, which every page and file then shows. ``tables`` has every table of
    ``TABLES``, if need be without rows.
    """

    municipality_code: str
    name: str
    invented: bool
    tables: Mapping[str, tuple[Row, ...]]

    @classmethod
    def of(
        cls,
        municipality_code: str,
        name: str,
        tables: Mapping[str, Iterable[Row]],
        *,
        invented: bool = False,
    ) -> Register:
        """A register from some tables and some columns; what is left out is empty.

        Raises KeyError for a table or a column that is not in the schema.
        """
        unknown = set(tables) - set(TABLES)
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        rows = {
            table: tuple(complete_row(table, row) for row in tables.get(table, ()))
            for table in TABLES
        }
        return cls(municipality_code, name, invented, MappingProxyType(rows))

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table. KeyError where there is no such table."""
        return self.tables[table]

    def by_identifier(self, table: str) -> dict[str, Row]:
        """The rows of a table by their identifier."""
        return {str(row["identifier"]): row for row in self.tables[table]}

    def frames(self) -> dict[str, pl.DataFrame]:
        """A frame for each table.

        Whole numbers and amounts are Int64, numbers Float64, dates Date, times Time, booleans
        Boolean, lists List(String), all else String; an empty cell is null, an empty list empty.
        """
        return {table: frame(table, rows) for table, rows in self.tables.items()}


def complete_row(table: str, values: Row) -> Row:
    """A row with every column of its table, in order. KeyError for a column that it has not."""
    columns = TABLES[table].columns
    unknown = set(values) - {column.name for column in columns}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return {
        column.name: values.get(column.name, () if column.kind in LISTS else None)
        for column in columns
    }


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows of a table as a frame with the types that ``Register.frames`` tells."""
    import polars as pl

    types = {
        Kind.INTEGER: pl.Int64(),
        Kind.AMOUNT: pl.Int64(),
        Kind.NUMBER: pl.Float64(),
        Kind.BOOLEAN: pl.Boolean(),
        Kind.DATE: pl.Date(),
        Kind.TIME: pl.Time(),
        **dict.fromkeys(LISTS, pl.List(pl.String())),
    }
    held = list(rows)
    return pl.DataFrame(
        [
            pl.Series(
                column.name,
                [row[column.name] for row in held],
                dtype=types.get(column.kind, pl.String()),
            )
            for column in TABLES[table].columns
        ]
    )
