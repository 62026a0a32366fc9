"""Results: open to anyone once they are published."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import Query, Router, Schema

from samspill.analysis import StudyAnalysis
from samspill.analysis.results import FieldResult
from samspill.presentation.tables.jsonstat import json_stat
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.api.content import Language
from samspill.web.api.errors import Error
from samspill.web.api.guard import PublishedOrToken
from samspill.web.results.kept_views import kept_printed
from samspill.web.results.published import Edition, edition
from samspill.web.results.rendering import remembered
from samspill.web.results.withholding import is_withheld, withheld
from samspill.web.studies.models import Study

router = Router(tags=["results"])

Format = Literal["json", "json-stat", "csv"]
FAULTS = {400: Error, 403: Error, 404: Error, 422: Error}
OPEN = PublishedOrToken(Permission.READ_RESULTS)
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


class PrintedOut(Schema):
    """A printed number beside what the study's answers give."""

    identifier: str
    source: str
    what: str
    statistic: str
    printed: str
    recomputed: str
    n: str
    verdict: str
    evidence: str
    explanation: str


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


@router.get("/studies/{study}/indicators", response={200: list[IndicatorOut], **FAULTS}, auth=OPEN)
def indicators(
    request: StudyRequest, study: str, language: Language = "nb"
) -> list[dict[str, Any]]:
    """The indicators of a study, with their rules."""
    analysis = _edition(request.study).analysis
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


@router.get(
    "/studies/{study}/shares",
    response={200: Any, **FAULTS},
    openapi_extra=AS_CSV,
    auth=OPEN,
)
def shares(request: StudyRequest, study: str, asked: Annotated[Asked, Query()]) -> HttpResponse:
    """Shares with Wilson intervals, per field, and by an attribute of the units."""
    by, fields = asked.by or None, asked.field or None

    def compute(analysis: StudyAnalysis) -> FieldResult:
        return analysis.shares(asked.indicator, by=by, fields=fields)

    keys = ["indicator", "field", *([by] if by else [])]
    return _answer(request, study, "shares", compute, keys, asked, asked.by)


@router.get(
    "/studies/{study}/differences",
    response={200: Any, **FAULTS},
    openapi_extra=AS_CSV,
    auth=OPEN,
)
def differences(
    request: StudyRequest, study: str, asked: Annotated[Asked, Query()]
) -> HttpResponse:
    """Differences between the two groups of an attribute, with Newcombe's interval and p."""

    def compute(analysis: StudyAnalysis) -> FieldResult:
        return analysis.differences(asked.indicator, by=asked.by, fields=asked.field or None)

    return _answer(request, study, "differences", compute, ["indicator", "field"], asked, asked.by)


@router.get(
    "/studies/{study}/policy-effects",
    response={200: Any, **FAULTS},
    openapi_extra=AS_CSV,
    auth=OPEN,
)
def policy_effects(
    request: StudyRequest, study: str, written: Annotated[Written, Query()]
) -> HttpResponse:
    """The family of comparisons by policy, with corrections for their number."""
    keys = ["indicator", "field"]
    compute = StudyAnalysis.policy_effects
    return _answer(request, study, "policy-effects", compute, keys, written, "has_policy")


@router.get("/studies/{study}/printed", response={200: list[PrintedOut], **FAULTS}, auth=OPEN)
def printed(
    request: StudyRequest, study: str, language: Language = "nb", verdict: str = ""
) -> list[Any]:
    """Every printed number of a study, recomputed from its answers, with the verdict; or those
    with one verdict alone, such as ``disagrees``."""
    with translation.override(language):
        rows = kept_printed(_edition(request.study)).rows
    return [row for row in rows if verdict in ("", row.verdict)]


def _answer(
    request: StudyRequest,
    study: str,
    verb: str,
    compute: Callable[[StudyAnalysis], FieldResult],
    keys: list[str],
    asked: Written,
    split: str = "",
) -> HttpResponse:
    """The result as asked for, computed once for each edition of the study.

    Rows whose counts would give units away are left out.
    """
    found = _edition(request.study)

    def write() -> str:
        safe = without_small_cells(found, compute(found.analysis), split)
        return _written(found.analysis, safe, keys, asked)

    body = remembered(found, f"api-{verb}", write, asked=asked.model_dump_json())
    if asked.format == "csv":
        response = HttpResponse(body, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{study}-{verb}.csv"'
        return response
    return HttpResponse(body, content_type="application/json")


def without_small_cells(found: Edition, result: FieldResult, split: str) -> FieldResult:
    """The result without the rows that would tell of one to four units' real answers."""
    hidden = withheld(found, split)
    if not hidden:
        return result
    rows = result.frame.select("indicator", "field").iter_rows()
    shown = [not is_withheld(hidden, indicator, field) for indicator, field in rows]
    return replace(result, frame=result.frame.filter(shown))


def _edition(study: Study) -> Edition:
    found = edition(study)
    if found is None:
        raise Http404
    return found


def _written(analysis: StudyAnalysis, result: FieldResult, keys: list[str], asked: Written) -> str:
    if asked.format == "csv":
        return result.frame.write_csv()
    if asked.format == "json-stat":
        return json.dumps(json_stat(analysis, result, keys, asked.language))
    rows = [_finite(row) for row in result.frame.iter_rows(named=True)]
    return json.dumps({"title": result.heading, "rows": rows})


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """Infinite limits are null in JSON, which has no word for them."""
    return {
        key: None if isinstance(value, float) and not abs(value) < float("inf") else value
        for key, value in row.items()
    }
