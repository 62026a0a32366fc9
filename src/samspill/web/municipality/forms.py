"""The form of any table of the register, made from what the table says of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samspill.register import Column, Kind, Table
from samspill.register.numbers import is_organisation_number
from samspill.web.municipality.content import Content, content_of
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Entry, Municipality
from samspill.web.municipality.words import column_name, options
from samspill.web.studies.forms import DateInput

NEVER_ASKED = frozenset({"identifier", "public"})
SHOWN = "public"


class EntryForm(forms.Form):
    """An entry of ``table``: a field a column, and which columns are shown to anyone.

    ``values()`` gives them as the actions take them. ``only`` limits the form to some columns.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        municipality: Municipality,
        table: Table,
        entry: Entry | None = None,
        initial: Mapping[str, Any] | None = None,
        only: tuple[str, ...] = (),
    ) -> None:
        self.table = table
        self.municipality = municipality
        given = {**(content_of(entry) if entry else {}), **(initial or {})}
        if entry is None and not only:
            given.setdefault(SHOWN, [c.name for c in table.columns if c.public])
        super().__init__(data, initial=given)
        self.columns = [
            c for c in table.columns if c.name not in NEVER_ASKED and (not only or c.name in only)
        ]
        for column in self.columns:
            self.fields[column.name] = self._field(column)
        if not only:
            self.fields[SHOWN] = forms.MultipleChoiceField(
                label=_("Shown to anyone"),
                help_text=_("What is not chosen is seen at the desk alone."),
                choices=[(c.name, column_name(table.name, c.name)) for c in _showable(table)],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def values(self) -> Content:
        """What was filled in, by column."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for first, last in (("valid_from", "valid_to"), ("opens_on", "deadline")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            if begins and ends and ends < begins:
                self.add_error(last, _("This is before it begins."))
        number = cleaned.get("number")
        if number and not is_organisation_number(number):
            self.add_error(
                "number",
                _("This is no organisation number: nine digits, the last a control digit."),
            )
        return cleaned

    def _field(self, column: Column) -> forms.Field:  # noqa: PLR0911 (one a kind)
        common: dict[str, Any] = {
            "label": column_name(self.table.name, column.name),
            "required": column.filled,
        }
        match column.kind:
            case Kind.LONG_TEXT:
                return forms.CharField(
                    **common,
                    max_length=20_000,
                    help_text=hint(column),
                    widget=forms.Textarea({"rows": 3}),
                )
            case Kind.INTEGER | Kind.AMOUNT:
                least = None if column.name == "order" else 0
                return forms.IntegerField(
                    **common, min_value=least, max_value=10**12, localize=False
                )
            case Kind.NUMBER:
                return forms.DecimalField(**common, min_value=0, max_value=10**6, decimal_places=2)
            case Kind.BOOLEAN:
                return forms.TypedChoiceField(
                    **common,
                    choices=[("", _("Not known")), ("True", _("Yes")), ("False", _("No"))],
                    coerce=lambda text: text == "True",
                    empty_value=None,
                )
            case Kind.DATE:
                return forms.DateField(**common, widget=DateInput())
            case Kind.TIME:
                return forms.TimeField(**common, widget=forms.TimeInput({"type": "time"}, "%H:%M"))
            case Kind.CHOICE | Kind.CONCEPT:
                return forms.ChoiceField(**common, choices=[("", "–"), *options(column)])
            case Kind.CHOICES | Kind.CONCEPTS:
                return forms.MultipleChoiceField(
                    **common, choices=options(column), widget=forms.CheckboxSelectMultiple
                )
            case Kind.REFERENCE:
                return forms.ChoiceField(**common, choices=[("", "–"), *self._others(column)])
            case Kind.REFERENCES:
                return forms.MultipleChoiceField(
                    **common, choices=self._others(column), widget=forms.SelectMultiple({"size": 6})
                )
            case Kind.EMAIL:
                return forms.EmailField(**common)
            case Kind.WEB:
                return forms.URLField(**common, max_length=500, assume_scheme="https")
        return forms.CharField(**common, max_length=300, help_text=hint(column))

    def _others(self, column: Column) -> list[tuple[str, str]]:
        found = entries(self.municipality, column.of)
        return sorted(((e.identifier, str(e)) for e in found), key=lambda pair: pair[1].casefold())


def hint(column: Column) -> str:
    """The reminder under every free text: nothing of clients or patients."""
    if column.kind is Kind.LONG_TEXT or column.name in {"subject", "matters"}:
        return _("Nothing about single clients, patients or their health.")
    return ""


def _showable(table: Table) -> list[Column]:
    return [c for c in table.columns if c.name not in {*NEVER_ASKED, "note", "provenance"}]
