"""What every page of results does first: find the edition, or say why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, override

from samspill.errors import SamspillError
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import published_or
from samspill.web.results.published import edition

View = Callable[..., HttpResponseBase]


def results_page(page: View) -> View:
    """A page about a published study: the view is given the edition in place of the slug.

    Open to anyone once the study is published, to members who may read results before that.
    """

    @published_or(Permission.READ_RESULTS)
    @wraps(page)
    def view(request: StudyRequest, study: str, **kwargs: Any) -> HttpResponseBase:
        try:
            found = edition(request.study)
        except SamspillError as error:
            return render(request, "results/unreadable.html", {"error": error}, status=503)
        if found is None:
            return render(request, "results/nothing.html")
        return page(request, found, **kwargs)

    return view


@contextmanager
def asked_language(request: HttpRequest) -> Iterator[str]:
    """The language that an address asks for with ``?language=``, or the page's."""
    asked = request.GET.get("language", "")
    with override(asked if asked in dict(settings.LANGUAGES) else get_language()):
        yield get_language() or settings.LANGUAGE_CODE


def unknown(request: HttpRequest, error: SamspillError) -> HttpResponse:
    """The answer to an address that asks for what the study does not have."""
    return render(request, "results/unknown.html", {"error": error}, status=404)
