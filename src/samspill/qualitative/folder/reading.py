"""Read a project from its folder, and tell every fault with its place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.qualitative.folder.layout import CARRIED, DESCRIPTOR, FORMAT, SOURCES, TABLES, VERSION
from samspill.qualitative.model import Code, Coder, Coding, Memo, Project, Source, TimePoint

CarriedReader = Callable[[Path], object]


def read_project(folder: Path | str, *, read_carried: CarriedReader | None = None) -> Project:
    """Read a project; ``read_carried`` reads what its folder ``carried`` holds, if there is one.

    Raises:
        SamspillError: the folder holds no project.
        InvalidInput: the project has faults; all are listed.
    """
    place = Path(folder).expanduser()
    descriptor = _descriptor(place)
    problems: list[Problem] = []
    try:
        sources = tuple(_sources(descriptor["sources"], place, problems))
        coders = tuple(Coder(**coder) for coder in descriptor["coders"])
        project = Project(
            descriptor["name"],
            coders=coders,
            codes=tuple(_codes(place, problems)),
            sources=sources,
            codings=tuple(_codings(place, {s.guid: s.text for s in sources}, problems)),
            memos=tuple(_memos(place, problems)),
            guid=descriptor["guid"],
            carried=_carried(place, read_carried),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _no_project(place) from error
    problems += _of_links(project)
    if problems:
        raise InvalidInput(Message("The project in “{name}”", name=place.name), problems)
    return project


def _no_project(place: Path) -> SamspillError:
    return SamspillError(
        Message("The folder “{name}” holds no project of texts.", name=place.name),
        "Give a folder that samspill text read has made.",
    )


def _descriptor(place: Path) -> dict[str, Any]:
    try:
        descriptor = json.loads((place / DESCRIPTOR).read_text(encoding="utf-8"))
        if descriptor["format"] != FORMAT:
            raise ValueError(FORMAT)
        version = int(descriptor["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_project(place) from error
    if version > VERSION:
        raise SamspillError(
            Message("The project in “{name}” is of a newer version.", name=place.name),
            "Read it with a newer Samspill.",
        )
    return dict(descriptor)


def _carried(place: Path, read_carried: CarriedReader | None) -> object | None:
    there = place / CARRIED
    return read_carried(there) if read_carried and there.is_dir() else None


def _sources(rows: list[dict[str, Any]], place: Path, problems: list[Problem]) -> Iterator[Source]:
    for row in rows:
        file = row["file"]
        if PurePath(file).name != file or file in {"", ".", ".."}:
            problems.append(
                Problem(
                    DESCRIPTOR,
                    None,
                    "file",
                    Message("“{file}” is no file of the project.", file=file),
                    "Give the name of a file in the folder sources.",
                )
            )
            continue
        text = _text(place / SOURCES / file, f"{SOURCES}/{file}", problems)
        yield Source(
            row["guid"],
            row["name"],
            text,
            kind=row["kind"],
            unit=row["unit"],
            side=row["side"],
            fields=tuple(row["fields"]),
            role=row["role"],
            date=row["date"],
            language=row["language"],
            consent=row["consent"],
            speakers=tuple(row["speakers"]),
            times=tuple(TimePoint(position, ms) for position, ms in row["times"]),
            attributes=dict(row["attributes"]),
            invented=row["invented"],
        )


def _text(path: Path, file: str, problems: list[Problem]) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        problems.append(
            Problem(
                file,
                None,
                None,
                Message("The file is missing, or is not UTF-8."),
                "Put the file back as it was written.",
            )
        )
        return ""


def _rows(place: Path, name: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    text = _text(place / name, name, problems)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row, cells in enumerate(reader, 1):
            if not set(TABLES[name]) <= {key for key, cell in cells.items() if cell is not None}:
                raise csv.Error
            yield row, cells
    except csv.Error:
        problems.append(
            Problem(
                name,
                reader.line_num,
                None,
                Message("The row does not have the table's columns."),
                "Correct it, or write the project anew.",
            )
        )


def _codes(place: Path, problems: list[Problem]) -> Iterator[Code]:
    for _, row in _rows(place, "codes.csv", problems):
        cells = {column: row[column] for column in TABLES["codes.csv"]}
        parent, codable = cells.pop("parent") or None, cells.pop("codable") == "1"
        yield Code(**cells, parent=parent, codable=codable)


def _memos(place: Path, problems: list[Problem]) -> Iterator[Memo]:
    for _, row in _rows(place, "memos.csv", problems):
        about = tuple(row["about"].split(";")) if row["about"] else ()
        yield Memo(
            row["guid"],
            row["text"],
            title=row["title"],
            about=about,
            coder=row["coder"],
            created=row["created"],
        )


def _codings(place: Path, texts: dict[str, str], problems: list[Problem]) -> Iterator[Coding]:
    for number, row in _rows(place, "codings.csv", problems):
        start, end = (int(row[c]) if row[c].isdecimal() else -1 for c in ("start", "end"))
        text = texts.get(row["source"])
        if text is not None and not 0 <= start <= end <= len(text):
            problems.append(
                Problem(
                    "codings.csv",
                    number,
                    "start",
                    Message("The coding is not within its text."),
                    "Correct its start and end, or take the row away.",
                )
            )
        elif text is not None and text[start:end] != row["words"]:
            problems.append(
                Problem(
                    "codings.csv",
                    number,
                    "words",
                    Message("The words at that place are others: the text was changed by hand."),
                    "Put the text back, and change it with samspill text edit.",
                )
            )
        yield Coding(
            row["guid"], row["source"], start, end, row["code"], row["coder"], row["created"]
        )


def _of_links(project: Project) -> Iterator[Problem]:
    codes = {code.guid for code in project.codes}
    sources = {source.guid for source in project.sources}
    for number, coding in enumerate(project.codings, 1):
        for column, guid, known in (
            ("source", coding.source, sources),
            ("code", coding.code, codes),
        ):
            if guid not in known:
                yield Problem(
                    "codings.csv",
                    number,
                    column,
                    Message("“{guid}” is not in the project.", guid=guid),
                    "Correct it, or take the row away.",
                )
