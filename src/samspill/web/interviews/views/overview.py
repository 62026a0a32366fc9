"""The first page of the workspace: the texts, how far each is coded, and what is next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.listing import SourceFilter, source_rows


@requires(Permission.CODE_TEXT)
def overview(request: StudyRequest, study: str) -> HttpResponse:
    """What to code now, and how far the coding has come."""
    locale = get_language() or "nb"
    rows = source_rows(request.study, locale)
    form = SourceFilter(request.GET or None, locale=locale)
    own = request.study.coders.filter(user=request.user).values_list("initials", flat=True).first()
    context = {
        "here": "sources",
        "rows": [row for row in rows if form.keeps(row)],
        "total": len(rows),
        "coded": sum(bool(row.coders) for row in rows),
        "by_several": sum(row.state == "several" for row in rows),
        "codings": sum(row.codings for row in rows),
        "codes": request.study.codes.count(),
        "next": next((row.source for row in rows if own not in row.coders), None),
        "form": form,
    }
    return render(request, "interviews/overview.html", context)
