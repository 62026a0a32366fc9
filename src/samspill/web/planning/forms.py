"""The forms of the plan: each asks only for what is needed there and then."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.register import TABLES
from samspill.register.labels import choice_label
from samspill.register.schema import INPUT_OUTCOMES, MEASURE_STATUSES, VERDICTS
from samspill.web.municipality.forms import EntryForm
from samspill.web.municipality.models import Criterion, Input, Measure, Municipality, Policy
from samspill.web.municipality.words import column_name, language
from samspill.web.planning.progress import goals_of
from samspill.web.studies.forms import DateInput


def _labelled(choices: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(choice, choice_label(choice, language())) for choice in choices]


def _long(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text or _("Nothing about single clients, patients or their health."),
        max_length=20_000,
        required=required,
        widget=forms.Textarea({"rows": 3}),
    )


def _day(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput())


class MeasureForm(EntryForm):
    """A new measure under one of a policy's goals."""

    ASKED = (
        "goal",
        "title",
        "description",
        "field",
        "barrier",
        "municipal_unit",
        "contact",
        "deadline",
        "every_year",
        "advice",
    )

    def __init__(
        self, data: Any = None, *, policy: Policy, initial: dict[str, Any] | None = None
    ) -> None:
        goals = goals_of(policy)
        if len(goals) == 1:
            initial = {"goal": goals[0].identifier, **(initial or {})}
        super().__init__(
            data,
            municipality=policy.municipality,
            table=TABLES["measures"],
            initial=initial,
            only=self.ASKED,
        )
        self.fields["goal"].choices = [  # type: ignore[attr-defined]
            *([("", "–")] if len(goals) > 1 else []),
            *((goal.identifier, goal.title) for goal in goals),
        ]
        self.fields["advice"].widget = forms.HiddenInput()
        self.order_fields(self.ASKED)


class GoalForm(EntryForm):
    """A new goal."""

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        super().__init__(
            data, municipality=municipality, table=TABLES["goals"], only=("title", "description")
        )


class PolicyForm(forms.Form):
    """A policy to begin on, where none is being made."""

    title = forms.CharField(max_length=300)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["title"].label = column_name("policies", "title")


class StatusForm(forms.Form):
    """How far a measure has come, with what shows it."""

    def __init__(self, data: Any = None, *, measure: Measure) -> None:
        given = {name: getattr(measure, name) for name in ("status", "evidence", "late_because")}
        super().__init__(data, initial=given, auto_id=f"{measure.identifier}_%s")
        self.fields["status"] = forms.ChoiceField(
            label=column_name("measures", "status"), choices=_labelled(MEASURE_STATUSES)
        )
        self.fields["evidence"] = _long(
            column_name("measures", "evidence"),
            _("Needed when it is done: minutes, a decision, a count, or where it can be seen."),
        )
        self.fields["late_because"] = _long(
            column_name("measures", "late_because"), _("The council reads this.")
        )


class JudgementForm(forms.Form):
    """A judgement of one point, always with its evidence."""

    def __init__(
        self, data: Any = None, *, criterion: str, held: Criterion | None, suggested: str = ""
    ) -> None:
        given = {
            "verdict": held.verdict if held else "",
            "evidence": held.evidence if held else suggested,
            "web": held.web if held else "",
            "case_number": held.case_number if held else "",
        }
        super().__init__(data, initial=given, auto_id=f"{criterion}_%s")
        self.fields["verdict"] = forms.ChoiceField(
            label=column_name("criteria", "verdict"),
            choices=[("", "–"), *_labelled(VERDICTS)],
        )
        self.fields["evidence"] = _long(
            column_name("criteria", "evidence"),
            _("What you rest the judgement on, in your own words."),
            required=True,
        )
        self.fields["web"] = forms.URLField(
            label=column_name("criteria", "web"),
            required=False,
            max_length=500,
            assume_scheme="https",
        )
        self.fields["case_number"] = forms.CharField(
            label=column_name("criteria", "case_number"), required=False, max_length=300
        )


class ProcessForm(EntryForm):
    """The making of a policy, begun."""

    ASKED = (
        "title",
        "fields",
        "municipal_unit",
        "opens_on",
        "deadline",
        "sector_involved_at",
    )

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        super().__init__(
            data,
            municipality=municipality,
            table=TABLES["processes"],
            initial={"sector_involved_at": "idea", "opens_on": timezone.localdate()},
            only=self.ASKED,
        )
        self.fields["title"].help_text = _("What the policy is to be called.")
        self.fields["fields"].help_text = _("None chosen: the four that are studied in depth.")


class MessageForm(forms.Form):
    """What the coordinator adds to the invitation."""

    message = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["message"].label = _("Your own words in the invitation")


class InputForm(forms.Form):
    """What one of those on the list has said."""

    def __init__(self, data: Any = None, *, given: Input) -> None:
        first = {"received_on": given.received_on or timezone.localdate(), "summary": given.summary}
        super().__init__(data, initial=first)
        self.fields["received_on"] = _day(column_name("inputs", "received_on"))
        self.fields["summary"] = _long(column_name("inputs", "summary"), required=True)


class OutcomeForm(forms.Form):
    """What was done with an input, and why."""

    def __init__(self, data: Any = None, *, given: Input) -> None:
        first = {"outcome": given.outcome or "pending", "reason": given.reason}
        super().__init__(data, initial=first)
        self.fields["outcome"] = forms.ChoiceField(
            label=column_name("inputs", "outcome"), choices=_labelled(INPUT_OUTCOMES)
        )
        self.fields["reason"] = _long(
            column_name("inputs", "reason"), _("Those who gave the input will read it.")
        )


class AdoptionForm(forms.Form):
    """The council's decision."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"adopted_on": timezone.localdate()})
        self.fields["adopted_on"] = _day(column_name("policies", "adopted_on"))
        self.fields["case_number"] = forms.CharField(
            label=column_name("policies", "case_number"), max_length=300
        )
