"""The units of a study."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires


@requires(Permission.READ_STUDY)
def units(request: StudyRequest, study: str) -> HttpResponse:
    """Which units the study has."""
    return render(request, "studies/units.html", {"part": "units"})
