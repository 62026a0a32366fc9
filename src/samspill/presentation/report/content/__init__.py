"""The chapters of the report, from an analysis to blocks: one module for each question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from samspill.presentation.report.content import (
    basis,
    challenges,
    change,
    conclusions,
    methods,
    missing,
    models,
    patterns,
    policy,
    pooling,
    recomputed,
    relations,
    selection,
    summary,
    triangulation,
)
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import Section

Chapter = Callable[[Material], Section | None]

CHAPTERS: tuple[Chapter, ...] = (
    summary.chapter,
    basis.chapter,
    challenges.cases,
    selection.chapter,
    missing.chapter,
    patterns.fields,
    patterns.organising,
    patterns.forms,
    policy.chapter,
    relations.chapter,
    pooling.chapter,
    change.chapter,
    challenges.challenges,
    triangulation.chapter,
    conclusions.chapter,
    recomputed.contradictions,
    methods.chapter,
)
APPENDICES: tuple[Chapter, ...] = (models.appendix, recomputed.appendix)


def sections(material: Material) -> tuple[Section, ...]:
    """All chapters that the study can fill, numbered, and the appendices, lettered."""
    chapters = [section for chapter in CHAPTERS if (section := chapter(material))]
    appendices = [section for chapter in APPENDICES if (section := chapter(material))]
    numbered = [_numbered(section, str(i)) for i, section in enumerate(chapters, 1)]
    lettered = [_numbered(section, chr(ord("A") + i)) for i, section in enumerate(appendices)]
    return (*numbered, *lettered)


def drawn() -> tuple[str, ...]:
    """The numbers of the figures and tables that a full report draws."""
    from samspill.presentation.figures import figure_numbers

    return (*figure_numbers(), pooling.FIGURE, *challenges.TABLES)


def _numbered(section: Section, number: str) -> Section:
    inner = tuple(_numbered(part, f"{number}.{i}") for i, part in enumerate(section.sections, 1))
    return replace(section, number=number, sections=inner)
