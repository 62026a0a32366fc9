"""The pages of a questionnaire, for a member of the study who enters what a respondent said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.answering.desk import Desk, respondents, sheet_of
from samspill.web.answering.gate import Gate, gate_of
from samspill.web.answering.pages import compare as comparing
from samspill.web.answering.pages import finish
from samspill.web.answering.pages import start as starting
from samspill.web.answering.pages import step as stepping
from samspill.web.answering.pages.common import go
from samspill.web.answering.pdf import receipt_pdf
from samspill.web.audit.recording import record
from samspill.web.fieldwork.models import Respondent, Response

Page = Callable[..., HttpResponse]
MODES = ("phone", "paper")
OPENS = frozenset({Gate.OPEN, Gate.CLOSED})
ASKED = OPENS | {Gate.REFUSED}


def _at_desk(opens: frozenset[Gate] = OPENS) -> Callable[[Page], Page]:
    """Sit down at the respondent's desk. What came on paper may be entered after closing too."""

    def wrap(page: Page) -> Page:
        @wraps(page)
        def view(
            request: StudyRequest,
            study: str,
            collection: str,
            respondent: int,
            mode: str,
            **kwargs: str,
        ) -> HttpResponse:
            if mode not in MODES:
                raise Http404
            found = _respondent(request, collection, respondent)
            desk = Desk(
                found,
                sheet_of(found.collection, translation.get_language() or "nb"),
                reverse("entry:start", args=[study, collection, respondent, mode]),
                f"user-{request.user.pk}",
                mode,
                request.user,
            )
            gate = gate_of(found)
            if gate not in opens:
                return starting.barred(request, desk, gate)
            return page(request, desk, **kwargs)

        return view

    return wrap


def _respondent(request: StudyRequest, collection: str, key: int) -> Respondent:
    found = respondents().filter(
        pk=key, collection__study=request.study, collection__identifier=collection
    )
    respondent = found.first()
    if respondent is None:
        raise Http404
    return respondent


@requires(Permission.ENTER_RESPONSES)
@require_safe
@_at_desk()
def start(request: StudyRequest, desk: Desk) -> HttpResponse:
    """The pages of the questionnaire, to begin with any."""
    return go(desk, "overview/")


@requires(Permission.ENTER_RESPONSES)
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk()
def step(request: StudyRequest, desk: Desk, step: str) -> HttpResponse:
    """One page of questions."""
    return stepping.step(request, desk, step)


@requires(Permission.ENTER_RESPONSES)
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk()
def compare(request: StudyRequest, desk: Desk, step: str) -> HttpResponse:
    """Two versions of a page, to choose between."""
    return comparing.compare(request, desk, step)


@requires(Permission.ENTER_RESPONSES)
@require_safe
@_at_desk()
def overview(request: StudyRequest, desk: Desk) -> HttpResponse:
    """All pages and what is missing."""
    return finish.overview(request, desk)


@requires(Permission.ENTER_RESPONSES)
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk()
@transaction.atomic
def review(request: StudyRequest, desk: Desk) -> HttpResponse:
    """All answers, and counting them as sent; who did so stands in the log."""
    before = _is_sent(desk)
    answer = finish.review(request, desk)
    if not before and _is_sent(desk):
        record(
            actor=request.user,
            action="fieldwork.enter_response",
            subject=f"{desk.collection.identifier}/{desk.respondent.unit.identifier}",
            study=request.study.slug,
            new={"mode": desk.mode},
        )
    return answer


def _is_sent(desk: Desk) -> bool:
    own = Response.objects.filter(respondent=desk.respondent, submitted_at__isnull=False)
    return own.exists()


@requires(Permission.ENTER_RESPONSES)
@require_safe
@_at_desk(ASKED)
def receipt(request: StudyRequest, desk: Desk) -> HttpResponse:
    """The receipt, such as can be sent to the respondent."""
    return finish.receipt(request, desk)


@requires(Permission.ENTER_RESPONSES)
@require_safe
@_at_desk(ASKED)
def pdf(request: StudyRequest, desk: Desk) -> HttpResponse:
    """The answers as a PDF."""
    return receipt_pdf(request, desk)


@requires(Permission.ENTER_RESPONSES)
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk(ASKED)
def decline(request: StudyRequest, desk: Desk) -> HttpResponse:
    """That the respondent has said it will not take part, or taken that back."""
    return starting.decline(request, desk)
