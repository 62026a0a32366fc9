"""The project's own list of names, as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem
from samspill.qualitative.pseudonyms.forms import NAME_KINDS, PERSON, KnownName

COLUMNS = ("name", "kind", "pseudonym")


def read_names(path: Path | str) -> tuple[KnownName, ...]:
    """The names of a CSV file with the columns ``name`` and, if wanted, ``kind`` (``person`` where
    empty) and ``pseudonym``; the columns are divided by commas or semicolons.

    Raises:
        InvalidInput: there is no column ``name``, or a kind that is none; all faults are listed.
    """
    file = Path(path)
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    heading = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in heading else ",")
    if "name" not in (rows.fieldnames or ()):
        message, step = (
            Message("There is no column “{column}”.", column="name"),
            "Name the columns.",
        )
        raise InvalidInput(
            Message("The file “{name}”", name=file.name),
            [Problem(file.name, None, None, message, step)],
        )
    names, problems = [], []
    for number, row in enumerate(rows, 1):
        name, kind, pseudonym = ((row.get(column) or "").strip() for column in COLUMNS)
        if kind and kind not in NAME_KINDS:
            message = Message("“{kind}” is no kind of name.", kind=kind)
            step = "Write person, place or organisation."
            problems.append(Problem(file.name, number, "kind", message, step))
        if name:
            names.append(KnownName(name, kind or PERSON, pseudonym))
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=file.name), problems)
    return tuple(names)


def write_names(names: Iterable[KnownName], path: Path | str) -> None:
    """Write names as ``read_names`` reads them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((item.name, item.kind, item.pseudonym) for item in names)
    Path(path).write_bytes(text.getvalue().encode())
