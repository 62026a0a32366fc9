"""The founding study's folder: it is what its builder makes of the printed numbers."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.indicators import indicator_frame
from samspill.studies.norway_2018.build import HERE, build
from samspill.study import locate_study, read_study, validate_study


@pytest.fixture(scope="module")
def study():
    return read_study(HERE)


def test_the_folder_is_a_sound_study():
    assert validate_study(HERE) == []
    assert locate_study("norway-2018").resolve() == HERE.resolve()


def test_the_frame_is_all_who_were_sent_the_survey(study):
    assert study.units.height == study.population_size == 440
    by_response = dict(study.units.group_by("response").agg(pl.len()).iter_rows())
    assert by_response == {"complete": 216, "partial": 25, "none": 199}
    answering = study.units.filter(pl.col("response") != "none")
    assert set(study.answers["unit"]) == set(answering["unit"])
    groups = dict(answering.group_by("has_policy").agg(pl.len()).iter_rows())
    assert groups == {"no": 164, "yes": 77}
    silent = study.units.filter(pl.col("response") == "none")
    assert silent["has_policy"].null_count() == 199


def test_indicators_give_the_printed_response_and_open_answers(study):
    names = ["gross_sample", "net_sample", "complete_response", "answered_open_question"]
    frame = indicator_frame(study, names).filter(pl.col("field") == "")
    assert frame.select(pl.col(names).sum()).row(0) == (440, 241, 216, 142)


def test_every_indicator_and_variable_has_a_provenance(study):
    known = set(study.provenance["name"])
    assert set(study.indicators["indicator"]) <= known
    assert set(study.variables["variable"]) <= known
    assert "observed" not in set(study.provenance["provenance"])


def test_words_stand_in_every_language(study):
    assert study.languages == ("nb", "nn", "en")
    for table in (study.variables, study.categories, study.indicators, study.provenance):
        texts = [c for c in table.columns if c.startswith(("label_", "definition_", "note_"))]
        assert len(texts) % 3 == 0
        for column in texts:
            assert (table[column].str.len_chars() > 0).all()
            assert not table[column].str.contains("[{}]").any()


@pytest.mark.long
def test_the_committed_folder_is_what_the_builder_makes(tmp_path, study):
    built = read_study(build(tmp_path / "norway_2018"))

    def counts(one):
        respondents = one.answers.join(one.units, on="unit")
        keys = ["variable", "field", "has_policy", "value"]
        return respondents.group_by(keys).agg(pl.len()).sort(keys)

    assert counts(built).equals(counts(study))
    assert built == study
    assert (tmp_path / "norway_2018" / "README.md").read_text() == (HERE / "README.md").read_text()
