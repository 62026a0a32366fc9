"""The check of a study's printed numbers, made once for an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation

from samspill.analysis import Check
from samspill.web.results.published import OPEN_AT_ONCE, Edition
from samspill.web.results.rendering import remembered


@dataclass(frozen=True, slots=True)
class Checked:
    """``rows``: those of ``Check.frame``, in print's order. ``explanations``: by id, in the page's
    language, of the numbers that disagree. ``summary``: one sentence in the page's language."""

    rows: tuple[Mapping[str, Any], ...]
    explanations: Mapping[str, str]
    summary: str


def checked(edition: Edition) -> Checked:
    """Every printed number of the study, recomputed, with its verdict."""
    return remembered(edition, "check", lambda: _checked(edition))


def _checked(edition: Edition) -> Checked:
    language = translation.get_language() or "nb"
    check = _check(edition)
    wrong = check.disagreements["id"].to_list()
    explanations = dict(zip(wrong, check.explanations(language), strict=True))
    return Checked(tuple(check.frame.to_dicts()), explanations, check.summary(language))


@lru_cache(maxsize=OPEN_AT_ONCE)
def _check(edition: Edition) -> Check:
    return edition.analysis.check()
