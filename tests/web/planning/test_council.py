"""The council reads all of it, on paper too; anyone reads what is shown to anyone."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from django.utils import translation

from samspill.presentation.report.typst import write_pdf
from samspill.web.municipality.actions.entries import change_entry, show_column
from samspill.web.municipality.actions.municipalities import open_desk
from samspill.web.planning.actions.measures import set_status
from samspill.web.planning.council import council_document

SAID = {
    "nb": ("Hva er forsinket, og hvorfor?", "Ingen i stillingen.", "Vedtatt"),
    "nn": ("Kva er forseinka, og kvifor?", "Ingen i stillingen.", "Vedteken"),
    "en": ("What is late, and why?", "Ingen i stillingen.", "Adopted"),
}


@pytest.fixture
def explained(municipality, of):
    set_status(
        actor="test",
        measure=of("measures", "list"),
        status="under_way",
        late_because="Ingen i stillingen.",
    )
    return of("policies", "policy")


@pytest.mark.parametrize("language", SAID)
def test_the_pdf_is_tagged_in_its_language_and_says_it_all(explained, today, language):
    with translation.override(language):
        written = write_pdf(council_document(explained, today))
    with pikepdf.open(io.BytesIO(written)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith(language)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    pages = pypdfium2.PdfDocument(written)
    assert len(pages) <= 2
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for said in (*SAID[language], "25/17", "Liste over kontakter", "Vedtatt i budsjettet."):
        assert said in text
    assert {"nb": "oppdiktet", "nn": "oppdikta", "en": "invented"}[language] in text
    assert "Kari Oppdiktet" not in text
    assert "Bare for oss" not in text


def test_the_document_holds_together(explained, today):
    assert council_document(explained, today).problems() == []


def test_the_page_says_what_is_late_and_why_or_that_no_reason_is_given(signed_in, municipality, of):
    client = signed_in("desk_reader")
    page = client.get("/municipalities/9901/plan/council/").content.decode()
    assert "No reason is given." in page
    change_entry(
        actor="test", entry=of("measures", "list"), values={"late_because": "Ingen i stillingen."}
    )
    page = client.get("/municipalities/9901/plan/council/").content.decode()
    assert "Ingen i stillingen." in page
    assert "No reason is given." not in page


def test_anyone_sees_only_what_is_shown_to_anyone(client, municipality, of):
    open_desk(actor="test", municipality=municipality, opened=True)
    path = "/municipalities/9901/plan/public/"
    page = client.get(path).content.decode()
    assert "Liste over kontakter" in page
    assert "Kulturetaten" in page
    for hidden in ("Kari Oppdiktet", "Bare for oss", "20 000", "20000"):
        assert hidden not in page
    show_column(actor="test", entries=[of("measures", "list")], column="title", shown=False)
    show_column(actor="test", entries=[of("measures", "rooms")], column="evidence", shown=False)
    show_column(
        actor="test", entries=[of("municipal_units", "culture")], column="name", shown=False
    )
    page = client.get(path).content.decode()
    assert "Liste over kontakter" not in page
    assert "Vedtatt i budsjettet." not in page
    assert "Kulturetaten" not in page
    show_column(actor="test", entries=[of("policies", "policy")], column="title", shown=False)
    assert "Fjords frivillighetspolitikk" not in client.get(path).content.decode()


def test_a_hidden_status_is_not_told_by_counts(client, municipality, of):
    open_desk(actor="test", municipality=municipality, opened=True)
    show_column(actor="test", entries=[of("measures", "rooms")], column="status", shown=False)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get("/municipalities/9901/plan/public/").content.decode()
    assert "0 of 3 measures are done." in page
