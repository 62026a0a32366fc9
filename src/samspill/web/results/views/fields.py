"""One page for each field."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from samspill.web.access.request import StudyRequest
from samspill.web.results.fields import SCHEMES, part_figure
from samspill.web.results.files import FIGURE_FORMATS
from samspill.web.results.kept import kept_field
from samspill.web.results.published import Edition
from samspill.web.results.views.common import figure_response, results_file, results_page
from samspill.web.results.words import language


@results_page
def field(request: StudyRequest, edition: Edition, field: str) -> HttpResponse:
    """Forms, support, coordination, and differences by policy in a field."""
    analysis = edition.analysis
    if field not in analysis.all_fields:
        raise Http404
    found = kept_field(edition, field)
    context = {
        "page": found,
        "language": language(),
        "formats": FIGURE_FORMATS,
        "fields": [(name, analysis.label(name, language())) for name in analysis.all_fields],
    }
    return render(request, "results/field.html", context)


@results_file
def field_file(
    request: StudyRequest, edition: Edition, field: str, part: str, form: str
) -> HttpResponseBase:
    """A part's figure or numbers as a file."""
    if field not in edition.analysis.all_fields or part not in SCHEMES:
        raise Http404
    return figure_response(
        request,
        edition,
        "field file",
        lambda: part_figure(edition, field, part),
        form=form,
        name=f"{field}-{part}",
        field=field,
        part=part,
    )
