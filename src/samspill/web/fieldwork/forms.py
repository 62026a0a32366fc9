"""Forms about collections, their respondents and what is sent to them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from samspill.language import language, languages
from samspill.web.fieldwork.actions.respondents import Entry
from samspill.web.fieldwork.messages.texts import Text, text_faults
from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.studies.forms import DateInput, InLanguages
from samspill.web.studies.models import IDENTIFIER, Study, Unit, Wave

END_OF_DAY = datetime.time(23, 59)


class ClosingDay(forms.DateField):
    """A day, to its end in the installation's time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Closes at the end of"),
            help_text=_("Leave it out to close it by hand."),
            required=False,
            widget=DateInput(),
            **options,
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return timezone.make_aware(datetime.datetime.combine(day, END_OF_DAY)) if day else None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            return timezone.localtime(value).date()
        return value


class CollectionForm(InLanguages):
    """What a collection is called, until when it is open, and whom respondents can ask."""

    texts = {"title": (_("Title"), False)}  # noqa: RUF012

    closes_at = ClosingDay()
    contact_name = forms.CharField(
        label=_("Contact"),
        help_text=_("Who answers respondents' questions."),
        max_length=200,
        required=False,
    )
    contact_email = forms.EmailField(
        label=_("The contact's e-mail address"), max_length=254, required=False
    )

    def content(self) -> dict[str, Any]:
        given = {
            name: self.cleaned_data[name] for name in ("closes_at", "contact_name", "contact_email")
        }
        return {"title": self.words("title"), **given}


class NewCollectionForm(CollectionForm):
    """A collection: which questionnaire goes to whom in which wave."""

    identifier = forms.CharField(
        label=_("Short name"),
        help_text=_("Such as survey_2026. It cannot be changed later."),
        max_length=40,
        validators=[IDENTIFIER],
    )
    wave = forms.ModelChoiceField(Wave.objects.none(), label=_("Wave"))
    version = forms.ModelChoiceField(
        InstrumentVersion.objects.none(),
        label=_("Version of the questionnaire"),
        help_text=_("It is frozen when the collection opens."),
    )
    sides = forms.MultipleChoiceField(
        label=_("Who is asked"),
        choices=tuple(Collection.SIDES.items()),
        widget=forms.CheckboxSelectMultiple(),
    )
    field_order = ("title", "identifier", "wave", "version", "sides")

    def __init__(self, *args: Any, study: Study, **options: Any) -> None:
        super().__init__(*args, **options)
        wave, version = self.fields["wave"], self.fields["version"]
        wave.queryset = study.waves.all()  # type: ignore[attr-defined]
        version.queryset = InstrumentVersion.objects.filter(  # type: ignore[attr-defined]
            instrument__study=study
        ).select_related("instrument")
        self.order_fields([f"title_{code}" for code in languages()] + list(self.field_order))

    def content(self) -> dict[str, Any]:
        own = {name: self.cleaned_data[name] for name in ("identifier", "wave", "version", "sides")}
        return {**super().content(), **own}


class ReopeningForm(forms.Form):
    """Until when a closed collection is open again."""

    closes_at = ClosingDay()


def _language_choices() -> list[tuple[str, Any]]:
    return [("", _("The installation's")), *((c, language(c).name) for c in languages())]


class ParticularsForm(forms.Form):
    """Where a respondent is reached."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Whom e-mails address; the unit's name where it is left out."),
        max_length=200,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=_language_choices, required=False)


class RespondentForm(ParticularsForm):
    """One more to ask."""

    unit = forms.CharField(
        label=_("Unit"), help_text=_("The unit's identifier in the study."), max_length=64
    )
    side = forms.ChoiceField(label=_("Side"))
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Number or name, where a unit has several organisations to ask."),
        max_length=200,
        required=False,
    )
    field_order = ("unit", "side", "organisation")

    def __init__(self, *args: Any, collection: Collection, **options: Any) -> None:
        super().__init__(*args, **options)
        self.collection = collection
        side = self.fields["side"]
        side.choices = [  # type: ignore[attr-defined]
            (key, label) for key, label in Collection.SIDES.items() if key in collection.sides
        ]

    def clean_unit(self) -> Unit:
        identifier = self.cleaned_data["unit"]
        unit = self.collection.study.units.filter(identifier=identifier).first()
        if unit is None:
            raise forms.ValidationError(
                now("The study has no unit “%(identifier)s”.") % {"identifier": identifier}
            )
        return unit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("organisation") and cleaned.get("side") == "municipality":
            self.add_error("organisation", now("Only the side of organisations has these."))
        return cleaned

    def entry(self) -> Entry:
        return Entry(**self.cleaned_data)


class IneligibleForm(forms.Form):
    """Why a respondent turned out not to belong."""

    reason = forms.CharField(
        label=_("Why it does not belong to those asked"),
        help_text=_("Such as “merged with another”. Leave it empty if it belongs after all."),
        max_length=Respondent._meta.get_field("ineligible").max_length,
        required=False,
    )


class RosterForm(forms.Form):
    """A file of respondents."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10 MB, with a heading and one row for each respondent."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class SearchForm(forms.Form):
    """Which respondents to list."""

    search = forms.CharField(label=_("Code, name or address"), max_length=100, required=False)
    standing = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, standings: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["standing"].choices = [  # type: ignore[attr-defined]
            ("", now("All")),
            *standings,
        ]


class TextForm(forms.Form):
    """What e-mails of one purpose say, in every language."""

    def __init__(self, *args: Any, purpose: str, text: Text, **options: Any) -> None:
        super().__init__(*args, **options)
        self.purpose = purpose
        for code in languages():
            name = language(code).name
            self.fields[f"subject_{code}"] = forms.CharField(
                label=now("Subject (%(language)s)") % {"language": name},
                max_length=200,
                initial=text.subject.get(code, ""),
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=now("Text (%(language)s)") % {"language": name},
                max_length=10_000,
                initial=text.body.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 14, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for code in languages():
            subject, body = cleaned.get(f"subject_{code}"), cleaned.get(f"body_{code}")
            if subject and body:
                for part, fault in text_faults(self.purpose, subject, body).items():
                    self.add_error(f"{part}_{code}", fault)
        return cleaned

    def content(self) -> dict[str, dict[str, str]]:
        given = self.cleaned_data
        return {
            "subject": {code: given[f"subject_{code}"] for code in languages()},
            "body": {code: given[f"body_{code}"].replace("\r\n", "\n") for code in languages()},
        }
