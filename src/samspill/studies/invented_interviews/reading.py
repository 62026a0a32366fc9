"""Read the files of a folder of invented interviews; say everything that is wrong at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from samspill.errors import InvalidInput, Message, Problem
from samspill.studies.invented_interviews.model import (
    InventedCoding,
    InventedInterview,
    InventedInterviewStudy,
    KnownName,
)

HERE = Path(__file__).parent
COMMON = "study.toml"
KEYS: Mapping[str, type] = {
    "identifier": str,
    "name": str,
    "unit": str,
    "side": str,
    "fields": list,
    "role": str,
    "date": date,
    "language": str,
    "consent": str,
    "interviewer": str,
    "speakers": list,
    "text": str,
    "coding": list,
}
CODING_KEYS: Mapping[str, type] = {"code": str, "coders": list, "quote": str}
COMMON_KEYS: Mapping[str, type] = {
    "study": str,
    "title": dict,
    "summary": dict,
    "coder": list,
    "interviewers": list,
    "consents": list,
    "unit": list,
    "known": list,
}


def interviews(folder: Path | None = None) -> tuple[InventedInterview, ...]:
    """The interviews in ``folder``, or those that come with Samspill, by identifier.

    Raises:
        InvalidInput: a file cannot be read, names something that ``study.toml`` does not, or has a
            quote that is not in its text exactly once; every fault is named with its place.
    """
    return _shipped() if folder is None else _read_all(folder, interview_study(folder))


def interview_study(folder: Path | None = None) -> InventedInterviewStudy:
    """What stands in ``study.toml`` of ``folder``, or of the interviews that come with Samspill.

    Raises:
        InvalidInput: the file is missing, is not TOML, or lacks a key.
    """
    return _shipped_study() if folder is None else _read_study(folder)


@cache
def _shipped() -> tuple[InventedInterview, ...]:
    return _read_all(HERE, _shipped_study())


@cache
def _shipped_study() -> InventedInterviewStudy:
    return _read_study(HERE)


def _read_study(folder: Path) -> InventedInterviewStudy:
    problems: list[Problem] = []
    raw = _load(folder / COMMON, COMMON_KEYS, problems)
    if problems:
        raise InvalidInput("The folder of interviews", problems)
    return InventedInterviewStudy(
        study=raw["study"],
        titles=MappingProxyType(raw["title"]),
        summaries=MappingProxyType(raw["summary"]),
        coders=MappingProxyType({each["initials"]: each["name"] for each in raw["coder"]}),
        interviewers=tuple(raw["interviewers"]),
        consents=tuple(raw["consents"]),
        units=MappingProxyType({each["identifier"]: each["name"] for each in raw["unit"]}),
        known=tuple(
            KnownName(each["text"], each["kind"], tuple(each.get("also", ())))
            for each in raw["known"]
        ),
    )


def _read_all(folder: Path, study: InventedInterviewStudy) -> tuple[InventedInterview, ...]:
    problems: list[Problem] = []
    read = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == COMMON:
            continue
        raw = _load(path, KEYS, problems)
        if raw:
            problems.extend(_strangers(path.name, raw, study))
            codings = tuple(_codings(path.name, raw, study, problems))
            read.append(_interview(raw, codings))
    if problems:
        raise InvalidInput("The folder of interviews", problems)
    return tuple(sorted(read, key=lambda interview: interview.identifier))


def _load(path: Path, keys: Mapping[str, type], problems: list[Problem]) -> dict[str, Any]:
    """A file's content where it has all ``keys``; nothing where it has a fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fault, step = "The file is missing.", "Put it beside the interviews."
    except UnicodeDecodeError:
        fault, step = "The file is not UTF-8 text.", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault = Message("The file is not TOML: {error}.", error=error)
        step = "Correct the line it names."
    else:
        faults = list(_missing(path.name, None, raw, keys))
        problems.extend(faults)
        return {} if faults else raw
    problems.append(Problem(path.name, None, None, fault, step))
    return {}


def _missing(
    file: str, row: int | None, raw: Mapping[str, Any], keys: Mapping[str, type]
) -> Iterator[Problem]:
    for key, kind in keys.items():
        if not isinstance(raw.get(key), kind):
            fault = Message("“{key}” is missing or is not of the right kind.", key=key)
            step = Message("Give “{key}” as README.md shows it.", key=key)
            yield Problem(file, row, key, fault, step)


def _strangers(
    file: str, raw: Mapping[str, Any], study: InventedInterviewStudy
) -> Iterator[Problem]:
    for key, known in (
        ("unit", study.units),
        ("consent", study.consents),
        ("interviewer", study.interviewers),
    ):
        if raw[key] not in known:
            yield _stranger(file, None, key, raw[key])


def _stranger(file: str, row: int | None, column: str, value: str) -> Problem:
    fault = Message("“{value}” does not stand in study.toml.", value=value)
    return Problem(file, row, column, fault, "Correct it, or add it there.")


def _codings(
    file: str, raw: Mapping[str, Any], study: InventedInterviewStudy, problems: list[Problem]
) -> Iterator[InventedCoding]:
    for row, each in enumerate(raw["coding"], start=1):
        faults = list(_missing(file, row, each, CODING_KEYS))
        if not faults:
            faults = [
                _stranger(file, row, "coders", coder)
                for coder in each["coders"]
                if coder not in study.coders
            ]
            faults.extend(_misplaced(file, row, each["quote"], raw["text"]))
        problems.extend(faults)
        if not faults:
            start = raw["text"].index(each["quote"])
            end = start + len(each["quote"])
            yield InventedCoding(each["code"], tuple(each["coders"]), start, end)


def _misplaced(file: str, row: int, quote: str, text: str) -> Iterator[Problem]:
    start = text.find(quote)
    if not quote.strip():
        fault, step = "The quote is empty.", "Copy the passage from the text."
    elif "\n" in quote:
        fault = "The quote runs over the end of a line."
        step = "Make one coding for each paragraph."
    elif start < 0:
        fault = Message("The quote “{quote}” is not in the text.", quote=quote)
        step = "Copy the passage from the text, letter by letter."
    elif text.find(quote, start + 1) >= 0:
        fault = Message("The quote “{quote}” is in the text more than once.", quote=quote)
        step = "Quote more of the passage, so that it is found once."
    else:
        return
    yield Problem(file, row, "quote", fault, step)


def _interview(raw: Mapping[str, Any], codings: tuple[InventedCoding, ...]) -> InventedInterview:
    return InventedInterview(
        identifier=raw["identifier"],
        name=raw["name"],
        unit=raw["unit"],
        side=raw["side"],
        fields=tuple(raw["fields"]),
        role=raw["role"],
        date=raw["date"],
        language=raw["language"],
        consent=raw["consent"],
        interviewer=raw["interviewer"],
        speakers=tuple(raw["speakers"]),
        text=raw["text"],
        codings=codings,
    )
