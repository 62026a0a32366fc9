"""The interview guide for a side and a field, with the codes that it is to feed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.selection.guide import shipped_codes
from samspill.vocabulary import load
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.design.guides import guide_of_study, has_own_guide
from samspill.web.design.informants import fields_in_depth


class GuideForm(forms.Form):
    """For whom is the guide?"""

    side = forms.ChoiceField(label=_("Side"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        words, language = load(), get_language() or "nb"
        sides: Any = self.fields["side"]
        sides.choices = [("", _("Both sides"))] + [
            (c.identifier, c.label(language)) for c in words.sides.concepts
        ]
        fields: Any = self.fields["field"]
        fields.choices = [("", _("All fields"))] + [
            (name, words.fields[name].label(language)) for name in fields_in_depth()
        ]

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""


@requires(Permission.READ_STUDY)
def guide(request: StudyRequest, study: str) -> HttpResponse:
    """What do we ask, and which codes is it to feed?"""
    form = GuideForm(request.GET or {})
    side, field = form.chosen("side"), form.chosen("field")
    language = get_language() or "nb"
    loaded = guide_of_study(request.study)
    own = {code.concept or str(code.guid): code for code in request.study.codes.all()}
    labels = {**{path: code.name for path, code in own.items()}, **dict(shipped_codes(language))}
    parts: list[dict[str, Any]] = []
    for number, question in enumerate(loaded.asked(side, field), start=1):
        heading = loaded.heading(question.part, language)
        if not parts or parts[-1]["heading"] != heading:
            parts.append({"heading": heading, "questions": []})
        parts[-1]["questions"].append(
            {
                "identifier": question.identifier,
                "number": number,
                "text": question.text(language),
                "probe": question.probe(language),
                "only": "" if side or len(question.sides) > 1 else question.sides[0],
                "feeds": [(labels.get(path, path), own.get(path)) for path in question.feeds],
            }
        )
    codes = [(c.concept or str(c.guid), c.name) for c in request.study.codes.filter(codable=True)]
    check = loaded.check(codes or None)
    names = dict(codes) if codes else labels
    context = {
        "here": "guide",
        "form": form,
        "parts": parts,
        "number": sum(len(part["questions"]) for part in parts),
        "side": side,
        "field": field,
        "who": [load().sides[s].label(language) for s in ([side] if side else [])],
        "codes": len(names),
        "unfed": [(names[path], own.get(path)) for path in check.unfed],
        "feeding_nothing": [
            (q.text(language)) for q in loaded.questions if q.identifier in check.feeding_nothing
        ],
        "own": bool(codes),
        "own_guide": has_own_guide(request.study),
        "may_edit": Permission.EDIT_SOURCES in request.permissions,
    }
    return render(request, "design/guide.html", context)
