"""CSV and XLSX as lines of text. Formulas are never run: the value saved beside one is read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.register.values import text_of

LARGEST = 50_000_000
UNPACKED = 500_000_000
MOST_ROWS = 200_000
"""Bounds on a file in bytes, packed and unpacked, and on the rows of a sheet."""

_SEPARATORS = ",;\t"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_PIECE, _LONGEST_TAG = 1_000_000, 32
_RESAVE = "Open and save the workbook in a spreadsheet program, or write the value itself."
_SAVE = "Save it as an Excel workbook (.xlsx), or as CSV in UTF-8."
Lines = list[list[str]]


def read_sheets(path: Path) -> dict[str, Lines]:
    """The sheets of a workbook by name, without empty lines at the end.

    Raises:
        InvalidInput: the file is missing, too large, or no workbook.
    """
    _refuse_size(path)
    try:
        return _sheets(path)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, KeyError, ValueError):
        raise _refused(path, "The file is not a workbook that can be read.") from None


def _sheets(path: Path) -> dict[str, Lines]:
    import openpyxl  # type: ignore[import-untyped]

    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > UNPACKED:
            raise _refused(path, "The workbook is too large to be a register.")
        has_formulas = _has_formulas(archive)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheets = {
            sheet.title: _lines(path, sheet)
            for sheet in book.worksheets
            if hasattr(sheet, "iter_rows")
        }
    finally:
        book.close()
    if has_formulas:
        _refuse_formulas_without_value(path, sheets)
    return sheets


def read_csv(path: Path) -> Lines:
    """The lines of a CSV file in UTF-8, with commas, semicolons or tabs between the cells.

    Raises:
        InvalidInput: the file is missing, too large, or no such text.
    """
    _refuse_size(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise _refused(path, "The file is not UTF-8 text.") from None
    heading = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=heading.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        message = Message("The row cannot be read as CSV ({error}).", error=str(error))
        raise _refused(path, message) from None
    return _without_end(lines)


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    """Whether an element ``f`` (ECMA-376, 18.3.1.40) stands in any sheet."""
    for entry in archive.infolist():
        if not entry.filename.startswith("xl/worksheets/"):
            continue
        with archive.open(entry) as sheet:
            end = b""
            while piece := sheet.read(_PIECE):
                if _FORMULA.search(end + piece):
                    return True
                end = piece[-_LONGEST_TAG:]
    return False


def _refuse_formulas_without_value(path: Path, sheets: dict[str, Lines]) -> None:
    """A formula beside which no value is saved would be read as an empty cell."""
    import openpyxl

    problems = []
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        for title, lines in sheets.items():
            file = Message("{file}, sheet {sheet}", file=path.name, sheet=title)
            for line, row in zip(lines, book[title].iter_rows(), strict=False):
                for text, cell in zip(line, row, strict=False):
                    if cell.data_type == "f" and not text:
                        message = Message(
                            "There is a formula in {cell}, and no value saved beside it.",
                            cell=cell.coordinate,
                        )
                        problems.append(Problem(file, None, None, message, _RESAVE))
    finally:
        book.close()
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=path.name), problems)


def _lines(path: Path, sheet: object) -> Lines:
    lines: Lines = []
    for number, row in enumerate(sheet.iter_rows(values_only=True)):  # type: ignore[attr-defined]
        if number > MOST_ROWS:
            raise _refused(path, Message("A sheet has more than {limit} rows.", limit=MOST_ROWS))
        lines.append([_text(cell) for cell in row])
    return _without_end(lines)


def _text(cell: object) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None or isinstance(cell, str | bool | int | float | time):
        return text_of(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _without_end(lines: Lines) -> Lines:
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return lines


def _refuse_size(path: Path) -> None:
    if not path.is_file():
        raise SamspillError(
            Message("There is no file “{name}”.", name=path.name), "Check its name and folder."
        )
    if path.stat().st_size > LARGEST:
        raise _refused(path, "The file is too large to be a register.")


def _refused(path: Path, message: str) -> InvalidInput:
    problem = Problem(path.name, None, None, message, _SAVE)
    return InvalidInput(Message("The file “{name}”", name=path.name), [problem])
