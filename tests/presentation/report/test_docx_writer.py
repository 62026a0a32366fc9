from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.document import Document as Opened
from docx.oxml.ns import qn
from presentation.report.report_sample import document

from samspill.presentation.report.docx import write_docx


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_docx(document())


@pytest.fixture(scope="module")
def opened(written: bytes) -> Opened:
    return docx.Document(io.BytesIO(written))


def test_headings_are_headings(opened: Opened) -> None:
    headings = [
        (p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "1 Hva fant vi?"),
        ("Heading 2", "1.1 Nærmere bestemt"),
        ("Heading 1", "A Metode"),
        ("Heading 2", "Wilson-intervall"),
    ]


def test_pictures_have_alt_text_and_captions(opened: Opened) -> None:
    described = [e.get("descr") for e in opened.element.body.iter(qn("wp:docPr"))]
    assert described == ["Stolpediagram: én stolpe på 75 prosent."]
    captions = [(p.style.name, p.text) for p in opened.paragraphs if "Caption" in p.style.name]
    assert ("Image Caption", "Figur 1 En stolpe") in captions
    assert ("Table Caption", "Tabell 1 Andel kommuner, prosent") in captions


def test_table_header_row_repeats(opened: Opened) -> None:
    (table,) = opened.tables
    assert len(table.rows) == 61
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert [cell.text for cell in table.rows[1].cells] == ["Felt «0» & [andre] <b>", "241", "75 %"]


def test_no_row_is_divided_and_headings_and_notes_stay_beside_their_rows() -> None:
    from samspill.presentation.report.document import Column, Row, Section, TableBlock

    rows = tuple(Row((name, "1"), group=group) for name, group in ("aA", "bA", "cB"))
    table = TableBlock(
        "t", "Tabell 1", "T", (Column("Hva"), Column("n", "right")), rows, basis="n = 3."
    )
    section = Section("s", "1", "S", (table,))
    made = docx.Document(io.BytesIO(write_docx(replace(document(), sections=(section,)))))
    (written,) = made.tables
    properties = [row._tr.find(qn("w:trPr")) for row in written.rows]
    assert all(found.find(qn("w:cantSplit")) is not None for found in properties)

    def kept(paragraph) -> bool:
        return bool(paragraph.style.paragraph_format.keep_with_next)

    told = {row.cells[0].text: kept(row.cells[0].paragraphs[0]) for row in written.rows}
    assert told == {"Hva": False, "A": True, "a": False, "b": False, "B": True, "c": True}
    assert written.rows[-1].cells[1].paragraphs[0].alignment is not None


def test_language_is_one_that_word_knows(written: bytes, opened: Opened) -> None:
    assert opened.core_properties.language == "nb-NO"
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert 'w:val="nb-NO"' in archive.read("word/styles.xml").decode()


def test_metadata_is_the_documents_own_and_two_runs_are_equal(
    written: bytes, opened: Opened
) -> None:
    assert opened.core_properties.title == "En prøverapport"
    assert opened.core_properties.created.date().isoformat() == "2018-11-30"
    assert write_docx(document()) == written


def test_every_internal_link_has_its_bookmark(opened: Opened) -> None:
    body = opened.element.body
    bookmarks = {e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))}
    anchors = {e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink"))}
    assert anchors - {None} <= bookmarks
    assert {"summary", "row-1", "figure-1"} <= anchors


def test_contents_are_filled_in_and_ask_for_no_update(written: bytes, opened: Opened) -> None:
    entries = [p.text for p in opened.paragraphs if p.style.name.startswith("toc ")]
    assert entries == ["1 Hva fant vi?", "1.1 Nærmere bestemt", "A Metode"]
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert "w:dirty" not in archive.read("word/document.xml").decode()
        assert "updateFields" not in archive.read("word/settings.xml").decode()
