"""The library's faults in the language of the page; what a workspace has said already stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import get_language

from samspill.errors import InvalidInput, Problem, SamspillError
from samspill.language import said, translate


def told(fault: SamspillError | Problem) -> str:
    """The whole fault; a problem begins with its place."""
    return said(fault, _language())


def told_text(text: str) -> str:
    """A fault's message or next step."""
    return translate(text, _language())


def told_problems(error: SamspillError, most: int) -> Sequence[str]:
    """What an InvalidInput lists, with places; not more than ``most``."""
    problems = error.problems[:most] if isinstance(error, InvalidInput) else ()
    return [told(problem) for problem in problems]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
