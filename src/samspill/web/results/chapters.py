"""Pages that say what a chapter of the report says: barriers, cases, method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samspill.analysis.publishing import holds_real_answers
from samspill.language import translator
from samspill.presentation.report.content import challenges, methods, ordered
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import Block, FigureBlock, Section, TableBlock
from samspill.presentation.report.drawings import Drawings
from samspill.web.results import words
from samspill.web.results.downloads import places_of_cases
from samspill.web.results.glance import picture
from samspill.web.results.pictures import Picture, picture_of
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, too_few, withheld
from samspill.web.results.written import Written, written

CHAPTERS: dict[str, Callable[[Material], Section | None]] = {
    "barriers": challenges.challenges,
    "cases": challenges.cases,
    "method": methods.chapter,
    "ordered": ordered.ordered_answers,
}
FIGURES = {"barriers": "4.10"}
BARRIER = "barrier_"


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """``section`` is None where the study has nothing on it, or may not show it (``withheld``).
    ``targets`` are what numbers in its sentences can point at; ``numbers`` are those of the
    picture that no table of the section has."""

    section: Section | None
    targets: frozenset[str] = frozenset()
    picture: Picture | None = None
    withheld: bool = False
    numbers: Written | None = None

    @property
    def opening(self) -> tuple[Block, ...]:
        """What stands above the picture: the first paragraph."""
        return self.section.blocks[:1] if self.section else ()

    @property
    def rest(self) -> tuple[Block, ...]:
        return self.section.blocks[1:] if self.section else ()


def chapter(edition: Edition, name: str) -> ChapterPage:
    """The chapter called ``name`` in the page's language."""
    if (name == "barriers" and _gives_away(edition)) or (
        name == "ordered" and _ordered_gives_away(edition)
    ):
        return ChapterPage(None, withheld=True)
    section = CHAPTERS[name](material(edition))
    if section is None:
        return ChapterPage(None)
    drawn, numbers = _drawn(edition, name)
    without = Section(
        section.id,
        section.number,
        section.title,
        tuple(block for block in section.blocks if not isinstance(block, FigureBlock)),
        section.sections,
    )
    return ChapterPage(without, frozenset(_identifiers(without)), drawn, numbers=numbers)


def _drawn(edition: Edition, name: str) -> tuple[Picture | None, Written | None]:
    """The chapter's picture, with its numbers where none of the chapter's tables has them."""
    if name == "cases":
        found = places_of_cases(edition)
        if found is None:
            return None, None
        more = not found.data["chosen"].all()
        return picture_of(found, found.number), written(found.table) if more else None
    number = FIGURES.get(name)
    return picture(edition.analysis, number) if number else None, None


def material(edition: Edition) -> Material:
    """What the report's chapters are written from, in the page's language."""
    language = words.language()
    drawings = Drawings(edition.analysis, language, translator(language), lambda _: None)
    return Material(edition.analysis, language, drawings)


def _gives_away(edition: Edition) -> bool:
    hidden = withheld(edition)
    return any(
        is_withheld(hidden, name, "")
        for name in edition.analysis.definitions
        if name.startswith(BARRIER)
    )


def _ordered_gives_away(edition: Edition) -> bool:
    """Whether a category of the ordered answer holds one to four units of real answers.

    The models of an answer say so much of its counts that these can be worked out from them.
    """
    analysis = edition.analysis
    if not holds_real_answers(analysis) or ordered.ANSWER not in analysis.definitions:
        return False
    known = {ordered.ANSWER, ordered.POLICY} <= set(analysis.frame.columns)
    if not known:
        return False
    counts = (
        analysis.frame.drop_nulls([ordered.ANSWER, ordered.POLICY])
        .group_by("field", ordered.POLICY, ordered.ANSWER)
        .len()
    )
    return any(too_few(n) for n in counts["len"])


def _identifiers(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, TableBlock):
            yield block.id
            yield from (row.id for row in block.rows if row.id)
