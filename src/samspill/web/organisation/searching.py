"""Looking for organisations and contacts at the public desk; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.register import TABLES, Register
from samspill.register.model import Row
from samspill.web.municipality.words import options
from samspill.web.organisation.grid import title_of, words_of


class OrganisationFilter(forms.Form):
    """Which organisations or contacts to see."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)

    def __init__(self, data: Any, *, places: Sequence[str] = ()) -> None:
        super().__init__(data)
        everything = ("", _("All"))
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            everything,
            *options(TABLES["organisations"].column("fields")),
        ]
        if places:
            self.fields["place"].choices = [everything, *((p, p) for p in places)]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    @property
    def wanted(self) -> dict[str, str]:
        """What is looked for; nothing where it cannot be."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


def active(shown: Register) -> list[Row]:
    """The organisations that are shown and not dissolved, by name."""
    rows = [r for r in shown.rows("organisations") if title_of(r) and r["status"] != "dissolved"]
    return sorted(rows, key=lambda row: title_of(row).casefold())


def organisation_fits(row: Row, wanted: dict[str, str]) -> bool:
    """Whether an organisation is what is looked for."""
    field, place = wanted.get("field"), wanted.get("place")
    fields = row["fields"] if isinstance(row["fields"], tuple) else ()
    texts = [row["name"], row["purpose"], row["place"], row["national_parent"], row["number"]]
    return (
        (not field or field in fields)
        and (not place or row["place"] == place)
        and _has_words(texts, wanted.get("q", ""))
    )


def contact_fits(shown: Register, row: Row, wanted: dict[str, str]) -> bool:
    """Whether a contact is what is looked for."""
    field = wanted.get("field")
    fields = row["fields"] if isinstance(row["fields"], tuple) else ()
    unit = words_of(shown, TABLES["contacts"].column("municipal_unit"), row["municipal_unit"])
    texts = [row["name"], row["role"], row["matters"], unit]
    return (not field or field in fields) and _has_words(texts, wanted.get("q", ""))


def _has_words(texts: list[Any], words: str) -> bool:
    text = " ".join(str(part) for part in texts if part).casefold()
    return all(word in text for word in words.casefold().split())
