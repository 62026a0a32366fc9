"""Entering what a respondent has said by telephone or on paper."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Query, Router, Schema
from pydantic import Field

from samspill.instrument import Step
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.answering.desk import Course, Desk, course_of
from samspill.web.api.content import Answer, Language, Line
from samspill.web.api.endpoints.fieldwork import respondent_of
from samspill.web.api.entering import answerable, desk_of, enter_page, submit_entered
from samspill.web.api.errors import FAULTS, Error
from samspill.web.api.guard import TokenRequired
from samspill.web.fieldwork.models import Response
from samspill.web.fieldwork.responses import as_stored
from samspill.web.fieldwork.views.finding import collection_of

router = Router(tags=["answers"])
RESPONDENT = "/studies/{study}/collections/{collection}/respondents/{respondent}"
Mode = Literal["phone", "paper"]


class PageOut(Schema):
    """A page that comes for the respondent, given its answers so far.

    ``asks`` names what it asks, as ``field/variable``; ``answers`` are those given. ``revision``
    goes up with every save.
    """

    page: str
    title: str
    asks: list[str]
    answers: dict[str, str | list[str]]
    revision: int


class PageIn(Schema):
    """Answers of a page by ``field/variable``; those not named stay as they are, and an empty one
    takes the answer away. ``base`` is the revision that was read (0: not saved before)."""

    mode: Mode
    answers: Annotated[dict[Line, Answer | list[Line]], Field(max_length=2000)]
    base: Annotated[int, Field(ge=0, le=10**6)] = 0


class SubmissionIn(Schema):
    """How the answers came in."""

    mode: Mode


class SubmissionOut(Schema):
    """When the answers were first sent."""

    submitted_at: datetime.datetime | None


@router.get(
    RESPONDENT + "/pages",
    response={200: list[PageOut], **FAULTS},
    auth=TokenRequired(Permission.ENTER_RESPONSES),
)
def pages(
    request: StudyRequest,
    study: str,
    collection: str,
    respondent: int,
    language: Annotated[Language, Query()] = "nb",
) -> Any:
    """The pages to be answered, with what is answered."""
    found = respondent_of(collection_of(request, collection), respondent)
    desk = desk_of(found, request.user, "phone", language)
    way = course_of(desk)
    return [_page(desk, way, step) for step in way.steps]


@router.put(
    RESPONDENT + "/pages/{page}",
    response={200: PageOut, **FAULTS, 409: Error},
    auth=TokenRequired(Permission.ENTER_RESPONSES),
)
def put_page(
    request: StudyRequest,
    study: str,
    collection: str,
    respondent: int,
    page: str,
    content: PageIn,
    language: Annotated[Language, Query()] = "nb",
) -> Any:
    """Save a page: all of it, or nothing where an answer does not fit the questionnaire."""
    found = respondent_of(collection_of(request, collection), respondent)
    desk = desk_of(found, request.user, content.mode, language)
    step = desk.step(page)
    if step is None:
        raise Http404
    way = enter_page(desk=desk, step=step, answers=content.answers, base=content.base)
    return _page(desk, way, way.step(page) or step)


@router.post(
    RESPONDENT + "/submission",
    response={200: SubmissionOut, **FAULTS},
    auth=TokenRequired(Permission.ENTER_RESPONSES),
)
def post_submission(
    request: StudyRequest,
    study: str,
    collection: str,
    respondent: int,
    content: SubmissionIn,
    language: Annotated[Language, Query()] = "nb",
) -> Any:
    """Count the respondent's answers as sent, where all that must be answered is. A second time
    does nothing."""
    found = respondent_of(collection_of(request, collection), respondent)
    submit_entered(desk=desk_of(found, request.user, content.mode, language))
    return Response.objects.get(respondent=found)


def _page(desk: Desk, way: Course, step: Step) -> dict[str, Any]:
    items = answerable(step)
    held = {item: way.answers[item] for item in items.values() if item in way.answers}
    return {
        "page": step.identifier,
        "title": desk.sheet.title(step),
        "asks": list(items),
        "answers": as_stored(held),
        "revision": way.saved.revision(step.identifier),
    }
