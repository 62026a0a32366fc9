"""XLSForm: a round trip loses nothing; what is unsupported is refused with sheet, row, column."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from instrument.instrument_examples import small, sound_instruments

from samspill.errors import InvalidInput
from samspill.instrument import shipped_instrument, shipped_instruments
from samspill.instrument.xlsform import read_xlsform, write_xlsform

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "instruments"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not here")


def form(path, survey, choices=(), settings=("Form", "form", "en")):
    book = xlsxwriter.Workbook(str(path))
    for name, rows in (
        ("survey", survey),
        ("choices", [("list_name", "name", "label"), *choices]),
        ("settings", [("form_title", "form_id", "default_language"), settings]),
    ):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                if text != "":
                    sheet.write(number, place, text)
    book.close()
    return path


def refused(path):
    with pytest.raises(InvalidInput) as caught:
        read_xlsform(path)
    return [(p.file.split("sheet ")[-1], p.row, p.column) for p in caught.value.problems]


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.filter_too_much,
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(sound_instruments)
def test_a_round_trip_loses_nothing(tmp_path, made):
    assert read_xlsform(write_xlsform(made, tmp_path / "form.xlsx")) == made


@pytest.mark.parametrize("name", shipped_instruments())
def test_shipped_instruments_survive(name, tmp_path):
    made = shipped_instrument(name)
    assert read_xlsform(write_xlsform(made, tmp_path / "form.xlsx")) == made


def test_fields_are_written_out(tmp_path):
    book = openpyxl.load_workbook(write_xlsform(small(), tmp_path / "form.xlsx"))
    heading, *rows = book["survey"].iter_rows(values_only=True)
    lines = {row[1]: dict(zip(heading, row, strict=True)) for row in reversed(rows)}
    area = lines["area_integration"]
    assert area["label::Bokmål (nb)"] == "Om Integrering"
    assert area["relevant"] == "${has_relation_integration} = '1'"
    amount = lines["amount_integration"]
    assert amount["relevant"] == "${grants_integration} = '1' and ${organisations_integration} > 2"
    assert lines["organisations_integration"]["constraint"] == ". >= 0 and (. > 0 and . <= 500)"
    counted = "0 + (${has_relation_culture_leisure} = '1') + (${has_relation_integration} = '1')"
    assert lines["channels"]["relevant"] == f"{counted} >= 1"


def test_a_field_changed_alone_is_refused(tmp_path):
    path = write_xlsform(small(), tmp_path / "form.xlsx")
    for column, value in (("label::English (en)", "Other words"), ("required", "yes")):
        book = openpyxl.load_workbook(path)
        sheet = book["survey"]
        heading = [cell.value for cell in sheet[1]]
        row = next(r for r in sheet.iter_rows() if r[1].value == "grants_integration")
        row[heading.index(column)].value = value
        book.save(tmp_path / "changed.xlsx")
        assert refused(tmp_path / "changed.xlsx")


def test_a_plain_form_is_read(tmp_path):
    path = form(
        tmp_path / "plain.xlsx",
        [
            ("type", "name", "label", "relevant", "required", "constraint"),
            ("start", "start", ""),
            ("text", "who", "Who?"),
            ("begin group", "g", "Group", "${who} != ''"),
            ("select_one yn", "yes", "Yes?", "", True),
            ("select_one colour", "colour", "Colour?"),
            ("select multiple colour", "colours", "Colours?"),
            ("integer", "n", "How many?", "", "no", ". >= 0 and . < 9"),
            ("end group",),
            ("note", "bye", "Goodbye"),
        ],
        [("yn", 1, "Yes"), ("yn", 0, "No"), ("colour", "red", "Red"), ("colour", 2.0, "Two")],
    )
    made = read_xlsform(path)
    assert [page.identifier for page in made.pages] == ["page_1", "g", "page_3"]
    types = {q.variable: q.type for _, q in made.questions()}
    assert types == {
        "who": "text",
        "yes": "binary",
        "colour": "nominal",
        "colours": "multiple",
        "n": "count",
        "bye": "note",
    }
    assert made.question("colour").code_list.values() == ("red", "2")
    assert made.question("yes").required
    assert made.languages == ("en",)


@pytest.mark.parametrize(
    ("heading", "row", "column"),
    [
        ("choice_filter", ("text", "a", "A", "x = 1"), "choice_filter"),
        ("calculation", ("text", "a", "A", "1 + 1"), "calculation"),
        ("default", ("text", "a", "A", "x"), "default"),
        ("relevant", ("text", "a", "A", "pulldata('x')"), "relevant"),
        ("required", ("text", "a", "A", "${b} = 1"), "required"),
        ("label::Klingon", ("text", "a", "A", "x"), "label::Klingon"),
        ("hint", ("date", "a", "A", ""), "type"),
        ("hint", ("select_one none", "a", "A", ""), "type"),
        ("hint", ("select_one yn or_other", "a", "A", ""), "type"),
        ("hint", ("begin_repeat", "a", "A", ""), "type"),
        ("hint", ("end_group", "", "", ""), "type"),
        ("hint", ("begin_group", "a", "A", ""), "type"),
        ("hint", ("text", "a", "=1+1", ""), "label"),
    ],
)
def test_the_unsupported_is_refused_with_its_cell(tmp_path, heading, row, column):
    survey = [("type", "name", "label", heading), ("text", "b", "B"), row]
    path = form(tmp_path / "form.xlsx", survey)
    assert column in {where for sheet, _, where in refused(path) if sheet == "survey"}


def test_what_is_no_form_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_text("type,name,label", encoding="utf-8")
    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    book.add_worksheet("data")
    book.close()
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        assert refused(tmp_path / name)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/hostname"', '"expanded"'])
def test_a_workbook_with_entities_is_refused(tmp_path, part, entity):
    sound = form(tmp_path / "sound.xlsx", [("type", "name", "label::en"), ("text", "a", "A")])
    assert read_xlsform(sound).languages == ("en",)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(tmp_path / "made.xlsx", "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                doctype = f"<!DOCTYPE any [<!ENTITY x {entity}>]>".encode()
                content = content.replace(b"?>", b"?>" + doctype, 1)
            new.writestr(entry.filename, content)
    with pytest.raises(InvalidInput, match="has 1 fault") as caught:
        read_xlsform(tmp_path / "made.xlsx")
    assert "not a workbook that can be read" in caught.value.problems[0].message


@needs_samples
def test_a_real_needs_survey_is_read_but_for_its_pattern(tmp_path):
    path = SAMPLES / "xlsform_mitwirken_umfrage.xlsx"
    assert refused(path) == [("survey", 53, "constraint")]
    book = openpyxl.load_workbook(path)
    heading = [cell.value for cell in book["survey"][1]]
    book["survey"].cell(54, heading.index("constraint") + 1).value = None
    book.save(tmp_path / "without.xlsx")
    with pytest.raises(InvalidInput) as caught:
        read_xlsform(tmp_path / "without.xlsx")
    never = "page teil_organisationsentwicklung.teilhabe_gruppen_other.relevance"
    assert [problem.column for problem in caught.value.problems] == [never]
    names = [row[1].value for row in book["survey"].iter_rows()]
    row = names.index("teilhabe_gruppen_other") + 1
    book["survey"].cell(row, heading.index("relevant") + 1).value = None
    book.save(tmp_path / "without.xlsx")
    made = read_xlsform(tmp_path / "without.xlsx")
    assert made.languages == ("de",)
    assert len(made.pages) >= 8
    assert read_xlsform(write_xlsform(made, tmp_path / "again.xlsx")) == made


@needs_samples
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("xlsform_all_types_survey.xlsx", ("survey", 21, "type")),
        ("xlsform_spec_test.xlsx", ("survey", 14, "repeat_count")),
    ],
)
def test_forms_with_what_we_lack_are_refused_with_places(name, place):
    assert place in refused(SAMPLES / name)
