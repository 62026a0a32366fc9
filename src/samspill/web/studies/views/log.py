"""The log of a study."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires


@requires(Permission.READ_LOG)
def log(request: StudyRequest, study: str) -> HttpResponse:
    """Who has changed what."""
    return render(request, "studies/log.html", {"part": "log"})
