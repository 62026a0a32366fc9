"""The forms of an organisation's page and of its links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.register import TABLES
from samspill.web.municipality.forms import SHOWN, EntryForm
from samspill.web.municipality.models import Contact, Need, Organisation
from samspill.web.municipality.words import column_name
from samspill.web.organisation.actions.corrections import DECIDED, OWN, OWN_CONTACT

A_MONTH, A_QUARTER, A_YEAR = 30, 90, 365
NEED = ("title", "field", "description", "place", "times", "languages", "wanted", "open_until")
OFFER = ("fields", "description", "place", "times", "languages", "expires_on")
SOMETHING_ELSE = "other"


class LinkForm(forms.Form):
    """To whom a personal link is sent, in which language, and for how long it holds."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    days = forms.TypedChoiceField(
        label=gettext_lazy("It holds for"),
        coerce=int,
        choices=[
            (A_MONTH, gettext_lazy("a month")),
            (A_QUARTER, gettext_lazy("three months")),
            (A_YEAR, gettext_lazy("a year")),
        ],
        initial=A_YEAR,
    )


class OwnForm(EntryForm):
    """Some columns of an entry of the organisation's own, and which of them anyone sees."""

    def __init__(
        self,
        data: Any = None,
        *,
        organisation: Organisation,
        contact: Contact | None = None,
        of_a_contact: bool = False,
    ) -> None:
        table = TABLES["contacts" if of_a_contact else "organisations"]
        own = OWN_CONTACT if of_a_contact else OWN
        entry = contact if of_a_contact else organisation
        initial = {} if entry else {SHOWN: [c.name for c in table.columns if c.public]}
        super().__init__(
            data,
            municipality=organisation.municipality,
            table=table,
            entry=entry,
            initial=initial,
            only=own,
        )
        self.fields[SHOWN] = forms.MultipleChoiceField(
            label=_("Shown to anyone"),
            help_text=_("Show what tells of a person only when the person has agreed to it.")
            if of_a_contact
            else _("What is not chosen is seen by the municipality alone."),
            choices=[(name, column_name(table.name, name)) for name in own],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def given(self) -> dict[str, Any]:
        """The values by column, and the columns that are shown, as the actions take them."""
        values = self.values()
        return {"shown": values.pop(SHOWN), "values": values}


class NeedForm(EntryForm):
    """A need of an organisation."""

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        table = TABLES["needs"]
        super().__init__(data, municipality=organisation.municipality, table=table, only=NEED)


class OfferForm(EntryForm):
    """What an organisation offers; without an end it holds for a year."""

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        table = TABLES["offers"]
        super().__init__(data, municipality=organisation.municipality, table=table, only=OFFER)
        self.fields["description"].required = True
        self.fields["expires_on"].required = False
        self.fields["description"].help_text = _(
            "Other organisations and municipal units see it. Name no person."
        )


class AnswerForm(forms.Form):
    """What an organisation can do for a need."""

    offered = forms.CharField(
        label=gettext_lazy("What can you offer?"),
        help_text=gettext_lazy("The one who needs it and the municipality see it."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class NeedForAnOfferForm(forms.Form):
    """Which need an offer answers: one that stands already, or a new one."""

    need = forms.ChoiceField(label=gettext_lazy("One of your needs"), required=False)
    title = forms.CharField(label=gettext_lazy("Or something new"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, needs: list[Need]) -> None:
        super().__init__(data)
        given = [(need.identifier, need.title) for need in needs]
        self.fields["need"].choices = [("", "–"), *given]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("need") and not cleaned.get("title"):
            self.add_error("title", _("Choose one of your needs, or say what you need."))
        return cleaned


class ProposalForm(forms.Form):
    """What the municipality should change in what it decides."""

    about = forms.ChoiceField(label=gettext_lazy("What is wrong?"))
    text = forms.CharField(
        label=gettext_lazy("What should it say?"),
        help_text=gettext_lazy("Nothing about single clients, patients or their health."),
        max_length=200,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        named = [(name, column_name("organisations", name)) for name in DECIDED]
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            *named,
            (SOMETHING_ELSE, _("Something else")),
        ]

    @property
    def subject(self) -> str:
        """The proposal in one line."""
        about = self.cleaned_data["about"]
        text = str(self.cleaned_data["text"])
        if about == SOMETHING_ELSE:
            return _("Proposal: %(text)s") % {"text": text}
        name = column_name("organisations", about)
        return _("Proposal: %(what)s should be: %(text)s") % {"what": name, "text": text}
