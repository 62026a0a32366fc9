"""Plain text: its encoding, and lines that a program has wrapped."""

from __future__ import annotations

import re

from samspill.errors import Message, SamspillError
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.lines import Line
from samspill.qualitative.reading.speakers import begins_turn

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WRAPPED = range(50, 91)


def decoded(content: bytes, name: str, notes: list[Message]) -> str:
    """The text of bytes: by their byte order mark, else as UTF-8, else as Windows-1252 with a
    note."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise SamspillError(
                    Message("“{name}” is cut short or damaged.", name=name),
                    "Copy it anew from where it came from.",
                ) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        notes.append(
            Message(
                "It is not UTF-8 and was read as Windows-1252: look at æ, ø, å and quotation marks."
            )
        )
        return content.decode("cp1252", errors="replace")


def read_plain(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    text = decoded(content, name, notes)
    blocks = [
        cleaner.lines(block) for block in re.split(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)", text)
    ]
    if _is_wrapped(blocks):
        notes.append(Message("Lines were joined to paragraphs, which empty lines divide."))
        return [Line(paragraph) for block in blocks for paragraph in _joined(block)]
    return [Line(line) for block in blocks for line in block]


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """Most lines but the last of their block end where a line is full."""
    inner = [line for block in blocks for line in block[:-1]]
    if len(inner) < 5 or any(len(line) > _WRAPPED.stop for block in blocks for line in block):
        return False
    return sum(len(line) in _WRAPPED for line in inner) >= 0.85 * len(inner)


def _joined(block: list[str]) -> list[str]:
    paragraphs: list[str] = []
    for line in block:
        if paragraphs and not begins_turn(line):
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
    return paragraphs
