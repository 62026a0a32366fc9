"""Read changes as KLASS gives them: JSON with ``codeChanges``, or the same as CSV.

Source: Statistics Norway, *Klass API*, “changes” (data.ssb.no/api/klass/v1/api-guide.html).
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samspill.classification.changes import ChangeTable, CodeChange
from samspill.errors import InvalidInput, Message, Problem

LARGEST = 20_000_000
COLUMNS = ("oldCode", "oldName", "newCode", "newName", "changeOccurred")

NO_TABLE = "The file is no table of changes."
NO_TABLE_STEP = (
    "Fetch it from KLASS as JSON or CSV, with the columns oldCode, oldName, newCode, newName "
    "and changeOccurred."
)
TOO_LARGE = "The file is too large for a table of changes."
TOO_LARGE_STEP = "Fetch the changes of a shorter time."
NO_DATE = "The day is no date."
NO_DATE_STEP = "Write it as 2020-01-01."
NO_CODE = "Neither an old nor a new code is given."
NO_CODE_STEP = "Give at least one of them, or take the row away."
MESSAGES = (
    (NO_TABLE, NO_TABLE_STEP),
    (TOO_LARGE, TOO_LARGE_STEP),
    (NO_DATE, NO_DATE_STEP),
    (NO_CODE, NO_CODE_STEP),
)


def read_changes(content: bytes, file: str = "changes") -> ChangeTable:
    """The changes in a file's bytes; ``file`` is the name that problems carry.

    Text is read as UTF-8, or as Windows-1252 where it is not that: KLASS gives its CSV so.
    Raises InvalidInput with every fault.
    """
    if len(content) > LARGEST:
        raise _refused(file, TOO_LARGE, TOO_LARGE_STEP)
    text = _decoded(content)
    rows = _from_json(text, file) if text.lstrip()[:1] in {"{", "["} else _from_csv(text, file)
    changes: list[CodeChange] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        read = _change(row, number, file)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            changes.append(read)
    if problems:
        raise InvalidInput(Message("The table of changes “{file}”", file=file), problems)
    return ChangeTable.of(changes)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _from_json(text: str, file: str) -> list[Mapping[str, Any]]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise _refused(file, NO_TABLE, NO_TABLE_STEP) from None
    rows = read.get("codeChanges") if isinstance(read, dict) else read
    if not isinstance(rows, list) or not all(_has_columns(row) for row in rows):
        raise _refused(file, NO_TABLE, NO_TABLE_STEP)
    return rows


def _has_columns(row: object) -> bool:
    return isinstance(row, dict) and set(COLUMNS) <= set(row)


def _from_csv(text: str, file: str) -> Iterable[Mapping[str, Any]]:
    heading = text.partition("\n")[0]
    sign = ";" if heading.count(";") > heading.count(",") else ","
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        raise _refused(file, NO_TABLE, NO_TABLE_STEP) from None
    header = [name.strip() for name in records[0]] if records else []
    if not set(COLUMNS) <= set(header):
        raise _refused(file, NO_TABLE, NO_TABLE_STEP)
    return _named(header, records[1:])


def _named(header: list[str], records: list[list[str]]) -> Iterator[Mapping[str, Any]]:
    for record in records:
        if record:
            yield dict(zip(header, record, strict=False))


def _change(row: Mapping[str, Any], number: int, file: str) -> CodeChange | Problem:
    old_code, old_name, new_code, new_name, day = (
        str(row.get(name) if row.get(name) is not None else "").strip() for name in COLUMNS
    )
    try:
        occurred_on = datetime.date.fromisoformat(day[:10])
    except ValueError:
        return Problem(file, number, "changeOccurred", NO_DATE, NO_DATE_STEP)
    if not old_code and not new_code:
        return Problem(file, number, "oldCode", NO_CODE, NO_CODE_STEP)
    return CodeChange(occurred_on, old_code, old_name, new_code, new_name)


def _refused(file: str, message: str, step: str) -> InvalidInput:
    return InvalidInput(
        Message("The table of changes “{file}”", file=file),
        [Problem(file, None, None, message, step)],
    )
