"""A source as it stands in a list of references."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.advice.model import Citation, Source
from samspill.language import translator


def reference(source: Source, language: str, chapters: Sequence[int] = ()) -> str:
    """Author (year). Title. Publisher, chapters. Address; a page without a date says so."""
    t = translator(language)
    year = str(source.year) if source.year else t("n.d.")
    place = f", {t('ch. {chapters}', chapters=', '.join(map(str, chapters)))}" if chapters else ""
    return f"{source.author} ({year}). {source.title}. {source.publisher}{place}. {source.address}"


def citation_reference(citation: Citation, language: str) -> str:
    """The reference with the chapters cited and the grade it carries for the measure."""
    return f"{reference(citation.source, language, citation.chapters)} [{citation.grade}]"
