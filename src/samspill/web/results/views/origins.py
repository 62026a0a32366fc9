"""Where a number comes from."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.explorer import UnknownChoice
from samspill.web.results.kept import kept_origin
from samspill.web.results.origins import read_number
from samspill.web.results.published import Edition
from samspill.web.results.views.common import results_page, unknown


@results_page
def number_origin(request: StudyRequest, edition: Edition, indicator: str) -> HttpResponse:
    """The cells behind a number, its definition, its printed values and its provenance."""
    try:
        number = read_number(indicator, request.GET, edition.analysis)
    except UnknownChoice as error:
        return unknown(request, error)
    found = kept_origin(edition, number)
    return render(request, "results/origin.html", {"origin": found, "choice": number.choice})
