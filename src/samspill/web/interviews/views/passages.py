"""Passages: what has been said, found by words, codes and what is known of the texts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.qualitative import Tables
from samspill.qualitative.queries import SearchIndex, conditions, segments
from samspill.qualitative.queries.conditions import Condition
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import asked_of
from samspill.web.interviews.asking.forms import PassageForm
from samspill.web.interviews.asking.words import Words

ON_A_PAGE = 40
CONTEXT = 90
OF_SOURCES = ("side", "field", "unit")


@requires(Permission.CODE_TEXT)
def show(request: StudyRequest, study: str) -> HttpResponse:
    """What has been said about this?"""
    tables, words, _locale = asked_of(request)
    form = PassageForm(request.GET or None, tables=tables, words=words)
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {"here": "passages", "form": form, "address": query.urlencode()}
    try:
        rows = _said(form, tables) if form.chosen("q") else _coded(form, tables)
    except SamspillError as error:
        context["error"] = error
        rows = []
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "passages": [_shown(row, words) for row in page],
        "total": len(rows),
        "sources": len({row["source"] for row in rows}),
        "heading": _heading(form, tables),
    }
    return render(request, "interviews/passages.html", context)


def _coded(form: PassageForm, tables: Tables) -> list[dict[str, Any]]:
    """Coded passages that fulfil what was chosen."""
    return segments(tables, _condition(form), context=CONTEXT).frame.to_dicts()


def _said(form: PassageForm, tables: Tables) -> list[dict[str, Any]]:
    """Passages that have the words looked for, in the texts that were chosen."""
    hits = SearchIndex(tables).search(form.chosen("q"))
    wanted = {name: form.chosen(name) for name in OF_SOURCES if form.chosen(name)}
    rows = []
    for hit, marked in zip(hits.frame.to_dicts(), hits.marked(), strict=True):
        fields = hit["fields"] or []
        of_source = {"side": [hit["side"]], "unit": [hit["unit"]], "field": fields}
        if all(value in of_source[name] for name, value in wanted.items()):
            # The library escapes the text and puts only <mark> around what was found.
            rows.append({**hit, "marked": mark_safe(marked), "codes": []})  # noqa: S308
    return rows


def _condition(form: PassageForm) -> Condition | None:
    code, along = form.chosen("code"), form.chosen("along")
    parts: list[Condition] = []
    if code and along:
        parts.append(conditions.overlapping(conditions.code(code), conditions.code(along)))
    elif code or along:
        parts.append(conditions.code(code or along))
    makers = {
        "side": conditions.side,
        "field": conditions.field,
        "unit": conditions.unit,
        "coder": conditions.coder,
    }
    parts += [make(form.chosen(name)) for name, make in makers.items() if form.chosen(name)]
    if not parts:
        return None
    whole = parts[0]
    for part in parts[1:]:
        whole &= part
    return whole


def _shown(row: dict[str, Any], words: Words) -> dict[str, Any]:
    about = [
        words.of("side", row["side"]) if row["side"] else "",
        ", ".join(words.of("field", field) for field in row["fields"] or []),
        words.of("unit", row["unit"]) if row["unit"] else "",
        row["role"] or "",
    ]
    return {
        **row,
        "about": [part for part in about if part],
        "code_names": list(dict.fromkeys(_names(row.get("codes")))),
        "may_be_quoted": row["consent"] != "not_quoted",
    }


def _names(codes: Any) -> list[str]:
    return [str(code) for code in codes or []]


def _heading(form: PassageForm, tables: Tables) -> str:
    code = form.chosen("code")
    if code:
        name = dict(tables.codes.select("code", "name").iter_rows()).get(code, "")
        return _("What has been said about “%(code)s”?") % {"code": name}
    if form.chosen("q"):
        return _("Where is “%(words)s” said?") % {"words": form.chosen("q")}
    return _("What has been said?")
