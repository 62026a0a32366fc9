"""What the pages of a questionnaire have in common."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.formats import date_format

from samspill.instrument import Step
from samspill.web.answering.desk import Desk
from samspill.web.pages.moulds import filled


def show(
    request: HttpRequest, desk: Desk, page: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the questionnaire."""
    shared = {
        "desk": desk,
        "collection": desk.collection,
        "study": desk.collection.study,
        **_frame(desk),
        **_own(request, desk),
    }
    answer = render(request, f"answering/{page}.html", shared | context, status=status)
    return _kept_private(answer)


def show_filled(
    request: HttpRequest,
    desk: Desk,
    page: str,
    fixed: Mapping[str, Hashable],
    slots: Mapping[str, Any],
) -> HttpResponse:
    """The same page where all that its template decides by is ``fixed`` (``filled``)."""
    template = f"answering/{page}.html"
    own = {**_own(request, desk), **slots}
    text = filled(template, {**_frame(desk), **fixed}, own, request)
    return _kept_private(HttpResponse(text))


def _frame(desk: Desk) -> dict[str, Hashable]:
    return {
        "collection_title": str(desk.collection),
        "invented": desk.collection.study.invented,
        "entering": desk.mode_label if desk.mode != "web" else "",
    }


def _own(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    return {"base": desk.base, "unit_name": desk.unit_name, "here": request.get_full_path()}


def _kept_private(answer: HttpResponse) -> HttpResponse:
    """Browsers ask again before they show a page from their store; search engines keep out."""
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def go(desk: Desk, page: str, anchor: str = "", **query: Any) -> HttpResponseRedirect:
    """Onwards to a page of the questionnaire, with a GET."""
    given = {key: value for key, value in query.items() if value}
    address = f"{desk.base}{page}" + (f"?{urlencode(given)}" if given else "")
    answer = HttpResponseRedirect(address + (f"#{anchor}" if anchor else ""))
    answer.status_code = 303
    return answer


def step_page(step: Step) -> str:
    """The address of a step, after ``Desk.base``."""
    return f"page/{step.identifier}/"


def moment(at: datetime.datetime | None) -> str:
    """A day and time in words; empty for none."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def wanted_language(request: HttpRequest) -> str:
    """The language whose button was pressed; empty for none of the site's."""
    code = request.POST.get("language", "")
    return code if code in dict(settings.LANGUAGES) else ""


def keep_language(answer: HttpResponse, code: str) -> HttpResponse:
    """Show this and later pages in a language."""
    translation.activate(code)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return answer
