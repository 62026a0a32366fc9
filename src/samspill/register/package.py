"""``datapackage.json``: what a register's folder says of itself (Data Package 2.0)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from samspill.errors import Message, Problem
from samspill.register.checks import check_facts
from samspill.register.labels import column_label, table_label
from samspill.register.model import Register
from samspill.register.schema import TABLES, Column, Kind, Table
from samspill.study.package import DESCRIPTOR, PROFILE

KIND = "register"
_TYPES = {
    Kind.INTEGER: "integer",
    Kind.AMOUNT: "integer",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.TIME: "time",
}
_FORMATS = {Kind.EMAIL: "email", Kind.WEB: "uri", Kind.TIME: "%H:%M"}
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def descriptor(register: Register) -> dict[str, Any]:
    """The content of ``datapackage.json`` for a register."""
    return {
        "$schema": PROFILE,
        "name": f"register-{register.municipality_code}",
        "title": register.name,
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.csv",
                "title": table_label(table.name, "en"),
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": table_schema(table),
            }
            for table in TABLES.values()
        ],
        "samspill": {
            "kind": KIND,
            "municipality_code": register.municipality_code,
            "name": register.name,
            "invented": register.invented,
        },
    }


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table; a list in one cell is a string there."""
    return {
        "fields": [_field(table, column) for column in table.columns],
        "primaryKey": ["identifier"],
        "foreignKeys": [
            {
                "fields": [column.name],
                "reference": {
                    "resource": "" if column.of == table.name else column.of,
                    "fields": ["identifier"],
                },
            }
            for column in table.columns
            if column.kind is Kind.REFERENCE
        ],
    }


def is_register(content: Mapping[str, Any]) -> bool:
    """Whether ``datapackage.json`` says that the folder is a register."""
    said = content.get("samspill")
    return isinstance(said, dict) and said.get("kind") == KIND


def read_facts(content: Mapping[str, Any]) -> tuple[tuple[str, str, bool], list[Problem]]:
    """Municipality number, name, and whether it is invented; and what is wrong with them."""
    if not is_register(content):
        message = "The file does not say that the folder is a register."
        step = "Choose a folder that Samspill wrote, or copy “samspill” from one."
        return ("", "", False), [_problem("samspill", message, step)]
    said = content["samspill"]
    code, name, invented = (said.get(key) for key in ("municipality_code", "name", "invented"))
    if not isinstance(code, str) or not isinstance(name, str) or not isinstance(invented, bool):
        message = "Municipality number, name or the mark of invented data is missing."
        step = "Write the first two as text, and invented as true or false."
        return ("", "", False), [_problem("samspill", message, step)]
    return (code, name, invented), check_facts(code, name)


def table_paths(content: Mapping[str, Any], folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Where each table stands, as a path relative to ``folder``; one that leads out is refused."""
    resources = content.get("resources")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        return {}, [_problem("resources", "The list of resources is missing.", "Add it.")]
    paths: dict[str, str] = {}
    problems = []
    for resource in resources:
        name, path = resource.get("name"), resource.get("path")
        if name not in TABLES:
            message = Message("There is no table “{name}” in a register.", name=str(name))
            problems.append(_problem("resources", message, "Correct the name, or take it away."))
        elif name in paths:
            message = Message("The resource “{name}” stands twice.", name=name)
            problems.append(_problem("resources", message, "Keep one."))
        elif not isinstance(path, str) or not _is_inside(path, folder):
            message = Message("The path {path!r} is refused.", path=path)
            step = "Name one file in the register's folder, with / between folders, without .. ."
            problems.append(_problem("resources", message, step))
        else:
            paths[name] = path
    return paths, problems


def _field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.filled:
        constraints["required"] = True
    if column.kind is Kind.CHOICE:
        constraints["enum"] = list(column.choices)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "title": column_label(table.name, column.name, "en"),
    }
    if column.kind in _FORMATS:
        field["format"] = _FORMATS[column.kind]
    if constraints:
        field["constraints"] = constraints
    return field


def _is_inside(path: str, folder: Path) -> bool:
    if not path or "\\" in path or "\0" in path or _ADDRESS.match(path):
        return False
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or path.startswith("~"):
        return False
    return (folder / path).resolve().is_relative_to(folder.resolve())


def _problem(column: str, message: str, step: str) -> Problem:
    return Problem(DESCRIPTOR, None, column, message, step)
