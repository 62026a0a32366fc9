"""Do the sources say the same? Every theme and field, the contradictions first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from samspill.triangulation.words import Words
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.studies.models import Study
from samspill.web.triangulation.gathering import Gathered, gathered
from samspill.web.triangulation.shown import closed, columns_of, lines, summed


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """Do the sources say the same?"""
    context = all_of(request.study, gathered(request.study))
    context["shared"] = request.study.sharings.filter(withdrawn_at=None).first()
    return render(request, "triangulation/overview.html", context)


def all_of(study: Study, found: Gathered) -> dict[str, Any]:
    """What the page says of all comparisons, to members and to readers."""
    words, display = Words(get_language() or "nb"), found.display
    count = display.count()
    return {
        "found": found,
        "count": count,
        "compared": sum(count.values()) - count["silent"],
        "all": len(display.rows),
        "open": summed(display.open, words),
        "closed": closed(display, words, study),
        "lines": lines(display, words),
        "fields": [words.field(name) for name in columns_of(display)],
        "states": [(words.assessment(s), s, n) for s, n in count.items()],
    }
