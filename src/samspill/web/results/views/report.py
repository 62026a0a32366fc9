"""The report: asking for it, and reading it."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from samspill.presentation.report.build import FORMATS
from samspill.web.access.request import StudyRequest
from samspill.web.results.change.waves import published_waves
from samspill.web.results.published import Edition
from samspill.web.results.reports import TYPES, ask_for_report, built, filename, path_of
from samspill.web.results.views.common import results_page
from samspill.web.results.words import language


@results_page
def report(request: StudyRequest, edition: Edition) -> HttpResponse:
    """The reports that have been built; a POST asks for one."""
    if request.method == "POST":
        return _asked(request, edition)
    names = dict(settings.LANGUAGES)
    earlier = published_waves(request.study)[:-1]
    context = {
        "built": [(names[each.language], each) for each in built(edition, earlier)],
        "languages": settings.LANGUAGES,
        "formats": FORMATS,
        "language": language(),
    }
    return render(request, "results/report.html", context)


def _asked(request: StudyRequest, edition: Edition) -> HttpResponse:
    wanted, form = request.POST.get("language", ""), request.POST.get("form", "")
    if wanted not in dict(settings.LANGUAGES) or form not in FORMATS:
        raise Http404
    if path_of(edition, wanted, form, published_waves(request.study)[:-1]).is_file():
        return redirect("results:report_file", request.study.slug, wanted, form)
    owner = None if request.study.published_at else request.user
    job = ask_for_report(owner=owner, study=request.study, language=wanted, form=form)
    return redirect("jobs:job", job.identifier)


@results_page
def report_file(
    request: StudyRequest, edition: Edition, wanted: str, form: str
) -> HttpResponseBase:
    """A report that has been built."""
    known = wanted in dict(settings.LANGUAGES) and form in FORMATS
    path = path_of(edition, wanted, form, published_waves(request.study)[:-1])
    if not known or not path.is_file():
        raise Http404
    name = filename(request.study, wanted, form)
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[form]
    )
