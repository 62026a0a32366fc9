"""What people fill in: an offer, an answer, a crisis, what comes of a gathering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill import vocabulary
from samspill.register import TABLES
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Entry, Municipality
from samspill.web.municipality.words import language, options, table_name
from samspill.web.studies.forms import DateInput

NOT_ASKED = frozenset({"administrative_leadership", "business_development", "unnamed_area"})
"""Fields in which nobody from outside is asked to help."""
TABLES_OF = {"organisation": "organisations", "unit": "municipal_units"}


class OfferForm(forms.Form):
    """What a person can help with, and one way to reach her; the rest may be left open."""

    fields_wanted = forms.MultipleChoiceField(
        label=_("What would you like to help with?"), widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(
        label=_("What can you do?"),
        help_text=_(
            "In a few words. Write nothing about your own or other people's health, and nothing "
            "else that is private."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    place = forms.CharField(label=_("Where?"), max_length=100, required=False)
    times = forms.CharField(
        label=_("When?"),
        help_text=_("For instance: weekday evenings."),
        max_length=100,
        required=False,
    )
    languages = forms.CharField(
        label=_("Languages that you speak"),
        help_text=_("With commas between them."),
        max_length=100,
        required=False,
    )
    name = forms.CharField(
        label=_("Name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("E-mail or telephone: one is enough."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^\+?[0-9 ]{5,20}\Z",
        label=_("Telephone"),
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        error_messages={"invalid": _("Write it with digits alone.")},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        given = dict(initial or {})
        given["fields_wanted"] = given.pop("fields", [])
        super().__init__(data, initial=given)
        self.fields["fields_wanted"].choices = fields_to_help_in()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("email") and not given.get("phone") and "phone" not in self.errors:
            self.add_error(
                "email",
                gettext("Give an e-mail address or a telephone number, or nobody can reply."),
            )
        return given

    def values(self) -> dict[str, Any]:
        """By column of the table of offers."""
        found = dict(self.cleaned_data)
        found["fields"] = found.pop("fields_wanted")
        return found


class NewOfferForm(OfferForm):
    """The same with the consent, and a trap for programs that fill in everything."""

    homepage = forms.CharField(label=_("Leave this empty"), required=False)
    consent = forms.BooleanField(
        label=_("I agree to this use of what I have written."),
        error_messages={"required": _("Without your consent we may not keep this.")},
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["homepage"].widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(gettext("This must be empty. Empty it and send again."))
        return ""


class ReferForm(forms.Form):
    """Whom to ask: one organisation or unit, perhaps for a need."""

    to = forms.CharField(max_length=200)
    need = forms.CharField(max_length=80, required=False)
    no_organisation = forms.BooleanField(
        label=_("No organisation can follow this person up"), required=False
    )


class SurgeForm(forms.Form):
    """Why there is a crisis."""

    reason = forms.CharField(
        label=_("What has happened?"),
        help_text=_("Anyone sees this. For instance: Many refugees arrive this week."),
        max_length=200,
    )


class MatchForm(forms.Form):
    """Who answers which need at a gathering."""

    need = forms.ChoiceField(label=_("Need"))
    by = forms.ChoiceField(label=_("Who answers it"))
    offered = forms.CharField(
        label=_("What they offer"),
        help_text=_("Nothing about single clients, patients or their health."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    follow_up_on = forms.DateField(
        label=_("When to ask what came of it"), required=False, widget=DateInput()
    )

    def __init__(
        self,
        data: Any = None,
        *,
        municipality: Municipality,
        needs: list[Entry],
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        need, by = self.fields["need"], self.fields["by"]
        need.choices = [(n.identifier, str(n)) for n in needs]  # type: ignore[attr-defined]
        by.choices = receivers(municipality)  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    """What came of a match."""

    outcome = forms.ChoiceField(label=_("What came of it?"))
    follow_up_on = forms.DateField(label=_("Ask again on"), required=False, widget=DateInput())

    def __init__(self, data: Any = None, *, prefix: str = "", initial: Any = None) -> None:
        super().__init__(data, prefix=prefix or None, initial=initial)
        outcome = self.fields["outcome"]
        outcome.choices = options(TABLES["matches"].column("outcome"))  # type: ignore[attr-defined]

    def clean_follow_up_on(self) -> Any:
        day = self.cleaned_data["follow_up_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(gettext("Choose a day that is still to come."))
        return day


def fields_to_help_in() -> list[tuple[str, str]]:
    """The fields that a person can choose, by their full names."""
    words = vocabulary.load()
    names = (name for name in words.schemes["fields"] if name not in NOT_ASKED)
    return [(name, words.label(name, language())) for name in names]


def receivers(municipality: Municipality) -> list[tuple[str, Any]]:
    """Organisations and units to choose among, as ``organisation:<identifier>``."""
    return [
        (
            table_name(table),
            sorted(
                ((f"{kind}:{e.identifier}", str(e)) for e in entries(municipality, table)),
                key=lambda pair: pair[1].casefold(),
            ),
        )
        for kind, table in TABLES_OF.items()
    ]


def receiver_named(municipality: Municipality, choice: str) -> Any:
    """The organisation or unit that ``receivers`` calls so; None where there is none."""
    kind, _colon, identifier = choice.partition(":")
    table = TABLES_OF.get(kind)
    if table is None:
        return None
    return entries(municipality, table).filter(identifier=identifier).first()
