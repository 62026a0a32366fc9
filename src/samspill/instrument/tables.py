"""Answers and questions as the tables of a study (``docs/study-format.md``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from samspill.instrument.model import (
    FIELD_PLACEHOLDER,
    Category,
    Instrument,
    Page,
    Question,
    Words,
)
from samspill.instrument.naming import category_name
from samspill.instrument.steps import Answers, Relevance, steps

YES_NO: Mapping[str, Words] = {
    "0": {"nb": "Nei", "nn": "Nei", "en": "No"},
    "1": {"nb": "Ja", "nn": "Ja", "en": "Yes"},
}


def answers_table(instrument: Instrument, responses: Mapping[str, Answers]) -> pl.DataFrame:
    """Tidy answers: ``unit``, ``field`` (empty for the unit as a whole), ``variable``, ``value``.

    ``responses`` maps a unit to its values (``normalise_answers``). Answers to closed items are
    left out; where an item is closed by other answers, and not merely because these are missing,
    its ``implied`` value stands. A question with several answers becomes one binary variable for
    each category, ``<variable>__<category>``.
    """
    rows = [
        (unit, field, variable, value)
        for unit, answers in responses.items()
        for field, variable, value in _values(instrument, answers)
    ]
    schema = dict.fromkeys(("unit", "field", "variable", "value"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _values(instrument: Instrument, answers: Answers) -> Iterator[tuple[str, str, str]]:
    relevance = Relevance(instrument, answers)
    for step in steps(instrument):
        for asked in step.asked:
            item, question = asked.item, asked.question
            if not question.has_answer:
                continue
            if not relevance.asked(item):
                if question.implied and relevance.decided(item):
                    yield item.field, item.variable, question.implied
                continue
            value = answers.get(item)
            if isinstance(value, tuple):
                for category in question.categories:
                    name = category_name(item.variable, category.value)
                    yield item.field, name, str(int(category.value in value))
            elif value:
                yield item.field, item.variable, value


def variables_table(instrument: Instrument) -> pl.DataFrame:
    """``variable``, ``type``, ``per_field``, ``label_<language>``, ``question_<language>``."""
    return pl.DataFrame(list(_variables(instrument)))


def _variables(instrument: Instrument) -> Iterator[dict[str, Any]]:
    for page, question in instrument.questions():
        if question.type == "multiple":
            for category in question.categories:
                yield _multiple(instrument, page, question, category)
        elif question.has_answer:
            yield {
                "variable": question.variable,
                "type": question.type,
                "per_field": page.per_field,
                **_columns("label", instrument, question.label or question.text),
                **_columns("question", instrument, question.text),
            }


def _multiple(
    instrument: Instrument, page: Page, question: Question, category: Category
) -> dict[str, Any]:
    stem = question.label or question.text
    label = {c: f"{stem[c]}: {category.label[c]}" for c in instrument.languages}
    return {
        "variable": category_name(question.variable, category.value),
        "type": "binary",
        "per_field": page.per_field,
        **_columns("label", instrument, label),
        **_columns("question", instrument, question.text),
    }


def categories_table(instrument: Instrument) -> pl.DataFrame:
    """``variable``, ``value``, ``order``, ``missing``, ``label_<language>``.

    Ordered and binary categories come by their numbers, others as shown; missing ones last. The
    0 and 1 of a category of ``multiple`` are labelled in Samspill's languages, in English beyond.
    """
    return pl.DataFrame(list(_categories(instrument)), schema=_schema(instrument))


def _schema(instrument: Instrument) -> dict[str, Any]:
    first = {"variable": pl.String, "value": pl.String, "order": pl.Int64, "missing": pl.Boolean}
    return {**first, **{f"label_{c}": pl.String for c in instrument.languages}}


def _categories(instrument: Instrument) -> Iterator[dict[str, Any]]:
    for _, question in instrument.questions():
        if question.type == "multiple":
            for category in question.categories:
                name = category_name(question.variable, category.value)
                for order, (value, label) in enumerate(YES_NO.items(), start=1):
                    known = {c: label.get(c, label["en"]) for c in instrument.languages}
                    yield _category(instrument, name, order, Category(value, known))
            continue
        for order, category in enumerate(_ordered(question), start=1):
            yield _category(instrument, question.variable, order, category)


def _ordered(question: Question) -> list[Category]:
    by_number = question.type in {"binary", "ordinal"}

    def place(category: Category) -> tuple[bool, int]:
        return category.missing, int(category.value) if by_number and not category.missing else 0

    return sorted(question.categories, key=place)


def _category(
    instrument: Instrument, variable: str, order: int, category: Category
) -> dict[str, Any]:
    return {
        "variable": variable,
        "value": category.value,
        "order": order,
        "missing": category.missing,
        **_columns("label", instrument, category.label),
    }


def _columns(prefix: str, instrument: Instrument, words: Words) -> dict[str, str]:
    """A text in the instrument's languages; the place of a field's name is left open as “…”."""
    return {f"{prefix}_{c}": words[c].replace(FIELD_PLACEHOLDER, "…") for c in instrument.languages}
