"""Between identifiers and the words that people read for them, in one cell of a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from samspill.language import languages
from samspill.register.labels import choice_label
from samspill.register.schema import LISTS, Column, Kind
from samspill.register.values import Value, joined, split, text_of
from samspill.vocabulary import load

_YES_NO = {
    "nb": {True: "ja", False: "nei"},
    "nn": {True: "ja", False: "nei"},
    "en": {True: "yes", False: "no"},
}


def words(column: Column, language: str) -> Mapping[str, str]:
    """The word for each choice or concept that a column may hold; empty where it holds others."""
    if column.choices:
        return {choice: choice_label(choice, language) for choice in column.choices}
    if column.kind in {Kind.CONCEPT, Kind.CONCEPTS}:
        return _concepts(column.of, language)
    return {}


def in_words(column: Column, value: Value, language: str) -> str:
    """A value as people read it: choices, concepts and yes or no in the language."""
    if isinstance(value, bool):
        return _YES_NO[language][value]
    told = words(column, language)
    if isinstance(value, tuple):
        return joined(tuple(told.get(item, item) for item in value))
    return told.get(value, value) if isinstance(value, str) else text_of(value)


def in_identifiers(column: Column, text: str) -> str:
    """A cell with words of any language for choices and concepts, as the cell of a file."""
    told = _by_word(column)
    if not told:
        return text
    if column.kind in LISTS:
        return joined(tuple(told.get(item.casefold(), item) for item in split(text)))
    return told.get(text.strip().casefold(), text)


@cache
def _by_word(column: Column) -> dict[str, str]:
    return {
        word.casefold(): identifier
        for language in languages()
        for identifier, word in words(column, language).items()
    }


@cache
def _concepts(scheme: str, language: str) -> dict[str, str]:
    schemes = load().schemes
    if scheme not in schemes:
        return {}
    return {concept.identifier: concept.label(language) for concept in schemes[scheme].walk()}
