"""The rounds of a study."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires


@requires(Permission.READ_STUDY)
def waves(request: StudyRequest, study: str) -> HttpResponse:
    """When the study asks, and whom it then describes."""
    return render(request, "studies/waves.html", {"part": "waves"})
