"""Results of a study."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.rules import anyone, published_or
from samspill.web.studies.models import Study


@anyone
def published(request: HttpRequest) -> HttpResponse:
    """The studies whose results are published."""
    studies = Study.objects.exclude(published_at=None)
    return render(request, "results/list.html", {"studies": studies})


@published_or(Permission.READ_RESULTS)
def overview(request: HttpRequest, study: str) -> HttpResponse:
    """What is known, and how sure it is."""
    return render(request, "results/overview.html")
