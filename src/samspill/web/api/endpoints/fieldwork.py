"""Collections: who is asked, how they respond, and what they have answered."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.api.actions import take_out_answers
from samspill.web.api.content import NO_ZERO, Line
from samspill.web.api.errors import FAULTS, Fault, InvalidContent
from samspill.web.api.guard import TokenRequired
from samspill.web.api.response import response_of_collection
from samspill.web.fieldwork.actions.respondents import (
    mark_ineligible,
    mark_refused,
    take_in_respondents,
)
from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.fieldwork.outcomes import response_of
from samspill.web.fieldwork.roster import COLUMNS, roster_of
from samspill.web.fieldwork.views.finding import collection_of
from samspill.web.studies.frame.reading import Sheet

router = Router(tags=["fieldwork"])
MOST_RESPONDENTS = 50_000
LARGEST_KEY = 2**63 - 1
AS_CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


class CollectionOut(Schema):
    """A data collection."""

    collection: str
    title: dict[str, str]
    wave: str
    instrument: str
    version: int
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None
    respondents: int
    submitted: int


class RespondentOut(Schema):
    """A respondent and how far it has come. Addresses and links are not given out."""

    respondent: int
    unit: str
    side: str
    organisation: str
    started: bool
    submitted_at: datetime.datetime | None
    refused: bool
    ineligible: str


class RespondentIn(Schema):
    """Whom to ask, by the unit's identifier or the code it has in the wave. What is left empty
    is not changed where the respondent is there."""

    unit: Annotated[str, StringConstraints(max_length=64, pattern=NO_ZERO)]
    side: Literal["", "municipality", "organisation"] = ""
    organisation: Line = ""
    email: Line = ""
    name: Line = ""
    language: Literal["", "nb", "nn", "en"] = ""


class RespondentsIn(Schema):
    """A list of whom to ask."""

    respondents: Annotated[list[RespondentIn], Field(min_length=1, max_length=MOST_RESPONDENTS)]


class Counts(Schema):
    """What taking in a list came to."""

    added: int
    changed: int
    unchanged: int


class RespondentPatch(Schema):
    """What is known of a respondent; what is left out is not changed. ``ineligible`` is why it
    does not belong to the population, empty where it does."""

    refused: bool | None = None
    ineligible: Line | None = None


class CaseOut(Schema):
    """How many respondents have an AAPOR disposition."""

    code: str
    label: str
    count: int


class RateOut(Schema):
    """An AAPOR rate; without a denominator there is no value."""

    rate: str
    numerator: float
    denominator: float
    value: float | None
    note: str | None


class RepresentativityOut(Schema):
    """The R-indicator over the attributes in ``over``, with its interval."""

    over: list[str]
    n: int
    responded: int
    response_rate: float
    r: float
    low: float | None
    high: float | None
    note: str | None


class ResponseOut(Schema):
    """Response to a collection as it stands. Where there is no ``representativity``,
    ``no_representativity`` says why."""

    respondents: int
    cases: list[CaseOut]
    eligibility: float
    rates: list[RateOut]
    representativity: RepresentativityOut | None
    no_representativity: str


class AnswerOut(Schema):
    """One answer; ``field`` is empty for a question about the whole unit."""

    unit: str
    field: str
    variable: str
    value: str


@router.get(
    "/studies/{study}/collections",
    response={200: list[CollectionOut], **FAULTS},
    auth=TokenRequired(Permission.READ_FIELDWORK),
)
def collections(request: StudyRequest, study: str) -> list[dict[str, Any]]:
    """The study's collections and how many have answered."""
    return [
        {
            "collection": collection.identifier,
            "title": collection.title,
            "wave": collection.wave.identifier,
            "instrument": collection.version.instrument.identifier,
            "version": collection.version.number,
            "opens_at": collection.opens_at,
            "closes_at": collection.closes_at,
            "respondents": collection.respondents.count(),
            "submitted": collection.respondents.exclude(response__submitted_at=None).count(),
        }
        for collection in Collection.objects.filter(study=request.study).select_related(
            "wave", "version__instrument"
        )
    ]


@router.get(
    "/studies/{study}/collections/{collection}/response",
    response={200: ResponseOut, **FAULTS},
    auth=TokenRequired(Permission.READ_FIELDWORK),
)
def response(request: StudyRequest, study: str, collection: str) -> Any:
    """Dispositions, AAPOR's rates and the R-indicator, as on the page about the fieldwork."""
    return response_of_collection(collection_of(request, collection))


