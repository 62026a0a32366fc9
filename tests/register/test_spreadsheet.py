"""A register survives a workbook in any language, and the same file comes back edited."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from register.registers import example, registers

from samspill.errors import InvalidInput, SamspillError
from samspill.language import languages
from samspill.register import TABLES
from samspill.register.labels import column_label, table_label
from samspill.register.spreadsheet import read_table, read_workbook, write_workbook
from samspill.register.wording import in_identifiers, words


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_any_register_comes_back_as_it_was(tmp_path_factory, register):
    path = write_workbook(register, tmp_path_factory.mktemp("any") / "register.xlsx", "nn")
    assert read_workbook(path) == register


@pytest.mark.parametrize("language", languages())
def test_the_example_comes_back_in_every_language(tmp_path, language):
    path = write_workbook(example(), tmp_path / "register.xlsx", language)
    assert read_workbook(path) == example()


def edit(path: Path, sheet: str, column: str, value: object, row: int = 3) -> None:
    """Open the workbook in another program, change one cell, and save it."""
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book[sheet][2]]
    book[sheet].cell(row, names.index(column) + 1).value = value
    book.save(path)


@pytest.mark.parametrize(
    ("table", "column", "typed", "kept"),
    [
        ("organisations", "founded_on", datetime(1999, 5, 17), date(1999, 5, 17)),
        ("organisations", "founded_on", "17.5.1999", date(1999, 5, 17)),
        ("organisations", "members", 341.0, 341),
        ("organisations", "kind", "Frivilligsentral", "volunteer_centre"),
        ("organisations", "fields", "Integrering", ("integration",)),
        ("organisations", "in_voluntary_register", "nei", False),
        ("organisations", "in_voluntary_register", False, False),
        ("organisations", "note", "Ring\netter jul", "Ring\netter jul"),
        ("organisations", "postcode", 9750, "9750"),
        ("relations", "amount", "12 500", 12500),
        ("allocations", "hours_a_week", "2,5", 2.5),
    ],
)
def test_one_edited_cell_is_the_only_difference(tmp_path, table, column, typed, kept):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    edit(path, table_label(table, "nb"), column, typed)
    before, after = example(), read_workbook(path)
    for name in TABLES:
        if name != table:
            assert after.rows(name) == before.rows(name)
    (first, *others), (changed, *same) = before.rows(table), after.rows(table)
    assert same == others
    assert {key: changed[key] for key in changed if changed[key] != first[key]} == {column: kept}


def test_headings_may_be_changed_as_long_as_the_technical_names_stand(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    book = openpyxl.load_workbook(path)
    book["Organisasjoner"]["B1"] = "Hva de heter hos oss"
    book.save(path)
    assert read_workbook(path) == example()


def test_technical_names_may_be_taken_away_as_long_as_the_headings_stand(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    book = openpyxl.load_workbook(path)
    book["Organisasjoner"].delete_rows(2)
    book.save(path)
    assert read_workbook(path) == example()


def test_dates_are_dates_numbers_numbers_and_choices_lists(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    book = openpyxl.load_workbook(path)
    agreements = book["Avtaler"]
    names = [cell.value for cell in agreements[2]]
    cell = agreements.cell(3, names.index("review_on") + 1)
    assert (cell.value, cell.is_date) == (datetime(2026, 12, 1), True)
    organisations = book["Organisasjoner"]
    kind = [c.value for c in organisations[2]].index("kind") + 1
    rules = organisations.data_validations.dataValidation
    (rule,) = [r for r in rules if organisations.cell(3, kind).coordinate in r.sqref]
    sheet, area = rule.formula1.replace("$", "").replace("'", "").split("!")
    offered = [row[0].value for row in book[sheet][area]]
    assert offered == ["Organisasjon", "Paraplyorganisasjon", "Frivilligsentral"]


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path):
    goals = [{"identifier": "goal", "policy": "pol", "title": "=HYPERLINK(1)"}]
    register = example(goals=goals)
    path = write_workbook(register, tmp_path / "register.xlsx", "nb")
    goal = openpyxl.load_workbook(path)["Mål"]
    title = [cell.value for cell in goal[2]].index("title") + 1
    with zipfile.ZipFile(path) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"<f>" in book.read(name).split(b"<dataVal")[0]]
    assert goal.cell(3, title).value == "=HYPERLINK(1)"
    assert read_workbook(path) == register


def test_invented_data_say_so_on_the_first_sheet_and_in_every_head(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    book = openpyxl.load_workbook(path)
    said = " ".join(str(cell.value) for row in book.worksheets[0].rows for cell in row)
    assert "Oppdiktede data" in said
    for table in TABLES:
        assert "Oppdiktede data" in book[table_label(table, "nb")].oddHeader.center.text


def test_faults_are_listed_with_sheet_row_and_column(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    edit(path, "Organisasjoner", "number", "123")
    edit(path, "Samarbeid", "agreement", "finnes-ikke")
    with pytest.raises(InvalidInput) as raised:
        read_workbook(path)
    assert [(p.file, p.row, p.column) for p in raised.value.problems] == [
        ("register.xlsx, sheet Organisasjoner", 1, "number"),
    ]
    edit(path, "Organisasjoner", "number", None)
    with pytest.raises(InvalidInput) as raised:
        read_workbook(path)
    assert [(p.file, p.row, p.column) for p in raised.value.problems] == [
        ("register.xlsx, sheet Samarbeid", 1, "agreement"),
    ]


def test_a_workbook_that_does_not_say_whose_it_is_is_refused(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nb")
    book = openpyxl.load_workbook(path)
    del book[book.sheetnames[0]]
    book.save(path)
    with pytest.raises(InvalidInput) as raised:
        read_workbook(path)
    assert {p.column for p in raised.value.problems} == {"municipality_code", "name", "invented"}


def test_what_is_no_workbook_is_refused(tmp_path):
    text = tmp_path / "register.xlsx"
    text.write_bytes(b"not a workbook")
    archive = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "a")
    for path in (text, archive, tmp_path / "absent.xlsx"):
        with pytest.raises(SamspillError) as raised:
            read_workbook(path)
        assert raised.value.next_step


@pytest.mark.parametrize("language", [*languages(), "technical"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_one_table_may_come_as_csv_with_headings_in_any_language(tmp_path, language, separator):
    def heading(column: str) -> str:
        technical = language == "technical"
        return column if technical else column_label("organisations", column, language)

    names = ["identifier", "name", "members"]
    path = tmp_path / "organisasjoner.csv"
    lines = [[heading(name) for name in names], ["ny", "Nytt lag", "12"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    path.write_bytes(text.encode("utf-8-sig"))
    assert read_table(path, "organisations") == [
        {"identifier": "ny", "name": "Nytt lag", "members": 12}
    ]


def test_headings_of_ones_own_are_mapped_and_others_are_refused(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Lagets nr;Laget;Farge\n7;Fjordvik kor;blå\n", "utf-8")
    headings = {"Lagets nr": "identifier", "laget": "name"}
    with pytest.raises(InvalidInput) as raised:
        read_table(path, "organisations", headings)
    assert [p.column for p in raised.value.problems] == ["Farge"]
    rows = read_table(path, "organisations", {**headings, "Farge": ""})
    assert rows == [{"identifier": "7", "name": "Fjordvik kor"}]


def test_one_table_may_come_from_its_sheet_of_a_workbook(tmp_path):
    path = write_workbook(example(), tmp_path / "register.xlsx", "nn")
    assert read_table(path, "premises") == list(example().rows("premises"))


def test_words_and_headings_of_all_languages_stand_for_one_thing_each():
    for table in TABLES.values():
        headings: dict[str, str] = {}
        for column in table.columns:
            told = {column_label(table.name, column.name, code) for code in languages()}
            for word in {column.name, *(label.casefold() for label in told)}:
                assert headings.setdefault(word, column.name) == column.name
            for code in languages():
                for identifier, word in words(column, code).items():
                    assert in_identifiers(column, word) == identifier
                    assert in_identifiers(column, identifier) == identifier
