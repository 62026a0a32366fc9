"""Pages for respondents: the token in the link is the key."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_http_methods, require_safe

from samspill.web.access.request import UserRequest
from samspill.web.access.rules import anyone, signed_in
from samspill.web.answering.desk import Desk, respondent_of, respondents, sheet_of
from samspill.web.answering.gate import Gate, gate_of
from samspill.web.answering.pages import compare as comparing
from samspill.web.answering.pages import finish
from samspill.web.answering.pages import start as starting
from samspill.web.answering.pages import step as stepping
from samspill.web.answering.pdf import receipt_pdf
from samspill.web.fieldwork.messages.composing import addressee, with_names
from samspill.web.fieldwork.models import Respondent

Page = Callable[..., HttpResponse]
ALL_GATES = frozenset(Gate)
OPEN_ONLY = frozenset({Gate.OPEN})


def _at_desk(opens: frozenset[Gate] = OPEN_ONLY) -> Callable[[Page], Page]:
    """Find the respondent of the token, or say that the link is unknown; ``opens`` are the gates
    at which the page can be had."""

    def wrap(page: Page) -> Page:
        @wraps(page)
        def view(request: HttpRequest, token: str, **kwargs: str) -> HttpResponse:
            fit = token.isascii() and token.isprintable()
            respondent = respondent_of(token) if fit else None
            if respondent is None or not constant_time_compare(respondent.token, token):
                return _unknown(request)
            _speak(request, respondent.language)
            desk = Desk(
                respondent,
                sheet_of(respondent.collection, translation.get_language() or "nb"),
                reverse("answering:start", args=[token]),
                _author(request, token),
            )
            gate = gate_of(respondent)
            if gate not in opens:
                return starting.barred(request, desk, gate)
            return page(request, desk, **kwargs)

        return view

    return wrap


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "answering/unknown.html", status=404)


def _speak(request: HttpRequest, language: str) -> None:
    """The respondent's own language, until the reader has chosen one."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if not chosen and language in dict(settings.LANGUAGES):
        translation.activate(language)
        request.LANGUAGE_CODE = language


def _author(request: HttpRequest, token: str) -> str:
    """Tells browsers at one link apart; the same browser is another at another link."""
    cookie = request.META.get("CSRF_COOKIE", "")
    return salted_hmac("samspill.answering", f"{token}{cookie}").hexdigest()[:32]


@anyone
@require_safe
@_at_desk()
def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is asked, and the way in."""
    return starting.start(request, desk)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk()
def step(request: HttpRequest, desk: Desk, step: str) -> HttpResponse:
    """One page of questions."""
    return stepping.step(request, desk, step)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk()
def compare(request: HttpRequest, desk: Desk, step: str) -> HttpResponse:
    """Two versions of a page, to choose between."""
    return comparing.compare(request, desk, step)


@anyone
@require_safe
@_at_desk()
def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All pages and what is missing."""
    return finish.overview(request, desk)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk()
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All answers, and sending them in."""
    return finish.review(request, desk)


@anyone
@require_safe
@_at_desk(ALL_GATES - {Gate.NOT_YET})
def receipt(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The receipt, also after closing."""
    return finish.receipt(request, desk)


@anyone
@require_safe
@_at_desk(ALL_GATES - {Gate.NOT_YET})
def pdf(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The answers as a PDF."""
    return receipt_pdf(request, desk)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
@_at_desk(frozenset({Gate.OPEN, Gate.REFUSED}))
def decline(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Not to take part, or to take that back."""
    return starting.decline(request, desk)


@signed_in
@require_safe
def mine(request: UserRequest) -> HttpResponse:
    """The questionnaires that are sent to the reader's own address."""
    address = request.user.email
    found = respondents().filter(email__iexact=address) if address else Respondent.objects.none()
    asked = with_names(found.order_by("-collection__opens_at"))
    listed = [(each, addressee(each), gate_of(each).value) for each in asked]
    return render(request, "answering/mine.html", {"listed": listed})
