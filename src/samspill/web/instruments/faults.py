"""What is wrong with a questionnaire that was sent in, as a list that a page shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.errors import InvalidInput, Problem, SamspillError
from samspill.web.pages.faults import told_text

_SHEET = re.compile(r", sheet (?P<sheet>.+)\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it stands (empty for the whole file), what it is, and what to do."""

    place: str
    message: str
    next_step: str


def faults_of(error: SamspillError) -> Sequence[Fault]:
    """The faults of a questionnaire, or the one of an action that was refused."""
    if isinstance(error, InvalidInput):
        return [
            Fault(_place(problem), told_text(problem.message), told_text(problem.next_step))
            for problem in error.problems
        ]
    return [Fault("", told_text(error.message), told_text(error.next_step))]


def _place(problem: Problem) -> str:
    sheet = _SHEET.search(problem.file)
    if sheet is None:
        return problem.column or ""
    parts = [_("sheet %(sheet)s") % {"sheet": sheet["sheet"]}]
    if problem.row is not None:
        parts.append(_("row %(row)s") % {"row": problem.row + 1})
    if problem.column:
        parts.append(_("column %(column)s") % {"column": problem.column})
    return ", ".join(parts)
