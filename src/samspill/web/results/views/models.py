"""The models table."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import TABLE_FORMATS
from samspill.web.results.kept_views import kept_models
from samspill.web.results.published import Edition
from samspill.web.results.views.common import results_page
from samspill.web.results.words import language


@results_page
def models(request: StudyRequest, edition: Edition) -> HttpResponse:
    """Every model on volunteer policy."""
    context = {
        "page": kept_models(edition),
        "language": language(),
        "formats": TABLE_FORMATS,
    }
    return render(request, "results/models.html", context)
