"""The sheets of a workbook as rows of text, or refused with the cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samspill.errors import InvalidInput, Message, Problem

MAXIMUM_BYTES = 20_000_000
MAXIMUM_UNPACKED_BYTES = 50_000_000
MAXIMUM_ROWS = 20_000
_LANGUAGE = re.compile(r"(?:.*\(\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*\)|([A-Za-z]{2,3}))\s*")


@dataclass(slots=True)
class Row:
    """A row with something in it; ``number`` counts from 1 under the heading."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Sheet:
    """A sheet: its columns by heading, and its rows."""

    name: str
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Faults:
    """Collects what is refused, with its place."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, sheet: str, row: Row | None, column: str, message: str, step: str) -> None:
        number = row.number if row is not None else None
        file = Message("{file}, sheet {sheet}", file=self.file, sheet=sheet)
        self.problems.append(Problem(file, number, column or None, message, step))


def read_sheets(path: Path, faults: Faults) -> dict[str, Sheet]:
    """The sheets by name in lower case.

    Raises:
        InvalidInput: the file cannot be read as a workbook, or is larger than a form can be.
    """
    import openpyxl  # type: ignore[import-untyped]

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if path.stat().st_size > MAXIMUM_BYTES or unpacked > MAXIMUM_UNPACKED_BYTES:
            raise _unreadable(path.name, "The workbook is too large to be a form.")
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        raise _unreadable(path.name, "The file is not a workbook that can be read.") from None
    try:
        found = [_sheet(sheet, faults) for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    finally:
        book.close()
    return {sheet.name: sheet for sheet in found}


def _unreadable(name: str, message: str) -> InvalidInput:
    step = "Save the form as an Excel workbook (.xlsx)."
    return InvalidInput(
        Message("The form {name}", name=name), [Problem(name, None, None, message, step)]
    )


def _sheet(sheet: Any, faults: Faults) -> Sheet:
    name = str(sheet.title).strip().lower()
    lines = sheet.iter_rows(max_row=MAXIMUM_ROWS + 1)
    heading = [_text(cell) for cell in next(lines, ())]
    found = Sheet(name, tuple(column for column in heading if column))
    for number, line in enumerate(lines, start=1):
        row = Row(number, {})
        for place, cell in enumerate(line):
            text = _text(cell)
            if not text:
                continue
            column = heading[place] if place < len(heading) else ""
            if cell.data_type == "f" and text not in {"true", "false"}:
                step = "Write the value itself."
                faults.report(name, row, column, "The cell is a formula.", step)
            row.cells[column] = text
        if row.cells:
            found.rows.append(row)
    return found


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("\r\n", "\n").strip()
    if cell.data_type == "f":
        return {"=TRUE()": "true", "=FALSE()": "false"}.get(text.upper(), text)
    return text


def language_of(heading: str) -> str:
    """The code in the language part of a heading, ``Bokmål (nb)`` or ``nb``; empty for none."""
    match = _LANGUAGE.fullmatch(heading.strip())
    return (match[1] or match[2]) if match else ""


def words_in(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    """The texts of a row in the columns given by language."""
    return {code: row[column] for code, column in columns.items() if row[column]}
