"""Nothing is published from real answers before their small cells were looked for."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study, require_safe
from samspill.errors import SamspillError


@pytest.fixture(scope="module")
def study():
    return open_study("norway-2018")


def _observed(study):
    provenance = study.study.provenance.with_columns(pl.lit("observed").alias("provenance"))
    return StudyAnalysis(study.study.with_tables(provenance=provenance))


def test_small_cells_are_found_in_what_a_report_would_print(study):
    found = study.disclosure(by="has_policy", threshold=5)
    cells = {
        (row["indicator"], row["field"], row["group"], row["lowest"])
        for row in found.cells.to_dicts()
    }
    assert ("has_relation", "culture_leisure", "no", 2) in cells
    assert ("has_relation", "culture_leisure", "yes", 1) in cells
    assert not any(indicator == "gross_sample" for indicator, *_ in cells)


def test_a_study_of_stand_in_units_may_be_published(study):
    require_safe(study)


def test_real_answers_are_refused_with_the_first_cell_and_what_to_do(study):
    with pytest.raises(SamspillError, match=r"has_relation culture_leisure.*--allow-small-cells"):
        require_safe(_observed(study))


def test_real_answers_without_small_cells_may_be_published(study):
    large = study.study.answers.filter(variable="meeting_point")
    kept = study.study.indicators.filter(indicator="meeting_point")
    real = _observed(StudyAnalysis(study.study.with_tables(answers=large, indicators=kept)))
    assert real.disclosure(by="has_policy").safe
    require_safe(real)
