"""The explorer: indicator, field and split, and the figure and table that follow from them."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.presentation import Figure
from samspill.web.access.request import StudyRequest
from samspill.web.results.explorer import Choice, UnknownChoice, read_choice
from samspill.web.results.explorer_figure import explorer_figure
from samspill.web.results.explorer_numbers import numbers_of
from samspill.web.results.explorer_page import heading_of
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.kept import kept_choice, kept_menu
from samspill.web.results.published import Edition
from samspill.web.results.views.common import figure_response, results_file, results_page
from samspill.web.results.words import language


@results_page
def explorer(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The page: what to choose, and what comes of it."""
    choices = kept_menu(edition)
    try:
        choice = read_choice(request.GET, edition.analysis)
    except UnknownChoice as error:
        context = {"menu": choices, "error": error}
        return render(request, "results/explorer.html", context, status=404)
    page = kept_choice(edition, choice)
    context = {
        "menu": choices,
        "choice": choice,
        "shown": page,
        "language": language(),
        "formats": FIGURE_FORMATS,
    }
    return render(request, "results/explorer.html", context)


@results_file
def explorer_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The choice's figure or numbers as a file."""
    choice = read_choice(request.GET, edition.analysis)
    return figure_response(
        request,
        edition,
        "explorer file",
        lambda: _drawn(edition, choice),
        form=form,
        name=choice.filename,
        choice=choice,
    )


def _drawn(edition: Edition, choice: Choice) -> Figure | None:
    numbers = numbers_of(edition, choice)
    if numbers.frame.is_empty():
        return None
    heading = heading_of(edition.analysis, choice, numbers.kind)
    return explorer_figure(edition.analysis, choice, numbers, heading)
