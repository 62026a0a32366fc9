"""Looking for measures by owner, field, status and lateness; all of it stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samspill.register import TABLES
from samspill.web.municipality.measures import State
from samspill.web.municipality.words import column_name, options
from samspill.web.planning.progress import GoalLines, Line

NOBODY = "-"


class PlanFilter(forms.Form):
    """What to look for in the plan; owners are those that own something there."""

    def __init__(self, data: Any, *, plan: Sequence[GoalLines]) -> None:
        super().__init__(data)
        table = TABLES["measures"]
        owners = {
            line.measure.municipal_unit.identifier: str(line.measure.municipal_unit)
            for goal in plan
            for line in goal.lines
            if line.measure.municipal_unit is not None
        }
        self.fields["owner"] = forms.ChoiceField(
            label=column_name("measures", "municipal_unit"),
            choices=[
                ("", _("All")),
                *sorted(owners.items(), key=lambda pair: pair[1].casefold()),
                (NOBODY, _("Nobody")),
            ],
            required=False,
        )
        for name in ("field", "status"):
            self.fields[name] = forms.ChoiceField(
                label=column_name("measures", name),
                choices=[("", _("All")), *options(table.column(name))],
                required=False,
            )
        self.fields["late"] = forms.BooleanField(label=_("Late only"), required=False)

    @property
    def is_used(self) -> bool:
        """Whether anything is looked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def chosen(self, plan: Sequence[GoalLines]) -> list[GoalLines]:
        """The plan with the measures that fit; goals without any are left out."""
        if not self.is_used:
            return list(plan)
        fitting = [
            GoalLines(goal.goal, [line for line in goal.lines if self._fits(line)], goal.progress)
            for goal in plan
        ]
        return [goal for goal in fitting if goal.lines]

    def _fits(self, line: Line) -> bool:
        wanted, measure = self.cleaned_data, line.measure
        owner = measure.municipal_unit.identifier if measure.municipal_unit else NOBODY
        return (
            wanted["owner"] in ("", owner)
            and wanted["field"] in ("", measure.field)
            and wanted["status"] in ("", measure.status)
            and (not wanted["late"] or line.state is State.LATE)
        )
