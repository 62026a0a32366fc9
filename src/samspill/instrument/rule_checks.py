"""Faults of relevance and constraint: what they refer to, and whether they can be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from samspill.errors import Message, SamspillError
from samspill.instrument.expressions import (
    Answer,
    Comparison,
    Count,
    CountSelected,
    Expression,
    Own,
    Selected,
    Text,
    format_expression,
    variables,
    walk,
)
from samspill.instrument.model import PAGE_PER_FIELD, Instrument, Page, Question

Found: TypeAlias = Iterator[tuple[str, str, str]]
_Known: TypeAlias = Mapping[str, tuple[int, Page, Question]]


def rule_problems(instrument: Instrument) -> Found:
    """Place, message and next step of each fault in the instrument's expressions."""
    known: dict[str, tuple[int, Page, Question]] = {}
    for number, page in enumerate(instrument.pages):
        for question in page.questions:
            known.setdefault(question.variable, (number, page, question))
    for number, page in enumerate(instrument.pages):
        if page.relevance is not None:
            place = f"page {page.identifier}.relevance"
            in_field = page.repeat == PAGE_PER_FIELD
            yield from _references(place, page.relevance, in_field, None, known)
            yield from _order(place, page.relevance, number, known, same_page=False)
        for question in page.questions:
            place = f"page {page.identifier}.{question.variable}"
            if question.relevance is not None:
                where = f"{place}.relevance"
                yield from _references(where, question.relevance, page.per_field, None, known)
                yield from _order(where, question.relevance, number, known, same_page=True)
            if question.constraint is not None:
                where = f"{place}.constraint"
                yield from _references(where, question.constraint, page.per_field, question, known)
    yield from _circles(instrument, known)


def _references(
    place: str, expression: Expression, in_field: bool, own: Question | None, known: _Known
) -> Found:
    try:
        format_expression(expression)
    except SamspillError as error:
        yield place, error.message, error.next_step
    for part in walk(expression):
        if isinstance(part, Own) and own is None:
            step = Message("Name a variable: ${{variable}}.")
            yield place, "“.” has a meaning in a constraint alone.", step
        if isinstance(part, Answer | Count):
            yield from _reference(place, part, in_field, known)
        yield from _values(place, part, own, known)


def _reference(place: str, part: Answer | Count, in_field: bool, known: _Known) -> Found:
    if part.variable not in known:
        step = "Correct the name, or add the question."
        yield place, Message("There is no variable “{variable}”.", variable=part.variable), step
        return
    _, asked_on, question = known[part.variable]
    if not question.has_answer:
        yield (
            place,
            Message("“{variable}” is a note without answer.", variable=part.variable),
            "Name a question.",
        )
    if isinstance(part, Answer) and asked_on.per_field and not in_field:
        step = Message(
            "Count its answers: count(${{{variable}}}[. = '1']).", variable=part.variable
        )
        yield (
            place,
            Message("“{variable}” has an answer for each field.", variable=part.variable),
            step,
        )
    if isinstance(part, Count) and not asked_on.per_field:
        step = "Use count-selected() for a question with several answers."
        yield (
            place,
            Message("“{variable}” is not asked for each field.", variable=part.variable),
            step,
        )


def _values(place: str, part: Expression, own: Question | None, known: _Known) -> Found:
    """Values that are compared with but are no category, most often misspelt."""
    if isinstance(part, Selected):
        yield from _value(place, part.of, part.value, own, known)
    elif isinstance(part, Count) and part.value is not None:
        yield from _value(place, Answer(part.variable), part.value, own, known)
    elif isinstance(part, CountSelected):
        question = _asked(part.of, own, known)
        if question is not None and question.type != "multiple":
            step = "Use it on a question with several answers."
            yield (
                place,
                Message(
                    "“{variable}” takes one answer, nothing to count.", variable=question.variable
                ),
                step,
            )
    elif isinstance(part, Comparison):
        for of, other in ((part.left, part.right), (part.right, part.left)):
            if isinstance(of, Answer | Own) and isinstance(other, Text) and other.value:
                yield from _value(place, of, other.value, own, known)


def _value(place: str, of: Answer | Own, value: str, own: Question | None, known: _Known) -> Found:
    question = _asked(of, own, known)
    if question is None or question.code_list is None:
        return
    if value not in question.code_list.values():
        step = Message("Use one of {names}.", names=", ".join(question.code_list.values()))
        yield (
            place,
            Message(
                "“{value}” is no category of “{variable}”.", value=value, variable=question.variable
            ),
            step,
        )


def _asked(of: Answer | Own, own: Question | None, known: _Known) -> Question | None:
    if isinstance(of, Own):
        return own
    return known[of.variable][2] if of.variable in known else None


def _order(
    place: str, expression: Expression, number: int, known: _Known, *, same_page: bool
) -> Found:
    for variable in sorted(variables(expression)):
        if variable not in known:
            continue
        asked_on = known[variable][0]
        if asked_on > number or (asked_on == number and not same_page):
            step = "Ask it on an earlier page."
            yield (
                place,
                Message("“{variable}” is not yet asked when this is decided.", variable=variable),
                step,
            )


def _circles(instrument: Instrument, known: _Known) -> Found:
    """Questions of a page whose relevance depends, through others, on their own answer."""
    needs = {
        question.variable: variables(question.relevance) & known.keys()
        for _, question in instrument.questions()
        if question.relevance is not None
    }
    for page, question in instrument.questions():
        if question.variable in _reached(question.variable, needs):
            step = "Let one of the questions in the circle always be asked."
            place = f"page {page.identifier}.{question.variable}.relevance"
            yield place, "The relevance depends on the answer to this very question.", step


def _reached(start: str, needs: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        variable = waiting.pop()
        if variable not in found:
            found.add(variable)
            waiting.extend(needs.get(variable, ()))
    return found
