"""The PDF keeps what PDF/UA-1 (ISO 14289-1) asks for, read back with pikepdf."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from presentation.report.report_sample import document

from samspill.errors import SamspillError
from samspill.presentation.report.typst import write_pdf

MARKUP = "http://www.aiim.org/pdfua/ns/id/"


@pytest.fixture(scope="module")
def written() -> bytes:
    return write_pdf(document())


@pytest.fixture(scope="module")
def pdf(written: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(written)) as opened:
        yield opened


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below ``node`` (ISO 32000-1, 14.7.2)."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def test_it_is_tagged_and_says_its_language_and_title(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "nb-NO"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata[f"{{{MARKUP}}}part"] == "1"
        assert metadata["dc:title"] == "En prøverapport"


def test_every_figure_has_alt_text(pdf: pikepdf.Pdf) -> None:
    figures = [e for e in elements(pdf.Root.StructTreeRoot.K) if e.S == "/Figure"]
    assert [str(e.Alt) for e in figures] == ["Stolpediagram: én stolpe på 75 prosent."]


def test_tables_have_header_cells(pdf: pikepdf.Pdf) -> None:
    kinds = [str(e.S) for e in elements(pdf.Root.StructTreeRoot.K)]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == 3
    assert kinds.count("/TR") == 61


def test_bookmarks_follow_the_headings(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inner = {item.title: [child.title for child in item.children] for item in outline.root}
    assert titles == ["1 Hva fant vi?", "A Metode"]
    assert inner["1 Hva fant vi?"] == ["1.1 Nærmere bestemt"]
    assert inner["A Metode"] == ["Wilson-intervall"]


def test_date_is_the_documents_own_and_two_runs_are_equal(written: bytes, pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20181130")
    assert write_pdf(document()) == written


def test_a_figure_without_alt_text_is_refused() -> None:
    with pytest.raises(SamspillError, match="alt"):
        write_pdf(document(alt=""))
