"""A text as a page shows it: its paragraphs in portions, and the tree of codes beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from samspill.qualitative import Paragraph, paragraphs
from samspill.web.interviews.models import Code, Source
from samspill.web.interviews.palette import Look, looks
from samspill.web.interviews.project import library_source

PORTION = 3000
"""Characters of a portion, which the browser lays out only when it comes into view."""

PARAGRAPH = (
    '<p class="para" id="p{}" data-number="{}" data-start="{}" data-end="{}">'
    '{}<span class="words">{}</span></p>'
)


def shown_paragraphs(source: Source) -> list[Paragraph]:
    """The paragraphs that are shown, and numbered from 1: those with words in them."""
    found = paragraphs(library_source(source))
    return [p for p in found if source.text[p.words : p.end].strip()]


def paragraph_at(source: Source, position: int) -> int | None:
    """The number of the paragraph that a position is in; None where it is in none that is shown."""
    for number, paragraph in enumerate(shown_paragraphs(source), start=1):
        if position < paragraph.end:
            return number
    return None


def portions(source: Source) -> Iterator[SafeString]:
    """The paragraphs as HTML, in portions. ``data-start`` and ``data-end`` enclose the words of
    each, in codepoints of the text."""
    waiting: list[tuple[object, ...]] = []
    size = 0
    for number, paragraph in enumerate(shown_paragraphs(source), start=1):
        words = source.text[paragraph.words : paragraph.end]
        speaker = format_html_join(
            "",
            '<span class="speaker">{}</span> ',
            [(paragraph.speaker,)] if paragraph.speaker else [],
        )
        waiting.append((number, number, paragraph.words, paragraph.end, speaker, words))
        size += len(words)
        if size >= PORTION:
            yield format_html_join("\n", PARAGRAPH, waiting)
            waiting, size = [], 0
    if waiting:
        yield format_html_join("\n", PARAGRAPH, waiting)


@dataclass(frozen=True, slots=True)
class Branch:
    """A code in the tree, with how often it is given in the text at hand."""

    code: Code
    depth: int
    path: tuple[str, ...]
    look: Look
    count: int

    def as_json(self) -> list[object]:
        """What the page's script knows of it: key, path from the top, parent, codable."""
        return [self.code.pk, list(self.path), self.code.parent_id, self.code.codable]


def branches(codes: Sequence[Code], given: Iterable[int] = ()) -> list[Branch]:
    """The codes in the order of their tree; ``given`` are the codes of the codings counted."""
    counts = Counter(given)
    look = looks(codes)
    below: dict[int | None, list[Code]] = {}
    known = {code.pk for code in codes}
    for code in codes:
        below.setdefault(code.parent_id if code.parent_id in known else None, []).append(code)
    found: list[Branch] = []
    waiting: list[tuple[Code, tuple[str, ...]]] = [(c, ()) for c in reversed(below.get(None, []))]
    while waiting:
        code, above = waiting.pop()
        path = (*above, code.name)
        found.append(Branch(code, len(above), path, look[code.pk], counts[code.pk]))
        waiting += [(child, path) for child in reversed(below.get(code.pk, []))]
    return found
