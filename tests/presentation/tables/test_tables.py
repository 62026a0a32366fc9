"""Tables: real numbers in every format, and headings that a screen reader can use."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from xml.etree import ElementTree

import openpyxl
import polars as pl
import pytest
from presentation.figures.fake_analysis import FIELDS, FakeAnalysis

from samspill.errors import SamspillError
from samspill.language import languages
from samspill.presentation.figures import figure
from samspill.presentation.tables import Column, Table, table, table_numbers

CASES = pl.DataFrame(
    {
        "case": ["Arendal", "Førde"],
        "population": [44785, 13092],
        "centrality_level": [3, 4],
        "organisations_per_100_inhabitants": [2.6, 1.96],
        "has_policy": ["yes", "no"],
        "interviews_municipality": [6, 1],
        "interviews_organisations": [5, 5],
    }
)


class WithCases(FakeAnalysis):
    """The fake analysis with cases and with models whose numbers the test knows."""

    @property
    def study(self):
        known = pl.DataFrame({"provenance": ["reconstructed exactly"]})
        return SimpleNamespace(cases=CASES, provenance=known, **vars(super().study))

    def _models(self, indicator, fields, **extra):
        rows = []
        for position, name in enumerate(fields):
            for term, estimate in (("intercept", 1.5), ("has_policy: 1", 0.25 + position)):
                rows.append(
                    {
                        "indicator": indicator,
                        "field": name,
                        "term": term,
                        "estimate": estimate,
                        "standard_error": 0.3,
                        "p": 0.004,
                        "stars": "**",
                        "n": 241,
                        "provenance": "reconstructed exactly",
                        **extra,
                    }
                )
        return SimpleNamespace(frame=pl.DataFrame(rows))

    def logit(self, indicator, *, by, fields=None):
        return self._models(indicator, fields)

    def ols(self, indicator, *, by, fields=None):
        return self._models(indicator, fields, r_squared=0.1)


@pytest.fixture(scope="module")
def analysis():
    return WithCases()


def _small() -> Table:
    columns = (
        Column("name", "Navn"),
        Column("share", "Andel <b>", "share", 1),
        Column("difference", "Forskjell", "points", 1),
        Column("p", "p", "p"),
        Column("n", "n", "integer"),
    )
    frame = pl.DataFrame(
        {
            "name": ["A & B", "=1+1"],
            "share": [0.256, None],
            "difference": [-0.031, 0.12],
            "p": [0.00001, 0.25],
            "n": [12345, 7],
        }
    )
    return Table("9", "Tittel <i>", "Merknad", columns, frame, "nb")


def test_rows_are_written_in_the_language():
    first, second = _small().rows()
    assert first == ("A & B", "25,6\u00a0%", "−3,1", "<\u00a00,0001", "12\u00a0345")
    assert second == ("=1+1", "", "+12,0", "0,250", "7")


def test_html_has_caption_scopes_and_number_classes_and_escapes():
    html = _small().to_html()
    root = ElementTree.fromstring(html)
    assert root.find("caption").text == "Tittel <i>"
    assert [h.get("scope") for h in root.findall("thead/tr/th")] == ["col"] * 5
    assert [r.find("th").get("scope") for r in root.findall("tbody/tr[td]")] == ["row", "row"]
    assert {d.get("class") for d in root.findall("tbody/tr/td")} == {"number"}
    assert root.get("lang") == "nb-NO"
    assert "style=" not in html


def test_csv_holds_raw_values():
    rows = list(csv.reader(io.StringIO(_small().to_csv())))
    assert rows[0] == ["Navn", "Andel <b>", "Forskjell", "p", "n"]
    assert rows[1] == ["A & B", "0.256", "-0.031", "1e-05", "12345"]
    assert rows[2][1] == ""


def test_xlsx_read_back_gives_numbers_and_never_formulas(tmp_path):
    path = _small().to_xlsx(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    sheet, notes = book.worksheets
    assert [cell.value for cell in sheet[1]] == ["Navn", "Andel <b>", "Forskjell", "p", "n"]
    values = [cell.value for cell in sheet[2]]
    assert values == ["A & B", 0.256, pytest.approx(-3.1), 1e-05, 12345]
    assert sheet["B2"].number_format == "0.0 %"
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s"
    assert sheet["B3"].value is None
    assert notes["B3"].value == "Merknad"


def test_a_failed_workbook_leaves_nothing_half_written(tmp_path):
    bad = Table("9", "T", "", (Column("x", "x", "number"),), pl.DataFrame({"x": [1.0]}), "nb")
    with pytest.raises(FileNotFoundError):
        bad.to_xlsx(tmp_path / "missing" / "t.xlsx")
    assert not list(tmp_path.iterdir())


def test_tables_are_saved_by_the_ending_of_the_name(tmp_path):
    assert "<table" in _small().save(tmp_path / "t.html").read_text(encoding="utf-8")
    assert b"\r\n" in _small().save(tmp_path / "t.csv").read_bytes()
    with pytest.raises(SamspillError, match=r"\.html, \.csv or \.xlsx"):
        _small().save(tmp_path / "t.doc")


def test_a_column_without_values_is_refused():
    with pytest.raises(SamspillError, match="'x'"):
        Table("9", "T", "", (Column("x", "x"),), pl.DataFrame({"y": [1]}), "nb")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", table_numbers())
def test_every_table_is_written_in_every_language(analysis, number, language):
    built = table(analysis, number, language)
    root = ElementTree.fromstring(built.to_html())
    assert len(root.findall("tbody/tr[td]")) == built.frame.height > 0
    assert built.title
    assert built.note


def test_cases_and_their_sum(analysis):
    cases = table(analysis, "1.1", "nb")
    assert next(iter(cases.rows())) == ("Arendal", "44\u00a0785", "3", "2,60", "ja")
    interviews = table(analysis, "1.2", "en")
    assert interviews.frame.row(-1) == ("All", 7, 10, 17)


def test_a_study_without_cases_says_so(monkeypatch):
    monkeypatch.setattr(WithCases, "study", SimpleNamespace(cases=None))
    with pytest.raises(SamspillError, match="no case municipalities"):
        table(WithCases(), "1.1", "nb")


def test_appendix_has_one_row_for_every_model(analysis):
    built = table(analysis, "A1.1", "nb")
    assert built.frame.height == 11 * len(FIELDS)
    second_block = built.frame["row"].unique(maintain_order=True).to_list()[1]
    assert second_block == "Antall relasjoner"
    linear = built.frame.filter(pl.col("r_squared").is_not_null())
    assert linear.height == len(FIELDS)
    assert linear["estimate"].to_list() == [0.25, 1.25, 2.25, 3.25]
    assert set(built.frame["constant_estimate"]) == {1.5}


def test_comparisons_are_the_same_in_table_and_figure(analysis):
    built = table(analysis, "policy_effects", "en")
    beside = figure(analysis, "policy_effects", "en").table
    key = ["row", "panel", "difference", "p", "p_bh"]
    assert built.frame.select(key).sort(key).equals(beside.frame.select(key).sort(key))


def test_unknown_table_is_refused(analysis):
    with pytest.raises(SamspillError, match=r"1\.1, 1\.2, A1\.1"):
        table(analysis, "7", "nb")
