"""Clean text: what is kept of a file's characters, and what is not (decision 0080)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from samspill.errors import Message

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[ \t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_SOFT_HYPHEN = "\xad"
_NO_WIDTH = "\ufeff\u200b\u2060"
_REPLACEMENT = "\ufffd"
_OUT = re.compile(f"[{_SOFT_HYPHEN}{_NO_WIDTH}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


class Cleaner:
    """Makes the text of one file clean, and counts what it leaves out.

    Clean text is in Unicode's form NFC; any white space within a line is one space, and none is at
    its ends. Soft hyphens, characters without width and control characters are left out; joiners
    and directions, which are part of words and emoji, are kept.
    """

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def lines(self, text: str) -> list[str]:
        """The lines of a text that have words in them."""
        return [line for line in map(self.line, _BREAKS.split(text)) if line]

    def line(self, text: str) -> str:
        """A text as one line."""
        spaced = _BREAKS.sub(" ", text)
        self.left_out.update(_kind(character) for character in _OUT.findall(spaced))
        self.left_out["unreadable"] += spaced.count(_REPLACEMENT)
        kept = _SPACES.sub(" ", _OUT.sub("", spaced)).strip()
        return unicodedata.normalize("NFC", kept)

    def notes(self) -> list[Message]:
        """What was left out, a message each."""
        told = {
            "hyphens": "Soft hyphens that were left out: {n}.",
            "control": "Control characters that were left out: {n}.",
            "unreadable": "Characters that could not be read, and stand as “�”: {n}.",
        }
        return [
            Message(template, n=self.left_out[kind])
            for kind, template in told.items()
            if self.left_out[kind]
        ]


def _kind(character: str) -> str:
    if character == _SOFT_HYPHEN:
        return "hyphens"
    return "no_width" if character in _NO_WIDTH else "control"
