"""Choosing what is asked of the material; every choice stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.qualitative import Tables
from samspill.web.interviews.asking.words import DIMENSIONS, Words
from samspill.web.interviews.forms import INDENT

ALL = ("", _("All"))
MEASURES = {
    "share_of_sources": _("Share of texts"),
    "sources": _("Texts"),
    "codings": _("Codings"),
    "characters": _("Characters"),
}
SETTLED = "settled"
GIVEN = {
    "": _("As each coder gave them"),
    SETTLED: _("As settled, where coders differed"),
}
WITHIN = {
    "overlap": _("On the same words"),
    "paragraph": _("In the same paragraph"),
    "source": _("In the same text"),
}


def code_choices(tables: Tables) -> list[tuple[str, str]]:
    """The codes as choices, each moved in as far as it stands."""
    rows = tables.codes.select("code", "name", "depth").iter_rows()
    return [(code, INDENT * depth + name) for code, name, depth in rows]


class Asking(forms.Form):
    """A form of a question: its choices are those of the study's material."""

    def __init__(self, data: Any, *, tables: Tables, words: Words) -> None:
        super().__init__(data)
        self.tables, self.words = tables, words

    def offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def offer_values(self, name: str) -> None:
        """The values of a dimension that the study has words for."""
        self.offer(name, [ALL, *self.words.values[name].items()])

    def chosen(self, name: str) -> str:
        """What was chosen, or nothing where it was left open or is not among the choices."""
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""


class MatrixForm(Asking):
    """Codes by what?"""

    under = forms.ChoiceField(label=_("Which codes"), required=False)
    by = forms.ChoiceField(label=_("By"), required=False)
    measure = forms.ChoiceField(label=_("Shown"), required=False, choices=[*MEASURES.items()])
    side = forms.ChoiceField(label=_("Side"), required=False)
    coder = forms.ChoiceField(label=_("Coder"), required=False)
    given = forms.ChoiceField(label=_("Codings"), required=False, choices=[*GIVEN.items()])

    def __init__(self, data: Any, *, tables: Tables, words: Words) -> None:
        super().__init__(data, tables=tables, words=words)
        parents = set(tables.codes["parent"].drop_nulls())
        branches = [choice for choice in code_choices(tables) if choice[0] in parents]
        self.offer("under", [("", _("All codes")), *branches])
        known = [name for name in words.dimensions if name in DIMENSIONS or name in tables.sources]
        self.offer("by", [(name, words.dimensions[name]) for name in known])
        self.offer_values("side")
        self.offer_values("coder")


class PassageForm(Asking):
    """Which passages?"""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    code = forms.ChoiceField(label=_("Code"), required=False)
    along = forms.ChoiceField(label=_("Together with"), required=False)
    side = forms.ChoiceField(label=_("Side"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    coder = forms.ChoiceField(label=_("Coder"), required=False)
    given = forms.ChoiceField(label=_("Codings"), required=False, choices=[*GIVEN.items()])

    def __init__(self, data: Any, *, tables: Tables, words: Words) -> None:
        super().__init__(data, tables=tables, words=words)
        codes = code_choices(tables)
        self.offer("code", [ALL, *codes])
        self.offer("along", [("", "–"), *codes])
        used = set(tables.sources["unit"].drop_nulls())
        units = [item for item in words.values["unit"].items() if item[0] in used]
        self.offer("unit", [ALL, *units])
        for name in ("side", "field", "coder"):
            self.offer_values(name)


class TogetherForm(Asking):
    """Which codes go together, and where?"""

    within = forms.ChoiceField(label=_("Together"), required=False, choices=[*WITHIN.items()])
    under = forms.ChoiceField(label=_("Which codes"), required=False)

    def __init__(self, data: Any, *, tables: Tables, words: Words) -> None:
        super().__init__(data, tables=tables, words=words)
        parents = set(tables.codes["parent"].drop_nulls())
        branches = [choice for choice in code_choices(tables) if choice[0] in parents]
        self.offer("under", [("", _("All codes")), *branches])
