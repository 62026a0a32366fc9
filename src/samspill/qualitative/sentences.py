"""Where sentences end in Norwegian text.

The rule, paragraph by paragraph (a line break always ends a sentence):

1. A sentence may end after ``.``, ``!``, ``?`` or ``…`` (several of them count as one), with
   closing quotation marks and brackets, where white space follows.
2. It does so only where the next word begins with a capital letter, a digit, an opening quotation
   mark or bracket, or a dash.
3. A full stop does not end it after an abbreviation (f.eks., bl.a., kl., nr. …), after an initial
   (K. Hansen), or after a number of one or two digits that begins the sentence (1. Vi vil …).
4. Abbreviations that often close a sentence (osv., o.l., m.m., etc.) do end it where rule 2
   holds.

A number in the middle followed by a capital (``i 2018. Vi``) thus ends one, and an ordinal before
a small letter (``17. mai``) does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

NEVER_LAST = frozenset(
    files("samspill.qualitative").joinpath("abbreviations.txt").read_text(encoding="utf-8").split()
)
"""Abbreviations that stand before what they belong to, Bokmål and Nynorsk, in small letters."""

_END = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s)")
_START = re.compile(r"\s+[\"'«“‘(\[]*(?:[^\W\d_]|\d|[–—-])")
_INITIAL = re.compile(r"(?:^|[\s.(«“])[^\W\d_]\.$")
_LIST_NUMBER = re.compile(r"^\W*\d{1,2}\.$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences, half-open and without white space around them, in order."""
    start = 0
    for line in text.split("\n"):
        yield from _line(text, start, start + len(line))
        start += len(line) + 1


def _line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in _END.finditer(text, start, end):
        if mark.start() >= begin and _ends(text, begin, mark, end):
            yield from _trimmed(text, begin, mark.end())
            begin = mark.end()
    yield from _trimmed(text, begin, end)


def _ends(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    following = _START.match(text, mark.end(), end)
    if following is None:
        return not text[mark.end() : end].strip()
    if text[following.end() - 1].islower():
        return False
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return True
    so_far = text[begin : mark.start() + 1]
    word = so_far.split()[-1].lstrip("\"'«“‘([–—-").lower() if so_far.split() else ""
    if word in NEVER_LAST or _LIST_NUMBER.match(so_far.strip()):
        return False
    return not (_INITIAL.search(so_far) and so_far.rstrip(".")[-1:].isupper())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        yield start + left, start + len(piece.rstrip())
