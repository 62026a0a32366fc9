"""Tables of a register with the columns that are shown to anyone."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from samspill.register.model import Register
from samspill.register.schema import TABLES
from samspill.register.values import text_of
from samspill.study.delimited import write_csv


def shown_columns(seen: Register) -> dict[str, list[str]]:
    """The columns of each table that has rows in a register as anyone may see it: the identifier,
    what is public by the schema, and what some row shows besides."""
    return {
        table: [
            column.name
            for column in TABLES[table].columns
            if column.name == "identifier"
            or column.public
            or any(row[column.name] not in (None, ()) for row in rows)
        ]
        for table, rows in seen.tables.items()
        if rows
    }


def write_tables(register: Register, folder: Path, columns: dict[str, list[str]]) -> list[Path]:
    """Write a CSV file for each table of ``columns`` into an existing folder. Gives the files."""
    written = []
    for table, names in columns.items():
        lines = [[text_of(row[name]) for name in names] for row in register.rows(table)]
        path = folder / f"{table}.csv"
        schema = dict.fromkeys(names, pl.String())
        write_csv(pl.DataFrame(lines, schema=schema, orient="row"), path)
        written.append(path)
    return written
