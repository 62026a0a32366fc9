"""What must hold for an instrument to be fielded. ``validate_instrument`` names every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from samspill.errors import Message, Problem
from samspill.instrument.model import (
    CODED,
    FIELD_PLACEHOLDER,
    FIELDS_ON_ONE_PAGE,
    PAGE_PER_FIELD,
    REPEATS,
    TYPES,
    CodeList,
    Instrument,
    Page,
    Question,
    Words,
)
from samspill.instrument.naming import category_name, column_name
from samspill.instrument.rule_checks import rule_problems

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_VALUE = re.compile(r"[\w.-]+")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NAME_STEP = "Begin with a letter; use letters without accents, digits, _ and - alone."


def validate_instrument(instrument: Instrument, file: str = "instrument.toml") -> list[Problem]:
    """Every fault of an instrument, with its place in ``Problem.column``; none if it is sound.

    Looks for missing languages, names that are repeated or cannot be used, empty or unfit
    categories, expressions that refer to what is not there or cannot be known, and relevance that
    goes in a circle. ``file`` is what the problems call the instrument.
    """
    checks = (
        _identity(instrument),
        _words(instrument),
        _names(instrument),
        _fields(instrument),
        _code_lists(instrument),
        _questions(instrument),
        rule_problems(instrument),
    )
    return [
        Problem(file, None, place, message, step)
        for check in checks
        for place, message, step in check
    ]


Found = Iterator[tuple[str, str, str]]


def question_place(page: Page, question: Question) -> str:
    return f"page {page.identifier}.{question.variable}"


def _identity(instrument: Instrument) -> Found:
    for key in ("identifier", "version"):
        value = getattr(instrument, key)
        if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", value):
            step = "Use letters without accents, digits, and _ . - alone."
            yield key, Message("The {key} “{value}” cannot be used.", key=key, value=value), step
    if not instrument.languages or len(set(instrument.languages)) < len(instrument.languages):
        yield "languages", "The languages are missing or repeated.", "List each language once."
    for language in instrument.languages:
        if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language):
            step = "Write a code such as nb, nn or en (BCP 47)."
            yield (
                "languages",
                Message("“{language}” is not the code of a language.", language=language),
                step,
            )
    if not any(question.has_answer for _, question in instrument.questions()):
        yield "page", "The instrument asks nothing.", "Add a page with a question."


def _words(instrument: Instrument) -> Found:
    for place, words, required in _all_words(instrument):
        if not words and not required:
            continue
        for language in instrument.languages:
            if not words.get(language, "").strip():
                step: str = Message("Write it in the language “{language}”.", language=language)
                yield f"{place}.{language}", "The text is missing.", step
        for language, text in words.items():
            if language not in instrument.languages:
                step = "Correct the code, or add it to the languages."
                yield (
                    f"{place}.{language}",
                    Message("“{language}” is no language of this.", language=language),
                    step,
                )
            elif text != text.strip() or "${" in text or _CONTROL.search(text):
                message = Message(
                    "The text begins or ends with a space, or has ${{ or control characters."
                )
                yield f"{place}.{language}", message, "Take them away."


_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _all_words(instrument: Instrument) -> Iterator[tuple[str, Words, bool]]:
    yield "title", instrument.title, True
    for field in instrument.fields:
        yield f"field {field.identifier}.label", field.label, True
    for code_list in instrument.code_lists():
        for category in code_list.categories:
            place = f"code_list {code_list.identifier}.{category.value}.label"
            yield place, category.label, True
    for page in instrument.pages:
        yield f"page {page.identifier}.title", page.title, False
        for question in page.questions:
            place = question_place(page, question)
            yield f"{place}.text", question.text, True
            yield f"{place}.label", question.label, False
            yield f"{place}.hint", question.hint, False
            yield f"{place}.constraint_message", question.constraint_message, False


def _names(instrument: Instrument) -> Found:
    pages = [page.identifier for page in instrument.pages]
    variables = [question.variable for _, question in instrument.questions()]
    for kind, names in (("page", pages), ("variable", variables)):
        for name in names:
            if not NAME.fullmatch(name):
                yield (
                    f"{kind} {name}",
                    Message("The name “{name}” cannot be used.", name=name),
                    _NAME_STEP,
                )
        for name in _repeated(names):
            yield (
                f"{kind} {name}",
                Message("The name “{name}” is used twice.", name=name),
                "Give one another name.",
            )
    columns = list(_columns(instrument))
    for name in _repeated(columns):
        if name not in {*_repeated(variables), *_repeated(pages)}:
            message = Message(
                "Two pages or answers would share the name “{name}” when exported.", name=name
            )
            yield f"variable {name}", message, "Give one of them another name."


def _columns(instrument: Instrument) -> Iterator[str]:
    """The names that pages, variables, fields and categories have in other formats."""
    for page in instrument.pages:
        yield page.identifier
        for entry in instrument.fields if page.repeat == PAGE_PER_FIELD else ():
            yield column_name(page.identifier, entry.identifier)
    for page, question in instrument.questions():
        fields = [f.identifier for f in instrument.fields] if page.per_field else []
        values = [c.value for c in question.categories] if question.type == "multiple" else []
        yield question.variable
        for value in values:
            yield category_name(question.variable, value)
        for field in fields:
            yield column_name(question.variable, field)
            for value in values:
                yield category_name(column_name(question.variable, field), value)


def _repeated(names: Iterable[str]) -> list[str]:
    ordered = sorted(names)
    return sorted({a for a, b in pairwise(ordered) if a == b})


def _fields(instrument: Instrument) -> Found:
    names = [field.identifier for field in instrument.fields]
    for name in names:
        if not NAME.fullmatch(name):
            yield (
                f"field {name}",
                Message("The identifier “{name}” cannot be used.", name=name),
                _NAME_STEP,
            )
    for name in _repeated(names):
        yield (
            f"field {name}",
            Message("The field “{name}” stands twice.", name=name),
            "Take one away.",
        )
    repeated = [page for page in instrument.pages if page.per_field]
    if names and not repeated:
        yield "field", "No page is repeated over the fields.", "Repeat one, or drop the fields."
    for page in repeated:
        if not names:
            step = "Add [[field]] blocks."
            yield f"page {page.identifier}.repeat", "There are no fields to repeat over.", step
    for page in instrument.pages:
        place = f"page {page.identifier}"
        if page.repeat not in REPEATS:
            step = Message("Use one of {names}.", names=", ".join(REPEATS))
            yield (
                f"{place}.repeat",
                Message("“{repeat}” is no way to repeat a page.", repeat=page.repeat),
                step,
            )
        if page.repeat != PAGE_PER_FIELD and any(
            FIELD_PLACEHOLDER in text for words in _page_words(page) for text in words.values()
        ):
            message = Message(
                "{{field}} stands in a text of a page that does not come once for each field."
            )
            yield place, message, 'Take it away, or write repeat = "page_per_field".'
        if page.repeat == FIELDS_ON_ONE_PAGE and any(q.type == "note" for q in page.questions):
            step = "Put the note on a page of its own, or in the hint."
            yield place, "A page with all fields cannot hold a note.", step


def _page_words(page: Page) -> Iterator[Words]:
    yield page.title
    for question in page.questions:
        yield from (question.text, question.label, question.hint, question.constraint_message)


def _code_lists(instrument: Instrument) -> Found:
    seen: dict[str, CodeList] = {}
    for page, question in instrument.questions():
        code_list = question.code_list
        if code_list is None:
            continue
        if seen.setdefault(code_list.identifier, code_list) != code_list:
            message = Message("Two code lists are called “{name}”.", name=code_list.identifier)
            yield f"{question_place(page, question)}.code_list", message, "Rename one of them."
    for code_list in seen.values():
        place = f"code_list {code_list.identifier}"
        if not NAME.fullmatch(code_list.identifier):
            yield (
                place,
                Message("The name “{name}” cannot be used.", name=code_list.identifier),
                _NAME_STEP,
            )
        if not any(not category.missing for category in code_list.categories):
            yield place, "The list has no category to answer with.", "Add the categories."
        for value in _repeated(code_list.values()):
            yield (
                f"{place}.{value}",
                Message("The value “{value}” stands twice.", value=value),
                "Give each its own.",
            )
        for value in code_list.values():
            if not _VALUE.fullmatch(value):
                step = "Use letters, digits, and _ . - alone."
                yield (
                    f"{place}.{value}",
                    Message("The value “{value}” cannot be used.", value=value),
                    step,
                )


def _questions(instrument: Instrument) -> Found:
    for page, question in instrument.questions():
        place = question_place(page, question)
        if question.type not in TYPES:
            step: str = Message("Use one of {names}.", names=", ".join(TYPES))
            yield (
                f"{place}.type",
                Message("“{type}” is no type of question.", type=question.type),
                step,
            )
            continue
        yield from _type_problems(place, question)
        if question.constraint_message and question.constraint is None:
            step = "Write the constraint, or take the message away."
            yield f"{place}.constraint_message", "There is no constraint to speak of.", step
        closed = page.relevance is not None or question.relevance is not None
        if question.implied and not closed:
            step = "Give the question a relevance, or take the value away."
            yield f"{place}.implied", "The question is always asked; nothing is implied.", step


def _type_problems(place: str, question: Question) -> Found:
    if question.type in CODED and question.code_list is None:
        step = "Name a code list."
        yield f"{place}.code_list", "A question of this type needs categories.", step
    if question.type not in CODED and question.code_list is not None:
        step = "Take the code list away, or change the type."
        yield f"{place}.code_list", "A question of this type has no categories.", step
    if question.type == "note" and (question.required or question.constraint or question.implied):
        yield place, "A note has no answer and so no rules for it.", "Take them away."
    answers = {c.value for c in question.categories if not c.missing}
    if question.type == "binary" and answers != {"0", "1"} and question.code_list:
        step = "Use the values 0 and 1; mark others as missing."
        yield f"{place}.code_list", "A binary question has other categories than 0 and 1.", step
    if question.type == "ordinal" and not all(_WHOLE.fullmatch(value) for value in answers):
        step = "Code ordered categories with whole numbers, lowest first."
        yield f"{place}.code_list", "The ordered categories are not whole numbers.", step
    if question.implied:
        fits = question.implied in {c.value for c in question.categories}
        if question.type == "multiple" or not (fits or _plain_number(question)):
            step = "Give the value of a category."
            yield (
                f"{place}.implied",
                Message("“{implied}” is no answer to the question.", implied=question.implied),
                step,
            )


def _plain_number(question: Question) -> bool:
    return question.type in {"count", "number"} and bool(
        re.fullmatch(r"[0-9]{1,18}", question.implied)
    )
