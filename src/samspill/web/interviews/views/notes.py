"""Memos on a text, on its codings and on codes, as the page of the text shows and writes them."""

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
    """The memos on a text, on its codings and on codes: what each is on stands in ``about`` (the
    identities of the first two) and ``codes`` (keys)."""
    found = source_of(request, source)
    return JsonResponse({"memos": _memos(request, found)})


@requires(Permission.CODE_TEXT)
@require_POST
@spoken
def add(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """Write a memo: ``text``, and the ``coding`` or ``code`` that it is on; on the text without."""
    from samspill.web.interviews.actions.memos import add_memo

    found, sent = source_of(request, source), json.loads(request.body)
    about = found.guid
    if sent.get("coding"):
        about = coding_of(found, UUID(sent["coding"])).guid
    elif sent.get("code"):
        about = request.study.codes.get(pk=int(sent["code"])).guid
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
    codes = {str(guid): key for key, guid in request.study.codes.values_list("pk", "guid")}
    memos = request.study.memos.select_related("coder").order_by("created_at", "pk")
    return [
        {
            "about": [guid for guid in memo.about if guid in here],
            "codes": [codes[guid] for guid in memo.about if guid in codes],
            "title": memo.title,
            "text": memo.text,
            "by": memo.coder.name if memo.coder else "",
        }
        for memo in memos
        if any(guid in here or guid in codes for guid in memo.about)
    ]
