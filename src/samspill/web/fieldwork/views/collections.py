"""How the fieldwork goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.rules import requires


@requires(Permission.READ_FIELDWORK)
def overview(request: HttpRequest, study: str) -> HttpResponse:
    """The study's collections."""
    return render(request, "fieldwork/overview.html")
