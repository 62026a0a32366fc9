"""Who takes part in a study, and what each may do."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires


@requires(Permission.READ_STUDY)
def members(request: StudyRequest, study: str) -> HttpResponse:
    """Who may do what in the study."""
    return render(request, "studies/members.html", {"part": "members"})
