"""The course of an instrument: which pages come, for which field, with which questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from samspill.instrument.expressions import Expression, holds, variables
from samspill.instrument.model import (
    FIELD_PLACEHOLDER,
    PAGE_PER_FIELD,
    Instrument,
    Page,
    Question,
    Words,
)
from samspill.instrument.xpath import Value


class Item(NamedTuple):
    """One thing to answer: a variable, and the field it is asked about (empty for the unit)."""

    field: str
    variable: str


Answers: TypeAlias = Mapping[Item, Value]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in a step."""

    item: Item
    question: Question


@dataclass(frozen=True, slots=True)
class Step:
    """A page as it is shown once; ``field`` is the field it comes for, or empty."""

    page: Page
    field: str
    asked: tuple[Asked, ...]

    @property
    def identifier(self) -> str:
        """A stable name for addresses: the page, and the field after a full stop."""
        return f"{self.page.identifier}.{self.field}" if self.field else self.page.identifier


@dataclass(frozen=True, slots=True)
class Layout:
    """What an instrument is before anything is answered: its steps, the page and question of each
    variable, and the question of each item that takes an answer, all in order."""

    steps: tuple[Step, ...]
    places: Mapping[str, tuple[Page, Question]]
    items: Mapping[Item, Question]


class _Same:
    """An instrument as a key: the same only as itself, so that comparing costs nothing."""

    __slots__ = ("instrument",)

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    def __hash__(self) -> int:
        return id(self.instrument)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.instrument is other.instrument


def layout(instrument: Instrument) -> Layout:
    """The layout of an instrument, made once for each."""
    return _layout(_Same(instrument))


@lru_cache(maxsize=64)
def _layout(same: _Same) -> Layout:
    found = tuple(_steps(same.instrument))
    items = {a.item: a.question for step in found for a in step.asked if a.question.has_answer}
    places = {q.variable: (page, q) for page, q in same.instrument.questions()}
    return Layout(found, MappingProxyType(places), MappingProxyType(items))


def steps(instrument: Instrument) -> tuple[Step, ...]:
    """Every step that may come, in order, whatever is answered."""
    return layout(instrument).steps


def _steps(instrument: Instrument) -> Iterator[Step]:
    names = [entry.identifier for entry in instrument.fields]
    for page in instrument.pages:
        if page.repeat == PAGE_PER_FIELD:
            for name in names:
                yield Step(page, name, tuple(_asked(page, [name])))
        else:
            yield Step(page, "", tuple(_asked(page, names if page.per_field else [""])))


def _asked(page: Page, names: list[str]) -> Iterator[Asked]:
    for question in page.questions:
        for name in names:
            yield Asked(Item(name, question.variable), question)


def relevant_steps(instrument: Instrument, answers: Answers) -> tuple[Step, ...]:
    """The steps that these answers open, each with the questions that are to be asked.

    ``answers`` are values as ``normalise_answers`` gives them. A step whose questions are all
    closed does not come.
    """
    relevance = Relevance(instrument, answers)
    found = []
    for step in steps(instrument):
        asked = tuple(relevance.open_in(step))
        if len(asked) == len(step.asked):
            found.append(step)
        elif asked:
            found.append(Step(step.page, step.field, asked))
    return tuple(found)


def relevant_items(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """The items that these answers open and that take an answer, in order."""
    return tuple(
        asked.item
        for step in relevant_steps(instrument, answers)
        for asked in step.asked
        if asked.question.has_answer
    )


def worded(words: Words, language: str, instrument: Instrument, name: str = "") -> str:
    """A text in a language, with ``{field}`` replaced by the label of the field ``name``."""
    text = words.get(language, "")
    if name and FIELD_PLACEHOLDER in text:
        labels = {entry.identifier: entry.label for entry in instrument.fields}
        text = text.replace(FIELD_PLACEHOLDER, labels[name][language])
    return text


@dataclass(slots=True)
class Relevance:
    """Which items given answers open. The answer to an item that is closed counts as not given,
    so that what a closed question would have opened stays closed too (XForms 1.1, 6.1.4)."""

    instrument: Instrument
    answers: Answers
    places: Mapping[str, tuple[Page, Question]] = field(init=False)
    known: dict[Item, bool] = field(default_factory=dict)
    pages: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = layout(self.instrument).places

    def asked(self, item: Item) -> bool:
        found = self.known.get(item)
        if found is None:
            page, question = self.places[item.variable]
            found = self.page_shown(page, item.field) and (
                question.relevance is None or holds(question.relevance, InField(self, item.field))
            )
            self.known[item] = found
        return found

    def open_in(self, step: Step) -> Iterator[Asked]:
        """The questions of a step that are asked."""
        page = step.page
        across = page.per_field and not step.field
        if not across and not self.page_shown(page, step.field):
            return
        for each in step.asked:
            if each.question.relevance is not None:
                if self.asked(each.item):
                    yield each
            elif not across or self.page_shown(page, each.item.field):
                yield each

    def page_shown(self, page: Page, name: str) -> bool:
        if page.relevance is None:
            return True
        key = (page.identifier, name)
        found = self.pages.get(key)
        if found is None:
            found = holds(page.relevance, InField(self, name))
            self.pages[key] = found
        return found

    def item(self, variable: str, name: str) -> Item:
        """The item that a reference to a variable means in a field."""
        return Item(name if self.places[variable][0].per_field else "", variable)

    def value(self, item: Item) -> Value:
        return self.answers.get(item, "") if self.asked(item) else ""

    def decided(self, item: Item) -> bool:
        """Whether answers, and not the lack of them, say if the item is asked."""
        page, question = self.places[item.variable]
        rules = [rule for rule in (page.relevance, question.relevance) if rule is not None]
        return all(self._decided(rule, item.field) for rule in rules)

    def _decided(self, rule: Expression, name: str) -> bool:
        for variable in variables(rule):
            per_field = self.places[variable][0].per_field
            names = [name] if name or not per_field else self._names()
            for each in names:
                item = self.item(variable, each)
                if not self.value(item) and (self.asked(item) or not self.decided(item)):
                    return False
        return True

    def _names(self) -> list[str]:
        return [entry.identifier for entry in self.instrument.fields]


@dataclass(frozen=True, slots=True)
class InField:
    """The answers as an expression sees them that stands in a field, or (empty) outside."""

    relevance: Relevance
    field: str
    own_value: Value = ""

    def answer(self, variable: str) -> Value:
        return self.relevance.value(self.relevance.item(variable, self.field))

    def own(self) -> Value:
        return self.own_value

    def in_fields(self, variable: str) -> tuple[Value, ...]:
        items = [Item(entry.identifier, variable) for entry in self.relevance.instrument.fields]
        return tuple(value for item in items if (value := self.relevance.value(item)))
