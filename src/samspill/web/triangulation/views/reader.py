"""The comparison as readers of a published study see it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import published_or
from samspill.web.triangulation.gathering import gathered
from samspill.web.triangulation.views.comparison import about, row_of
from samspill.web.triangulation.views.downloads import every_number
from samspill.web.triangulation.views.overview import all_of


@published_or(Permission.READ_RESULTS)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Do the sources say the same?"""
    context = all_of(request.study, gathered(request.study, reader=True))
    return render(request, "triangulation/reader.html", context)


@published_or(Permission.READ_RESULTS)
def comparison(request: StudyRequest, study: str, theme: str, field: str) -> HttpResponse:
    """What does each source say of a theme in a field?"""
    found = gathered(request.study, reader=True)
    row = row_of(found, theme, field)
    context = about(request.study, found, row, member=False)
    return render(request, "triangulation/reader_comparison.html", context)


@published_or(Permission.READ_RESULTS)
def download(request: StudyRequest, study: str) -> HttpResponse:
    """Every number of the comparison that readers see."""
    return every_number(gathered(request.study, reader=True), study)
