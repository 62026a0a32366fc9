"""The log of the desk: who has changed what, and when."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import DeskPermission
from samspill.web.access.request import DeskRequest
from samspill.web.access.rules import at_desk
from samspill.web.audit.models import Event
from samspill.web.municipality.changes import told

ON_A_PAGE = 50


@at_desk(DeskPermission.READ_CHANGES)
def log(request: DeskRequest, municipality: str) -> HttpResponse:
    """All changes, the latest first; ``q`` looks in who did it and in what was changed."""
    found = Event.objects.filter(municipality=request.municipality.code)
    q = request.GET.get("q", "").strip()[:100]
    if q:
        found = found.filter(subject__icontains=q) | found.filter(actor__icontains=q)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = told(request.municipality, page)
    context = {
        "group": "log",
        "rows": rows,
        "page": page,
        "q": q,
        "address": urlencode({"q": q}) if q else "",
        "total": page.paginator.count,
    }
    return render(request, "municipality/log.html", context)
