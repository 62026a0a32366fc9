"""Where a study stands."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest, UserRequest
from samspill.web.access.rules import requires, signed_in
from samspill.web.studies.models import Study


@signed_in
def mine(request: UserRequest) -> HttpResponse:
    """The studies that the reader is a member of."""
    studies = Study.objects.filter(memberships__user=request.user)
    return render(request, "studies/list.html", {"studies": studies})


@requires(Permission.READ_STUDY)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """Where the study stands, and what is next."""
    return render(request, "studies/overview.html")
