"""Printed and recomputed."""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.kept_views import kept_printed
from samspill.web.results.printed import read_printed_choice
from samspill.web.results.published import Edition
from samspill.web.results.views.common import results_file, results_page

COLUMNS = (
    "identifier",
    "source_label",
    "what",
    "statistic",
    "printed",
    "recomputed",
    "n",
    "verdict_label",
    "evidence",
    "explanation",
)


@results_page
def printed(request: StudyRequest, edition: Edition) -> HttpResponse:
    """Every printed number with its verdict; those that disagree first, each explained."""
    page = kept_printed(edition)
    choice = read_printed_choice(request.GET, page)
    context = {
        "page": page,
        "choice": choice,
        "rows": choice.chosen(page.rows),
        "weighted": edition.analysis.weighting is not None,
    }
    return render(request, "results/printed.html", context)


@results_file
def printed_file(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The chosen rows as CSV, in UTF-8."""
    page = kept_printed(edition)
    rows = read_printed_choice(request.GET, page).chosen(page.rows)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.study.slug}-printed.csv"'
    writer = csv.writer(response)
    writer.writerow(name.removesuffix("_label") for name in COLUMNS)
    writer.writerows([getattr(row, name) for name in COLUMNS] for row in rows)
    return response
