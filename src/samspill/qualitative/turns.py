"""Who speaks where: the turns of a conversation, found by the speakers' names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samspill.qualitative.model import Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a source.

    ``start`` and ``end`` enclose it without its line break; ``words`` is where what is said begins,
    after the speaker's name; ``speaker`` is empty where none is named.
    """

    start: int
    end: int
    words: int
    speaker: str = ""


def paragraphs(source: Source) -> tuple[Paragraph, ...]:
    """The paragraphs of a source, in order, empty ones included."""
    return tuple(_paragraphs(source.text, source.speakers))


def _paragraphs(text: str, speakers: tuple[str, ...]) -> Iterator[Paragraph]:
    start = 0
    for line in text.split("\n"):
        name, colon, _ = line.partition(":")
        if colon and name in speakers:
            words = len(name) + 1
            words += len(line[words:]) - len(line[words:].lstrip())
            yield Paragraph(start, start + len(line), start + words, name)
        else:
            yield Paragraph(start, start + len(line), start)
        start += len(line) + 1
