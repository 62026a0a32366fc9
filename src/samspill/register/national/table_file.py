"""The table ``organisations`` as a file of its own: CSV in UTF-8, by the columns of the schema."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.register.schema import TABLES

COLUMNS = tuple(column.name for column in TABLES["organisations"].columns)

NO_TABLE = "“{file}” is not the register's table of organisations."
NO_TABLE_STEP = "Its heading has the columns of the table, identifier and name at least."
TOO_LONG = "The row has other columns than the heading."
TOO_LONG_STEP = "Put the cells back under their headings, and quote those with commas."
TWICE = "The identifier “{identifier}” stands on an earlier row too."
TWICE_STEP = "Give each organisation an identifier of its own."


def read_organisations(path: Path) -> list[dict[str, str]]:
    """Rows with every column of the table, as text; a column that the file lacks is empty.

    Raises SamspillError where the file is no such table, InvalidInput for rows that do not fit it.
    """
    problems: list[Problem] = []
    rows: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            heading, *lines = [line for line in csv.reader(file, strict=True) if line]
        except (ValueError, csv.Error) as error:
            raise _refused(path) from error
    if not {"identifier", "name"} <= set(heading) or not set(heading) <= set(COLUMNS):
        raise _refused(path)
    for n, cells in enumerate(lines, 1):
        if len(cells) != len(heading):
            problems.append(Problem(path.name, n, None, TOO_LONG, TOO_LONG_STEP))
            continue
        row = dict.fromkeys(COLUMNS, "") | dict(zip(heading, cells, strict=True))
        if row["identifier"] in rows:
            message = Message(TWICE, identifier=row["identifier"])
            problems.append(Problem(path.name, n, "identifier", message, TWICE_STEP))
        rows[row["identifier"]] = row
    if problems:
        raise InvalidInput(Message("“{file}”", file=path.name), problems)
    return list(rows.values())


def write_organisations(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write the whole table or nothing: beside the file first, then in its place."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def _refused(path: Path) -> SamspillError:
    return SamspillError(Message(NO_TABLE, file=path.name), NO_TABLE_STEP)
