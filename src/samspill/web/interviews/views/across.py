"""Beside a code on the page of a text: what the other side says of the same theme."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from samspill.qualitative.queries import across
from samspill.vocabulary import load
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import asked_of
from samspill.web.interviews.hiding import sources_by
from samspill.web.interviews.reading import paragraph_at
from samspill.web.interviews.views.finding import source_of

SHOWN = 5
SAYS = {
    "municipality": _("What municipalities say of the same"),
    "organisation": _("What organisations say of the same"),
}


@requires(Permission.CODE_TEXT)
@never_cache
def show(request: StudyRequest, study: str, source: UUID, code: int) -> HttpResponse:
    """The passages with a code on the side that the text is not of; those of its fields first."""
    found, chosen = source_of(request, source), get_object_or_404(request.study.codes, pk=code)
    if found.side not in load().sides:
        return render(request, "interviews/across.html", {"code": chosen})
    tables, words, _locale = asked_of(request)
    answer = across(tables, str(found.guid), str(chosen.guid))
    rows = answer.frame.head(SHOWN).to_dicts()
    texts = {text.guid: text for text in sources_by(request.study, {r["source"] for r in rows})}
    context = {
        "code": chosen,
        "says": SAYS[answer.side],
        "answer": answer,
        "fields": ", ".join(words.of("field", field) for field in found.fields),
        "passages": [
            {
                **row,
                "paragraph": paragraph_at(texts[UUID(row["source"])], row["start"]),
                "field_names": ", ".join(words.of("field", field) for field in row["fields"] or []),
                "unit_name": words.of("unit", row["unit"]) if row["unit"] else "",
                "may_be_quoted": row["consent"] != "not_quoted",
            }
            for row in rows
        ],
        "total": answer.frame.height,
        "address": urlencode({"code": str(chosen.guid), "side": answer.side}),
    }
    return render(request, "interviews/across.html", context)
