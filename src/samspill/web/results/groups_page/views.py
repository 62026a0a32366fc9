"""Many small groups read together, as page and as file."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.explorer import UnknownChoice
from samspill.web.results.files import FIGURE_FORMATS, figure_file, file_response
from samspill.web.results.groups_page.choice import (
    CROSSED,
    FIELDS,
    GroupChoice,
    group_menu,
    read_group_choice,
)
from samspill.web.results.groups_page.page import groups_drawing, groups_page
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered
from samspill.web.results.views.common import asked_language, results_page, unknown
from samspill.web.results.words import language


@results_page
def groups(request: StudyRequest, edition: Edition) -> HttpResponse:
    """Which groups stand out, and which are only few."""
    choices = remembered(edition, "groups menu", lambda: group_menu(edition.analysis))
    try:
        choice = read_group_choice(request.GET, edition.analysis)
    except UnknownChoice as error:
        context = {"menu": choices, "error": error}
        return render(request, "results/groups.html", context, status=404)
    page = remembered(edition, "groups", lambda: groups_page(edition, choice), choice=choice)
    context = {
        "menu": choices,
        "choice": choice,
        "in_field": choice.groups != FIELDS and not choice.groups.startswith(CROSSED),
        "page": page,
        "language": language(),
        "formats": FIGURE_FORMATS,
    }
    return render(request, "results/groups.html", context)


@results_page
def groups_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The figure or its numbers as a file; ``frame=no`` leaves heading and note out."""
    if form not in FIGURE_FORMATS:
        raise Http404
    with asked_language(request):
        try:
            choice = read_group_choice(request.GET, edition.analysis)
        except UnknownChoice as error:
            return unknown(request, error)
        framed = request.GET.get("frame") != "no"
        return file_response(
            request,
            edition,
            "groups file",
            lambda: _drawn(edition, choice, form, framed),
            form=form,
            name=f"{request.study.slug}-{choice.filename}",
            choice=choice,
            framed=framed,
        )


def _drawn(edition: Edition, choice: GroupChoice, form: str, framed: bool) -> bytes:
    figure = groups_drawing(edition, choice)
    if figure is None:
        raise Http404
    return figure_file(figure, form, framed=framed)
