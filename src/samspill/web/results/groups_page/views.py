"""Many small groups read together, as page and as file."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.explorer import UnknownChoice
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.groups_page.choice import (
    CROSSED,
    FIELDS,
    group_menu,
    read_group_choice,
)
from samspill.web.results.groups_page.page import groups_drawing, groups_page
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered
from samspill.web.results.views.common import figure_response, results_file, results_page
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


@results_file
def groups_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The figure or its numbers as a file."""
    choice = read_group_choice(request.GET, edition.analysis)
    return figure_response(
        request,
        edition,
        "groups file",
        lambda: groups_drawing(edition, choice),
        form=form,
        name=choice.filename,
        choice=choice,
    )
