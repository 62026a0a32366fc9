"""Small studies as waves, made by changing a study of the tests."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study

FIELDS = ("culture_leisure", "integration")


@pytest.fixture(scope="session")
def founding():
    return open_study("norway-2018")


@pytest.fixture(scope="session")
def wave_of(founding):
    """A wave with the founding study's tables and units, answers and policies of one's own."""

    def make(year: int, answers: dict[str, tuple[int, ...] | None], policy=()):
        study = founding.study
        rows = [
            (unit, field, "meeting_point", str(value))
            for unit, values in answers.items()
            for field, value in zip(FIELDS, values or (), strict=False)
        ]
        units = pl.DataFrame(
            [
                {"unit": unit, "has_policy": "yes" if unit in policy else "no", "weight": 2.0}
                for unit in answers
            ]
        )
        schema = dict.fromkeys(("unit", "field", "variable", "value"), pl.String)
        return StudyAnalysis(
            replace(
                study,
                identifier=f"trial-{year}",
                year=year,
                population_size=len(answers),
                units=units,
                answers=pl.DataFrame(rows, schema=schema, orient="row"),
                printed=study.printed.clear(),
            )
        )

    return make
