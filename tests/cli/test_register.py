"""A register on the command line: checked, given out, changed, taken in again."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from register.registers import example

from samspill.cli.main import commands
from samspill.errors import InvalidInput, SamspillError
from samspill.register import read_register, write_register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_register(example(), tmp_path / "fjordvik")


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(commands, ["register", *map(str, arguments)])
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def test_a_sound_register_is_said_to_be_so_in_the_language(folder):
    assert "fant ingen feil" in run("check", folder, "--lang", "nb").output


def test_a_fault_is_listed_and_given_as_an_exit_code(folder):
    file = folder / "organisations.csv"
    file.write_text(file.read_text("utf-8").replace("974760673", "974760674"), "utf-8")
    told = run("check", folder, "--lang", "nn", code=1).output
    assert "organisations.csv, rad 1, kolonne number:" in told
    assert "er ikkje eit organisasjonsnummer" in told
    (problem,) = json.loads(run("check", folder, "--json", code=1).output)["problems"]
    assert (problem["file"], problem["row"]) == ("organisations.csv", 1)


def test_what_is_worth_a_look_is_no_fault(tmp_path):
    seats = [{**example().rows("seats")[0], "valid_to": None}]
    bodies = [
        {**example().rows("bodies")[0], "closed_on": example().rows("agreements")[0]["valid_from"]}
    ]
    folder = write_register(example(seats=seats, bodies=bodies), tmp_path / "closed")
    found = json.loads(run("check", folder, "--json").output)
    assert found["problems"] == []
    assert [(w["file"], w["row"], w["column"]) for w in found["warnings"]] == [
        ("seats.csv", 1, "valid_to")
    ]


def test_every_format_is_written_for_anyone(folder, tmp_path):
    forms = ["hsds", "360giving", "ics", "dcat", "xlsx", "csv"]
    options = [part for form in forms for part in ("--to", form)]
    out = tmp_path / "open"
    run("export", folder, *options, "--out", out, "--address", "https://example.no/open")
    names = {path.name for path in out.iterdir()}
    assert {"organizations.json", "grants-360giving.json", "calendar.ics"} <= names
    assert {"catalogue.ttl", "register.xlsx", "organisations.csv"} <= names
    assert "offers.csv" not in names
    for path in out.iterdir():
        assert b"Kari Hemmelig" not in path.read_bytes()


def test_what_was_written_is_found_valid(folder, tmp_path):
    out = tmp_path / "open"
    run("export", folder, "--to", "hsds", "--to", "360giving", "--out", out)
    run("standard", "hsds", out / "services.json")
    run("standard", "360giving", out / "grants-360giving.json")
    package = json.loads((out / "grants-360giving.json").read_text("utf-8"))
    package["grants"][0]["awardDate"] = "1.4.2025"
    (out / "grants-360giving.json").write_text(json.dumps(package), "utf-8")
    told = run("standard", "360giving", out / "grants-360giving.json", "--lang", "nb", code=1)
    assert "kolonne awardDate" in told.output


def test_a_whole_register_goes_out_and_in_again_with_one_cell_changed(folder, tmp_path):
    run("export", folder, "--to", "xlsx", "--internal", "--lang", "nb", "--out", tmp_path)
    path = tmp_path / "register.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Organisasjoner"]
    names = [cell.value for cell in sheet[2]]
    sheet.cell(3, names.index("members") + 1).value = 341
    book.save(path)
    run("import", path, "--into", folder, "--overwrite")
    before, after = example(), read_register(folder)
    first, *others = after.rows("organisations")
    assert first == {**before.rows("organisations")[0], "members": 341}
    assert others == list(before.rows("organisations")[1:])
    assert {t: after.rows(t) for t in after.tables if t != "organisations"} == {
        t: before.rows(t) for t in before.tables if t != "organisations"
    }


def test_a_single_table_changes_and_adds_rows_and_takes_none_away(folder, tmp_path):
    path = tmp_path / "organisasjoner.csv"
    lines = [
        "ID;Navn;Type;Status",
        "il;Nytt navn;Organisasjon;Aktiv",
        "ny;Ny forening;Organisasjon;Aktiv",
    ]
    path.write_text("\n".join(lines), "utf-8")
    run("import", path, "--into", folder, "--overwrite")
    rows = read_register(folder).by_identifier("organisations")
    assert list(rows) == ["il", "raad", "kor", "skjult", "ny"]
    assert (rows["il"]["name"], rows["il"]["members"]) == ("Nytt navn", 340)


@pytest.mark.parametrize(
    "lines",
    [
        "ID;Navn\nil;A\nil;B\n",
        "ID;Navn\n;A\n",
        "ID;Medlemmer\nil;mange\n",
        "ID;Navn;Farge\nil;A;blå\n",
        "Navn\nA\n",
        "ID;Navn\nhelt-ny;A\n",
        "",
    ],
)
def test_a_table_with_a_fault_changes_nothing(folder, tmp_path, lines):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    path = tmp_path / "organisations.csv"
    path.write_text(lines, "utf-8")
    result = run("import", path, "--into", folder, "--overwrite", code=1)
    assert isinstance(result.exception, InvalidInput)
    assert result.exception.problems
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_file_that_is_called_as_no_table_is_asked_about(folder, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("ID;Navn\nil;A\n", "utf-8")
    assert "--table" in run("import", path, "--into", folder, code=2).output


def test_a_number_that_is_no_organisation_number_is_refused(folder, tmp_path):
    result = run("export", folder, "--to", "360giving", "--out", tmp_path, "--number", "1", code=1)
    assert isinstance(result.exception, SamspillError)
