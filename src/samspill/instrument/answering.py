"""Answers held against an instrument: faults, what is missing, how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.instrument.expressions import holds
from samspill.instrument.model import Instrument
from samspill.instrument.steps import (
    Answers,
    Asked,
    InField,
    Item,
    Relevance,
    Step,
    layout,
    relevant_items,
    steps,
)
from samspill.instrument.values import Raw, UnreadableAnswer, normalise, translator_for
from samspill.instrument.xpath import Value

REQUIRED, VALUE, CONSTRAINT, UNKNOWN = "required", "value", "constraint", "unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, in the respondent's language.

    ``kind`` is ``required`` (not answered), ``value`` (unreadable, or no category),
    ``constraint``, or ``unknown`` (the instrument has no such item).
    """

    item: Item
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the items that the answers so far open are answered."""

    answered: int
    asked: int

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 1.0


def normalise_answers(
    instrument: Instrument, given: Mapping[Item, Raw], language: str
) -> tuple[dict[Item, Value], list[Fault]]:
    """What was sent, as values; items left empty are not among them.

    Unreadable answers and items that the instrument does not have become faults, in the order of
    the instrument, and are left out of the values.
    """
    values: dict[Item, Value] = {}
    faults: list[Fault] = []
    places = layout(instrument).items
    for item, asked in places.items():
        raw = given.get(item)
        if raw is None or raw == "":
            continue
        try:
            value = normalise(asked, raw, language)
        except UnreadableAnswer as error:
            faults.append(Fault(item, VALUE, str(error)))
        else:
            if value:
                values[item] = value
    for item in given:
        if item not in places:
            message = translator_for(language)("The questionnaire has no such question.")
            faults.append(Fault(Item(*item), UNKNOWN, message))
    return values, faults


def validate_answers(
    instrument: Instrument, given: Mapping[Item, Raw], language: str, step: Step | None = None
) -> list[Fault]:
    """Faults of answers as sent or as stored, in the order of the instrument.

    Only items that the answers open are held against required and constraint; an answer to a
    closed item is no fault. With ``step`` only that step's items are looked at, as when one page
    is sent: what stands on other pages may still be missing.
    """
    values, unreadable = normalise_answers(instrument, given, language)
    return validate_values(instrument, values, language, step, unreadable)


def validate_values(
    instrument: Instrument,
    values: Answers,
    language: str,
    step: Step | None = None,
    unreadable: Sequence[Fault] = (),
) -> list[Fault]:
    """The same for values that ``normalise_answers`` gave, and what it found unreadable."""
    relevance = Relevance(instrument, values)
    wrong = {fault.item: fault for fault in unreadable}
    faults = []
    for part in steps(instrument) if step is None else (step,):
        for asked in relevance.open_in(part):
            if not asked.question.has_answer:
                continue
            fault = wrong.get(asked.item) or _fault(asked, values, relevance, language)
            if fault is not None:
                faults.append(fault)
    return faults + [fault for fault in unreadable if fault.kind == UNKNOWN]


def _fault(asked: Asked, values: Answers, relevance: Relevance, language: str) -> Fault | None:
    question, item = asked.question, asked.item
    value = values.get(item)
    if value is None:
        if not question.required:
            return None
        return Fault(item, REQUIRED, translator_for(language)("Answer this question."))
    if question.constraint is None or holds(
        question.constraint, InField(relevance, item.field, value)
    ):
        return None
    said = question.constraint_message.get(language)
    return Fault(
        item, CONSTRAINT, said or translator_for(language)("The answer does not fit here.")
    )


def missing_items(
    instrument: Instrument, answers: Answers, *, required: bool = False
) -> tuple[Item, ...]:
    """The open items without an answer, in order; with ``required`` only those that must have."""
    return tuple(
        item
        for item in relevant_items(instrument, answers)
        if item not in answers and (not required or instrument.question(item.variable).required)
    )


def progress(instrument: Instrument, answers: Answers) -> Progress:
    """How many of the items that the answers open are answered."""
    items = relevant_items(instrument, answers)
    return Progress(sum(item in answers for item in items), len(items))


def without_irrelevant(instrument: Instrument, answers: Answers) -> dict[Item, Value]:
    """The answers that count: those to items that are open.

    While an answer may still be changed all are kept, so that opening a page again brings back
    what stood there; what is counted, shown on a receipt or exported is this.
    """
    relevance = Relevance(instrument, answers)
    known = layout(instrument).items
    return {
        item: value
        for item, value in answers.items()
        if item in known and relevance.asked(Item(*item))
    }
