"""The studies one is a member of, and where one stands."""

from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest, UserRequest
from samspill.web.access.rules import requires, signed_in
from samspill.web.studies.models import Study
from samspill.web.studies.progress import next_step, progress


@signed_in
def mine(request: UserRequest) -> HttpResponse:
    """The studies that the reader is a member of."""
    studies = Study.objects.filter(memberships__user=request.user)
    return render(request, "studies/list.html", {"studies": studies})


@requires(Permission.READ_STUDY)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """Where the study stands, and what is next."""
    steps = progress(request.study)
    context = {"steps": steps, "next": next_step(steps)}
    return render(request, "studies/overview.html", context)
