"""What every page and file of results does first: find the edition, or say why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, override

from samspill.errors import SamspillError
from samspill.presentation import Figure, Table
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import published_or
from samspill.web.results.explorer import UnknownChoice
from samspill.web.results.files import (
    FIGURE_FORMATS,
    TABLE_FORMATS,
    figure_file,
    file_response,
    table_file,
)
from samspill.web.results.published import Edition, edition

T = TypeVar("T")
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


def results_file(page: View) -> View:
    """A file of a published study, in the language that its address asks for."""

    @results_page
    @wraps(page)
    def view(request: StudyRequest, found: Edition, **kwargs: Any) -> HttpResponseBase:
        with asked_language(request):
            try:
                return page(request, found, **kwargs)
            except UnknownChoice as error:
                return unknown(request, error)

    return view


def figure_response(
    request: StudyRequest,
    edition: Edition,
    view: str,
    draw: Callable[[], Figure | None],
    *,
    form: str,
    name: str,
    **parameters: object,
) -> HttpResponseBase:
    """A figure or its numbers as the file ``name`` of the study, drawn once for ``view`` and
    ``parameters``; ``frame=no`` in the address leaves heading and note out.

    Raises Http404 for another format, and where there is no figure.
    """
    if form not in FIGURE_FORMATS:
        raise Http404
    framed = request.GET.get("frame") != "no"
    return file_response(
        request,
        edition,
        view,
        lambda: figure_file(_there(draw()), form, framed=framed),
        form=form,
        name=f"{request.study.slug}-{name}",
        framed=framed,
        **parameters,
    )


def table_response(
    request: StudyRequest,
    edition: Edition,
    view: str,
    write: Callable[[], Table | None],
    *,
    form: str,
    name: str,
    **parameters: object,
) -> HttpResponseBase:
    """A table as the file ``name`` of the study, written once for ``view`` and ``parameters``.

    Raises Http404 for another format, and where there is no table.
    """
    if form not in TABLE_FORMATS:
        raise Http404
    return file_response(
        request,
        edition,
        view,
        lambda: table_file(_there(write()), form),
        form=form,
        name=f"{request.study.slug}-{name}",
        **parameters,
    )


def _there(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


@contextmanager
def asked_language(request: HttpRequest) -> Iterator[str]:
    """The language that an address asks for with ``?language=``, or the page's."""
    asked = request.GET.get("language", "")
    with override(asked if asked in dict(settings.LANGUAGES) else get_language()):
        yield get_language() or settings.LANGUAGE_CODE


def unknown(request: HttpRequest, error: SamspillError) -> HttpResponse:
    """The answer to an address that asks for what the study does not have."""
    return render(request, "results/unknown.html", {"error": error}, status=404)
