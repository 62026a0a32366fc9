"""What to choose cases by, and how many interviews to plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.web.design.frames import UnitFrame
from samspill.web.studies.frame.forms import attribute_choices
from samspill.web.studies.models import Attribute, Study

METHODS: dict[str, Any] = {
    "diverse": _("Diverse: cover as many categories and pairs of them as possible"),
    "typical": _("Typical: where the model fits best"),
    "deviant": _("Deviant: where the model fits worst"),
    "influential": _("Influential: those that move the model most"),
    "extreme": _("Extreme: farthest from the mean"),
    "most_similar": _("Most similar: pairs alike in all but one thing"),
    "most_different": _("Most different: pairs unlike in all but one thing"),
}
BOUNDS = {">=": _("at least"), "<=": _("at most"), "==": _("exactly")}
QUOTAS = (1, 2, 3)
MOST_CASES = 60
SEED = 2018


class ChoosingForm(forms.Form):
    """Attributes, method, number, quotas, and units that must or must not be in."""

    method = forms.ChoiceField(label=_("Method"), choices=list(METHODS.items()))
    number = forms.IntegerField(
        label=_("Number of cases"), min_value=1, max_value=MOST_CASES, initial=12, localize=False
    )
    by = forms.MultipleChoiceField(
        label=_("Choose by"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the cases are to vary in, or the model's explanatory attributes."),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        help_text=_(
            "For models: what is explained. For pairs: what they are to differ, or agree, in."
        ),
    )
    include = forms.CharField(
        label=_("Must be in"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names or identifiers, one a line."),
    )
    exclude = forms.CharField(
        label=_("Must not be in"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names or identifiers, one a line."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        initial=SEED,
        min_value=0,
        max_value=2**31 - 1,
        localize=False,
        help_text=_("Decides between units that are worth the same, and nothing else."),
    )

    def __init__(
        self, data: Any = None, *, study: Study, frame: UnitFrame, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.frame = frame
        self.attributes = list(study.attributes.all())
        named = [(a.identifier, str(a)) for a in self.attributes]
        self._field("by").choices = named
        self._field("outcome").choices = [("", _("None")), *named]
        for attribute in self.attributes:
            if attribute.type == "number":
                self.fields[f"limits_{attribute.identifier}"] = forms.CharField(
                    label=_("Class limits of %(name)s") % {"name": attribute},
                    required=False,
                    help_text=_("Numbers with semicolons between, as 5000; 20000. Else quartiles."),
                )
        categories = [("", _("No quota")), *_categories(self.attributes)]
        for place in QUOTAS:
            self.fields[f"quota_{place}"] = forms.ChoiceField(
                label=_("Quota %(n)s") % {"n": place}, choices=categories, required=False
            )
            self.fields[f"bound_{place}"] = forms.ChoiceField(
                label=_("Bound of quota %(n)s") % {"n": place},
                choices=list(BOUNDS.items()),
                required=False,
            )
            self.fields[f"count_{place}"] = forms.IntegerField(
                label=_("Number of quota %(n)s") % {"n": place},
                min_value=0,
                max_value=MOST_CASES,
                required=False,
                localize=False,
            )

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean_include(self) -> list[str]:
        return self._units("include")

    def clean_exclude(self) -> list[str]:
        return self._units("exclude")

    def _units(self, name: str) -> list[str]:
        known = {unit: unit for unit in self.frame.units}
        known |= {n.casefold(): u for u, n in self.frame.named.items()}
        found = []
        for line in self.cleaned_data[name].splitlines():
            wanted = line.strip()
            if not wanted:
                continue
            unit = known.get(wanted) or known.get(wanted.casefold())
            if unit is None:
                raise forms.ValidationError(
                    gettext("There is no unit “%(name)s”. Write it as the list of units does.")
                    % {"name": wanted}
                )
            found.append(unit)
        return list(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for attribute in self.attributes:
            name = f"limits_{attribute.identifier}"
            if cleaned.get(name):
                try:
                    _limits(cleaned[name])
                except ValueError:
                    self.add_error(name, gettext("Write numbers with semicolons between."))
        for place in QUOTAS:
            if cleaned.get(f"quota_{place}") and cleaned.get(f"count_{place}") is None:
                self.add_error(f"count_{place}", gettext("Say how many."))
        return cleaned

    def asked(self) -> dict[str, Any]:
        """What was chosen, as JSON can hold it."""
        data = self.cleaned_data
        return {
            "method": data["method"],
            "number": data["number"],
            "by": data["by"],
            "outcome": data["outcome"],
            "include": data["include"],
            "exclude": data["exclude"],
            "seed": data["seed"],
            "breaks": {
                a.identifier: _limits(data[f"limits_{a.identifier}"])
                for a in self.attributes
                if data.get(f"limits_{a.identifier}")
            },
            "quotas": [
                [*data[f"quota_{n}"].split("=", 1), data[f"bound_{n}"] or ">=", data[f"count_{n}"]]
                for n in QUOTAS
                if data.get(f"quota_{n}")
            ],
        }


def initial_of(asked: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What the form begins with, to choose once more as before."""
    found = {k: asked[k] for k in ("method", "number", "by", "outcome", "seed")}
    for key in ("include", "exclude"):
        found[key] = "\n".join(names.get(unit, unit) for unit in asked[key])
    for name, breaks in asked["breaks"].items():
        found[f"limits_{name}"] = "; ".join(f"{value:g}" for value in breaks)
    for place, (name, value, bound, count) in zip(QUOTAS, asked["quotas"], strict=False):
        found |= {
            f"quota_{place}": f"{name}={value}", f"bound_{place}": bound, f"count_{place}": count
        }  # fmt: skip
    return found


def _categories(attributes: Sequence[Attribute]) -> list[tuple[str, str]]:
    return [
        (f"{a.identifier}={value}", f"{a}: {label}")
        for a in attributes
        if a.type != "number"
        for value, label in attribute_choices(a)
    ]


def _limits(text: str) -> list[float]:
    return [float(part.strip().replace(" ", "").replace(",", ".")) for part in text.split(";")]


class PlanForm(forms.Form):
    """One number for every field and side, for all of the study's cases."""

    each = forms.IntegerField(
        label=_("Informants for each field and side"),
        min_value=1,
        max_value=20,
        initial=1,
        localize=False,
        help_text=_("The founding study aimed at one."),
    )


class UnitPlanForm(forms.Form):
    """How many informants a unit is planned to have, field by field and side by side."""

    def __init__(
        self, data: Any = None, *, cells: Sequence[tuple[str, str, str, int]]
    ) -> None:
        super().__init__(data)
        for key, label, _kind, number in cells:
            self.fields[key] = forms.IntegerField(
                label=label, min_value=0, max_value=20, initial=number, localize=False
            )
