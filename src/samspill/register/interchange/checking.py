"""Check files of 360Giving and HSDS that anyone has made.

What the standards cannot do without is always checked; a published schema of the standard, which
does not come with Samspill, is held against every object where it is given.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.register.interchange.flat import unflattened
from samspill.register.interchange.requirements import GRANT, ORGANIZATION, SERVICE
from samspill.register.spreadsheet.sheets import LARGEST, read_csv, read_sheets

_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_FORMATS = jsonschema.FormatChecker(formats=("date", "email", "uuid"))


@_FORMATS.checks("date-time")  # type: ignore[untyped-decorator]
def _is_date_time(value: object) -> bool:
    """RFC 3339, section 5.6."""
    return not isinstance(value, str) or bool(_DATE_TIME.fullmatch(value))


def check_grants(path: Path | str, schema: Path | str | None = None) -> list[Problem]:
    """What is wrong with a file of 360Giving grants: a JSON package, or the flat form with titles
    as CSV or XLSX. ``row`` is the grant's number, ``column`` where in it the fault is.

    ``schema`` is the standard's own JSON Schema of a grant.

    Raises:
        InvalidInput: the file, or the schema, cannot be read.
    """
    path = Path(path)
    found = _json(path) if path.suffix.lower() == ".json" else unflattened(_lines(path))
    if isinstance(found, Mapping):
        found = found.get("grants")
    if not isinstance(found, list) or not found:
        step = "A package has them in a list called “grants”."
        return [Problem(path.name, None, "grants", "There are no grants in the file.", step)]
    return list(_check(path.name, found, GRANT, schema))


def check_services(path: Path | str, schema: Path | str | None = None) -> list[Problem]:
    """What is wrong with a JSON file of HSDS 3 organisations or services: one object, a list, or a
    page of an API (``contents``). What has a ``status`` is a service.

    ``schema`` is the standard's own JSON Schema of an organisation, or of a service.

    Raises:
        InvalidInput: the file, or the schema, cannot be read.
    """
    path = Path(path)
    found = _json(path)
    if isinstance(found, Mapping) and isinstance(found.get("contents"), list):
        found = found["contents"]
    objects = found if isinstance(found, list) else [found]
    if not objects:
        step = "Write a list of organisations, or of services."
        return [Problem(path.name, None, None, "There is nothing in the file.", step)]
    service = isinstance(objects[0], Mapping) and "status" in objects[0]
    return list(_check(path.name, objects, SERVICE if service else ORGANIZATION, schema))


def _check(
    file: str, objects: list[Any], requirements: Mapping[str, Any], schema: Path | str | None
) -> Iterator[Problem]:
    wanted = [requirements, *([_published(Path(schema))] if schema else [])]
    for number, found in enumerate(objects, start=1):
        told = set()
        for one in wanted:
            validator = jsonschema.Draft202012Validator(one, format_checker=_FORMATS)
            for error in _causes(validator.iter_errors(found)):
                problem = _problem(file, number, error)
                if (problem.column, error.validator) not in told:
                    told.add((problem.column, error.validator))
                    yield problem
    named = [found.get("id") for found in objects if isinstance(found, Mapping)]
    for identifier, times in Counter(str(name) for name in named if name).items():
        if times > 1:
            message = Message("“{value}” stands {times} times.", value=identifier, times=times)
            yield Problem(file, None, "id", message, "Give each an identifier of its own.")


def _causes(errors: Iterable[Any]) -> Iterator[Any]:
    """The faults themselves, where a schema asks for one of several things: those of the one that
    is nearest."""
    for error in errors:
        if error.validator in {"oneOf", "anyOf"} and error.context:
            wanted: dict[int, list[Any]] = {}
            for cause in error.context:
                wanted.setdefault(cause.schema_path[0], []).append(cause)
            nearest: list[Any] = min(wanted.values(), key=len)
            yield from _causes(nearest)
        else:
            yield error


def _problem(file: str, number: int, error: Any) -> Problem:
    path = "/".join(str(part) for part in error.absolute_path)
    value = error.instance
    step = "Correct it, as the standard says."
    match error.validator:
        case "required":
            missing = next(name for name in error.validator_value if name not in value)
            path = f"{path}/{missing}".strip("/")
            message, step = Message("“{name}” is missing.", name=missing), "Fill it in."
        case "type":
            told = error.validator_value
            kind = told if isinstance(told, str) else ", ".join(told)
            message = Message("The value is not of the type {type}.", type=kind)
        case "enum":
            message = Message("“{value}” is not known.", value=_short(value))
        case "pattern" | "format":
            message = Message(
                "“{value}” is not in the form that is asked for.", value=_short(value)
            )
        case "minItems":
            message = Message("The list is empty.")
        case _:
            message = Message("It does not fit the schema: {told}", told=error.message[:200])
    return Problem(file, number, path or None, message, step)


def _short(value: object) -> str:
    return str(value)[:60]


def _published(path: Path) -> Mapping[str, Any]:
    schema = _json(path)
    if not isinstance(schema, Mapping):
        raise SamspillError(
            Message("“{name}” is not a JSON Schema.", name=path.name),
            "Give the schema that the standard has published for one object.",
        )
    return {key: value for key, value in schema.items() if key not in {"$schema", "$id"}}


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise _unreadable(path, "The file is too large to be a register.")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise _unreadable(path, "The file is not JSON that can be read.") from None


def _lines(path: Path) -> list[list[str]]:
    if path.suffix.lower() == ".csv":
        return read_csv(path)
    return next(iter(read_sheets(path).values()), [])


def _unreadable(path: Path, message: str) -> InvalidInput:
    problem = Problem(path.name, None, None, message, "Check that it is the right file.")
    return InvalidInput(Message("The file “{name}”", name=path.name), [problem])
