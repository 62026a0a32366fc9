"""A change in any file of a sealed study is seen, and sealing anew accepts it."""

from __future__ import annotations

import shutil

import pytest

from samspill.analysis import open_study
from samspill.errors import InvalidInput
from samspill.study import changed_files, locate_study, seal_study, validate_study


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(locate_study("norway-2018"), folder)
    return folder


def _change(folder, before, after):
    file = folder / "printed.csv"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_the_shipped_studies_are_as_they_were_sealed():
    assert changed_files(locate_study("norway-2018")) == ()


def test_a_changed_digit_in_a_number_of_another_source_is_seen(copy):
    _change(
        copy,
        "volunteer_centre_municipal,,,,percentage,47",
        "volunteer_centre_municipal,,,,percentage,48",
    )
    assert changed_files(copy) == ("printed.csv",)
    assert [problem.file for problem in validate_study(copy)] == ["printed.csv"]
    check = open_study(copy).check()
    assert not check.sound
    assert "printed.csv" in check.summary("nn")


def test_a_change_that_is_meant_is_accepted_by_sealing_anew(copy):
    _change(copy, "text/open_answers,", "text/open_answer,")
    seal_study(copy)
    assert changed_files(copy) == ()
    assert validate_study(copy) == []


def test_a_study_with_a_missing_file_is_not_sealed(copy):
    before = (copy / "datapackage.json").read_bytes()
    (copy / "units.csv").unlink()
    with pytest.raises(InvalidInput) as caught:
        seal_study(copy)
    assert caught.value.problems[0].file == "units.csv"
    assert (copy / "datapackage.json").read_bytes() == before
