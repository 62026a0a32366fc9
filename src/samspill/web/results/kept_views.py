"""The other views of a study that take time, made once for each edition and language."""

from __future__ import annotations

from django.utils import translation

from samspill.language import languages
from samspill.web.results.chapters import CHAPTERS, ChapterPage, chapter
from samspill.web.results.missing.page import kept_missing
from samspill.web.results.models_table import ModelsPage, models_page
from samspill.web.results.policy import PolicyChoice, PolicyPage, policy_page
from samspill.web.results.printed import PrintedPage, printed_page
from samspill.web.results.process import ProcessChoice, ProcessPage, process_page
from samspill.web.results.published import Edition
from samspill.web.results.rendering import remembered


def kept_policy(edition: Edition, choice: PolicyChoice) -> PolicyPage:
    return remembered(edition, "policy", lambda: policy_page(edition, choice), choice=choice)


def kept_process(edition: Edition, choice: ProcessChoice, study: str) -> ProcessPage:
    return remembered(
        edition,
        "process",
        lambda: process_page(edition, choice, study),
        choice=choice,
        study=study,
    )


def kept_chapter(edition: Edition, name: str) -> ChapterPage:
    return remembered(edition, "chapter", lambda: chapter(edition, name), name=name)


def kept_printed(edition: Edition) -> PrintedPage:
    return remembered(edition, "printed", lambda: printed_page(edition))


def kept_models(edition: Edition) -> ModelsPage:
    return remembered(edition, "models", lambda: models_page(edition))


def warm(edition: Edition, study: str) -> None:
    """Make these pages as they are first opened, in every language."""
    for language in languages():
        with translation.override(language):
            kept_policy(edition, PolicyChoice())
            kept_process(edition, ProcessChoice(), study)
            kept_printed(edition)
            kept_models(edition)
            kept_missing(edition)
            for name in CHAPTERS:
                kept_chapter(edition, name)
