"""The figure and the table of a code matrix say what the matrix counted, in every language."""

from __future__ import annotations

import re

import polars as pl
import pytest
from openpyxl import load_workbook
from qualitative.queries.conversation import conversation

from samspill.errors import SamspillError
from samspill.language import languages
from samspill.presentation import matrix_figure, matrix_table
from samspill.presentation.figures.codes import BLACK, fill, white_on
from samspill.presentation.figures.style import PAPER, contrast
from samspill.qualitative import Code, Project, Source
from samspill.qualitative.queries import matrix

TABLES = conversation().tables()
SHARES = matrix(TABLES, columns=("field", "side"), measure="share_of_sources")


@pytest.mark.parametrize("language", languages())
def test_a_figure_has_a_title_words_and_its_numbers(language):
    figure = matrix_figure(SHARES, language)
    svg = figure.to_svg()
    assert "<title" in svg
    assert figure.title.endswith("?")
    assert len(figure.alt) > 60
    drawn = set(re.findall(r">([^<>]+)</text>", svg.replace("\u00a0", " ")))
    assert {"100 %", "50 %", "0 %"} <= {
        text.replace("%", " %").replace("  ", " ") for text in drawn
    }
    assert figure.warning in svg
    assert figure.data.height == SHARES.frame.height


def test_labels_are_the_vocabularys_and_concepts_have_their_words_in_each():
    nynorsk, english = (matrix_table(SHARES, language) for language in ("nn", "en"))
    assert "Mangel på møtepunkt" in nynorsk.frame["code"]
    assert "No meeting points" in english.frame["code"]
    assert english.columns[1].label == "Culture and leisure · Municipality (n = 2)"


def test_nobody_asked_is_not_nought():
    units = matrix(TABLES, columns=("unit", "field", "side"), measure="sources")
    empty = [c.name for c in matrix_table(units, "en").columns if "(n = 0)" in c.label]
    assert len(empty) == 1
    assert matrix_table(units, "en").frame[empty[0]].null_count() == 3
    figure = matrix_figure(units, "en")
    assert figure.data.filter("empty")["written"].unique().to_list() == ["–"]
    assert "Nobody was asked in: Health · Organisation · dal" in figure.alt.replace(
        "dal · Health · Organisation", "Health · Organisation · dal"
    )


def test_a_table_is_written_with_numbers_intervals_and_the_warning(tmp_path):
    path = matrix_table(SHARES, "nb", "long").save(tmp_path / "matrix.xlsx")
    sheet = load_workbook(path).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert {"Tema", "n", "Andel"} <= set(heads)
    shares = [row[heads.index("Andel")].value for row in list(sheet)[1:]]
    assert shares == SHARES.frame["share"].to_list()
    assert "Oppdiktede" in str(heads[-1])


def test_numbers_can_be_read_on_every_cell():
    for step in range(101):
        colour = fill(step / 100)
        assert contrast(PAPER if white_on(colour) else BLACK, colour) >= 4.5, step


def test_codes_of_one_name_are_two_rows():
    project = Project("P", codes=(Code("1", "A"), Code("2", "A")), sources=(Source("s", "S", "x"),))
    figure = matrix_figure(matrix(project.tables(), columns=()), "en")
    assert figure.data["row"].to_list() == ["A", "A (2)"]
    assert figure.provenance == "observed"


def test_a_matrix_too_large_to_read_is_refused():
    codes = tuple(Code(str(i), f"Code {i}") for i in range(61))
    project = Project("P", codes=codes, sources=(Source("s", "S", "x"),))
    with pytest.raises(SamspillError, match="cannot be drawn"):
        matrix_figure(matrix(project.tables()), "en")
    assert isinstance(matrix_table(matrix(project.tables()), "en").frame, pl.DataFrame)
