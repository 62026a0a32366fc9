"""Do the sources say the same? Every theme and field, the contradictions first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from samspill.triangulation.words import Words
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.triangulation.gathering import gathered
from samspill.web.triangulation.shown import columns_of, lines, summed


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Do the sources say the same?"""
    found = gathered(request.study)
    words = Words(get_language() or "nb")
    display = found.display
    count = display.count()
    context = {
        "found": found,
        "count": count,
        "compared": sum(count.values()) - count["silent"],
        "all": len(display.rows),
        "open": summed(display.open, words),
        "closed": summed([row for row in display.rows if row.standing == "closed"], words),
        "lines": lines(display, words),
        "fields": [words.field(name) for name in columns_of(display)],
        "states": [(words.assessment(s), s, n) for s, n in count.items()],
        "shared": request.study.sharings.filter(withdrawn_at=None).first(),
    }
    return render(request, "triangulation/overview.html", context)
