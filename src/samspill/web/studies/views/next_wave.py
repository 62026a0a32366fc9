"""Planning a next wave."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.studies.forms import NextWaveForm
from samspill.web.studies.planner import lead, lines


@requires(Permission.READ_STUDY)
def plan(request: StudyRequest, study: str) -> HttpResponse:
    """How large a change the next wave would find, by how many answer."""
    units = request.study.units.filter(ceased_on=None).count()
    form = NextWaveForm(units, request.GET if request.GET else None)
    planned = form.plan()
    context = {
        "part": "waves",
        "form": form,
        "units": units,
        "lead": lead(planned) if planned else "",
        "lines": lines(planned) if planned else [],
    }
    return render(request, "studies/next_wave.html", context)
