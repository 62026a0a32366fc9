"""Documents that other programs have written: python-docx, pandoc and Typst."""

from __future__ import annotations

import io
import subprocess
import zipfile
from functools import cache

import docx
import pikepdf
import pypandoc
import pytest
import typst
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import paragraphs
from samspill.qualitative.reading import read_source, with_speakers

MARKDOWN = """# Intervju

**Leder:** Vi *savner* en oversikt.[^1]

**Intervjuer:** Hva mener du?

**Leder:** Blåbær, «sitat» og 😀.

1. penger
2. tid

- en liste

| ord | tall |
|-----|------|
| ja  | 3    |

[^1]: Ler.
"""
LINES = [
    "Intervju",
    "Leder: Vi savner en oversikt.[1]",
    "Intervjuer: Hva mener du?",
    "Leder: Blåbær, «sitat» og 😀.",
    "1. penger",
    "2. tid",
    "– en liste",
    "ord | tall",
    "ja | 3",
    "[1] Ler.",
]


@cache
def by_pandoc(form: str) -> bytes:
    arguments = [pypandoc.get_pandoc_path(), "-f", "markdown-smart", "-t", form, "-s", "-o", "-"]
    done = subprocess.run(arguments, input=MARKDOWN.encode(), capture_output=True, check=True)
    return done.stdout


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def pdf(text: str, rules: str = "") -> bytes:
    return typst.compile(f"#set page(width: 12cm, height: 9cm)\n{rules}\n{text}".encode())


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_document_by_pandoc_has_every_paragraph_item_row_and_footnote(form):
    read = read_source(by_pandoc(form), f"intervju.{form}")
    assert read.source.text.split("\n") == LINES
    assert read.source.speakers == ("Leder",)
    assert read.notes == ("Footnotes that were put last, each with its number: 1.",)
    assert read.format == form


@pytest.mark.parametrize("form", ["rtf", "html"])
def test_a_text_by_pandoc_has_every_word(form):
    read = read_source(by_pandoc(form), f"intervju.{form}")
    lines = read.source.text.split("\n")
    assert lines[1:4] == LINES[1:4]
    for word in ("penger", "tid", "liste", "ord", "tall", "ja", "3", "Ler."):
        assert word in read.source.text
    assert "Leder" in read.source.speakers


def test_markdown_keeps_its_lines_and_shows_markup_that_is_none():
    read = read_source(b"**Leder:** Hei\n**Ola:** <b>nei</b>\n**Leder:** 3 < 4\n", "a.md")
    assert read.source.text == "Leder: Hei\nOla: <b>nei</b>\nLeder: 3 < 4"


def test_names_in_bold_without_a_colon_are_taken_for_speakers():
    document = docx.Document()
    for name, said in (
        ("Leder", "Vi har ikke."),
        ("Ola", "Nei."),
        ("Leder", "Ja."),
        ("Ola", "Vel."),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f" {said}")
    read = read_source(saved(document), "a.docx")
    assert [p.speaker for p in paragraphs(read.source)] == ["Leder", "Ola", "Leder", "Ola"]
    assert "Names in bold at the beginning of lines were taken for speakers." in read.notes


def test_what_python_docx_writes_comes_out_and_what_is_left_out_is_told():
    document = docx.Document()
    document.add_paragraph("Først\tso\u00a0vidt\u00ad\u2028deretter a\u030a.")
    document.sections[0].header.paragraphs[0].text = "Utkast"
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "en", "to"
    read = read_source(saved(document), "a.docx")
    assert read.source.text == "Først so vidt\nderetter å.\nen | to"
    assert "The heads and feet of its pages were left out." in read.notes
    assert "Soft hyphens that were left out: 1." in read.notes


ODT_BODY = """<text:p>Vanlig<text:s text:c="3"/>tekst<text:tab/>her<text:line-break/>ny
<draw:frame><draw:text-box>
<text:p>I boks</text:p></draw:text-box></draw:frame>etter<office:annotation><text:p>Nei
</text:p></office:annotation> slutt<text:soft-page-break/>en</text:p>
<text:p><text:date>3. mai</text:date>
<text:placeholder>felt</text:placeholder></text:p><draw:frame><draw:text-box><text:p>Side</text:p>
</draw:text-box></draw:frame>"""


def test_text_boxes_fields_and_spaces_of_opendocument_are_kept():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(by_pandoc("odt"))) as given, zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            part = given.read(name)
            if name == "content.xml":
                head, body = part.split(b"<office:text>")
                end = body[body.index(b"</office:text>") :]
                part = head + b"<office:text>" + ODT_BODY.encode() + end
            out.writestr(name, part)
    read = read_source(made.getvalue(), "a.odt")
    assert read.source.text.split("\n") == [
        "Vanlig tekst her",
        "ny etter slutten",
        "I boks",
        "3. mai felt",
        "Side",
    ]
    assert read.notes == ("Its comments were left out.",)


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>Tekst i boks</w:t></w:r></w:p></w:txbxContent>"