@router.get(
    "/studies/{study}/collections/{collection}/respondents",
    response={200: list[RespondentOut], **FAULTS},
    auth=TokenRequired(Permission.READ_FIELDWORK),
)
def respondents(request: StudyRequest, study: str, collection: str) -> list[dict[str, Any]]:
    """The respondents of a collection."""
    chosen = collection_of(request, collection)
    ordered = chosen.respondents.order_by("unit__identifier", "side", "organisation")
    return [_respondent(each) for each in ordered.select_related("unit", "response")]


@router.post(
    "/studies/{study}/collections/{collection}/respondents",
    response={200: Counts, **FAULTS},
    auth=TokenRequired(Permission.RUN_FIELDWORK),
)
def post_respondents(
    request: StudyRequest, study: str, collection: str, content: RespondentsIn
) -> Any:
    """Add and change respondents: all of the list, or none where one has a fault. Sent again, it
    changes nothing."""
    chosen = collection_of(request, collection)
    rows = tuple(
        tuple(str(getattr(each, name)).strip() for name in COLUMNS) for each in content.respondents
    )
    roster = roster_of(chosen, Sheet(tuple(COLUMNS), rows, tuple(range(len(rows)))))
    if roster.faults:
        raise InvalidContent(
            _("Some respondents cannot be taken in, so that none were."),
            _("Correct what is listed, and send all of them again."),
            [
                Fault(place=f"respondents.{fault.row}.{fault.column}", message=fault.message)
                for fault in roster.faults
            ],
        )
    return take_in_respondents(actor=request.user, collection=chosen, entries=roster.entries)


@router.patch(
    "/studies/{study}/collections/{collection}/respondents/{respondent}",
    response={200: RespondentOut, **FAULTS},
    auth=TokenRequired(Permission.RUN_FIELDWORK),
)
def patch_respondent(
    request: StudyRequest, study: str, collection: str, respondent: int, content: RespondentPatch
) -> Any:
    """Write down that a respondent refuses, or does not belong; or take it back."""
    found = respondent_of(collection_of(request, collection), respondent)
    with transaction.atomic():
        if content.refused is not None:
            mark_refused(actor=request.user, respondent=found, refused=content.refused)
        if content.ineligible is not None:
            reason = content.ineligible.strip()
            mark_ineligible(actor=request.user, respondent=found, reason=reason)
    return _respondent(respondent_of(found.collection, found.pk))


@router.get(
    "/studies/{study}/collections/{collection}/answers",
    response={200: list[AnswerOut], **FAULTS},
    auth=TokenRequired(Permission.EXPORT),
    openapi_extra=AS_CSV,
)
def answers(
    request: StudyRequest,
    study: str,
    collection: str,
    format: Literal["json", "csv"] = "json",  # noqa: A002
    break_offs: bool = False,
) -> Any:
    """The answers, one a row, coded as in the study folder. With ``break_offs`` also of those who
    answered too little to count. That they were taken out, and by whom, stands in the log."""
    chosen = collection_of(request, collection)
    table = take_out_answers(
        actor=request.user, collection=chosen, written_as=format, break_offs=break_offs
    )
    if format == "csv":
        written = HttpResponse(table.write_csv(), content_type="text/csv; charset=utf-8")
        written["Content-Disposition"] = f'attachment; filename="{study}-{collection}.csv"'
        return written
    return table.to_dicts()


def respondent_of(collection: Collection, key: int) -> Respondent:
    """A respondent of a collection, with its unit and response; Http404 where there is none."""
    if not 0 < key <= LARGEST_KEY:
        raise Http404
    chosen = collection.respondents.select_related("unit", "response", "collection__study")
    return get_object_or_404(chosen, pk=key)


def _respondent(respondent: Respondent) -> dict[str, Any]:
    given = response_of(respondent)
    return {
        "respondent": respondent.pk,
        "unit": respondent.unit.identifier,
        "side": respondent.side,
        "organisation": respondent.organisation,
        "started": given is not None,
        "submitted_at": given.submitted_at if given else None,
        "refused": respondent.refused_at is not None,
        "ineligible": respondent.ineligible,
    }
