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
from samspill.qualitative.reading import docx, odt
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


def read_docx(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    parts = text_parts(content, name, {docx.DOCUMENT: docx.prepared})
    with zipfile.ZipFile(io.BytesIO(parts)) as archive:
        names = archive.namelist()
        document = archive.read(docx.DOCUMENT)
        comments = archive.read(COMMENTS) if COMMENTS in names else b""
    if any(re.fullmatch(r"word/(?:header|footer)\d*\.xml", part) for part in names):
        notes.append(Message("The heads and feet of its pages were left out."))
    if re.search(rb"<w:comment\s", comments):
        notes.append(Message("Its comments were left out."))
    if re.search(rb"<w:(?:ins|del|moveFrom|moveTo)\s", document):
        notes.append(Message("Its tracked changes were accepted."))
    lines = _read(parts, "docx", name, cleaner, notes)
    _note_missing(docx.words_of(document), lines, notes)
    return lines


def read_odt(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    with zipfile.ZipFile(io.BytesIO(text_parts(content, name))) as archive:
        document = archive.read(odt.CONTENT)
    if b"<office:annotation" in document:
        notes.append(Message("Its comments were left out."))
    if b"<text:tracked-changes" in document:
        notes.append(Message("Its tracked changes were accepted."))
    parts = text_parts(content, name, {odt.CONTENT: odt.prepared})
    lines = _read(parts, "odt", name, cleaner, notes)
    _note_missing(odt.words_of(odt.prepared(document)), lines, notes)
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
