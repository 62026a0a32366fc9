"""Faults in the reader's language."""

from __future__ import annotations

from dataclasses import replace

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.language.translation import Translator, translator


def translate(text: str, language: str) -> str:
    """A fault's message or next step in a language; a text without translation is left as it is."""
    return _translated(text, translator(language))


def translate_problem(problem: Problem, language: str) -> Problem:
    """The problem with its file, message and next step in a language."""
    t = translator(language)
    return replace(
        problem,
        file=_translated(problem.file, t),
        message=_translated(problem.message, t),
        next_step=_translated(problem.next_step, t),
    )


def said(fault: Problem | SamspillError, language: str) -> str:
    """The whole fault in a language; a problem begins with its place."""
    t = translator(language)
    told = f"{_translated(fault.message, t)} {_translated(fault.next_step, t)}".strip()
    return f"{_place(fault, t)}: {told}" if isinstance(fault, Problem) else told


def said_with_problems(error: SamspillError, language: str) -> list[str]:
    """A line for each fault: the error itself, then what an InvalidInput lists, with places."""
    problems = error.problems if isinstance(error, InvalidInput) else ()
    return [said(error, language), *(said(problem, language) for problem in problems)]


def _place(problem: Problem, t: Translator) -> str:
    place = _translated(problem.file, t)
    if problem.row is not None:
        place += t(", row {row}", row=problem.row)
    if problem.column is not None:
        place += t(", column {column}", column=problem.column)
    return place


def _translated(text: str, t: Translator) -> str:
    if isinstance(text, Message):
        fields = {
            name: _translated(value, t) if isinstance(value, Message) else value
            for name, value in text.fields.items()
        }
        return t(text.template, **fields)
    return t.catalogue.gettext(text) if text else text
