"""What is known, and how sure it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.kept import kept_overview
from samspill.web.results.published import Edition
from samspill.web.results.views.common import results_page
from samspill.web.results.words import language


@results_page
def overview(request: StudyRequest, edition: Edition) -> HttpResponse:
    """Response, the fields at a glance, and where to read on."""
    found = kept_overview(edition)
    context = {"overview": found, "language": language()}
    return render(request, "results/overview.html", context)
