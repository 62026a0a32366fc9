"""Instruments of a study."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.rules import requires


@requires(Permission.READ_STUDY)
def overview(request: HttpRequest, study: str) -> HttpResponse:
    """The study's instruments and their versions."""
    return render(request, "instruments/overview.html")
