"""Read and write UTF-8 CSV (RFC 4180, line feed) so that every cell keeps its bytes."""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from samspill.errors import Message, Problem

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_QUOTED = (",", '"', "\n", "\r")
SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAVE = "Save it as UTF-8 without a byte order mark, with commas between the columns."


def read_csv(path: Path, file: str) -> tuple[pl.DataFrame | None, list[Problem]]:
    """All cells of a CSV file as text, or what is wrong with it.

    ``file`` is the name that problems carry.
    """
    text, problem = _decoded(path, file)
    if problem or text is None:
        return None, [problem] if problem else []
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return None, [_unreadable(file, text, error)]
    problems = check_rows(file, records)
    if problems:
        return None, problems
    header, rows = records[0], records[1:]
    schema = dict.fromkeys(header, pl.String)
    columns = zip(*rows, strict=True) if rows else ((),) * len(header)
    frame = pl.DataFrame(
        [pl.Series(name, cells, pl.String) for name, cells in zip(header, columns, strict=True)],
        schema=schema,
    )
    return frame, []


def check_rows(file: str, records: list[list[str]]) -> list[Problem]:
    """Faults of a heading and the rows under it: columns without a name of their own, rows of
    another length."""
    if not records or not any(records[0]):
        return [Problem(file, None, None, "The file has no heading.", "Name the columns.")]
    header, rows = records[0], records[1:]
    return _heading_problems(file, header) or _row_problems(file, len(header), rows)


def other_sign(header: Sequence[str], read_by: str = ",") -> str | None:
    """The sign that separates the columns of a heading that ``read_by`` left in one piece.

    None where the heading has several columns, or none of the usual signs in it.
    """
    if len(header) != 1:
        return None
    return next((sign for sign in SIGNS if sign != read_by and sign in header[0]), None)


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame of text without nulls; a cell is quoted only where it must be."""
    lines = [_line(frame.columns), *(_line(row) for row in frame.iter_rows())]
    path.write_bytes("".join(lines).encode("utf-8"))


def _line(cells: tuple[str, ...] | list[str]) -> str:
    if len(cells) == 1 and not cells[0]:
        return '""\n'
    return ",".join(_quoted(cell) for cell in cells) + "\n"


def _quoted(cell: str) -> str:
    if any(character in cell for character in _QUOTED):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _decoded(path: Path, file: str) -> tuple[str | None, Problem | None]:
    try:
        content = path.read_bytes() if path.is_file() else None
    except OSError:
        content = None
    if content is None:
        return None, Problem(
            file,
            None,
            None,
            "The file is missing, cannot be read, or is no plain file.",
            "Put it where datapackage.json says, or correct the path there.",
        )
    if content.startswith(_BYTE_ORDER_MARKS):
        return None, Problem(file, None, None, "The file begins with a byte order mark.", _SAVE)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n")
        message = Message("The byte 0x{byte:02X} is not UTF-8.", byte=content[error.start])
        return None, Problem(file, row or None, None, message, _SAVE)
    if "\0" in text:
        row = text[: text.index("\0")].count("\n")
        return None, Problem(file, row or None, None, "There is a NUL character.", "Remove it.")
    return text, None


def _unreadable(file: str, text: str, error: csv.Error) -> Problem:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    with contextlib.suppress(csv.Error):
        for _ in reader:
            row += 1
    return Problem(
        file,
        row or None,
        None,
        Message("The row cannot be read as CSV ({error}).", error=str(error)),
        "Check its quotation marks: a cell that holds one is quoted, and the mark is doubled.",
    )


def _heading_problems(file: str, header: list[str]) -> list[Problem]:
    sign = other_sign(header)
    if sign:
        message = Message(
            "The columns are separated by {signs}, not commas.", signs=Message(SIGNS[sign])
        )
        return [Problem(file, None, None, message, _SAVE)]
    problems = []
    for position, name in enumerate(header, start=1):
        if not name:
            message = Message("Column {position} has no name.", position=position)
            problems.append(Problem(file, None, None, message, "Name it or take it away."))
    for name, times in Counter(header).items():
        if name and times > 1:
            message = Message("The column stands {times} times.", times=times)
            problems.append(Problem(file, None, name, message, "Keep one of them."))
    return problems


def _row_problems(file: str, width: int, rows: list[list[str]]) -> list[Problem]:
    problems = []
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            message = (
                Message(
                    "The row has {cells} cells and the heading {width}.",
                    cells=len(row),
                    width=width,
                )
                if row
                else "The row is empty."
            )
            step = "Check for a missing or extra comma, or an unquoted cell that holds one."
            problems.append(
                Problem(file, number, None, message, step if row else "Take the line away.")
            )
    return problems
