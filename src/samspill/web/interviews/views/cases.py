"""The case table: units by code, joined with what the same units answered, for statistics."""

from __future__ import annotations

from typing import Any

import polars as pl
from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from samspill.presentation.tables.codes import provenance_of
from samspill.qualitative import Tables
from samspill.qualitative.queries import case_table
from samspill.study import Study as Survey
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.interviews.asking.choosing import codes_under
from samspill.web.interviews.asking.survey import survey_of
from samspill.web.interviews.project import tables_of
from samspill.web.studies.models import Study

CASES = {
    "unit": _("A unit"),
    "unit,side": _("A unit and side"),
    "unit,field": _("A unit and field"),
    "source": _("A text"),
}
VALUES = {
    "presence": _("Whether it is there (0 or 1)"),
    "codings": _("Codings"),
    "sources": _("Texts"),
    "characters": _("Characters"),
}
SURVEY = "survey_"


class CaseForm(forms.Form):
    """What is a case, and what stands in its cells?"""

    cases = forms.ChoiceField(label=_("A row is"), choices=[*CASES.items()])
    value = forms.ChoiceField(label=_("A cell holds"), choices=[*VALUES.items()])


@requires(Permission.EXPORT)
def download(request: StudyRequest, study: str) -> HttpResponse:
    """Case by code as CSV. Cases that nobody was asked in are not there; survey columns begin with
    ``survey_`` and are empty where the unit has not answered."""
    form = CaseForm({"cases": "unit", "value": "presence", **request.GET.dict()})
    chosen = form.cleaned_data if form.is_valid() else {"cases": "unit", "value": "presence"}
    frame = joined(request.study, tables_of(request.study), chosen["cases"], chosen["value"])
    answer = HttpResponse(frame.write_csv(), content_type="text/csv; charset=utf-8")
    name = f"{study}-cases-{chosen['cases'].replace(',', '-')}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def joined(study: Study, tables: Tables, cases: str, value: Any) -> pl.DataFrame:
    """The case table with ``provenance`` and, where cases have a unit, its survey answers."""
    names = cases.split(",")
    table = case_table(tables, names, codes_under(tables, ""), value=value)
    provenance = "invented" if study.invented else provenance_of(tables)
    frame = table.frame.with_columns(pl.lit(provenance).alias("provenance"))
    survey = survey_of(study)
    if survey is None or "unit" not in names:
        return frame
    return frame.join(_answers(survey), on="unit", how="left", maintain_order="left")


def _answers(survey: Survey) -> pl.DataFrame:
    """A row a unit, a column each question (and field) that is not answered in words."""
    column = pl.when(pl.col("field") == "").then(pl.col("variable")).otherwise(
        pl.concat_str("field", "variable", separator="_")
    )  # fmt: skip
    named = survey.answers.select("unit", (SURVEY + column).alias("column"), "value")
    return named.pivot("column", index="unit", values="value", aggregate_function="first")
