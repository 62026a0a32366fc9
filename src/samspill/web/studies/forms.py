"""Forms about a study, its members and its waves."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.language import language, languages
from samspill.web.access.models import ROLE_LABELS
from samspill.web.studies.models import IDENTIFIER, Attribute, Wave
from samspill.web.studies.planner import Plan

EARLIEST, LATEST = 1900, 2200


class DateInput(forms.DateInput):
    """The browser's own date field, which takes and gives ISO dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class InLanguages(forms.Form):
    """A form with a title, and perhaps more, in every language.

    ``texts`` maps the names of such texts to whether they are long. At least one language of the
    first is needed; ``words()`` gives what was written.
    """

    texts: dict[str, tuple[Any, bool]] = {}  # noqa: RUF012

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        given = dict(initial or {})
        for name in self.texts:
            for code, text in given.pop(name, {}).items():
                given[f"{name}_{code}"] = text
        super().__init__(data, initial=given)
        fields: dict[str, forms.Field] = {}
        for name, (label, is_long) in self.texts.items():
            for code in languages():
                fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label} ({language(code).name})",
                    max_length=2000 if is_long else 200,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput(),
                )
        self.fields = {**fields, **self.fields}

    def words(self, name: str) -> dict[str, str]:
        """A text by language, without the languages left empty."""
        written = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in languages()}
        return {code: text for code, text in written.items() if text}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first = next(iter(self.texts))
        if not self.words(first):
            self.add_error(
                f"{first}_{languages()[0]}", gettext("Write it in at least one language.")
            )
        return cleaned


class StudyForm(InLanguages):
    """What a study is called, and when it is from."""

    texts = {"title": (_("Title"), False), "summary": (_("What it is about"), True)}  # noqa: RUF012

    year = forms.IntegerField(label=_("Year"), min_value=EARLIEST, max_value=LATEST, localize=False)
    invented = forms.BooleanField(
        label=_("The data are invented"),
        help_text=_("For trial and teaching. Every page of the study then says so."),
        required=False,
    )

    def content(self) -> dict[str, Any]:
        return {
            "title": self.words("title"),
            "summary": self.words("summary"),
            "year": self.cleaned_data["year"],
            "invented": self.cleaned_data["invented"],
        }


class MemberForm(forms.Form):
    """Whom to give which role."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=tuple(ROLE_LABELS.items()))


class WaveForm(InLanguages):
    """A round of the study."""

    texts = {"title": (_("Title"), False)}  # noqa: RUF012

    identifier = forms.CharField(
        label=_("Short name"),
        help_text=_("Such as spring_2026. It cannot be changed later."),
        max_length=40,
        validators=[IDENTIFIER],
    )
    reference_date = forms.DateField(
        label=_("Reference day"),
        help_text=_("The units are described as they were on this day."),
        widget=DateInput(),
    )

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any] | None = None, is_new: bool = True
    ) -> None:
        super().__init__(data, initial=initial)
        if not is_new:
            del self.fields["identifier"]


def this_year() -> int:
    return datetime.date.today().year


class AttributeForm(InLanguages):
    """What an attribute is called, and its categories with their order."""

    texts = {"title": (_("Label"), False)}  # noqa: RUF012

    def __init__(self, data: Any = None, *, attribute: Attribute) -> None:
        super().__init__(data, initial={"title": attribute.label})
        self.values = [category["value"] for category in attribute.categories]
        for number, category in enumerate(attribute.categories):
            self.fields[f"order_{number}"] = forms.IntegerField(
                min_value=1, max_value=9999, initial=number + 1, localize=False
            )
            for code in languages():
                self.fields[f"label_{number}_{code}"] = forms.CharField(
                    max_length=200,
                    required=False,
                    initial=(category.get("label") or {}).get(code, ""),
                )
        for name, field in self.fields.items():
            if name.startswith(("order_", "label_")):
                field.label = self._place(name)
                field.widget.attrs["aria-label"] = field.label

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each category with its fields: the order, and the label in every language."""
        return [
            (value, [self[f"order_{n}"], *(self[f"label_{n}_{code}"] for code in languages())])
            for n, value in enumerate(self.values)
        ]

    @property
    def titles(self) -> list[forms.BoundField]:
        return [self[f"title_{code}"] for code in languages()]

    def categories(self) -> list[dict[str, Any]]:
        """The categories in the order that was given; those of the same order as they stood."""
        found = []
        for number, value in enumerate(self.values):
            written = {c: self.cleaned_data[f"label_{number}_{c}"] for c in languages()}
            label = {code: text for code, text in written.items() if text}
            found.append((self.cleaned_data[f"order_{number}"], {"value": value, "label": label}))
        return [category for _order, category in sorted(found, key=lambda pair: pair[0])]

    def _place(self, name: str) -> str:
        kind, number, *code = name.split("_")
        value = self.values[int(number)]
        if kind == "order":
            return gettext("Order of %(value)s") % {"value": value}
        place = {"value": value, "language": language(code[0]).name}
        return gettext("Label of %(value)s (%(language)s)") % place


