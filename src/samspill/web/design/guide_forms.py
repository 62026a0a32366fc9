"""A question of the interview guide, and a whole guide as a file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samspill.selection import Guide, Question
from samspill.selection.guide import shipped_codes
from samspill.vocabulary import load
from samspill.web.design.informants import fields_in_depth
from samspill.web.studies.models import Study

LARGEST = 512 * 1024
NEW_PART = "new"


def codes_of(study: Study) -> dict[str, str]:
    """What a question can feed, by the code's path or identity: the study's own codes, or those
    that come with Samspill where it has none."""
    own = {c.concept or str(c.guid): c.name for c in study.codes.filter(codable=True)}
    return own or dict(shipped_codes(get_language() or "nb"))


def fingerprint(question: Question | None) -> str:
    """Changes whenever anything of the question does."""
    told = json.dumps(asdict(question), sort_keys=True) if question else ""
    return hashlib.sha256(told.encode()).hexdigest()


class QuestionForm(forms.Form):
    """What is asked, of whom, and which codes the answers are to feed."""

    part = forms.ChoiceField(label=_("Part of the guide"))
    sides = forms.MultipleChoiceField(label=_("Asked of"), widget=forms.CheckboxSelectMultiple)
    fields_ = forms.MultipleChoiceField(
        label=_("Only in these fields"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means every field."),
    )  # fmt: skip
    feeds = forms.MultipleChoiceField(
        label=_("Codes that the answers are to feed"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, guide: Guide, study: Study, question: Question | None = None
    ) -> None:
        super().__init__(data)
        self.question = question
        words, language = load(), get_language() or "nb"
        self.languages = sorted(settings.LANGUAGES, key=lambda each: each[0] != language)
        codes = codes_of(study)
        if question is not None:
            codes |= {path: codes.get(path, path) for path in question.feeds}
        self._choose(
            part=[
                *((name, guide.heading(name, language)) for name in guide.parts),
                (NEW_PART, gettext("A new part, with the heading below")),
            ],
            sides=[(c.identifier, c.label(language)) for c in words.sides.concepts],
            fields_=[(name, words.fields[name].label(language)) for name in fields_in_depth()],
            feeds=list(codes.items()),
        )
        for code, name in self.languages:
            asked = gettext("Question (%(language)s)") % {"language": name}
            further = gettext("What to ask further (%(language)s)") % {"language": name}
            heading = gettext("Heading of a new part (%(language)s)") % {"language": name}
            self.fields[f"heading_{code}"] = _text(heading, 1)
            self.fields[f"text_{code}"] = _text(asked, 3)
            self.fields[f"probe_{code}"] = _text(further, 2)
        self.order_fields(
            [*self._named("text"), *self._named("probe"), "part", *self._named("heading")]
        )
        self._begin(question)

    def _choose(self, **choices: list[tuple[str, Any]]) -> None:
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def _named(self, kind: str) -> list[str]:
        return [f"{kind}_{code}" for code, _name in self.languages]

    def _begin(self, question: Question | None) -> None:
        self.initial = {"seen": fingerprint(question)}
        if question is None:
            self.initial["sides"] = list(load().sides)
            return
        self.initial |= {
            "part": question.part,
            "sides": list(question.sides),
            "fields_": list(question.fields),
            "feeds": list(question.feeds),
            **{f"text_{code}": text for code, text in question.texts.items()},
            **{f"probe_{code}": text for code, text in question.probes.items()},
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self._written(given, "text"):
            self.add_error(
                f"text_{self.languages[0][0]}", gettext("Write the question in one language.")
            )
        if given.get("part") == NEW_PART and not self._written(given, "heading"):
            self.add_error(
                f"heading_{self.languages[0][0]}", gettext("Write the heading in one language.")
            )
        return given

    def _written(self, given: dict[str, Any], kind: str) -> dict[str, str]:
        return {
            code: given[f"{kind}_{code}"] for code, _name in settings.LANGUAGES
            if given.get(f"{kind}_{code}")
        }  # fmt: skip

    def made(self, identifier: str, new_part: str) -> tuple[Question, dict[str, str] | None]:
        """The question that was given, and the heading of its part where that is new."""
        given = self.cleaned_data
        is_new = given["part"] == NEW_PART
        # fields that are not offered here, such as those not studied in depth, are kept
        offered = set(fields_in_depth())
        kept = (
            [name for name in self.question.fields if name not in offered] if self.question else []
        )
        made = Question(
            identifier=identifier,
            part=new_part if is_new else given["part"],
            sides=tuple(given["sides"]),
            fields=(*given["fields_"], *kept),
            feeds=tuple(given["feeds"]),
            texts=self._written(given, "text"),
            probes=self._written(given, "probe"),
        )
        return made, self._written(given, "heading") if is_new else None


def _text(label: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class GuideFileForm(forms.Form):
    """A whole guide, as the page or the command line writes it."""

    file = forms.FileField(
        label=_("Guide as a file (TOML)"),
        help_text=_("It takes the place of the whole guide. The log keeps the one that was here."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("The file is larger than a guide is."))
        return file
