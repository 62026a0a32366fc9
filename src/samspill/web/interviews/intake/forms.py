"""Forms about texts that are on their way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.language import language, languages
from samspill.vocabulary import load
from samspill.web.interviews.arriving import ENDINGS, remember, source_of
from samspill.web.interviews.forms import SourceForm
from samspill.web.interviews.models import Source, WaitingText
from samspill.web.studies.forms import DateInput
from samspill.web.studies.models import Study, UnitName

AS_THEY_ARE = ("", _("As they are"))


class ManyFiles(forms.FileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class FilesForm(forms.Form):
    """The files to read."""

    files = forms.FileField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_("txt, md, docx, odt, rtf, pdf, html, vtt or srt; at most 20 MB each."),
        widget=ManyFiles(attrs={"accept": ",".join(ENDINGS), "multiple": True}),
    )


class WaitingForm(SourceForm):
    """What is to be known of one text, with the speakers that were found to choose among."""

    taken = forms.MultipleChoiceField(
        label=_("Those who speak"),
        help_text=_("The names that stand before a colon. Take away those that are no speakers."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("name", "taken", "speakers", *SourceForm.field_order[1:])  # type: ignore[assignment]

    def __init__(self, *args: Any, waiting: WaitingText, **options: Any) -> None:
        self.waiting = waiting
        super().__init__(*args, study=waiting.study, instance=source_of(waiting), **options)
        source = self.instance
        found = {item["name"]: item["turns"] for item in waiting.found}
        self.fields["taken"].choices = [  # type: ignore[attr-defined]
            (name, _("%(name)s (%(n)s times)") % {"name": name, "n": turns})
            for name, turns in found.items()
        ]
        self.fields["taken"].initial = [name for name in source.speakers if name in found]
        self.fields["speakers"].label = _("Others who speak")
        others = [name for name in source.speakers if name not in found]
        self.fields["speakers"].initial = ", ".join(others)
        self.fields["unit"].initial = str(source.unit_id or "")
        self.fields["fields_spoken_of"].initial = source.fields
        if not found:
            del self.fields["taken"]

    def remember(self) -> None:
        """Keep what was said until the text is added."""
        known = self.known(self.waiting.study)
        known["speakers"] = [*self.cleaned_data.get("taken", []), *known["speakers"]]
        remember(self.waiting, **known)


class ForAllForm(forms.Form):
    """What is to be known of all texts that wait; what is left open stays as it is with each."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    side = forms.ChoiceField(label=_("Side"), required=False)
    fields_spoken_of = forms.MultipleChoiceField(
        label=_("Fields that they are about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Kind of text"), required=False)
    date = forms.DateField(label=_("Date"), required=False, widget=DateInput())
    language = forms.ChoiceField(label=_("Language"), required=False)
    consent = forms.ChoiceField(label=_("What the informants have agreed to"), required=False)
    invented = forms.ChoiceField(label=_("Invented"), required=False)

    def __init__(self, *args: Any, study: Study, locale: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.study = study
        names = UnitName.objects.filter(unit__study=study).order_by("name")
        choices: dict[str, list[tuple[str, Any]]] = {
            "unit": [(str(k), n) for k, n in dict(names.values_list("unit", "name")).items()],
            "side": list(Source.SIDES.items()),
            "kind": list(Source.KINDS.items()),
            "language": [(code, language(code).name) for code in languages()],
            "consent": list(Source.CONSENTS.items()),
            "invented": [("yes", _("The texts are invented")), ("no", _("They are not"))],
        }
        for name, offered in choices.items():
            self.fields[name].choices = [AS_THEY_ARE, *offered]  # type: ignore[attr-defined]
        self.fields["fields_spoken_of"].choices = [  # type: ignore[attr-defined]
            (concept.identifier, concept.label(locale)) for concept in load().fields.concepts
        ]

    def known(self) -> dict[str, Any]:
        """What was said; nothing of what was left open."""
        given = self.cleaned_data
        known: dict[str, Any] = {
            name: given[name]
            for name in ("side", "kind", "language", "consent", "date")
            if given[name]
        }
        if given["unit"]:
            known["unit"] = self.study.units.get(pk=given["unit"])
        if given["fields_spoken_of"]:
            known["fields"] = given["fields_spoken_of"]
        if given["invented"]:
            known["invented"] = given["invented"] == "yes"
        return known
