"""The interviews of a study against its plan."""

from __future__ import annotations

import polars as pl

from samspill.qualitative.model import INTERVIEW
from samspill.selection import InterviewCoverage, interview_coverage
from samspill.vocabulary import load
from samspill.web.studies.models import Study


def fields_in_depth() -> list[str]:
    """The fields that are studied through interviews."""
    return [concept.identifier for concept in load().fields.having(in_depth=True)]


def sides() -> list[str]:
    return list(load().sides)


def cells() -> list[tuple[str, str]]:
    """Every side and field."""
    return [(side, field) for field in fields_in_depth() for side in sides()]


def coverage_of(study: Study) -> InterviewCoverage | None:
    """The interviews of a study against its plan; None where nothing is planned."""
    planned = list(
        study.planned_interviews.order_by("unit__identifier", "pk").values_list(
            "unit__identifier", "side", "field", "number"
        )
    )
    if not any(number for *_, number in planned):
        return None
    plan = pl.DataFrame(
        planned,
        schema={"unit": pl.String, "side": pl.String, "field": pl.String, "planned": pl.Int64},
        orient="row",
    )
    made = study.sources.filter(kind=INTERVIEW).values_list("unit__identifier", "side", "fields")
    sources = pl.DataFrame(
        list(made),
        schema={"unit": pl.String, "side": pl.String, "fields": pl.List(pl.String)},
        orient="row",
    )
    return interview_coverage(plan, sources)
