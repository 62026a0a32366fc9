"""Where in the process the weight of collaboration lies."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import FIGURE_FORMATS, figure_file, file_response
from samspill.web.results.kept_views import kept_process
from samspill.web.results.process import (
    ProcessChoice,
    process_figure,
    read_process_choice,
)
from samspill.web.results.published import Edition
from samspill.web.results.views.common import asked_language, results_page
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


@results_page
def process_file(request: StudyRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The map or its numbers as a file; ``frame=no`` leaves heading and note out."""
    if form not in FIGURE_FORMATS:
        raise Http404
    choice = read_process_choice(request.GET, edition)
    framed = request.GET.get("frame") != "no"
    name = "-".join(filter(None, (request.study.slug, "process", choice.field, choice.group)))
    with asked_language(request):
        return file_response(
            request,
            edition,
            "process file",
            lambda: _drawn(edition, choice, form, framed),
            form=form,
            name=name,
            choice=choice,
            framed=framed,
        )


def _drawn(edition: Edition, choice: ProcessChoice, form: str, framed: bool) -> bytes:
    figure = process_figure(edition, choice)
    if figure is None:
        raise Http404
    return figure_file(figure, form, framed=framed)
