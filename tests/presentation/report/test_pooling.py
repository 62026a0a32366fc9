"""The chapter on fields read together says what the library computes, in every language."""

from __future__ import annotations

import pytest

from samspill.analysis import open_study
from samspill.language import translator
from samspill.presentation.report.content import groups_notes, pooling
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import FigureBlock, TableBlock, _plain_block
from samspill.presentation.report.drawings import Drawings


@pytest.fixture(scope="module")
def analysis():
    return open_study("norway-2018")


def material(analysis, language):
    return Material(
        analysis, language, Drawings(analysis, language, translator(language), lambda _: None)
    )


@pytest.fixture(scope="module")
def chapter(analysis):
    return pooling.chapter(material(analysis, "en"))


def test_the_table_holds_every_field_of_every_indicator_raw_beside_pooled(chapter, analysis):
    (table,) = (block for block in chapter.blocks if isinstance(block, TableBlock))
    assert len(table.rows) == 40
    row = analysis.pooled("meeting_point").frame.row(0, named=True)
    cells = next(r.cells for r in table.rows if r.id == "pooled-meeting_point-culture_leisure")
    assert cells[1] == "241"
    assert cells[2] == f"{100 * row['raw']:.1f}%"
    assert cells[4] == f"{100 * row['pooled']:.1f}%"


def test_the_figure_says_what_it_shows(chapter):
    (figure,) = (block for block in chapter.blocks if isinstance(block, FigureBlock))
    assert "4 panels of 10 rows" in figure.alt
    assert "Highest pooled" in figure.alt
    assert "<title" in figure.svg


def test_what_is_not_known_exactly_is_said(chapter):
    (part,) = chapter.sections
    text = "\n".join(line for block in part.blocks for line in _plain_block(block))
    assert "consistent with what is printed" in text
    assert "those of the ordered logit do" in text


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_english_is_left(analysis, language):
    m = material(analysis, language)
    chapter = pooling.chapter(m)
    blocks = [*chapter.blocks, *chapter.sections[0].blocks]
    lines = [line for block in blocks for line in _plain_block(block)]
    lines += [text for note in groups_notes.notes(m) for text in (note.title, note.formula)]
    text = "\n".join(lines)
    assert " the " not in text
    assert " of the " not in text
    heads = [c.heading for b in blocks if isinstance(b, TableBlock) for c in b.columns]
    assert not {"Alone", "Pooled", "Rank", "Category"} & set(heads)
