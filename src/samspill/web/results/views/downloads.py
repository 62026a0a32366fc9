"""Everything that can be saved: the numbered figures and tables, each in its formats."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.downloads import numbered_figure, numbered_table
from samspill.web.results.files import FIGURE_FORMATS, TABLE_FORMATS
from samspill.web.results.kept import kept_offer
from samspill.web.results.published import Edition
from samspill.web.results.views.common import (
    figure_response,
    results_file,
    results_page,
    table_response,
)
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


@results_file
def numbered_figure_file(
    request: StudyRequest, edition: Edition, number: str, form: str
) -> HttpResponseBase:
    """A numbered figure, or its numbers."""
    return figure_response(
        request,
        edition,
        "figure",
        lambda: numbered_figure(edition, number),
        form=form,
        name=f"figure-{number}",
        number=number,
    )


@results_file
def numbered_table_file(
    request: StudyRequest, edition: Edition, number: str, form: str
) -> HttpResponseBase:
    """A numbered table."""
    return table_response(
        request,
        edition,
        "table",
        lambda: numbered_table(edition, number),
        form=form,
        name=f"table-{number}",
        number=number,
    )
