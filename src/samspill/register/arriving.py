"""Files on their way into a register: read, and checked together with what the register holds."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.register.checks import check_register
from samspill.register.model import Register, Row, complete_row
from samspill.register.package import read_facts, table_paths
from samspill.register.schema import TABLES
from samspill.register.spreadsheet import read_table, read_tables, table_called
from samspill.register.spreadsheet.sheets import UNPACKED
from samspill.study.package import DESCRIPTOR, read_descriptor

MOST_ENTRIES = 200
"""Files in an archive; a register has fewer than thirty."""

_UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_ANOTHER = "Choose a folder that Samspill wrote, as a zip archive."


@dataclass(frozen=True, slots=True)
class Arriving:
    """What a file holds: rows by table with the columns that the file has, and what each table's
    file or sheet is called. ``municipality_code`` is empty and ``invented`` None where the file
    does not say whose register it is."""

    tables: Mapping[str, Sequence[Row]]
    files: Mapping[str, str]
    municipality_code: str = ""
    invented: bool | None = None


def read_arriving(path: Path | str, table: str | None = None) -> Arriving:
    """Read a workbook, a zip archive of a register's folder, or one ``table`` as CSV or XLSX.

    A table that is not named is known by the name of its sheet or file.

    Raises:
        InvalidInput: with every fault and its place.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".zip":
            return _of_archive(path)
        case ".xlsx":
            return _of_workbook(path, table)
        case ".csv":
            return _of_table(path, table or table_called(path.stem))
    step = "Choose a workbook (.xlsx), a table as CSV, or a folder as a zip archive."
    raise _refused(path, "The file is none that a register is taken in from.", step)


def check_arriving(register: Register, arriving: Arriving) -> list[Problem]:
    """What would be wrong with the arriving rows once they stand in ``register``.

    Rows are counted as in their file. Nothing is told of rows that only the register has.
    """
    tables: dict[str, tuple[Row, ...]] = {}
    for table in TABLES:
        present = register.by_identifier(table)
        rows = [
            complete_row(table, {**present.get(str(row["identifier"]), {}), **row})
            for row in arriving.tables.get(table, ())
        ]
        named = {row["identifier"] for row in rows}
        others = (row for name, row in present.items() if name not in named)
        tables[table] = (*rows, *others)
    merged = replace(register, tables=MappingProxyType(tables))
    counts = {arriving.files[table]: len(rows) for table, rows in arriving.tables.items()}
    found = [
        problem
        for problem in check_register(merged, files=arriving.files)
        if problem.row is not None and problem.row <= counts.get(problem.file, 0)
    ]
    return [*found, *_numbers_of_others(merged, arriving)]


def _numbers_of_others(merged: Register, arriving: Arriving) -> Iterator[Problem]:
    count = len(arriving.tables.get("organisations", ()))
    rows = merged.rows("organisations")
    held = {row["number"]: row["name"] for row in rows[count:] if row["number"]}
    for place, row in enumerate(rows[:count], 1):
        if row["number"] in held:
            message = Message(
                "“{value}” is the number of “{name}” in the register.",
                value=row["number"],
                name=held[row["number"]],
            )
            step = "Give the row the identifier that it has there, or correct the number."
            yield Problem(arriving.files["organisations"], place, "number", message, step)


def _of_workbook(path: Path, table: str | None) -> Arriving:
    tables, files, facts = read_tables(path)
    if tables:
        invented = {"true": True, "false": False}.get(facts.get("invented", ""))
        return Arriving(tables, files, facts.get("municipality_code", ""), invented)
    return _of_table(path, table or table_called(path.stem))


def _of_table(path: Path, table: str | None) -> Arriving:
    if table is None:
        step = "Say which table it is, or call the file or its sheet as the table."
        raise _refused(path, "The file does not say which table it holds.", step)
    return Arriving({table: read_table(path, table)}, {table: path.name})


def _of_archive(path: Path) -> Arriving:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _unpack(path, folder)
        return _of_folder(path, folder)


def _of_folder(path: Path, folder: Path) -> Arriving:
    content, problems = read_descriptor(folder)
    if not problems:
        (code, _name, invented), problems = read_facts(content)
        paths, faults = table_paths(content, folder)
        problems = [*problems, *faults]
    tables: dict[str, Sequence[Row]] = {}
    if not problems:
        for table, file in paths.items():
            try:
                tables[table] = read_table(folder / file, table)
            except InvalidInput as error:
                problems = [*problems, *error.problems]
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=path.name), problems)
    return Arriving(tables, dict(paths), code, invented)


def _unpack(path: Path, folder: Path) -> None:
    """The files of a register that lie together in an archive; nothing else is written."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > UNPACKED:
                raise _refused(path, "The archive is too large to be a register.", _ANOTHER)
            for entry in _together(path, entries):
                name = PurePosixPath(entry.filename).name
                with archive.open(entry) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
    except _UNREADABLE:
        raise _refused(path, "The file is not a zip archive that can be read.", _ANOTHER) from None


def _together(path: Path, entries: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    places = [PurePosixPath(e.filename) for e in entries]
    home = min(
        (place.parent for place in places if place.name == DESCRIPTOR),
        key=lambda parent: len(parent.parts),
        default=None,
    )
    if home is None:
        raise _refused(path, "The archive holds no register.", _ANOTHER)
    return [
        entry
        for entry, place in zip(entries, places, strict=True)
        if place.parent == home and (place.name == DESCRIPTOR or place.suffix == ".csv")
    ]


def _refused(path: Path, message: str, step: str) -> SamspillError:
    problem = Problem(path.name, None, None, message, step)
    return InvalidInput(Message("The file “{name}”", name=path.name), [problem])
