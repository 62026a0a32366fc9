"""The first page of the workspace: how much there is, how much is coded, and what is next."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.models import Coding


@requires(Permission.CODE_TEXT)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """What to code now, and how far the coding has come."""
    sources = request.study.sources.defer("text").annotate(coded=Count("codings"))
    rows = list(sources.order_by("order", "pk"))
    context = {
        "sources": rows,
        "next": next((row for row in rows if not row.coded), None),
        "codes": request.study.codes.count(),
        "codings": Coding.objects.filter(source__study=request.study).count(),
    }
    return render(request, "interviews/overview.html", context)
