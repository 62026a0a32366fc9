"""Hold a study's tables against the Table Schemas that its own ``datapackage.json`` declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from samspill.errors import Message, Problem
from samspill.study.completion import completed
from samspill.study.package import DESCRIPTOR, read_descriptor, resource_paths
from samspill.study.schema import TABLES

_STEP = Message("Correct the cell, or the schema in {file}.", file=DESCRIPTOR)


def check_declared(folder: Path) -> list[Problem]:
    """Faults that Frictionless finds in a folder whose files were read without fault.

    A table without a schema of its own is held against Samspill's.
    """
    from frictionless import FrictionlessException, Package

    content, _ = read_descriptor(folder)
    paths, _ = resource_paths(content, folder)
    content, _ = completed(content, folder, paths)
    resources = [r for r in content["resources"] if r.get("name") in TABLES]
    problems = [
        Problem(
            DESCRIPTOR,
            None,
            f"{resource['name']}.schema",
            "The schema does not stand in the file itself.",
            "Write the Table Schema there, as an object, or take the line away.",
        )
        for resource in resources
        if not isinstance(resource.get("schema"), dict)
    ]
    if problems:
        return problems
    try:
        package = Package.from_descriptor(
            {"resources": [_resource(resource) for resource in resources]}, basepath=str(folder)
        )
        report = package.validate()
    except FrictionlessException as error:
        return [_problem(DESCRIPTOR, fault) for fault in error.reasons or [error.error]]
    found = [_problem(DESCRIPTOR, error) for error in report.errors]
    for task in report.tasks:
        found.extend(_problem(paths[task.name], error) for error in task.errors)
    return found


def _resource(resource: dict[str, Any]) -> dict[str, Any]:
    """The part of a resource that says nothing of other places."""
    return {
        "name": resource["name"],
        "path": resource["path"],
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"csv": {"delimiter": ",", "doubleQuote": True}},
        "schema": resource["schema"],
    }


def _problem(file: str, error: Any) -> Problem:
    row = getattr(error, "row_number", None)
    column = getattr(error, "field_name", None)
    message = str(error.message if row is None else error.note or error.message).rstrip(".")
    return Problem(file, None if row is None else row - 1, column, f"{message}.", _STEP)
