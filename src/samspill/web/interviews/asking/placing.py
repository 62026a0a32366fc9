"""The evidence for placing fields among the ideal types, and what people have judged."""

from __future__ import annotations

import polars as pl

from samspill import typology
from samspill.qualitative import Tables
from samspill.typology import Placement
from samspill.web.interviews.asking.kept import kept
from samspill.web.interviews.asking.survey import placing_answers, survey_of
from samspill.web.interviews.models import Judgement
from samspill.web.studies.models import Study


def placements(study: Study, tables: Tables, which: str, unit: str) -> tuple[Placement, ...]:
    """Every field that any evidence speaks of, placed in a typology; in a unit, or (``unit``
    empty) in all of them together."""
    survey = survey_of(study)
    answered = 0 if survey is None else survey.answers.height
    return kept(
        study, f"placements:{which}:{unit}:{answered}", lambda: _placed(study, tables, which, unit)
    )


def _placed(study: Study, tables: Tables, which: str, unit: str) -> tuple[Placement, ...]:
    survey = survey_of(study)
    answers = None
    if survey is not None:
        names = [rule.identifier for rule in typology.indicator_rules()]
        answers = placing_answers(survey, names)
    found = typology.evidence(tables, answers)
    if unit:
        found = found.filter(pl.col("unit") == unit)
    invented = study.invented or bool(tables.sources["invented"].any())
    judged = [judgement_of(row) for row in judgements(study)]
    return typology.place_all(found, which, units=bool(unit), judgements=judged,
                                provenance="invented" if invented else "observed")  # fmt: skip


def judgements(study: Study) -> list[Judgement]:
    """Every judgement that has been made, the latest last."""
    return list(study.judgements.select_related("unit", "by").order_by("at", "pk"))


def judgement_of(row: Judgement) -> typology.Judgement:
    """A judgement as the library knows it."""
    return typology.Judgement(
        typology=row.typology,
        unit=row.unit.identifier if row.unit else "",
        field=row.field,
        ideal_type=row.ideal_type,
        by=row.by.name,
        reason=row.reason,
        when=row.at.isoformat(),
    )
