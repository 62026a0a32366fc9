"""Barriers, cases and method: what the report's chapters say, as pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import FIGURE_FORMATS, TABLE_FORMATS
from samspill.web.results.kept_views import kept_chapter
from samspill.web.results.published import Edition
from samspill.web.results.views.common import results_page
from samspill.web.results.words import language


def _page(request: StudyRequest, edition: Edition, name: str) -> HttpResponse:
    context = {
        "page": kept_chapter(edition, name),
        "language": language(),
        "formats": FIGURE_FORMATS,
        "table_formats": TABLE_FORMATS,
    }
    return render(request, f"results/{name}.html", context)


@results_page
def barriers(request: StudyRequest, edition: Edition) -> HttpResponse:
    """What makes collaboration hard, by those who were asked."""
    return _page(request, edition, "barriers")


@results_page
def cases(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The municipalities that were studied closely."""
    return _page(request, edition, "cases")


@results_page
def ordered(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The number of relations by its order alone, beside the line through its categories."""
    return _page(request, edition, "ordered")


@results_page
def method(request: StudyRequest, edition: Edition) -> HttpResponse:
    """How each statistic is computed, who described it, and when not to use it."""
    return _page(request, edition, "method")
