"""What has been changed in the material, and by whom."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.changes import next_redo, next_undo
from samspill.web.interviews.models import Change, Source
from samspill.web.interviews.wording import deed

ON_A_PAGE = 50


@requires(Permission.CODE_TEXT)
def history(request: StudyRequest, study: str) -> HttpResponse:
    """Every change, the latest first."""
    changes = Change.objects.filter(study=request.study).order_by("-number")
    page = Paginator(changes.defer("rows"), ON_A_PAGE).get_page(request.GET.get("page"))
    wanted = {change.source for change in page if change.source}
    held = Source.objects.filter(study=request.study, guid__in=wanted)
    texts = dict(held.values_list("guid", "name"))
    back, forth = next_undo(request.study, request.user), next_redo(request.study, request.user)
    context = {
        "here": "history",
        "page": page,
        "rows": [
            (c, deed(c.action), c.source, texts.get(c.source, "") if c.source else "") for c in page
        ],
        "undo": deed(back.action) if back else "",
        "redo": deed(forth.action) if forth else "",
    }
    return render(request, "interviews/history.html", context)
