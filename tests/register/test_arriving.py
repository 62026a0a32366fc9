"""A file on its way into a register is read in any form, and checked with what is there."""

from __future__ import annotations

import datetime
import shutil
import zipfile

import openpyxl
import pytest

from samspill.errors import InvalidInput
from samspill.register import TABLES, Register, write_register
from samspill.register import arriving as module
from samspill.register.arriving import check_arriving, read_arriving
from samspill.register.spreadsheet import write_workbook
from samspill.studies.invented_municipality import invent

ROWS = {
    "municipal_units": [{"identifier": "culture", "name": "Kultur"}],
    "organisations": [
        {"identifier": "choir", "name": "Koret", "kind": "organisation", "status": "active"},
        {
            "identifier": "band",
            "name": "Korpset",
            "number": "974760673",
            "kind": "organisation",
            "status": "active",
        },
    ],
    "relations": [
        {
            "identifier": "song",
            "organisation": "choir",
            "municipal_unit": "culture",
            "field": "culture_leisure",
            "form": "single_cases",
        }
    ],
}


@pytest.fixture
def register():
    return Register.of("9901", "Fjord", ROWS, invented=True)


def archived(register, tmp_path):
    folder = write_register(register, tmp_path / "register")
    return shutil.make_archive(str(tmp_path / "register"), "zip", tmp_path, folder.name)


def problems_of(path, table=None):
    with pytest.raises(InvalidInput) as caught:
        read_arriving(path, table)
    return caught.value.problems


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_workbook_and_a_folder_come_in_as_they_went_out(tmp_path, language):
    invented = Register.of("0000", "X", invent(datetime.date(2026, 9, 1)), invented=True)
    paths = [write_workbook(invented, tmp_path / "book.xlsx", language)]
    if language == "nb":
        paths.append(archived(invented, tmp_path))
    for path in paths:
        found = read_arriving(path)
        assert (found.municipality_code, found.invented) == ("0000", True)
        assert {t: tuple(rows) for t, rows in found.tables.items()} == dict(invented.tables)
        assert check_arriving(invented, found) == []


def test_a_single_sheet_may_refer_to_what_only_the_register_holds(register, tmp_path):
    columns = {"relations": [c.name for c in TABLES["relations"].columns]}
    path = write_workbook(register, tmp_path / "relations.xlsx", "nb", columns)
    assert check_arriving(register, read_arriving(path)) == []


def test_faults_are_counted_as_in_the_file_and_those_of_the_register_are_not_told(
    register, tmp_path
):
    unsound = [
        *ROWS["organisations"],
        {**ROWS["organisations"][0], "identifier": "x", "members": -1},
    ]
    register = Register.of("9901", "Fjord", {**ROWS, "organisations": unsound})
    path = tmp_path / "relations.csv"
    path.write_text("identifier;organisation\nsong;choir\nnew;nobody\n", encoding="utf-8")
    found = check_arriving(register, read_arriving(path))
    assert {(p.file, p.row) for p in found} == {("relations.csv", 2)}
    assert {p.column for p in found} == {"organisation", "municipal_unit", "field", "form"}


def test_the_number_of_another_in_the_register_is_a_fault(register, tmp_path):
    path = tmp_path / "organisasjoner.csv"
    path.write_text(
        "identifier,Navn,number,kind,status\nnew,Nytt,974760673,organisation,active\n",
        encoding="utf-8",
    )
    (problem,) = check_arriving(register, read_arriving(path))
    assert "Korpset" in problem.message
    assert (problem.row, problem.column) == (1, "number")


def test_a_formula_without_a_saved_value_is_told_with_its_cell(register, tmp_path):
    path = write_workbook(register, tmp_path / "book.xlsx", "en")
    book = openpyxl.load_workbook(path)
    book["Organisations"]["B4"] = '=CONCATENATE("A","B")'
    book.save(path)
    (problem,) = problems_of(path)
    assert "B4" in problem.message
    assert "Organisations" in problem.file


def test_a_formula_with_a_saved_value_is_that_value(tmp_path):
    import xlsxwriter

    path = tmp_path / "organisations.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("organisations")
        sheet.write_row(0, 0, ["identifier", "name"])
        sheet.write_string(1, 0, "choir")
        sheet.write_formula(1, 1, '=CONCATENATE("A","B")', None, "AB")
    assert read_arriving(path).tables["organisations"] == [{"identifier": "choir", "name": "AB"}]


@pytest.mark.parametrize("name", ["register.zip", "register.xlsx", "register.csv", "register.pdf"])
def test_what_is_no_such_file_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\xff\xfe nothing of the sort")
    assert len(problems_of(path, "organisations")) == 1


def test_a_broken_workbook_is_refused(register, tmp_path):
    path = write_workbook(register, tmp_path / "book.xlsx", "en")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    problems_of(path)
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            kept = part[: len(part) // 2] if name.endswith("sheet3.xml") else part
            archive.writestr(name, kept)
    problems_of(path)


def test_a_workbook_whose_sheet_is_none_of_the_tables_needs_a_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Ark1"
    path = tmp_path / "liste.xlsx"
    book.save(path)
    (problem,) = problems_of(path)
    assert "which table" in problem.message


def test_an_archive_is_bounded_and_never_written_outside(register, tmp_path, monkeypatch):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("organisations.csv", "0" * 2_000_000)
    monkeypatch.setattr(module, "UNPACKED", 1_000_000)
    (problem,) = problems_of(path)
    assert "too large" in problem.message
    monkeypatch.undo()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../datapackage.json", "{}")
        archive.writestr("../evil.csv", "x")
    problems_of(path)
    assert not (tmp_path.parent / "evil.csv").exists()


def test_an_archive_without_a_register_is_refused(tmp_path):
    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")
    (problem,) = problems_of(path)
    assert "no register" in problem.message
