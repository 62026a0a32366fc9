"""An instrument: pages of questions, their words in every language, and their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from samspill.errors import Message, SamspillError
from samspill.instrument.expressions import Expression

Words: TypeAlias = Mapping[str, str]
NO_WORDS: Words = MappingProxyType({})

TYPES = ("binary", "ordinal", "nominal", "multiple", "count", "number", "text", "note")
CODED = ("binary", "ordinal", "nominal", "multiple")
ONCE, PAGE_PER_FIELD, FIELDS_ON_ONE_PAGE = "once", "page_per_field", "fields_on_one_page"
REPEATS = (ONCE, PAGE_PER_FIELD, FIELDS_ON_ONE_PAGE)
FIELD_PLACEHOLDER = "{field}"


def _no_words() -> Words:
    return NO_WORDS


@dataclass(frozen=True, slots=True)
class Category:
    """An answer that can be chosen; ``missing`` for one such as “don't know”."""

    value: str
    label: Words
    missing: bool = False


@dataclass(frozen=True, slots=True)
class CodeList:
    """Categories in the order they are shown; questions share a list by its identifier."""

    identifier: str
    categories: tuple[Category, ...]

    def values(self) -> tuple[str, ...]:
        return tuple(category.value for category in self.categories)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its rules.

    ``text`` is what the respondent reads, ``label`` the short name of the variable in tables
    (the text where it is empty). ``relevance`` says when it is asked, ``constraint`` what an
    answer must fulfil (``Own`` is the answer), ``constraint_message`` what is said when it does
    not. ``implied`` is the value that the data take where the rules leave the question unasked,
    such as 0 for a form of collaboration in a field without any relation; empty for none.
    """

    variable: str
    type: str
    text: Words
    label: Words = field(default_factory=_no_words)
    hint: Words = field(default_factory=_no_words)
    code_list: CodeList | None = None
    required: bool = False
    relevance: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Words = field(default_factory=_no_words)
    implied: str = ""

    @property
    def categories(self) -> tuple[Category, ...]:
        return self.code_list.categories if self.code_list else ()

    @property
    def has_answer(self) -> bool:
        return self.type != "note"


@dataclass(frozen=True, slots=True)
class Page:
    """Questions shown together.

    ``repeat`` is ``once``, ``page_per_field`` (the page comes once for each field; ``{field}`` in
    its words is the field's label), or ``fields_on_one_page`` (each question is asked of all
    fields, one under the other). ``relevance`` says when the page is shown.
    """

    identifier: str
    questions: tuple[Question, ...]
    title: Words = field(default_factory=_no_words)
    repeat: str = ONCE
    relevance: Expression | None = None

    @property
    def per_field(self) -> bool:
        return self.repeat != ONCE


@dataclass(frozen=True, slots=True)
class Field:
    """A field that pages are repeated over, as the respondent reads it."""

    identifier: str
    label: Words


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire in one version. Its languages are codes; every text has all of them."""

    identifier: str
    version: str
    languages: tuple[str, ...]
    title: Words
    pages: tuple[Page, ...]
    fields: tuple[Field, ...] = ()

    def questions(self) -> Iterator[tuple[Page, Question]]:
        """Every question with its page, in order."""
        for page in self.pages:
            for question in page.questions:
                yield page, question

    def question(self, variable: str) -> Question:
        for _, question in self.questions():
            if question.variable == variable:
                return question
        raise SamspillError(
            Message(
                "The instrument “{name}” has no variable “{variable}”.",
                name=self.identifier,
                variable=variable,
            ),
            "Look at the questions of the instrument.",
        )

    def code_lists(self) -> tuple[CodeList, ...]:
        """The code lists in use, in the order of the questions, each once."""
        found: dict[str, CodeList] = {}
        for _, question in self.questions():
            if question.code_list is not None:
                found.setdefault(question.code_list.identifier, question.code_list)
        return tuple(found.values())
