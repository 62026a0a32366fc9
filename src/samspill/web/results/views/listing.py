"""The studies whose results can be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.rules import anyone
from samspill.web.studies.models import Study


@anyone
def published(request: HttpRequest) -> HttpResponse:
    """The studies whose results are published."""
    studies = Study.objects.exclude(published_at=None)
    return render(request, "results/list.html", {"studies": studies})
