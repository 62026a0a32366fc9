"""PDF, through PDFium: lines by their places on the page, put together to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from samspill.errors import Message, SamspillError
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.lines import Line
from samspill.qualitative.reading.speakers import begins_turn

MOST_PAGES = 2_000
_HYPHEN = "\ufffe\x02"
_DIVIDED = re.compile(rf"[{_HYPHEN}](\w?)")
_ITEM = re.compile(r"(?:[–•▪‣·*-]|\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line where it stands: distances from the page's left and bottom in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int


def read_pdf(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    printed, pages, empty = _printed(content, name)
    if not printed:
        raise SamspillError(
            Message("“{name}” has no text, only pictures of pages.", name=name),
            "Have a program recognise its text (OCR), and read the PDF or text that it makes.",
        )
    if empty:
        notes.append(Message("Pages of it without text: {n}.", n=empty))
    kept = _without_repeated(printed, pages)
    if len(kept) < len(printed):
        notes.append(Message("The heads and feet of its pages were left out."))
    notes.append(Message("Paragraphs were put together from the pages' lines: look through them."))
    texts = (_DIVIDED.sub(_undivided, text) for text in _paragraphs(kept))
    return [Line(line) for text in texts for line in cleaner.lines(text)]


def _printed(content: bytes, name: str) -> tuple[list[_Printed], int, int]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise SamspillError(
                Message("“{name}” has a password.", name=name),
                "Save it without one, and read that.",
            ) from error
        raise SamspillError(
            Message("“{name}” is cut short or damaged.", name=name),
            "Copy it anew from where it came from.",
        ) from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise SamspillError(
                Message("“{name}” has more than {n} pages.", name=name, n=MOST_PAGES),
                "Divide it, and read the parts.",
            )
        pages = [_lines_of_page(document, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise SamspillError(
            Message("“{name}” is cut short or damaged.", name=name),
            "Copy it anew from where it came from.",
        ) from error
    finally:
        document.close()
    return [line for page in pages for line in page], count, sum(not page for page in pages)


def _lines_of_page(document: Any, number: int) -> list[_Printed]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range() if text_page.count_chars() else ""
        if len(text) != text_page.count_chars():
            return [
                _Printed(line, 0, 0, 0, 0, number) for line in text.splitlines() if line.strip()
            ]
        return [
            _placed(text_page, text, match.start(), match.end(), number)
            for match in re.finditer(r"[^\r\n]+", text)
            if match[0].strip()
        ]
    finally:
        text_page.close()
        page.close()


def _placed(text_page: Any, text: str, start: int, end: int, number: int) -> _Printed:
    shown = [at for at in range(start, end) if not text[at].isspace()]
    first, last = text_page.get_charbox(shown[0]), text_page.get_charbox(shown[-1])
    middle = text_page.get_charbox(shown[len(shown) // 2])
    boxes = (first, middle, last)
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return _Printed(text[start:end], first[0], last[2], top, bottom, number)


def _without_repeated(printed: list[_Printed], pages: int) -> list[_Printed]:
    """The lines but those that stand first or last on most pages, whatever their numbers."""
    if pages < 3:
        return printed
    edges: list[_Printed] = []
    for page in range(pages):
        lines = [line for line in printed if line.page == page]
        edges += {id(line): line for line in (*lines[:2], *lines[-2:])}.values()
    counts = Counter(_numberless(line) for line in edges)
    often = {text for text, n in counts.items() if n > pages / 2}
    repeated = {id(line) for line in edges if _numberless(line) in often}
    return [line for line in printed if id(line) not in repeated]


def _numberless(line: _Printed) -> str:
    return re.sub(r"\d+", "0", line.text.strip())


def _paragraphs(lines: list[_Printed]) -> list[str]:
    if not lines:
        return []
    gaps = [
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if before.page == line.page and before.bottom > line.bottom
    ]
    usual = median(gaps) if gaps else 0.0
    margin = sorted(line.right for line in lines)[int(0.95 * (len(lines) - 1))]
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _begins(before, line, usual, margin):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text)
    return paragraphs


def _begins(before: _Printed, line: _Printed, usual: float, margin: float) -> bool:
    """A line begins a paragraph after a wide gap, as a list's item or a turn, or where its first
    word would have had room on the line before."""
    if begins_turn(line.text) or _ITEM.match(line.text):
        return True
    if before.page == line.page and line.bottom > before.top:
        return True
    if before.page == line.page and usual and before.bottom - line.bottom > 1.35 * usual:
        return True
    if before.text.rstrip().endswith(tuple(_HYPHEN)):
        return False
    word = line.text.split()[0]
    letter = (line.right - line.left) / max(1, len(line.text.strip()))
    return before.right + (len(word) + 1.5) * letter < margin


def _joined(before: str, text: str) -> str:
    ended = before.rstrip()
    if ended.endswith(tuple(_HYPHEN)):
        return ended + text.lstrip()
    return f"{ended} {text.lstrip()}"


def _undivided(found: re.Match[str]) -> str:
    """What follows a hyphen at a line's end: the rest of the word, or of a name or number as
    Nord-Norge, which keeps it."""
    return found[1] if found[1].islower() else f"-{found[1]}"
