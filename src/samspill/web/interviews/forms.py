"""Forms about codes, sources and passages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from samspill.language import language, languages
from samspill.vocabulary import load
from samspill.web.interviews.models import Code, Source
from samspill.web.interviews.reading import branches
from samspill.web.studies.forms import DateInput
from samspill.web.studies.models import Study, UnitName

INDENT = "\u2003"


def code_choices(study: Study, *, codable: bool = False) -> list[tuple[int, str]]:
    """The codes as choices, each moved in as far as it stands; with ``codable`` no headings."""
    return [
        (branch.code.pk, INDENT * branch.depth + branch.code.name)
        for branch in branches(list(study.codes.order_by("order", "pk")))
        if branch.code.codable or not codable
    ]


class Colour(forms.TextInput):
    """The browser's own choice of a colour."""

    input_type = "color"


class CodeForm(forms.ModelForm[Code]):
    """What a code is called, and when it is used."""

    class Meta:
        model = Code
        fields = ("name", "colour", "codable", "definition", "inclusion", "exclusion", "example")
        labels = {  # noqa: RUF012
            "name": _("Name"),
            "colour": _("Colour"),
            "codable": _("Passages can be coded with it"),
            "definition": _("What it means"),
            "inclusion": _("Use it when"),
            "exclusion": _("Do not use it when"),
            "example": _("Example"),
        }
        help_texts = {"codable": _("A heading only holds the codes below it together.")}  # noqa: RUF012
        widgets = {  # noqa: RUF012
            "colour": Colour(),
            **{
                name: forms.Textarea(attrs={"rows": 2})
                for name in ("definition", "inclusion", "exclusion", "example")
            },
        }

    parent = forms.ChoiceField(label=_("Stands below"), required=False)

    field_order = ("name", "parent")

    def __init__(self, *args: Any, study: Study, **options: Any) -> None:
        super().__init__(*args, **options)
        own = self.instance.pk
        choices = [(str(key), name) for key, name in code_choices(study) if key != own]
        top = ("", str(_("Nothing: it stands at the top")))
        self.fields["parent"].choices = [top, *choices]  # type: ignore[attr-defined]
        self.fields["colour"].validators.append(
            RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("A colour is # and six hexadecimal digits."))
        )
        if own:
            self.fields["parent"].initial = str(self.instance.parent_id or "")

    def parent_in(self, study: Study) -> Code | None:
        """The code that was chosen to stand above; None for the top."""
        key = self.cleaned_data["parent"]
        return study.codes.get(pk=key) if key else None


class SourceForm(forms.ModelForm[Source]):
    """What is known of a text: whose it is, about what, and what may be quoted of it."""

    class Meta:
        model = Source
        fields = ("name", "kind", "side", "role", "date", "language", "consent", "invented")
        labels = {  # noqa: RUF012
            "name": _("Name"),
            "kind": _("Kind of text"),
            "side": _("Side"),
            "role": _("The informant's role"),
            "date": _("Date"),
            "language": _("Language"),
            "consent": _("What the informant has agreed to"),
            "invented": _("The text is invented"),
        }
        help_texts = {  # noqa: RUF012
            "role": _("Such as leader of a sports club. Never a name."),
            "invented": _("For trial and teaching. Its pages then say so."),
        }
        widgets = {"date": DateInput(), "language": forms.Select()}  # noqa: RUF012

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    fields_spoken_of = forms.MultipleChoiceField(
        label=_("Fields that it is about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    speakers = forms.CharField(
        label=_("Those who speak"),
        help_text=_("Their names as they stand before a colon in the text, with commas between."),
        required=False,
        max_length=500,
    )

    field_order = ("name", "kind", "unit", "side", "fields_spoken_of", "role", "speakers", "date")

    def __init__(self, *args: Any, study: Study, locale: str, **options: Any) -> None:
        super().__init__(*args, **options)
        names = UnitName.objects.filter(unit__study=study).order_by("name")
        units = {str(unit): name for unit, name in names.values_list("unit", "name")}
        self.fields["unit"].choices = [("", "–"), *units.items()]  # type: ignore[attr-defined]
        self.fields["fields_spoken_of"].choices = [  # type: ignore[attr-defined]
            (concept.identifier, concept.label(locale)) for concept in load().fields.concepts
        ]
        spoken = [("", "–"), *((code, language(code).name) for code in languages())]
        self.fields["language"].widget.choices = spoken
        if self.instance.pk:
            self.fields["unit"].initial = str(self.instance.unit_id or "")
            self.fields["fields_spoken_of"].initial = self.instance.fields
            self.fields["speakers"].initial = ", ".join(self.instance.speakers)

    def known(self, study: Study) -> dict[str, Any]:
        """The values as ``edit_source`` takes them."""
        known = {name: self.cleaned_data[name] for name in self.Meta.fields}
        unit = self.cleaned_data["unit"]
        known["unit"] = study.units.get(pk=unit) if unit else None
        known["fields"] = self.cleaned_data["fields_spoken_of"]
        written = self.cleaned_data["speakers"].split(",")
        known["speakers"] = [name.strip() for name in written if name.strip()]
        return known


class QuoteForm(forms.Form):
    """A passage, as a paragraph's number and words of it, and the code that it gets."""

    paragraph = forms.IntegerField(label=_("Paragraph"), min_value=1)
    words = forms.CharField(
        label=_("Words"),
        required=False,
        help_text=_("As they stand in the text. Leave it empty for the whole paragraph."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    code = forms.TypedChoiceField(label=_("Code"))

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = branches(list(study.codes.order_by("order", "pk")))
        self._codes = {str(b.code.pk): b.code for b in tree if b.code.codable}
        field = self.fields["code"]
        if not isinstance(field, forms.TypedChoiceField):
            raise TypeError
        field.coerce = self._code
        field.choices = [("", "")] + [
            (str(b.code.pk), " › ".join(b.path)) for b in tree if b.code.codable
        ]

    def _code(self, key: str) -> Code:
        return self._codes[key]
