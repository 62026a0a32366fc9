"""The comparison as readers of a published study see it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from samspill.triangulation.words import Words
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import published_or
from samspill.web.triangulation.gathering import gathered
from samspill.web.triangulation.shown import columns_of, lines, summed
from samspill.web.triangulation.views.comparison import about, row_of
from samspill.web.triangulation.views.downloads import attached


@published_or(Permission.READ_RESULTS)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Do the sources say the same?"""
    found = gathered(request.study, reader=True)
    words = Words(get_language() or "nb")
    count = found.display.count()
    context = {
        "found": found,
        "count": count,
        "compared": sum(count.values()) - count["silent"],
        "all": len(found.display.rows),
        "open": summed(found.display.open, words),
        "closed": summed([r for r in found.display.rows if r.standing == "closed"], words),
        "lines": lines(found.display, words),
        "fields": [words.field(name) for name in columns_of(found.display)],
        "states": [(words.assessment(s), s, n) for s, n in count.items()],
    }
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
    found = gathered(request.study, reader=True)
    standing = found.display.assessments.select("theme", "field", "holds", "standing")
    joined = found.display.frame.join(
        standing, on=["theme", "field"], how="left", maintain_order="left"
    )
    return attached(joined.write_csv().encode(), f"{study}-sources.csv", "csv")
