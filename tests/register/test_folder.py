"""A register survives its folder, and a broken folder says what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from register.registers import example, registers

from samspill.errors import InvalidInput, SamspillError
from samspill.register import TABLES, read_register, validate_register, write_register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_register(example(), tmp_path / "fjordvik")


def change(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / f"{table}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def faults(folder: Path) -> list[tuple[str, int | None, str | None]]:
    return [(problem.file, problem.row, problem.column) for problem in validate_register(folder)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_any_register_comes_back_as_it_was(tmp_path_factory, register):
    folder = write_register(register, tmp_path_factory.mktemp("any") / "register")
    assert read_register(folder) == register


def test_an_example_comes_back_and_is_written_the_same_again(folder, tmp_path):
    again = write_register(read_register(folder), tmp_path / "again")
    assert read_register(folder) == example()
    for file in folder.iterdir():
        assert (again / file.name).read_bytes() == file.read_bytes()


def test_frictionless_finds_the_folder_valid(folder):
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])


def test_the_readme_speaks_three_languages_and_says_that_data_are_invented(folder, tmp_path):
    text = (folder / "README.md").read_text("utf-8")
    for said in ("Oppdiktede data:", "Oppdikta data:", "Invented data:"):
        assert said in text
    real = write_register(replace(example(), invented=False), tmp_path / "real")
    assert "Invented" not in (real / "README.md").read_text("utf-8")


def test_a_cell_that_was_edited_by_hand_is_the_only_difference(folder):
    change(folder, "organisations", "1888-05-17", "18.5.1889")
    before, after = example().frames(), read_register(folder).frames()
    for table in TABLES:
        if table != "organisations":
            assert after[table].equals(before[table])
    old, new = before["organisations"], after["organisations"]
    differing = [
        (row, column)
        for column in old.columns
        for row in range(old.height)
        if old[column].to_list()[row] != new[column].to_list()[row]
    ]
    assert differing == [(0, "founded_on")]
    assert new["founded_on"].dtype == pl.Date
    assert str(new["founded_on"][0]) == "1889-05-18"


@pytest.mark.parametrize(
    ("table", "old", "new", "row", "column"),
    [
        ("organisations", "974760673", "974760674", 1, "number"),
        ("organisations", "raad,Fjord", "il,Fjord", 2, "identifier"),
        ("organisations", "umbrella,", "paraply,", 2, "kind"),
        ("organisations", "https://il.", "javascript://il.", 1, "web"),
        ("organisations", ",340,", ",-340,", 1, "members"),
        ("organisations", "name;status", "name;navn", 3, "public"),
        ("contacts", "kari@hemmelig.example.no", "kari", 1, "email"),
        ("contacts", "+47 99 88 77 66", "ring meg", 1, "phone"),
        ("relations", "r1,il,", "r1,,", 1, "organisation"),
        ("relations", "culture_leisure", "kultur", 1, "field"),
        ("relations", ",a1,", ",a2,", 1, "agreement"),
        ("relations", "120000", "120000.50", 1, "amount"),
        ("agreements", "2027-12-31", "2024-12-31", 1, "valid_to"),
        ("agreements", "2027-12-31", "2027-02-30", 1, "valid_to"),
        ("meetings", "20:00", "25:00", 1, "ends_at"),
        ("meetings", "20:00", "17:00", 1, "ends_at"),
        ("premises", ",true,", ",kanskje,", 1, "step_free"),
        ("allocations", "7.5", "sju", 1, "hours_a_week"),
        ("measures", ",coordination,", ",regn,", 1, "barrier"),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_next_step(folder, table, old, new, row, column):
    change(folder, table, old, new)
    problems = validate_register(folder)
    assert (f"{table}.csv", row, column) in faults(folder)
    assert all(problem.message and problem.next_step for problem in problems)
    with pytest.raises(InvalidInput) as raised:
        read_register(folder)
    assert list(raised.value.problems) == problems


def test_every_fault_is_listed_at_once(folder):
    change(folder, "organisations", "974760673", "1")
    change(folder, "agreements", "2027-12-31", "i morgen")
    assert faults(folder) == [
        ("organisations.csv", 1, "number"),
        ("agreements.csv", 1, "valid_to"),
    ]


def test_an_offer_is_never_shown_to_anyone(folder):
    change(folder, "offers", "waiting,,,,", "waiting,,,,name")
    assert faults(folder) == [("offers.csv", 1, "public")]


def test_a_contact_who_has_left_is_not_shown():
    contacts = [dict(row) for row in example().rows("contacts")]
    contacts[1]["left_on"] = example().rows("agreements")[0]["valid_from"]
    with pytest.raises(InvalidInput) as raised:
        write_register(example(contacts=contacts), "never")
    assert [(p.row, p.column) for p in raised.value.problems] == [(2, "public"), (2, "public")]


@pytest.mark.parametrize("column", ["municipality_code", "name", "invented", "kind"])
def test_a_description_without_a_fact_is_refused(folder, column):
    path = folder / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    del content["samspill"][column]
    path.write_text(json.dumps(content), "utf-8")
    assert faults(folder) == [("datapackage.json", None, "samspill")]


@pytest.mark.parametrize("away", ["../organisations.csv", "/etc/passwd", "https://example.no/a"])
def test_a_file_outside_the_folder_is_not_read(folder, away):
    path = folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace("organisations.csv", away), "utf-8")
    assert faults(folder) == [("datapackage.json", None, "resources")]


def test_tables_and_columns_that_are_not_there_are_empty(tmp_path):
    folder = write_register(example(), tmp_path / "some")
    content = json.loads((folder / "datapackage.json").read_text("utf-8"))
    content["resources"] = [r for r in content["resources"] if r["name"] == "premises"]
    (folder / "datapackage.json").write_text(json.dumps(content), "utf-8")
    (folder / "premises.csv").write_text("identifier,name\np1,Salen\n", "utf-8")
    register = read_register(folder)
    assert [row["name"] for row in register.rows("premises")] == ["Salen"]
    assert register.rows("premises")[0]["capacity"] is None
    assert register.rows("organisations") == ()


def test_an_unknown_column_is_refused(folder):
    change(folder, "premises", "capacity", "kapasitet")
    assert faults(folder) == [("premises.csv", None, "kapasitet")]


def test_a_broken_register_is_not_written_and_leaves_what_was_there(folder):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    broken = example(goals=[{"identifier": "g", "policy": "ingen", "title": "Mål"}])
    with pytest.raises(InvalidInput):
        write_register(broken, folder, overwrite=True)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_only_a_register_is_overwritten_and_other_files_stay(folder, tmp_path):
    (folder / "vedlegg.txt").write_text("mitt", "utf-8")
    with pytest.raises(SamspillError):
        write_register(example(), folder)
    write_register(example(), folder, overwrite=True)
    assert (folder / "vedlegg.txt").read_text("utf-8") == "mitt"
    other = tmp_path / "other"
    other.mkdir()
    (other / "viktig.txt").write_text("x", "utf-8")
    with pytest.raises(SamspillError):
        write_register(example(), other, overwrite=True)
    assert [path.name for path in other.iterdir()] == ["viktig.txt"]
