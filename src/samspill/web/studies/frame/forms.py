"""Choosing what a file's columns mean, and which units a table shows."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.web.studies.forms import DateInput
from samspill.web.studies.frame.mapping import ATTRIBUTES, FrameMapping, Use, attribute_identifier
from samspill.web.studies.frame.reading import Sheet
from samspill.web.studies.models import Attribute, in_language

USES = (
    (Use.NOTHING, _("Not imported")),
    (_("The unit"), [
        (Use.IDENTIFIER, _("Identifier")),
        (Use.CODE, _("Code")),
        (Use.NAME, _("Name")),
        (Use.VALID_FROM, _("Holds from")),
    ]),
    (_("Attribute"), [
        (Use.NOMINAL, _("Categories")),
        (Use.ORDINAL, _("Ordered categories")),
        (Use.NUMBER, _("Number")),
    ]),
)  # fmt: skip
MOST_CATEGORIES = 40


class MappingForm(forms.Form):
    """A use for each column of a file, the digits of codes, and the day that it all holds from."""

    fill_codes = forms.BooleanField(required=False)
    valid_from = forms.DateField(
        label=_("The file describes the units from"),
        help_text=_(
            "What differs from before then holds from this day, and what was before is kept. "
            "Without a day it corrects what is stored."
        ),
        required=False,
        widget=DateInput(),
    )

    def __init__(self, *args: Any, sheet: Sheet, suggested: FrameMapping, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet, self.digits = sheet, suggested.digits
        for position, column in enumerate(sheet.columns):
            self.fields[f"use_{position}"] = forms.ChoiceField(
                label=column,
                choices=USES,
                initial=suggested.uses.get(column, Use.NOTHING),
                widget=forms.Select(attrs={"aria-label": column}),
            )
        if suggested.digits:
            field = self.fields["fill_codes"]
            field.initial = True
            field.label = gettext("Fill the codes up with zeros to %(digits)s digits") % {
                "digits": suggested.digits
            }
            field.help_text = gettext("Some codes in the file seem to have lost their first zero.")
        else:
            del self.fields["fill_codes"]

    @property
    def columns(self) -> list[tuple[str, list[str], forms.BoundField]]:
        """Each column with its first values and the choice of its use."""
        return [
            (column, self.sheet.sample(column), self[f"use_{position}"])
            for position, column in enumerate(self.sheet.columns)
        ]

    def mapping(self) -> FrameMapping:
        uses = {
            column: Use(self.cleaned_data[f"use_{position}"])
            for position, column in enumerate(self.sheet.columns)
        }
        return FrameMapping(uses, self.digits if self.cleaned_data.get("fill_codes") else 0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        mapping = self.mapping()
        times = Counter(use for use in mapping.uses.values() if use not in ATTRIBUTES)
        if not times[Use.IDENTIFIER] and not times[Use.CODE]:
            raise forms.ValidationError(
                gettext("Choose which column holds the identifier or the code.")
            )
        for use in (Use.IDENTIFIER, Use.CODE, Use.NAME, Use.VALID_FROM):
            if times[use] > 1:
                raise forms.ValidationError(
                    gettext("Only one column can be the identifier, the code, the name or the day.")
                )
        names = Counter(
            attribute_identifier(name) for name, use in mapping.uses.items() if use in ATTRIBUTES
        )
        twice = [name for name, count in names.items() if count > 1]
        if twice:
            raise forms.ValidationError(
                gettext("Two columns would both be the attribute “%(name)s”. Rename one of them.")
                % {"name": twice[0]}
            )
        return cleaned


class ConfirmForm(forms.Form):
    """Whether units that the file lacks cease, and when."""

    gone_on = forms.DateField(
        label=_("Units that the file lacks cease on"),
        help_text=_("Leave it empty, and they stay as they are."),
        required=False,
        widget=DateInput(),
    )


class UnitFilter(forms.Form):
    """Which units are shown, as of which day."""

    q = forms.CharField(label=_("Search for code or name"), required=False, max_length=100)
    on = forms.DateField(label=_("As of"), required=False, widget=DateInput())
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=(
            ("", _("In the frame")),
            ("ceased", _("Ceased or not begun")),
            ("all", _("All")),
        ),
    )

    def __init__(self, *args: Any, attributes: Iterable[Attribute], **options: Any) -> None:
        super().__init__(*args, **options)
        self.chosen_by: dict[str, Attribute] = {}
        for attribute in attributes:
            if attribute.type == Use.NUMBER or not 0 < len(attribute.categories) <= MOST_CATEGORIES:
                continue
            name = f"a_{attribute.identifier}"
            self.chosen_by[name] = attribute
            self.fields[name] = forms.ChoiceField(
                label=str(attribute),
                required=False,
                choices=[("", gettext("All")), *attribute_choices(attribute)],
            )

    @property
    def day(self) -> datetime.date:
        return self.cleaned_data.get("on") or datetime.date.today()


def attribute_choices(attribute: Attribute) -> list[tuple[str, str]]:
    """The categories of an attribute with their labels in the page's language."""
    return [(c["value"], category_label(c)) for c in attribute.categories]


def category_label(category: dict[str, Any]) -> str:
    return in_language(category.get("label") or {}) or str(category["value"])
