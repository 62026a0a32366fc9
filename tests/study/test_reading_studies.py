"""A broken study gives a list of what is wrong, where, and what to do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from study.study_examples import example, table

from samspill.errors import InvalidInput, SamspillError
from samspill.study import locate_study, read_study, shipped_studies, validate_study, write_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_study(example(), tmp_path / "study")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def found(folder: Path) -> set[tuple[str, int | None, str | None]]:
    problems = validate_study(folder)
    assert all(problem.message.endswith(".") and problem.next_step for problem in problems)
    if problems:
        with pytest.raises(InvalidInput):
            read_study(folder)
    return {(problem.file, problem.row, problem.column) for problem in problems}


def test_a_sound_study_has_no_faults_and_reads_as_written(folder: Path) -> None:
    assert validate_study(folder) == []
    assert read_study(folder) == example()


def test_frames_have_the_types_of_the_contract(folder: Path) -> None:
    study = read_study(folder)
    assert study.units.schema == {
        "unit": pl.String,
        "response": pl.String,
        "has_policy": pl.String,
        "population": pl.Int64,
        "density": pl.Float64,
    }
    assert study.units["has_policy"].null_count() == 1
    assert set(study.answers.dtypes) == {pl.String}
    assert study.answers["field"].to_list().count("") == 1
    assert set(study.printed.dtypes) == {pl.String}
    assert study.variables.schema["per_field"] == pl.Boolean
    assert study.languages == ("nb", "nn", "en")


def test_printed_numbers_stay_text_byte_for_byte(folder: Path) -> None:
    printed = read_study(folder).printed["printed"].to_list()
    assert printed == ["50", "–0,50***", "4,10", "20 000", "108"]


# file, what stands there, what is put there instead, row and column told of
FAULTS: dict[str, tuple[str, str, str, int | None, str | None]] = {
    "unknown unit": ("answers.csv", "Ås,culture", "Os,culture", 1, "unit"),
    "unknown variable": ("answers.csv", "leisure,relations,3", "leisure,ties,3", 3, "variable"),
    "unknown category": ("answers.csv", "relations,3", "relations,4", 3, "value"),
    "not binary": (
        "answers.csv",
        "health_care,meeting_point,0",
        "health_care,meeting_point,2",
        2,
        "value",
    ),
    "unknown field": ("answers.csv", "health_care", "health", 2, "field"),
    "duplicate answer": ("answers.csv", "health_care", "culture_leisure", 2, "variable"),
    "field missing": ("answers.csv", "health_care", "", 2, "field"),
    "field given": ("answers.csv", ",,challenge", ",integration,challenge", 4, "field"),
    "empty answer": ("answers.csv", "meeting_point,0", "meeting_point,", 2, "value"),
    "attribute no number": ("units.csv", "20000", "20 000", 1, "population"),
    "attribute no category": ("units.csv", "complete,yes", "complete,Yes", 1, "has_policy"),
    "repeated unit": ("units.csv", '"Bø, øvre"', "Ås", 2, "unit"),
    "unknown type": ("variables.csv", "nominal", "nominel", 1, "type"),
    "no true or false": ("variables.csv", "false", "no", 1, "per_field"),
    "no label": ("variables.csv", "Svar,Svar", "Svar,", 1, "label_nn"),
    "category of nothing": ("categories.csv", "response", "reply", 1, "variable"),
    "ordinal in words": ("categories.csv", "relations,1", "relations,few", 9, "value"),
    "unknown rule": ("indicators.csv", "top_category", "top", 3, "rule"),
    "indicator of nothing": (
        "indicators.csv",
        "variable,meeting_point",
        "variable,meetings",
        1,
        "variables",
    ),
    "looks for nothing": ("indicators.csv", "2;3", "2;5", 2, "value"),
    "looks for no value": ("indicators.csv", "2;3", "", 2, "value"),
    "repeated id": ("printed.csv", "\n2,", "\n1,", 2, "id"),
    "printed of nothing": ("printed.csv", "many;most", "many;least", 3, "indicator"),
    "unknown split": ("printed.csv", "has_policy", "policy", 2, "split"),
    "unknown group": ("printed.csv", "has_policy,no", "has_policy,none", 2, "group"),
    "unknown statistic": ("printed.csv", "log_odds", "logodds", 2, "statistic"),
    "nothing printed": ("printed.csv", "percentage,50", "percentage,", 1, "printed"),
    "unknown case": ("printed.csv", ",Ås,", ",Os,", 4, "group"),
    "unknown provenance": ("provenance.csv", "observed", "seen", 3, "provenance"),
    "provenance of nothing": ("provenance.csv", "challenge", "trouble", 3, "name"),
    "case no number": ("cases.csv", "2.5", "2,5", 1, None),
    "unknown column": ("answers.csv", "value", "answer", None, "answer"),
    "extra cell": ("answers.csv", "meeting_point,0", "meeting_point,0,", 2, None),
    "empty line": ("cases.csv", "\nBø", "\n\nBø", 2, None),
    "stray quotation mark": ("cases.csv", "yes", '"yes"x', 1, None),
    "twice the column": ("cases.csv", "population", "case", None, "case"),
    "no response attribute": (
        "datapackage.json",
        '"response_attribute": "response"',
        '"response_attribute": "reply"',
        None,
        "samspill.response_attribute",
    ),
    "year in words": ("datapackage.json", "2020", '"2020"', None, "samspill.year"),
    "no JSON": ("datapackage.json", "{", "", None, None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_with_file_row_and_column(folder: Path, fault: str) -> None:
    file, old, new, row, column = FAULTS[fault]
    edit(folder / file, old, new)
    assert (file, row, column) in found(folder)


def test_more_units_than_the_frame_has_are_told(folder: Path) -> None:
    edit(folder / "datapackage.json", '_size": 5', '_size": 2')
    assert found(folder) == {("units.csv", None, None)}


def test_a_mark_may_be_printed_as_nothing(folder: Path) -> None:
    edit(folder / "printed.csv", "percentage,50", "mark,")
    assert read_study(folder).printed["printed"][0] == ""


def test_all_faults_are_told_at_once(folder: Path) -> None:
    faults = [FAULTS[name] for name in ("unknown unit", "not binary", "repeated id", "no label")]
    for file, old, new, *_ in faults:
        edit(folder / file, old, new)
    assert found(folder) == {(file, row, column) for file, _, _, row, column in faults}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, "byte order mark"),
        (lambda text: text.decode().encode("utf-16"), "byte order mark"),
        (lambda text: text.decode().encode("latin-1"), "not UTF-8"),
        (lambda text: text.replace(b",", b";"), "semicolons"),
        (lambda text: text.replace(b",", b"\t"), "tabs"),
        (lambda text: b"", "no heading"),
        (lambda text: text.replace(b"yes", b"y\0s"), "NUL"),
    ],
)
def test_files_in_another_form_are_told(
    folder: Path, change: Callable[[bytes], bytes], said: str
) -> None:
    path = folder / "cases.csv"
    path.write_bytes(change(path.read_bytes()))
    (problem,) = validate_study(folder)
    assert problem.file == "cases.csv"
    assert said in problem.message


def test_a_wrong_byte_is_told_with_its_row(folder: Path) -> None:
    path = folder / "cases.csv"
    path.write_bytes(path.read_bytes().replace("Bø".encode(), b"B\xf8"))
    (problem,) = validate_study(folder)
    assert (problem.row, problem.message) == (2, "The byte 0xF8 is not UTF-8.")


def test_carriage_returns_before_line_feeds_do_no_harm(folder: Path) -> None:
    path = folder / "cases.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_study(folder) == example()


def test_missing_files_are_told(folder: Path) -> None:
    (folder / "answers.csv").unlink()
    (folder / "units.csv").unlink()
    assert found(folder) == {("units.csv", None, None), ("answers.csv", None, None)}


def test_a_folder_without_descriptor_is_told(tmp_path: Path) -> None:
    assert found(tmp_path) == {("datapackage.json", None, None)}
    assert found(tmp_path / "nowhere") == {("datapackage.json", None, None)}


@pytest.mark.parametrize(
    "path",
    [
        "../units.csv",
        "/etc/hostname",
        "a/../../units.csv",
        "https://example.org/units.csv",
        "file:units.csv",
        "..\\units.csv",
        "~/units.csv",
        "",
        ["units.csv"],
        None,
    ],
)
def test_paths_out_of_the_folder_are_refused(folder: Path, path: object) -> None:
    (folder.parent / "units.csv").write_bytes((folder / "units.csv").read_bytes())
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert ("datapackage.json", None, "resources[1].path") in found(folder)


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "units.csv").rename(folder.parent / "elsewhere.csv")
    (folder / "units.csv").symlink_to(folder.parent / "elsewhere.csv")
    assert ("datapackage.json", None, "resources[1].path") in found(folder)


@pytest.mark.parametrize(
    "descriptor",
    [
        "[]",
        "{}",
        '{"resources": 3, "samspill": []}',
        '{"resources": [{"name": ["units"]}, {"name": "units", "path": "units.csv"}]}',
        '{"samspill": {"title": ["nb"], "identifier": 3, "year": true}, "resources": [null]}',
    ],
)
def test_a_descriptor_of_any_shape_is_told(folder: Path, descriptor: str) -> None:
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    assert {place[0] for place in found(folder)} == {"datapackage.json"}


def test_constraints_that_the_folder_declares_are_held(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = descriptor["resources"][0]["schema"]["fields"]
    next(f for f in fields if f["name"] == "population")["constraints"] = {"maximum": 10000}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert [(p.file, p.row, p.column) for p in validate_study(folder)] == [
        ("units.csv", 1, "population")
    ]


def test_schemas_elsewhere_are_not_fetched(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"] = "https://example.org/schema.json"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert [(p.file, p.column) for p in validate_study(folder)] == [
        ("datapackage.json", "units.schema")
    ]


def test_an_empty_study_is_sound(tmp_path: Path) -> None:
    study = example(
        **{name: frame.clear() for name, frame in example().tables.items()} | {"cases": None}
    )
    folder = write_study(
        study.with_tables(variables=example().variables, categories=example().categories),
        tmp_path / "empty",
    )
    assert read_study(folder).answers.height == 0


def test_studies_are_located_by_name_or_folder(folder: Path) -> None:
    assert locate_study(folder) == folder
    assert locate_study(str(folder)) == folder
    for name, path in shipped_studies().items():
        assert locate_study(name) == path
    with pytest.raises(SamspillError, match="There is no study “nowhere-1900”"):
        locate_study("nowhere-1900")


def test_a_field_added_to_the_vocabulary_is_a_field_of_studies(tmp_path: Path) -> None:
    import shutil

    from samspill.vocabulary import load
    from samspill.vocabulary.loading import DATA

    data = Path(shutil.copytree(DATA, tmp_path / "vocabulary"))
    with (data / "fields.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[concept]]\nidentifier = "housing"\nchapter = 5\n'
            'label = { nb = "Bolig", nn = "Bustad", en = "Housing" }\n'
            'definition = { nb = "Bolig.", nn = "Bustad.", en = "Housing." }\n'
        )
    answers = table("unit field variable value", ("Ås", "housing", "meeting_point", "1"))
    study = example(answers=answers)
    folder = write_study(study, tmp_path / "study", vocabulary=load(data))
    assert read_study(folder, load(data)) == study
    assert found(folder) == {("answers.csv", 1, "field")}


@pytest.mark.parametrize("name", ["units.csv", "datapackage.json"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink()
    os.mkfifo(folder / name)
    assert [place[0] for place in found(folder)] == [name]


@pytest.mark.parametrize("name", ["", "  "])
def test_a_study_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(SamspillError, match="name of the study is empty"):
        locate_study(name)


def test_the_folder_one_stands_in_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput, match=tmp_path.name):
        read_study(".")
