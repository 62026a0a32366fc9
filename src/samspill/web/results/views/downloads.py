"""Everything that can be saved: the numbered figures and tables, each in its formats."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.downloads import numbered_figure, numbered_table
from samspill.web.results.files import (
    FIGURE_FORMATS,
    TABLE_FORMATS,
    figure_file,
    file_response,
    table_file,
)
from samspill.web.results.kept import kept_offer
from samspill.web.results.published import Edition
from samspill.web.results.views.common import asked_language, results_page
from samspill.web.results.words import language


@results_page
def downloads(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The list."""
    context = {
        "offer": kept_offer(edition),
        "figure_formats": FIGURE_FORMATS,
        "table_formats": TABLE_FORMATS,
        "language": language(),
    }
    return render(request, "results/downloads.html", context)


@results_page
def numbered_figure_file(
    request: StudyRequest, edition: Edition, number: str, form: str
) -> HttpResponseBase:
    """A numbered figure, or its numbers."""
    if form not in FIGURE_FORMATS:
        raise Http404
    framed = request.GET.get("frame") != "no"

    def drawn() -> bytes:
        figure = numbered_figure(edition, number)
        if figure is None:
            raise Http404
        return figure_file(figure, form, framed=framed)

    with asked_language(request):
        return file_response(
            request,
            edition,
            "figure",
            drawn,
            form=form,
            name=f"{request.study.slug}-figure-{number}",
            number=number,
            framed=framed,
        )


@results_page
def numbered_table_file(
    request: StudyRequest, edition: Edition, number: str, form: str
) -> HttpResponseBase:
    """A numbered table."""
    if form not in TABLE_FORMATS:
        raise Http404

    def written() -> bytes:
        table = numbered_table(edition, number)
        if table is None:
            raise Http404
        return table_file(table, form)

    with asked_language(request):
        return file_response(
            request,
            edition,
            "table",
            written,
            form=form,
            name=f"{request.study.slug}-table-{number}",
            number=number,
        )
