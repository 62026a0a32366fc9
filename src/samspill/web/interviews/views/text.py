"""The page of a text: read it, code it, and see what others code at the same time."""

from __future__ import annotations

import time
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from samspill.vocabulary import load
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.changes import last_number, next_redo, next_undo
from samspill.web.interviews.coders import coder_of
from samspill.web.interviews.models import Source
from samspill.web.interviews.palette import looks, stylesheet
from samspill.web.interviews.presence import attend
from samspill.web.interviews.reading import branches, portions
from samspill.web.interviews.views.finding import source_of
from samspill.web.interviews.wording import deed, words_of_the_page


@requires(Permission.CODE_TEXT)
@never_cache
def text(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """A text, the codes to its left, what is coded in it to its right."""
    found = source_of(request, source)
    coder = coder_of(request.study, request.user)
    undo, redo = next_undo(request.study, request.user), next_redo(request.study, request.user)
    fields = load().fields
    context = {
        "source": found,
        "portions": portions(found),
        "fields": [
            fields[name].short_label(get_language() or "nb")
            for name in found.fields
            if name in fields
        ],
        "coder": coder,
        "number": last_number(request.study),
        "undo": deed(undo.action) if undo else "",
        "redo": deed(redo.action) if redo else "",
        "page": {
            "at": reverse("interviews:text", args=[study, found.guid]),
            "undo": reverse("interviews:undo", args=[study]),
            "redo": reverse("interviews:redo", args=[study]),
            "styles": reverse("interviews:styles", args=[study]),
            "source": str(found.guid),
            "coder": coder.pk,
            "here": attend(found, coder, now=time.time()),
            "revision": found.revision,
            "number": last_number(request.study),
            "language": found.language or "nb",
            "editor": Permission.EDIT_SOURCES in request.permissions,
            "words": words_of_the_page(),
        },
        **_codes(request, found),
        **_neighbours(request, found),
    }
    return render(request, "interviews/text.html", context)


@requires(Permission.CODE_TEXT)
@never_cache
def tree(request: StudyRequest, study: str, source: UUID) -> HttpResponse:
    """The codes alone, when they have changed."""
    return render(request, "interviews/tree.html", _codes(request, source_of(request, source)))


@requires(Permission.CODE_TEXT)
def styles(request: StudyRequest, study: str) -> HttpResponse:
    """The colours of the codes; the address has a number, so it may be kept."""
    answer = HttpResponse(
        stylesheet(looks(request.study.codes.order_by("order", "pk"))), content_type="text/css"
    )
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _codes(request: StudyRequest, source: Source) -> dict[str, object]:
    codes = list(request.study.codes.order_by("order", "pk"))
    tree = branches(codes, source.codings.values_list("code", flat=True))
    return {"branches": tree, "codes": [branch.as_json() for branch in tree]}


def _neighbours(request: StudyRequest, source: Source) -> dict[str, object]:
    guids = list(request.study.sources.order_by("order", "pk").values_list("guid", flat=True))
    place = guids.index(source.guid)
    return {
        "place": place + 1,
        "all": len(guids),
        "before": guids[place - 1] if place else None,
        "after": guids[place + 1] if place + 1 < len(guids) else None,
    }
