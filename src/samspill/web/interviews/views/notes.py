"""Memos on a text and on what is coded in it, as the page of the text shows and writes them."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.models import Source
from samspill.web.interviews.views.finding import coding_of, source_of
from samspill.web.interviews.views.live import spoken


@requires(Permission.CODE_TEXT)
@never_cache
def notes(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """The memos on a text and on its codings: ``about`` is what each is on."""
    found = source_of(request, source)
    return JsonResponse({"memos": _memos(request, found)})


@requires(Permission.CODE_TEXT)
@require_POST
@spoken
def add(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """Write a memo: ``text``, and the ``coding`` that it is on, or on the text without one."""
    from samspill.web.interviews.actions.memos import add_memo

    found, sent = source_of(request, source), json.loads(request.body)
    about = found.guid if not sent.get("coding") else coding_of(found, UUID(sent["coding"])).guid
    add_memo(
        actor=request.user,
        study=request.study,
        text=str(sent["text"])[:20_000],
        about=[str(about)],
        source=found,
    )
    return JsonResponse({"memos": _memos(request, found)})


def _memos(request: StudyRequest, source: Source) -> list[dict[str, object]]:
    here = {str(guid) for guid in source.codings.values_list("guid", flat=True)}
    here.add(str(source.guid))
    memos = request.study.memos.select_related("coder").order_by("created_at", "pk")
    return [
        {
            "about": [guid for guid in memo.about if guid in here],
            "title": memo.title,
            "text": memo.text,
            "by": memo.coder.name if memo.coder else "",
        }
        for memo in memos
        if here.intersection(memo.about)
    ]
