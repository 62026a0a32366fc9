"""Printed and recomputed."""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.printed import PrintedPage, printed_page, read_printed_choice
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered
from samspill.web.results.views.common import asked_language, results_page


def _found(edition: Edition) -> PrintedPage:
    return remembered(edition, "printed", lambda: printed_page(edition))


@results_page
def printed(request: StudyRequest, edition: Edition) -> HttpResponse:
    """Every printed number with its verdict; those that disagree first, each explained."""
    page = _found(edition)
    choice = read_printed_choice(request.GET, page)
    context = {"page": page, "choice": choice, "rows": choice.chosen(page.rows)}
    return render(request, "results/printed.html", context)


@results_page
def printed_file(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The chosen rows as CSV, in UTF-8."""
    with asked_language(request):
        page = _found(edition)
        rows = read_printed_choice(request.GET, page).chosen(page.rows)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.study.slug}-printed.csv"'
    columns = ("identifier", "source_label", "what", "statistic", "printed", "recomputed", "n")
    columns += ("verdict_label", "evidence", "explanation")
    writer = csv.writer(response)
    writer.writerow(name.removesuffix("_label") for name in columns)
    writer.writerows([getattr(row, name) for name in columns] for row in rows)
    return response
