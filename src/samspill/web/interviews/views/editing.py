"""Editing a text: what would be lost is shown first, and two editors lose nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.actions import TextChangedSince, edit_text
from samspill.web.interviews.models import Change, Coding, Source
from samspill.web.interviews.moving import edited
from samspill.web.interviews.views.finding import source_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stands only in one of two wordings: ``+`` in the second, ``-`` in the first."""

    sign: str
    text: str


@requires(Permission.EDIT_SOURCES)
def edit(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """Change the words of a text; what is coded goes with them."""
    found = source_of(request, source)
    context = {"source": found, "text": found.text, "revision": found.revision}
    if request.method != "POST":
        return render(request, "interviews/edit.html", context)
    text = "\n".join(request.POST.get("text", "").splitlines())
    revision = _number(request.POST.get("revision", ""))
    if not text.strip():
        return render(request, "interviews/edit.html", {**context, "empty": True}, status=422)
    if revision != found.revision:
        return _beside(request, found, text)
    lost = edited(found, text).lost
    if lost and "confirm" not in request.POST:
        given = _by_guid(found, [x.coding.guid for x in lost])
        shown = [(given[x.coding.guid], x.words) for x in lost]
        return render(request, "interviews/edit.html", {**context, "text": text, "lost": shown})
    try:
        result = edit_text(actor=request.user, source=found, text=text, revision=revision)
    except TextChangedSince:
        found.refresh_from_db()
        return _beside(request, found, text)
    moved = len(result.codings)
    told = ngettext(
        "The text is saved. %(n)s coding is where its words are.",
        "The text is saved. %(n)s codings are where their words are.",
        moved,
    )
    messages.success(request, told % {"n": moved})
    return redirect("interviews:text", study, source)


def _by_guid(source: Source, guids: list[str]) -> dict[str, Coding]:
    rows = source.codings.filter(guid__in=guids).select_related("code", "coder")
    return {str(row.guid): row for row in rows}


def _beside(request: StudyRequest, source: Source, text: str) -> HttpResponse:
    """Two have edited at once: the other's wording beside one's own, which stays in the field."""
    last = Change.objects.filter(study=request.study, source=source.guid, action="edit_text")
    latest = last.order_by("-number").first()
    context = {
        "source": source,
        "text": text,
        "revision": source.revision,
        "other": latest.by if latest else _("Someone else"),
        "differences": list(_differences(source.text, text)),
    }
    return render(request, "interviews/edit.html", context, status=409)


def _differences(theirs: str, ours: str) -> Iterator[Line]:
    for line in difflib.ndiff(theirs.split("\n"), ours.split("\n")):
        if line[0] in "+-":
            yield Line(line[0], line[2:])


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1
