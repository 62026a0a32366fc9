"""Where in the process the weight of collaboration lies."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.kept_views import kept_process
from samspill.web.results.process import (
    process_figure,
    read_process_choice,
)
from samspill.web.results.published import Edition
from samspill.web.results.views.common import figure_response, results_file, results_page
from samspill.web.results.words import language


@results_page
def process(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The map with its numbers."""
    choice, slug = read_process_choice(request.GET, edition), request.study.slug
    found = kept_process(edition, choice, slug)
    context = {
        "page": found,
        "choice": choice,
        "language": language(),
        "formats": FIGURE_FORMATS,
    }
    return render(request, "results/process.html", context)


@results_file
def process_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The map or its numbers as a file."""
    choice = read_process_choice(request.GET, edition)
    return figure_response(
        request,
        edition,
        "process file",
        lambda: process_figure(edition, choice),
        form=form,
        name="-".join(filter(None, ("process", choice.field, choice.group))),
        choice=choice,
    )
