"""Who is missing, and what could the silence change?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.missing.page import kept_missing
from samspill.web.results.published import Edition
from samspill.web.results.views.common import results_page
from samspill.web.results.words import language


@results_page
def response(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The response by what is known of every unit, the weights, and the tipping points."""
    context = {
        "page": kept_missing(edition),
        "language": language(),
        "formats": FIGURE_FORMATS,
    }
    return render(request, "results/missing/response.html", context)
