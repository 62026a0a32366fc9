"""Between tables of text, as files hold them, and the rows of a register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from samspill.errors import Problem, SamspillError
from samspill.register.model import Row
from samspill.register.schema import TABLES
from samspill.register.values import Value, text_of, value_of


def rows_of(
    table: str,
    columns: Sequence[str],
    lines: Iterable[Sequence[str]],
    file: str,
    *,
    partial: bool = False,
) -> tuple[list[Row], list[Problem]]:
    """The rows that lines of text hold, with the columns that they have, and every fault in them.

    A column that must be filled cannot be left out; but for ``identifier`` it can be in a
    ``partial`` table, whose rows change those of a register.
    """
    needed = {c.name for c in TABLES[table].columns if c.filled and not partial}
    problems = check_columns(table, columns, file, needed | {"identifier"})
    if problems:
        return [], problems
    known = {column.name: column for column in TABLES[table].columns}
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        values: dict[str, Value] = {}
        for name, text in zip(columns, line, strict=True):
            try:
                values[name] = value_of(known[name], text)
            except SamspillError as error:
                problems.append(Problem(file, number, name, error.message, error.next_step))
        rows.append(values)
    return ([] if problems else rows), problems


def check_columns(
    table: str, columns: Sequence[str], file: str, needed: Collection[str]
) -> list[Problem]:
    """Columns that the table does not know, and columns that it needs and does not have."""
    known = TABLES[table].columns
    problems = [
        Problem(file, None, name, "The column is not known.", "Take it away, or correct its name.")
        for name in columns
        if name not in {column.name for column in known}
    ]
    return problems + [
        Problem(file, None, column.name, "The column is missing.", "Add it to the heading.")
        for column in known
        if column.name in needed and column.name not in columns
    ]


def lines_of(table: str, rows: Iterable[Row]) -> list[list[str]]:
    """Rows as text, in the order of the table's columns."""
    names = [column.name for column in TABLES[table].columns]
    return [[text_of(row[name]) for name in names] for row in rows]


def headings(table: str) -> list[str]:
    """The names of a table's columns, in order."""
    return [column.name for column in TABLES[table].columns]


def file_names(paths: Mapping[str, str]) -> dict[str, str]:
    """What each table's file is called; ``paths`` has those that are called something else."""
    return {table: paths.get(table, f"{table}.csv") for table in TABLES}
