"""What the page on those who did not answer says."""

from __future__ import annotations

from dataclasses import dataclass

from samspill.presentation.figures.registry import SPECS
from samspill.presentation.figures.tipping import tipping_figure
from samspill.presentation.report.content import missing
from samspill.presentation.report.document import Block, FigureBlock, Section, TableBlock
from samspill.presentation.tables.source import LacksAnswers
from samspill.web.results import words
from samspill.web.results.chapters import material
from samspill.web.results.pictures import Picture, picture_of
from samspill.web.results.policy import hidden_pairs
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered

FIGURE = "silence"
TIPPING = "tipping"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page; ``picture`` stands between ``opening`` and ``rest``."""

    identifier: str
    title: str
    opening: tuple[Block, ...]
    picture: Picture | None
    rest: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class MissingPage:
    """``opening`` is empty where everyone answered; ``targets`` are what numbers can point at."""

    opening: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    targets: frozenset[str] = frozenset()
    withheld: int = 0


def kept_missing(edition: Edition) -> MissingPage:
    return remembered(edition, "missing", lambda: missing_page(edition))


def missing_page(edition: Edition) -> MissingPage:
    """Everything on the page, in the page's language."""
    hidden = hidden_pairs(edition)
    section = missing.chapter(material(edition), hidden)
    if section is None:
        return MissingPage()
    return MissingPage(
        section.blocks,
        tuple(_part(edition, part) for part in section.sections),
        frozenset(
            name
            for part in section.sections
            for block in part.blocks
            if isinstance(block, TableBlock)
            for name in (block.id, *(row.id for row in block.rows if row.id))
        ),
        len(hidden),
    )


def _part(edition: Edition, section: Section) -> Part:
    drawn = next(
        (i for i, block in enumerate(section.blocks) if isinstance(block, FigureBlock)), None
    )
    if drawn is None:
        return Part(section.id, section.title, section.blocks, None, ())
    return Part(
        section.id,
        section.title,
        section.blocks[:drawn],
        _picture(edition),
        section.blocks[drawn + 1 :],
    )


def _picture(edition: Edition) -> Picture | None:
    spec = next(spec for spec in SPECS if spec.number == FIGURE)
    try:
        figure = tipping_figure(
            edition.analysis, spec, words.language(), hidden=hidden_pairs(edition)
        )
    except LacksAnswers:
        return None
    return picture_of(figure, FIGURE)
