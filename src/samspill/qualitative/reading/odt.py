"""An odt before pandoc reads it: text boxes after their paragraphs and fields as their words, both
of which pandoc else leaves out; and the words in it, to look for afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.docx import parsed

CONTENT = "content.xml"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_OUT = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms")
_BREAKS = (f"{_TEXT}line-break", f"{_TEXT}tab", f"{_TEXT}s")
_READ_BY_PANDOC = {f"{_TEXT}{name}" for name in ("span", "a", "note", "note-citation")}
_WORD = re.compile(r"\w+")


def prepared(content: bytes) -> bytes:
    """The content's XML with text boxes after the paragraphs that hold them, and fields as text."""
    from lxml import etree

    root = parsed(content)
    if root is None:
        return content
    for element in list(root.iter(*_OUT)):
        _without(element)
    for box in list(root.iter(f"{_DRAW}text-box")):
        _moved_out(box)
    for paragraph in root.iter(*_PARAGRAPHS):
        for element in paragraph.iterdescendants():
            if _is_field(element):
                element.tag = f"{_TEXT}span"
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _is_field(element: Any) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag.startswith(_TEXT)
        and element.tag not in _READ_BY_PANDOC
        and bool(element.text)
        and not len(element)
        and element.getparent().tag != f"{_TEXT}note-body"
    )


def _moved_out(box: Any) -> None:
    """The paragraphs of a box come after the outermost paragraph, or the frame, that holds it."""
    holders = [e for e in box.iterancestors() if e.tag in _PARAGRAPHS]
    frames = [e for e in box.iterancestors() if e.tag == f"{_DRAW}frame"]
    after = holders[-1] if holders else frames[-1] if frames else None
    if after is None:
        return
    for element in list(box):
        element.tail = None
        after.addnext(element)
        after = element
    _without(box)


def _without(element: Any) -> None:
    """Take an element out and leave the text that follows it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def words_of(content: bytes) -> Counter[str]:
    """The words of the paragraphs of a prepared document."""
    root = parsed(content)
    words: Counter[str] = Counter()
    for paragraph in root.iter(*_PARAGRAPHS) if root is not None else ():
        words.update(_WORD.findall(Cleaner().line("".join(_texts(paragraph)))))
    return words


def _texts(element: Any) -> Iterator[str]:
    if element.tag in _BREAKS:
        yield " "
    yield element.text or ""
    for child in element:
        if child.tag != f"{_TEXT}note":
            yield from _texts(child)
        yield child.tail or ""
