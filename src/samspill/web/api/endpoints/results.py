"""Results: open to anyone once they are published."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema

from samspill.analysis import StudyAnalysis
from samspill.analysis.results import FieldResult
from samspill.presentation.jsonstat import json_stat
from samspill.web.api.errors import Error
from samspill.web.api.guard import published_or_in_study
from samspill.web.results.published import opened
from samspill.web.studies.models import Study

router = Router(tags=["results"])

Format = Literal["json", "json-stat", "csv"]
Language = Literal["nb", "nn", "en"]
FAULTS = {400: Error, 404: Error, 422: Error}
AS_CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class StudyOut(Schema):
    """A study whose results can be read."""

    study: str
    title: dict[str, str]
    year: int
    invented: bool


class IndicatorOut(Schema):
    """An indicator: a rule that turns answers into 0 and 1, or into a number."""

    indicator: str
    label: str
    rule: str
    variables: list[str]
    per_field: bool
    binary: bool


class Written(Schema):
    """How results are written. Numbers are the same in every format."""

    format: Format = "json"
    language: Language = "nb"


class Asked(Written):
    """What results are asked for."""

    indicator: list[str]
    by: str = ""
    field: list[str] = []  # noqa: RUF012


@router.get("/studies", response=list[StudyOut])
def published_studies(request: HttpRequest) -> list[dict[str, Any]]:
    """The studies whose results are published."""
    return [
        {"study": s.slug, "title": s.title, "year": s.year, "invented": s.invented}
        for s in Study.objects.exclude(published_at=None)
    ]


@router.get("/studies/{study}/indicators", response={200: list[IndicatorOut], **FAULTS})
def indicators(request: HttpRequest, study: str, language: Language = "nb") -> list[dict[str, Any]]:
    """The indicators of a study, with their rules."""
    analysis = opened(published_or_in_study(request, study).study)
    return [
        {
            "indicator": name,
            "label": analysis.label(name, language),
            "rule": definition.rule,
            "variables": list(definition.variables),
            "per_field": definition.per_field,
            "binary": analysis.is_binary(name),
        }
        for name, definition in analysis.definitions.items()
    ]


@router.get("/studies/{study}/shares", response={200: Any, **FAULTS}, openapi_extra=AS_CSV)
def shares(request: HttpRequest, study: str, asked: Annotated[Asked, Query()]) -> HttpResponse:
    """Shares with Wilson intervals, per field, and by an attribute of the units."""
    analysis = opened(published_or_in_study(request, study).study)
    by = asked.by or None
    result = analysis.shares(asked.indicator, by=by, fields=asked.field or None)
    return _written(analysis, result, ["indicator", "field", *([by] if by else [])], asked)


@router.get("/studies/{study}/differences", response={200: Any, **FAULTS}, openapi_extra=AS_CSV)
def differences(request: HttpRequest, study: str, asked: Annotated[Asked, Query()]) -> HttpResponse:
    """Differences between the two groups of an attribute, with Newcombe's interval and p."""
    analysis = opened(published_or_in_study(request, study).study)
    result = analysis.differences(asked.indicator, by=asked.by, fields=asked.field or None)
    return _written(analysis, result, ["indicator", "field"], asked)


@router.get("/studies/{study}/policy-effects", response={200: Any, **FAULTS}, openapi_extra=AS_CSV)
def policy_effects(
    request: HttpRequest, study: str, written: Annotated[Written, Query()]
) -> HttpResponse:
    """The family of comparisons by policy, with corrections for their number."""
    analysis = opened(published_or_in_study(request, study).study)
    return _written(analysis, analysis.policy_effects(), ["indicator", "field"], written)


def _written(
    analysis: StudyAnalysis, result: FieldResult, dimensions: list[str], asked: Written
) -> HttpResponse:
    if asked.format == "csv":
        response = HttpResponse(result.frame.write_csv(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="results.csv"'
        return response
    if asked.format == "json-stat":
        return JsonResponse(json_stat(analysis, result, dimensions, asked.language))
    rows = [_finite(row) for row in result.frame.iter_rows(named=True)]
    return JsonResponse({"title": result.heading, "rows": rows})


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """Infinite limits are null in JSON, which has no word for them."""
    return {
        key: None if isinstance(value, float) and not abs(value) < float("inf") else value
        for key, value in row.items()
    }
