"""The classes of the attributes that a study's own table of cases has, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import SamspillError
from samspill.selection.attributes import Attribute, class_names
from samspill.selection.coverage import Coverage, coverage
from samspill.selection.informants import InterviewCoverage, interview_coverage, interview_plan

DATA = Path(__file__).parent / "data" / "classes.toml"
SIDE_COLUMNS = {
    "municipality": "interviews_municipality",
    "organisation": "interviews_organisations",
}


@dataclass(frozen=True, slots=True)
class StandardAttribute:
    """An attribute with its classes; ``source`` says whose they are, empty for Samspill's own."""

    attribute: Attribute
    labels: Mapping[str, str]
    source: str


@cache
def standard_attributes() -> Mapping[str, StandardAttribute]:
    """The attributes of a table of cases by name, in the order of the founding report's table."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {name: _attribute(name, given) for name, given in raw.items()}


def _attribute(name: str, given: Mapping[str, Any]) -> StandardAttribute:
    breaks = tuple(float(value) for value in given.get("breaks", ()))
    categories = class_names(breaks) if breaks else tuple(given["categories"])
    return StandardAttribute(
        Attribute(name, given["kind"], categories, breaks), given["label"], given["source"]
    )


def case_coverage(cases: pl.DataFrame) -> Coverage:
    """What a study's table of cases covers of the classes that can be, no frame being known.

    ``cases`` has ``case`` and some of the attributes of ``standard_attributes``.
    """
    known = [s.attribute for name, s in standard_attributes().items() if name in cases.columns]
    if not known:
        raise SamspillError(
            "The cases have none of the attributes with known classes.",
            "Give them inhabitants, centrality, density of organisations or policy.",
        )
    frame = cases.rename({"case": "unit"}).select("unit", *[a.name for a in known])
    return coverage(frame, frame["unit"].to_list(), known, only_cases=True)


def case_interviews(cases: pl.DataFrame, *, each: int) -> InterviewCoverage:
    """The interviews of a study's table of cases against ``each`` planned for a unit and side.

    The table counts interviews by side and not by field.
    """
    counted = pl.concat(
        cases.select(
            pl.col("case").alias("unit"),
            pl.lit(side).alias("side"),
            pl.lit("").alias("field"),
            pl.col(column).cast(pl.Int64).alias("achieved"),
        )
        for side, column in SIDE_COLUMNS.items()
    )
    plan = interview_plan(cases["case"].to_list(), list(SIDE_COLUMNS), each=each)
    return interview_coverage(plan, counted)
