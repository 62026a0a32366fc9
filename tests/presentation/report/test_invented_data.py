"""Invented data say so on every page and in every file."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from presentation.report.report_study import invented_study

from samspill.analysis import StudyAnalysis
from samspill.presentation import build_report, figure, figure_numbers, table, table_numbers

WARNING = "Invented data: says nothing about real municipalities"


@pytest.fixture(scope="module")
def written(study: StudyAnalysis, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("invented")
    files = build_report(study, "en", ("html", "pdf", "docx"), folder)
    return {path.suffix: path.read_bytes() for path in files}


def test_the_web_page_begins_with_the_warning(written: dict[str, bytes]) -> None:
    body = written[".html"].decode().split("<body>")[1]
    assert f'<aside class="warning">{WARNING}</aside>' in body.split("<h1>")[0]


def test_every_page_of_the_pdf_carries_a_header(written: dict[str, bytes], tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(written[".pdf"])) as pdf:
        bold_red = [b"0.6392157 0.14901961 0.16470589" in _content(page) for page in pdf.pages]
    assert len(bold_red) > 10
    assert all(bold_red)


def _content(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return page.Contents.read_bytes()


def test_every_page_of_the_docx_has_the_warning_as_its_header(written: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(written[".docx"])) as archive:
        headers = [n for n in archive.namelist() if n.startswith("word/header")]
        body = archive.read("word/document.xml").decode()
        assert all(WARNING in archive.read(name).decode() for name in headers)
    assert headers
    assert body.count("<w:headerReference") == 2


@pytest.mark.parametrize("number", figure_numbers())
def test_every_file_of_a_figure_says_it(study: StudyAnalysis, number: str, tmp_path: Path) -> None:
    shown = figure(study, number, "en")
    assert WARNING in shown.save(tmp_path / "f.svg").read_text(encoding="utf-8")
    specification = json.loads(shown.save(tmp_path / "f.json").read_text(encoding="utf-8"))
    assert specification["title"]["text"] == WARNING
    assert WARNING in shown.save(tmp_path / "f.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", table_numbers())
def test_every_file_of_a_table_says_it(study: StudyAnalysis, number: str, tmp_path: Path) -> None:
    built = table(study, number, "en")
    rows = built.to_csv().splitlines()
    assert all(row.endswith(WARNING) for row in rows)
    assert WARNING in built.to_html()
    book = openpyxl.load_workbook(built.save(tmp_path / "t.xlsx"))
    assert all(row[-1].value == WARNING for row in book.worksheets[0].iter_rows())


def test_real_numbers_carry_no_warning() -> None:
    real = invented_study(provenance="reconstructed exactly")
    assert figure(real, "4.5", "en").warning == ""
    assert WARNING not in table(real, "policy_effects", "en").to_csv()
