"""Forms of the memo, of decisions, and of what is brought in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samspill.triangulation import Row, Theme
from samspill.triangulation.memo import AGAINST, CLOSE, FOR, OVERRULE, REASONS, REOPEN, WITHDRAW
from samspill.triangulation.position import DIVIDED, NO, YES
from samspill.triangulation.rules import STATES
from samspill.triangulation.themes import COLUMNS, INTERVIEWS
from samspill.triangulation.words import Words
from samspill.web.studies.forms import DateInput

LARGEST = 2 * 1024 * 1024


def _words() -> Words:
    return Words(get_language() or "nb")


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    """A possible reason why the sources differ."""

    kind = forms.ChoiceField(label=_("What may lie behind"))
    text = _text(_("How"), _("In a sentence: what differs, and how it could give what is seen."))
    source = forms.CharField(
        label=_("Where it can be seen"), required=False, max_length=400,
        help_text=_("A question, a text, a table: whatever a reader can look up."),
    )  # fmt: skip
    general = forms.BooleanField(label=_("It is about every field"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        words = _words()
        choices = [(kind, words.reason(kind)) for kind in REASONS]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """What speaks for or against a reason."""

    about = forms.ChoiceField(label=_("Reason"))
    direction = forms.ChoiceField(label=_("Does it speak for or against?"))
    text = _text(_("What speaks"))
    source = forms.CharField(label=_("Where it can be seen"), required=False, max_length=400)

    def __init__(self, data: Any = None, *, known: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        words = _words()
        self.fields["about"].choices = known  # type: ignore[attr-defined]
        both = [(name, words.direction(name)) for name in (FOR, AGAINST)]
        self.fields["direction"].choices = both  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What a person decides of a comparison, and why."""

    kind = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    text = _text(_("Reason"), _("It is shown with your name."))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Row, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["kind"].choices = decisions_for(row)  # type: ignore[attr-defined]
        self.fields["seen"].initial = row.fingerprint


def decisions_for(row: Row) -> list[tuple[str, str]]:
    """The decisions that a comparison allows as it stands: ``close``, ``overrule:silent`` …"""
    words = _words()
    choices = []
    if row.unsettled:
        choices.append((CLOSE, gettext("Close the contradiction: it is explained")))
    if row.standing == "closed":
        choices.append((REOPEN, gettext("Open the contradiction again")))
    if row.overruled:
        choices.append((WITHDRAW, gettext("Let the rules' assessment hold again")))
    for state in STATES:
        if state != row.holds:
            word = words.assessment(state).lower()
            told = gettext("Overrule: what holds is “%(state)s”") % {"state": word}
            choices.append((f"{OVERRULE}:{state}", told))
    return choices


class StatementForm(forms.Form):
    """What a source says that is not counted here."""

    column = forms.ChoiceField(label=_("Source"))
    text = forms.CharField(
        label=_("What it says, in words"), widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=_("Where it stands"), max_length=400)

    def __init__(self, data: Any = None, *, theme: Theme, **options: Any) -> None:
        super().__init__(data, **options)
        self.theme = theme
        words = _words()
        names = [(name, words.column(name)) for name in (*COLUMNS, INTERVIEWS)]
        self.fields["column"].choices = names  # type: ignore[attr-defined]
        for item in theme.items:
            label = item.label(words.language)
            if theme.kind == "order":
                choices = [
                    ("", gettext("Not told")),
                    ("1", gettext("Most")),
                    ("2", gettext("Less")),
                ]
                choices.append(("3", gettext("Least")))
            else:
                told = [(found, words.verdict(item, found)) for found in (YES, NO, DIVIDED)]
                choices = [("", gettext("Not told")), *told]
            self.fields[f"item_{item.identifier}"] = forms.ChoiceField(
                label=label, choices=choices, required=False
            )

    def says(self) -> str:
        """The statement in the form that the library reads."""
        told = {
            item.identifier: self.cleaned_data.get(f"item_{item.identifier}", "")
            for item in self.theme.items
        }
        told = {name: value for name, value in told.items() if value}
        if self.theme.kind == "presence":
            return "; ".join(f"{name}: {value}" for name, value in told.items())
        return "; ".join(
            f"{more} > {less}" for more, a in told.items() for less, b in told.items() if a < b
        )


class RegisterForm(forms.Form):
    """Counts of a municipality's register, as the command line writes them."""

    name = forms.CharField(label=_("Whose register"), max_length=200)
    on = forms.DateField(label=_("As of which day"), widget=DateInput())
    file = forms.FileField(
        label=_("File of counts (CSV)"),
        help_text=_(
            "From the municipality's mirror, on the page of the questionnaire, or made with "
            "samspill sources counts --register FOLDER --csv FILE."
        ),
    )
    invented = forms.BooleanField(label=_("The register is invented"), required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("The file is larger than such counts are."))
        return file
