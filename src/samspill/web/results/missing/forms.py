"""The form in which weights are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.study.weighting import KnownTotals, Weighting
from samspill.web.studies.models import Attribute

METHODS = (
    ("raking", _("Raking: each variable's totals, one after the other")),
    ("post_stratification", _("Post-stratification: all combinations of the variables")),
    ("calibration", _("Calibration within limits: each variable's totals, no weight outside them")),
    ("response_propensity", _("Response propensity: by the modelled chance to answer")),
)
HEADLINES = (("weighted", _("Weighted numbers")), ("unweighted", _("Unweighted numbers")))
NO, FRAME, BY_HAND = "no", "frame", "by_hand"
USES = (
    (NO, _("Not used")),
    (FRAME, _("Totals counted in the frame")),
    (BY_HAND, _("Totals written below")),
)
LOWEST, HIGHEST = 0.3, 3.0


class WeightingForm(forms.Form):
    """Method, known totals of each attribute, trimming, and who chose it and why."""

    method = forms.ChoiceField(label=_("Method"), choices=METHODS)
    low = forms.FloatField(
        label=_("Lowest weight"),
        help_text=_("As a multiple of the mean, such as 0.3. Empty for no limit."),
        min_value=0,
        max_value=1,
        required=False,
    )
    high = forms.FloatField(
        label=_("Highest weight"),
        help_text=_("As a multiple of the mean, such as 3. Empty for no limit."),
        min_value=1,
        required=False,
    )
    source = forms.CharField(
        label=_("Where are totals written by hand from?"), max_length=300, required=False
    )
    headline = forms.ChoiceField(label=_("What stands in sentences?"), choices=HEADLINES)
    chosen_by = forms.CharField(
        label=_("Who chose this?"),
        help_text=_("Anyone who reads the results can see it."),
        max_length=200,
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        attributes: Sequence[Attribute],
        counted: Mapping[str, Mapping[str, int]],
        chosen: Weighting | None,
        who: str,
    ) -> None:
        self.attributes = list(attributes)
        super().__init__(data, initial=_initial(chosen, who))
        for attribute in self.attributes:
            name = attribute.identifier
            own = _own(chosen, name)
            self.fields[f"use_{name}"] = forms.ChoiceField(
                label=str(attribute), choices=USES, initial=_use(own)
            )
            self.fields[f"totals_{name}"] = forms.CharField(
                label=gettext("Totals of %(attribute)s, written by hand")
                % {"attribute": attribute},
                help_text=gettext("One line for each category: value = number."),
                widget=forms.Textarea(attrs={"rows": max(3, len(counted.get(name, {})))}),
                required=False,
                initial=_written(own, counted.get(name, {})),
            )

    @property
    def head(self) -> list[Any]:
        return [self["method"]]

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """For each attribute, how it is used and its totals."""
        return [
            (self[f"use_{each.identifier}"], self[f"totals_{each.identifier}"])
            for each in self.attributes
        ]

    @property
    def tail(self) -> list[Any]:
        return [self[name] for name in ("source", "low", "high", "headline", "chosen_by", "reason")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        margins = []
        for attribute in self.attributes:
            name = attribute.identifier
            use = cleaned.get(f"use_{name}")
            if use == FRAME:
                margins.append(KnownTotals((name,)))
            elif use == BY_HAND:
                totals = self._read(name, cleaned.get(f"totals_{name}", ""))
                if totals:
                    margins.append(KnownTotals((name,), totals, cleaned.get("source", "")))
        method = cleaned.get("method")
        if not margins and not self.errors:
            first = self.attributes[0].identifier if self.attributes else None
            self.add_error(
                f"use_{first}" if first else None, gettext("Choose at least one variable.")
            )
        crossed = method in {"post_stratification", "response_propensity"}
        if crossed and any(margin.totals for margin in margins) and len(margins) > 1:
            self.add_error(
                "method",
                gettext("Totals by hand are known for one variable at a time: use raking."),
            )
        if method == "calibration" and not self.errors:
            self._require_limits(cleaned)
        cleaned["margins"] = tuple(margins)
        return cleaned

    def _require_limits(self, cleaned: dict[str, Any]) -> None:
        for name in ("low", "high"):
            if cleaned.get(name) is None:
                self.add_error(name, gettext("Calibration within limits needs this limit."))

    def _read(self, name: str, text: str) -> dict[tuple[str, ...], float]:
        found: dict[tuple[str, ...], float] = {}
        for line in filter(None, map(str.strip, text.splitlines())):
            value, _sign, number = line.partition("=")
            try:
                found[(value.strip(),)] = float(number.strip().replace(" ", "").replace(",", "."))
            except ValueError:
                self.add_error(
                    f"totals_{name}",
                    gettext("“%(line)s” is not a value, an equals sign and a number.")
                    % {"line": line},
                )
                return {}
        if not found:
            self.add_error(f"totals_{name}", gettext("Write the totals, or use the frame's."))
        return found

    def weighting(self, chosen_on: str) -> Weighting:
        """What was chosen, once the form is valid."""
        given = self.cleaned_data
        method, margins = given["method"], given["margins"]
        limits = (given["low"], given["high"])
        if method in {"post_stratification", "response_propensity"} and len(margins) > 1:
            margins = (KnownTotals(tuple(m.variables[0] for m in margins)),)
        calibrated = method == "calibration"
        return Weighting(
            method=method,
            margins=margins,
            distance="logit" if calibrated else "raking",
            bounds=limits if calibrated else None,
            trim=(None, None) if calibrated else limits,
            headline=given["headline"],
            chosen_by=given["chosen_by"],
            chosen_on=chosen_on,
            reason=given["reason"],
        )


def _initial(chosen: Weighting | None, who: str) -> dict[str, Any]:
    if chosen is None:
        return {
            "method": "raking", "low": LOWEST, "high": HIGHEST, "headline": "unweighted",
            "chosen_by": who,
        }  # fmt: skip
    low, high = chosen.bounds or chosen.trim
    return {
        "method": chosen.method,
        "low": low,
        "high": high,
        "source": next((m.source for m in chosen.margins if m.source), ""),
        "headline": chosen.headline,
        "chosen_by": chosen.chosen_by,
        "reason": chosen.reason,
    }


def _own(chosen: Weighting | None, name: str) -> KnownTotals | None:
    margins = chosen.margins if chosen else ()
    return next((margin for margin in margins if name in margin.variables), None)


def _use(own: KnownTotals | None) -> str:
    if own is None:
        return NO
    return FRAME if own.totals is None else BY_HAND


def _written(own: KnownTotals | None, counted: Mapping[str, int]) -> str:
    if own is not None and own.totals is not None:
        return "\n".join(f"{values[0]} = {total:g}" for values, total in own.totals.items())
    return "\n".join(f"{value} = {number}" for value, number in counted.items())
