"""Nothing is published from a study with named units before its small cells were looked for."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.analysis import StudyAnalysis, open_study, require_safe
from samspill.errors import SamspillError


@pytest.fixture(scope="module")
def study():
    return open_study("norway-2018")


def _named(study):
    units = study.study.units.with_columns(pl.col("unit").alias("name"))
    return StudyAnalysis(study.study.with_tables(units=units))


def test_small_cells_are_found_in_what_a_report_would_print(study):
    found = study.disclosure(by="has_policy", threshold=5)
    cells = {
        (row["indicator"], row["field"], row["group"], row["lowest"])
        for row in found.cells.to_dicts()
    }
    assert ("has_relation", "culture_leisure", "no", 2) in cells
    assert ("has_relation", "culture_leisure", "yes", 1) in cells
    assert not any(indicator == "gross_sample" for indicator, *_ in cells)


def test_a_study_without_names_may_be_published(study):
    require_safe(study)


def test_a_study_with_names_is_refused_with_the_first_cell_and_what_to_do(study):
    with pytest.raises(SamspillError, match=r"has_relation culture_leisure.*--allow-small-cells"):
        require_safe(_named(study))


def test_a_study_with_names_and_no_small_cells_may_be_published(study):
    large = study.study.answers.filter(variable="meeting_point")
    kept = study.study.indicators.filter(indicator="meeting_point")
    named = _named(StudyAnalysis(study.study.with_tables(answers=large, indicators=kept)))
    assert named.disclosure(by="has_policy").safe
    require_safe(named)
