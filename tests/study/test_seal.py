"""A change in any file of a sealed study is seen, and sealing anew accepts it."""

from __future__ import annotations

import json
import shutil
from unittest.mock import patch

import pytest

from samspill.analysis import open_study
from samspill.errors import InvalidInput, SamspillError
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


def test_a_study_that_comes_with_samspill_is_sealed_by_its_builder_alone(copy):
    shipped = locate_study("norway-2018")
    before = (shipped / "datapackage.json").read_bytes()
    with pytest.raises(SamspillError, match="comes with Samspill") as caught:
        seal_study(shipped)
    assert "Copy" in caught.value.next_step
    assert (shipped / "datapackage.json").read_bytes() == before
    seal_study(copy)


def test_a_seal_that_cannot_be_written_leaves_the_old_one(copy):
    before = (copy / "datapackage.json").read_bytes()
    names = {path.name for path in copy.iterdir()}
    fault = patch("samspill.study.seal.os.replace", side_effect=OSError(28, "No space left"))
    with fault, pytest.raises(SamspillError, match="No space left"):
        seal_study(copy)
    assert (copy / "datapackage.json").read_bytes() == before
    assert {path.name for path in copy.iterdir()} == names


def test_a_missing_file_of_any_name_is_told(copy):
    file = copy / "datapackage.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["resources"].append({"name": "interviews", "path": "interviews.csv"})
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        seal_study(copy)
    assert caught.value.problems[0].file == "interviews.csv"
