"""Table Schemas for the tables of a study whose ``datapackage.json`` declares none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import Problem
from samspill.study.delimited import read_csv
from samspill.study.schema import TABLES, attribute_types, table_schema


def completed(
    content: Mapping[str, Any], folder: Path, paths: Mapping[str, str]
) -> tuple[dict[str, Any], list[Problem]]:
    """``content`` of ``datapackage.json`` with a schema for every table of the study.

    ``paths``: the file of each table. A schema that is declared stays as it is. Problems tell of
    tables that cannot be read.
    """
    lacking = {
        resource["name"]
        for resource in content["resources"]
        if resource.get("name") in paths and "schema" not in resource
    }
    problems: list[Problem] = []
    tables: dict[str, pl.DataFrame] = {}
    for name in sorted(lacking | {"variables"} if lacking else ()):
        frame, faults = read_csv(folder / paths[name], paths[name])
        problems.extend(faults)
        if frame is not None:
            tables[name] = frame
    types = _attribute_types(tables.get("variables"))
    resources = [
        {**resource, "schema": table_schema(TABLES[name], tables[name].columns, types)}
        if (name := resource.get("name")) in lacking and name in tables
        else resource
        for resource in content["resources"]
    ]
    return {**content, "resources": resources}, problems


def _attribute_types(variables: pl.DataFrame | None) -> dict[str, str]:
    if variables is None or not {"variable", "type"} <= set(variables.columns):
        return {}
    return attribute_types(dict(variables.select("variable", "type").iter_rows()))
