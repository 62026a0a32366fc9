"""The report as a document, before any format: sections, paragraphs, figures, tables, banners.

Every number in a sentence is a ``Number`` that points at the row, table or figure where it is
accounted for; ``Document.problems`` names pointers that lead nowhere, and doubled identifiers.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Text:
    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    kind: ClassVar[str] = "strong"
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A written number; ``target`` is the identifier of what it rests on."""

    kind: ClassVar[str] = "number"
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another place in the document."""

    kind: ClassVar[str] = "link"
    text: str
    target: str


Inline = Text | Strong | Number | Link
Runs = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    runs: Runs


@dataclass(frozen=True, slots=True)
class Bullets:
    kind: ClassVar[str] = "bullets"
    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A banner. ``tone``: ``exact``, ``consistent``, ``invented`` (data), ``caution`` (reading)."""

    kind: ClassVar[str] = "callout"
    tone: Literal["exact", "consistent", "invented", "caution"]
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number set large, with the words that say what it counts."""

    value: Inline
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The few numbers that a reader should meet first."""

    kind: ClassVar[str] = "facts"
    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``flexible`` columns share the width that the others leave.

    A line break in ``heading`` is kept.
    """

    heading: str
    align: Literal["left", "right", "center"] = "left"
    flexible: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of written cells; the first cell heads the row.

    ``id`` may be pointed at. ``group`` is a heading shared with the rows beside it. ``source`` is
    the identifier of what the row's numbers rest on, one step nearer to the print.
    """

    cells: tuple[str, ...]
    id: str = ""
    group: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; ``label`` is its number in words (Table 3), ``basis`` its n and provenance."""

    kind: ClassVar[str] = "table"
    id: str
    label: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    basis: str = ""

    @property
    def groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Rows that stand under one heading; a single unnamed group where there is none."""
        return tuple((name, tuple(rows)) for name, rows in groupby(self.rows, lambda r: r.group))


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A drawing as SVG, with what it shows in words (``alt``) and in numbers (``data``)."""

    kind: ClassVar[str] = "figure"
    id: str
    label: str
    title: str
    alt: str
    svg: str
    note: str = ""
    basis: str = ""
    data: TableBlock | None = None


@dataclass(frozen=True, slots=True)
class MethodNote:
    """One statistic: its formula in words, its source, and when not to use it."""

    kind: ClassVar[str] = "method"
    id: str
    title: str
    formula: str
    source: str
    limits: str


Block = Paragraph | Bullets | Callout | Facts | TableBlock | FigureBlock | MethodNote


@dataclass(frozen=True, slots=True)
class Section:
    """``number`` is written before the title (``3``, ``A``); empty for none."""

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """The few words that belong to the frame of the document and not to its content."""

    contents: str
    language: str
    skip: str
    data_behind: str
    formula: str
    source: str
    limits: str


@dataclass(frozen=True, slots=True)
class Document:
    """``tag`` is the BCP 47 language tag; ``date`` is the study's, never today's.

    ``opening`` stands with the title, before the contents. ``warning`` stands on every page; it
    is empty unless data are invented. A ``short`` document has no contents and begins at once; in
    place of its year stands ``wording.language`` alone.
    """

    identifier: str
    title: str
    subtitle: str
    description: str
    author: str
    tag: str
    date: datetime.date
    wording: Wording
    sections: tuple[Section, ...]
    opening: tuple[Block, ...] = ()
    warning: str = ""
    short: bool = False

    def problems(self) -> list[str]:
        """Pointers that lead nowhere and identifiers used twice; empty for a sound document."""
        counted = Counter(identifiers(self))
        doubled = [f"identifier '{name}' is used twice" for name, n in counted.items() if n > 1]
        dangling = {run.target for run in runs(self) if isinstance(run, Number | Link)}
        dangling |= {row.source for row in _rows(self) if row.source}
        missing = sorted(dangling - set(counted))
        return doubled + [f"nothing is called '{name}'" for name in missing]


def walk(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[int, Section]]:
    """Every section with its level, in reading order."""
    for section in sections:
        yield level, section
        yield from walk(section.sections, level + 1)


def blocks(document: Document) -> Iterator[Block]:
    """Every block in reading order, the opening's first."""
    yield from document.opening
    for _, section in walk(document.sections):
        yield from section.blocks


def runs(document: Document) -> Iterator[Inline]:
    for block in blocks(document):
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from item
        elif isinstance(block, Callout):
            for paragraph in block.paragraphs:
                yield from paragraph.runs
        elif isinstance(block, Facts):
            yield from (fact.value for fact in block.items)


def _rows(document: Document) -> Iterator[Row]:
    for block in blocks(document):
        if isinstance(block, TableBlock):
            yield from block.rows


def identifiers(document: Document) -> Iterator[str]:
    for _, section in walk(document.sections):
        yield section.id
    for block in blocks(document):
        if isinstance(block, TableBlock | FigureBlock | MethodNote):
            yield block.id
        if isinstance(block, TableBlock):
            yield from (row.id for row in block.rows if row.id)


def plain(document: Document) -> str:
    """All sentences as plain text, for proof-reading and tests."""
    lines = [document.title, document.subtitle, document.warning]
    for block in document.opening:
        lines.extend(_plain_block(block))
    for _, section in walk(document.sections):
        lines.append(section.heading)
        for block in section.blocks:
            lines.extend(_plain_block(block))
    return "\n".join(lines)


def _plain_block(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return ["".join(run.text for run in block.runs)]
    if isinstance(block, Bullets):
        return ["".join(run.text for run in item) for item in block.items]
    if isinstance(block, Callout):
        return [block.title, *(line for p in block.paragraphs for line in _plain_block(p))]
    if isinstance(block, Facts):
        return [f"{fact.value.text} {fact.words}" for fact in block.items]
    if isinstance(block, MethodNote):
        return [block.title, block.formula, block.source, block.limits]
    return [block.label, block.title, block.note, block.basis]