def test_text_boxes_breaks_and_controls_of_word_are_kept():
    document = docx.Document()
    paragraph = document.add_paragraph("Vanlig tekst")
    for part in (
        f"<w:r {NAMESPACES}><mc:AlternateContent><mc:Choice Requires='v'><w:drawing>{BOX}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>",
        f"<w:r {NAMESPACES}><w:t>Nord</w:t><w:noBreakHyphen/><w:t>Norge</w:t><w:cr/><w:t>ny</w:t>"
        "<w:br/><w:t>linje</w:t><w:tab/><w:t>her</w:t></w:r>",
        f"<w:sdt {NAMESPACES}><w:sdtContent><w:r><w:t> felt</w:t></w:r></w:sdtContent></w:sdt>",
        f'<w:ins {NAMESPACES} w:id="1" w:author="x"><w:r><w:t> inn</w:t></w:r></w:ins>',
        f'<w:del {NAMESPACES} w:id="2" w:author="x"><w:r><w:delText>ut</w:delText></w:r></w:del>',
    ):
        paragraph._p.append(parse_xml(part))
    read = read_source(saved(document), "a.docx")
    assert read.source.text.split("\n") == [
        "Vanlig tekstNord‑Norge",
        "ny",
        "linje her felt inn",
        "Tekst i boks",
    ]
    assert read.notes == ("Its tracked changes were accepted.",)


def test_a_pdf_has_its_paragraphs_and_turns_but_not_its_page_numbers():
    things = [
        "lokale",
        "utstyr",
        "oversikt",
        "tid",
        "penger",
        "folk",
        "møteplasser",
        "planer",
        "avtaler",
        "tillit",
    ]
    turns = [
        turn
        for thing, other in zip(things, reversed(things), strict=True)
        for turn in (
            f"Intervjuer: Hva med {thing}?",
            f"Leder: Vi savner {thing}, og kommunen savner {other}. Vi har snakket mye om {thing} "
            f"i idrettsrådet, og det har stort sett gått bra, men det er ingen som har {other}.",
            f"Det gjelder {other} også.",
        )
    ]
    text = "\n\n".join(turns)
    rules = '#set page(numbering: "1 / 1", header: [Utkast])\n#set text(lang: "nb")'
    read = read_source(pdf(text, rules), "a.pdf")
    assert read.source.text.split("\n") == turns
    assert read.source.speakers == ("Intervjuer", "Leder")
    assert "The heads and feet of its pages were left out." in read.notes


def test_words_divided_at_a_line_in_a_pdf_are_put_together():
    text = "Kommunestyrebehandling samhandlingskompetanse frivillighetspolitikk " * 4
    rules = '#set text(lang: "nb", hyphenate: true)\n#set par(justify: true)'
    assert read_source(pdf(text, rules), "a.pdf").source.text == text.strip()


def test_a_person_confirms_the_speakers():
    read = read_source(b"Leder: a\nMerk: b\nLeder: c\nMerk: d", "a.txt")
    assert {s.name for s in read.speakers if s.taken} == {"Leder", "Merk"}
    confirmed = with_speakers(read, ["Leder"])
    assert [p.speaker for p in paragraphs(confirmed.source)] == ["Leder", "", "Leder", ""]


def encrypted_pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Hemmelig"))) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    return file.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (lambda: b"", "a.txt", "is empty"),
        (lambda: b" \n\r\n\t", "a.txt", "is empty"),
        (encrypted_pdf, "a.pdf", "has a password"),
        (lambda: pdf("#rect(width: 2cm, height: 2cm)"), "a.pdf", "has no text, only pictures"),
        (lambda: pdf("Hei " * 300)[:700], "a.pdf", "is cut short or damaged"),
        (lambda: by_pandoc("docx")[:3000], "a.docx", "is cut short or damaged"),
        (lambda: zipped({"a.txt": b"x"}), "a.docx", "holds no text document"),
        (lambda: zipped({"word/document.xml": BOMB}), "a.docx", "declares XML entities"),
        (
            lambda: zipped({"word/document.xml": b" " * 30_000_000}),
            "a.docx",
            "does not unpack as a document does",
        ),
        (
            lambda: zipped({"word/document.xml": b"<a/>", "../../x.xml": b"<a/>"}),
            "a.docx",
            "does not unpack as a document does",
        ),
        (lambda: zipped({"word/document.xml": b"no xml"}), "a.docx", "cannot be read as docx"),
        (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "a.txt", "is no text"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "is an old Word"),
        (lambda: b"WEBVTT\n\nNOTE nothing here\n", "a.vtt", "has no cue"),
        (lambda: b"x" * 64_000_001, "a.txt", "is larger than 64 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_what_cannot_be_read_is_said_with_the_next_step(content, name, said):
    with pytest.raises(SamspillError) as told:
        read_source(content(), name)
    assert said in told.value.message
    assert told.value.next_step


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["docx", "odt", "rtf", "html", "pdf"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=20),
    st.floats(0.5, 1),
)
def test_a_damaged_document_is_read_or_refused(form, changed, kept):
    content = bytearray(pdf("Hei alle") if form == "pdf" else by_pandoc(form))
    for place, byte in changed:
        content[int(place * len(content))] = byte
    content = content[: int(kept * len(content))]
    try:
        told = read_source(bytes(content), f"a.{form}").source.text
    except SamspillError as error:
        told = error.next_step
    assert told


def test_a_name_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SamspillError, match="There is no file"):
        read_source(tmp_path / "none.txt")


def test_a_file_with_another_ending_is_read_as_what_it_is():
    read = read_source(by_pandoc("docx"), "a.txt")
    assert read.format == "docx"
    assert any("ends in .txt" in note for note in read.notes)


def test_a_document_points_to_no_file_outside(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("passord", encoding="utf-8")
    page = f'<p>Hei</p><img src="{secret.as_uri()}"><iframe src="{secret.as_uri()}"></iframe>'
    assert "passord" not in read_source(f"<html>{page}</html>".encode(), "a.html").source.text
