"""``datapackage.json``: what a study's folder says about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from samspill.errors import Message, Problem
from samspill.study.schema import TABLES, table_schema
from samspill.study.weighting import Weighting, read_weighting

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Facts:
    """What ``datapackage.json`` carries under ``samspill``."""

    identifier: str
    title: Mapping[str, str]
    population_size: int
    year: int
    response_attribute: str
    weighting: Weighting | None = None


def descriptor(
    facts: Facts, columns: Mapping[str, Sequence[str]], attributes: Mapping[str, str]
) -> dict[str, Any]:
    """The content of ``datapackage.json`` for tables with these columns."""
    return {
        "$schema": PROFILE,
        "name": facts.identifier,
        "title": next(iter(facts.title.values())),
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": table_schema(TABLES[name], names, attributes),
            }
            for name, names in columns.items()
        ],
        "samspill": {
            "identifier": facts.identifier,
            "title": dict(facts.title),
            "population_size": facts.population_size,
            "year": facts.year,
            "response_attribute": facts.response_attribute,
            **({"weighting": facts.weighting.as_json()} if facts.weighting else {}),
        },
    }


def read_descriptor(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """``datapackage.json`` as it stands, or why it cannot be read."""
    try:
        if not (folder / DESCRIPTOR).is_file():
            raise FileNotFoundError
        text = (folder / DESCRIPTOR).read_bytes().decode("utf-8")
        content = json.loads(text)
    except OSError:
        step = "Check the folder; every study has this file."
        return {}, [_problem(None, "The file is missing or cannot be read.", step)]
    except UnicodeDecodeError:
        return {}, [_problem(None, "The file is not UTF-8 text.", "Save it as UTF-8.")]
    except (json.JSONDecodeError, RecursionError) as error:
        step = "Correct it at the place named; it must be UTF-8 without a byte order mark."
        return {}, [
            _problem(None, Message("The file is not JSON: {error}.", error=str(error)), step)
        ]
    if not isinstance(content, dict):
        return {}, [_problem(None, "The file holds no JSON object.", Message("Begin it with {{ ."))]
    return content, []


def read_facts(content: Mapping[str, Any]) -> tuple[Facts | None, list[Problem]]:
    """What stands under ``samspill``, or what is wrong with it."""
    raw = content.get("samspill")
    if not isinstance(raw, dict):
        step = "Add it, with identifier, title, population_size, year and response_attribute."
        return None, [_problem("samspill", "The object is missing.", step)]
    weighting, faults = read_weighting(raw.get("weighting"))
    facts = Facts(
        raw.get("identifier", ""),
        raw.get("title", {}),
        raw.get("population_size", -1),
        raw.get("year", -1),
        raw.get("response_attribute") or "",
        weighting,
    )
    problems = [*check_facts(facts), *faults]
    return (None if problems else facts), problems


def check_facts(facts: Facts) -> list[Problem]:
    """What is wrong with the facts, in memory or in the file."""
    problems = []
    if not isinstance(facts.identifier, str) or not _IDENTIFIER.fullmatch(facts.identifier):
        step = "Use lower-case letters, digits and single hyphens, such as norway-2018."
        problems.append(_problem("samspill.identifier", "The identifier is not usable.", step))
    title = facts.title
    if (
        not isinstance(title, Mapping)
        or not title
        or not all(isinstance(text, str) and text.strip() for text in (*title, *title.values()))
    ):
        step = 'Write the title by language, such as {"nb": "…", "en": "…"}.'
        problems.append(_problem("samspill.title", "The title is missing or empty.", step))
    for name in ("population_size", "year"):
        value = getattr(facts, name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            message = "The value is missing or not a positive whole number."
            problems.append(_problem(f"samspill.{name}", message, "Write it as a number."))
    response: object = facts.response_attribute
    if not isinstance(response, str):
        message = "The value is not the name of an attribute."
        step = "Name the column of units that says who answered, or leave it empty."
        problems.append(_problem("samspill.response_attribute", message, step))
    return problems


def resource_paths(
    content: Mapping[str, Any], folder: Path
) -> tuple[dict[str, str], list[Problem]]:
    """Where each table of the study stands, as a path relative to ``folder``.

    A path that leads out of the folder, or to another machine, is refused. Resources of other
    names are left alone.
    """
    resources = content.get("resources")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        return {}, [_problem("resources", "The list of resources is missing.", "Add it.")]
    paths: dict[str, str] = {}
    problems = []
    for number, resource in enumerate(resources, start=1):
        name, path = resource.get("name"), resource.get("path")
        place = f"resources[{number}]"
        if not isinstance(name, str):
            problems.append(_problem(f"{place}.name", "The name is missing.", "Name the resource."))
        elif name in paths:
            problems.append(
                _problem(
                    f"{place}.name",
                    Message("The resource “{name}” stands twice.", name=name),
                    "Keep one.",
                )
            )
        elif not isinstance(path, str) or not _is_inside(path, folder):
            step = "Name one file in the study's folder, with / between folders and without .. ."
            problems.append(
                _problem(f"{place}.path", Message("The path {path!r} is refused.", path=path), step)
            )
        elif name in TABLES:
            paths[name] = path
            problems.extend(_format_problems(resource, place))
    named = [resource.get("name") for resource in resources]
    for name, table in TABLES.items():
        if not table.optional and name not in named:
            message = Message("The resource “{name}” is missing.", name=name)
            problems.append(
                _problem(
                    "resources", message, Message("Add it, with the file {name}.csv.", name=name)
                )
            )
    return paths, problems


def _is_inside(path: str, folder: Path) -> bool:
    if not path or "\\" in path or "\0" in path or _URL.match(path):
        return False
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or path.startswith("~"):
        return False
    return (folder / path).resolve().is_relative_to(folder.resolve())


def _format_problems(resource: Mapping[str, Any], place: str) -> list[Problem]:
    problems = []
    encoding = resource.get("encoding", "utf-8")
    if not isinstance(encoding, str) or encoding.lower() not in {"utf-8", "utf8"}:
        problems.append(
            _problem(
                f"{place}.encoding",
                Message("The encoding {encoding!r} is not read.", encoding=encoding),
                "Save it as UTF-8.",
            )
        )
    dialect = resource.get("dialect", {})
    delimiter = dialect.get("delimiter", ",") if isinstance(dialect, dict) else None
    if delimiter != ",":
        problems.append(
            _problem(f"{place}.dialect", "The columns are not separated by commas.", "Use commas.")
        )
    return problems


def _problem(column: str | None, message: str, step: str) -> Problem:
    return Problem(DESCRIPTOR, None, column, message, step)
