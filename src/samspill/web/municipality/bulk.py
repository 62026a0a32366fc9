"""What can be done with many entries of a table at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samspill.register import Kind, Table
from samspill.web.municipality.words import column_name

VERIFY, SET, SHOW, HIDE = "verify", "set", "show", "hide"
NOT_SHOWN = frozenset({"identifier", "public", "note", "provenance", "verified_on"})


class BulkForm(forms.Form):
    """What to do with the chosen entries: say that they are right, give a column the same value in
    all, or show or hide a column."""

    def __init__(self, data: Any = None, *, table: Table) -> None:
        super().__init__(data, auto_id="bulk_%s")
        named = [(c, column_name(table.name, c.name)) for c in table.columns]
        given = [
            (f"{SET}:{c.name}", name)
            for c, name in named
            if c.name not in {"identifier", "public", "verified_on"}
            and c.kind is not Kind.LONG_TEXT
        ]
        shown = [(c.name, name) for c, name in named if not c.personal and c.name not in NOT_SHOWN]
        self.fields["what"] = forms.ChoiceField(
            label=_("With those chosen"),
            choices=[
                (VERIFY, _("They are right as they stand")),
                (_("Give all the same"), given),
                (_("Show to anyone"), [(f"{SHOW}:{name}", text) for name, text in shown]),
                (_("Show at the desk alone"), [(f"{HIDE}:{name}", text) for name, text in shown]),
            ],
        )

    @property
    def what(self) -> str:
        """``verify``, ``set``, ``show`` or ``hide``."""
        return str(self.cleaned_data["what"]).partition(":")[0]

    @property
    def column(self) -> str:
        """The column that it is about; empty for ``verify``."""
        return str(self.cleaned_data["what"]).partition(":")[2]
