"""Barriers in the interviews beside what a survey counts, and who wrote to the survey."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from samspill.errors import SamspillError
from samspill.qualitative import Tables
from samspill.qualitative.barriers import barrier_profile
from samspill.qualitative.model import INTERVIEW, OPEN_ANSWER
from samspill.web.interviews.asking.survey import UNITS_APART, founding_barriers, survey_of
from samspill.web.studies.models import Study

FOUNDING, OWN = "founding", "own"


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """The interviews' barriers beside a survey's.

    ``frame``: ``barrier``, then ``n``, ``count``, ``share``, ``low``, ``high`` of the interviews
    and the same with ``survey_`` of the survey; ``survey`` says whose: ``own`` or ``founding``.
    """

    frame: pl.DataFrame
    survey: str

    @staticmethod
    def standing(row: dict[str, float]) -> str:
        """Who speaks of a barrier: ``both``, ``interviews``, ``survey`` or ``neither``."""
        said, counted = row["count"] > 0, row["survey_count"] > 0
        if said and counted:
            return "both"
        return "interviews" if said else "survey" if counted else "neither"


def beside_survey(tables: Tables) -> Beside | None:
    """Each barrier's share of the interviews beside its share of the study's own coded open
    answers, or of the founding study's where it has none. None without an interview."""
    if tables.sources.filter(pl.col("kind") == INTERVIEW).is_empty():
        return None
    said = barrier_profile(tables, ()).frame.drop("segments")
    whose = OWN if _coded_answers(tables) else FOUNDING
    counted = (
        barrier_profile(tables, (), kinds=(OPEN_ANSWER,)).frame
        if whose == OWN
        else founding_barriers()
    )
    shares = ("n", "count", "share", "low", "high")
    named = counted.select("barrier", *[pl.col(name).alias(f"survey_{name}") for name in shares])
    return Beside(said.join(named, on="barrier", how="inner", maintain_order="left"), whose)


def _coded_answers(tables: Tables) -> bool:
    answers = tables.sources.filter(pl.col("kind") == OPEN_ANSWER)
    return not tables.codings.join(answers, on="source", how="semi").is_empty()


def who_wrote(study: Study, tables: Tables) -> dict[str, object] | None:
    """Whether larger units are over-represented among those that wrote an open answer: the row
    of the library's ``who_answered``. None where the study has no open answer of a unit whose
    population is known.

    Those that were asked are the units that have answered the survey.
    """
    from samspill.analysis.open_answers import who_answered

    survey = survey_of(study)
    answers = tables.sources.filter(pl.col("kind") == OPEN_ANSWER, pl.col("unit").is_not_null())
    if survey is None or answers.is_empty() or UNITS_APART not in survey.units.columns:
        return None
    asked = survey.units.join(survey.answers.select("unit").unique(), on="unit", how="semi")
    size = pl.col(UNITS_APART).cast(pl.Float64, strict=False)
    units = asked.select("unit", size.alias(UNITS_APART))
    wrote = answers.join(units, on="unit", how="semi")["unit"].unique()
    try:
        return who_answered(units, wrote.to_list(), UNITS_APART).frame.row(0, named=True)
    except SamspillError:
        return None
