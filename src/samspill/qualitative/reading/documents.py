"""docx, odt, html and md, through pandoc's document tree (pandoc-types 1.23).

Pandoc runs in its sandbox (no file, no network), with bounds on time and memory; an archive reaches
it with its XML alone. Every word of a docx or odt is looked for in what came out, and those that
are missing are told.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections import Counter
from typing import Any

from samspill.errors import Message, SamspillError
from samspill.qualitative.reading.archive import text_parts
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.lines import Line
from samspill.qualitative.reading.plain import decoded
from samspill.qualitative.reading.tree import lines_of

SECONDS = 60
COMMENTS = "word/comments.xml"
_MEMORY = "1G"
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_WORD = re.compile(r"\w+")
_WORD_NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_docx(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    parts = text_parts(content, name)
    with zipfile.ZipFile(io.BytesIO(parts)) as archive:
        names = archive.namelist()
        document = archive.read("word/document.xml")
        comments = archive.read(COMMENTS) if COMMENTS in names else b""
    if any(re.fullmatch(r"word/(?:header|footer)\d*\.xml", part) for part in names):
        notes.append(Message("The heads and feet of its pages were left out."))
    if re.search(rb"<w:comment\s", comments):
        notes.append(Message("Its comments were left out."))
    if re.search(rb"<w:(?:ins|del|moveFrom|moveTo)\s", document):
        notes.append(Message("Its tracked changes were accepted."))
    lines = _read(parts, "docx", name, cleaner, notes)
    _note_missing(_words_of_docx(document), lines, notes)
    return lines


def read_odt(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    parts = text_parts(content, name)
    with zipfile.ZipFile(io.BytesIO(parts)) as archive:
        document = archive.read("content.xml")
    if b"<office:annotation" in document:
        notes.append(Message("Its comments were left out."))
    if b"<text:tracked-changes" in document:
        notes.append(Message("Its tracked changes were accepted."))
    lines = _read(parts, "odt", name, cleaner, notes)
    _note_missing(_words_of_odt(document), lines, notes)
    return lines


def read_html(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    declared = _CHARSET.search(content[:4096])
    try:
        text = content.decode(declared[1].decode() if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = decoded(content, name, notes)
    return _read(
        text.encode(errors="replace"), "html-native_divs-native_spans", name, cleaner, notes
    )


def read_markdown(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    text = decoded(content, name, notes)
    form = "commonmark-raw_html+hard_line_breaks+pipe_tables+footnotes+yaml_metadata_block"
    return _read(text.encode(errors="replace"), form, name, cleaner, notes)


def _read(
    content: bytes, form: str, name: str, cleaner: Cleaner, notes: list[Message]
) -> list[Line]:
    lines, footnotes = lines_of(_tree(content, form, name), cleaner)
    if footnotes:
        notes.append(
            Message("Footnotes that were put last, each with its number: {n}.", n=len(footnotes))
        )
    return [*lines, *footnotes]


def _tree(content: bytes, form: str, name: str) -> dict[str, Any]:
    import pypandoc

    program = pypandoc.get_pandoc_path()
    arguments = ["--sandbox", "--from", form, "--to", "json", "+RTS", f"-M{_MEMORY}", "-RTS"]
    try:
        done = subprocess.run(
            [program, *arguments], input=content, capture_output=True, check=False, timeout=SECONDS
        )
        tree = json.loads(done.stdout) if not done.returncode else None
    except subprocess.TimeoutExpired as error:
        raise SamspillError(
            Message("“{name}” was not read within {n} seconds.", name=name, n=SECONDS),
            "Save its text alone as txt, and read that.",
        ) from error
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict):
        raise SamspillError(
            Message("“{name}” cannot be read as {form}.", name=name, form=form.partition("-")[0]),
            "Open it in a word processor, save it anew, and read that.",
        )
    return tree


def _words_of_docx(document: bytes) -> Counter[str]:
    """The words of the document's paragraphs. The older twin of a drawing is left out."""
    from lxml import etree

    root = etree.fromstring(document, _parser())
    for twin in list(
        root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
    ):
        twin.getparent().remove(twin)
    words: Counter[str] = Counter()
    for paragraph in root.iter(f"{_WORD_NAMES}p"):
        runs = paragraph.iterfind(f".//{_WORD_NAMES}t")
        own = (run for run in runs if next(run.iterancestors(f"{_WORD_NAMES}p")) is paragraph)
        words.update(_WORD.findall(Cleaner().line("".join(run.text or "" for run in own))))
    return words


def _words_of_odt(document: bytes) -> Counter[str]:
    from lxml import etree

    root = etree.fromstring(document, _parser())
    out = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}note")
    for element in list(root.iter(*out)):
        parent, tail = element.getparent(), element.tail or ""
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(element)
    words: Counter[str] = Counter()
    for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        words.update(_WORD.findall(Cleaner().line("".join(paragraph.itertext()))))
    return words


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)


def _note_missing(expected: Counter[str], lines: list[Line], notes: list[Message]) -> None:
    there = {word for line in lines for word in _WORD.findall(line.text)}
    joined = " ".join(line.text for line in lines)
    missing = [word for word in expected if word not in there and word not in joined]
    if missing:
        notes.append(
            Message(
                "Words that were not found again, such as “{word}”: {n}. Look for text boxes.",
                n=len(missing),
                word=max(missing, key=len),
            )
        )
