"""A docx before pandoc reads it: text boxes after their paragraphs, which pandoc else puts in their
place, and every break a break; and the words in it, to look for afterwards."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from samspill.qualitative.reading.cleaning import Cleaner

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLDER_TWIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD = re.compile(r"\w+")
_HYPHENS = {f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\xad"}
_BREAKS = (f"{_W}br", f"{_W}cr", f"{_W}tab", f"{_W}sym")


def parsed(document: bytes) -> Any:
    """The XML of a part, None where it is none; no entity is resolved, nothing fetched, and faults
    are passed over."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        return None


def prepared(document: bytes) -> bytes:
    """The document's XML with text boxes after the paragraphs that hold them."""
    from lxml import etree

    root = parsed(document)
    if root is None:
        return document
    for twin in list(root.iter(_OLDER_TWIN)):
        twin.getparent().remove(twin)
    for box in list(root.iter(f"{_W}txbxContent")):
        _moved_out(box)
    for line_break in root.iter(f"{_W}cr"):
        line_break.tag = f"{_W}br"
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _moved_out(box: Any) -> None:
    holders = [element for element in box.iterancestors() if element.tag == f"{_W}p"]
    if not holders:
        return
    after = holders[-1]
    for element in list(box):
        after.addnext(element)
        after = element
    box.getparent().remove(box)


def words_of(document: bytes) -> Counter[str]:
    """The words of the paragraphs of a prepared document."""
    root = parsed(document)
    words: Counter[str] = Counter()
    for paragraph in root.iter(f"{_W}p") if root is not None else ():
        words.update(_WORD.findall(Cleaner().line("".join(map(_text, paragraph.iter())))))
    return words


def _text(element: Any) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    return " " if element.tag in _BREAKS else _HYPHENS.get(element.tag, "")