class UploadForm(forms.Form):
    """A file with units."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 10 MB, with a heading and one row for each unit."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class ChangesForm(forms.Form):
    """A file with changes of codes, and the time to take the units through."""

    after = forms.DateField(
        label=_("The units' codes are those of"),
        help_text=_("Only changes later than this day are applied."),
        widget=DateInput(),
    )
    until = forms.DateField(
        label=_("Take them through to"),
        help_text=_("Changes up to and including this day are applied."),
        widget=DateInput(),
    )
    file = forms.FileField(
        label=_("Table of changes"),
        help_text=_("JSON or CSV as KLASS gives it. Leave it out to fetch the table from there."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.json"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        after, until = cleaned.get("after"), cleaned.get("until")
        if after and until and until <= after:
            self.add_error("until", gettext("This day must be later than the first."))
        return cleaned


class WavesForm(forms.Form):
    """Two waves to compare."""

    start = forms.ModelChoiceField(Wave.objects.none(), label=_("From"), to_field_name="identifier")
    end = forms.ModelChoiceField(Wave.objects.none(), label=_("To"), to_field_name="identifier")

    def __init__(self, *args: Any, waves: QuerySet[Wave], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("start", "end"):
            field = self.fields[name]
            field.queryset, field.empty_label = waves, None  # type: ignore[attr-defined]


class NextWaveForm(forms.Form):
    """How many answered, how many will, and what is expected of them."""

    before = forms.IntegerField(label=_("Answers in the last wave"), min_value=2, localize=False)
    after = forms.IntegerField(label=_("Answers in the next wave"), min_value=2, localize=False)
    both = forms.IntegerField(label=_("Units that answer both times"), min_value=2, localize=False)
    turnover = forms.IntegerField(
        label=_("Of these, per cent that change their answer"),
        min_value=1,
        max_value=100,
        localize=False,
    )
    share = forms.IntegerField(
        label=_("The share now, per cent"), min_value=0, max_value=100, localize=False
    )

    def __init__(self, units: int, data: Any = None) -> None:
        self.units = units
        half = max(units // 2, 2)
        usual = {
            "before": half,
            "after": half,
            "both": max(half // 2, 2),
            "turnover": 20,
            "share": 50,
        }
        super().__init__(data, initial=usual)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        both = cleaned.get("both")
        for name in ("before", "after"):
            n = cleaned.get(name)
            if both is not None and n is not None and both > n:
                self.add_error(
                    "both", gettext("No more can answer both times than answer in each wave.")
                )
                break
        return cleaned

    def plan(self) -> Plan | None:
        """What is planned, or the usual before anything is asked; None where it cannot be."""
        if self.is_bound and not self.is_valid():
            return None
        given = self.cleaned_data if self.is_bound else self.initial
        return Plan(
            before=given["before"],
            after=given["after"],
            both=given["both"],
            turnover=given["turnover"] / 100,
            share=given["share"] / 100,
            units=self.units,
        )
