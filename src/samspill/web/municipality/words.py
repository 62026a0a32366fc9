"""Values of the register in the words of the page's language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from samspill import vocabulary
from samspill.language import format_number
from samspill.register import Column, Kind
from samspill.register.labels import choice_label, column_label, table_label
from samspill.register.national import icnpo
from samspill.vocabulary import Concept


def language() -> str:
    """The language of the page."""
    return translation.get_language() or "nb"


def table_name(table: str) -> str:
    """What a table is called."""
    return table_label(table, language())


def column_name(table: str, column: str) -> str:
    """The heading of a column."""
    return column_label(table, column, language())


def concept_name(scheme: str, identifier: str) -> str:
    """A concept of a scheme, or one below it, in words; the identifier itself where the scheme does
    not know it."""
    concept = _concepts(scheme).get(identifier)
    return concept.short_label(language()) if concept is not None else identifier


def options(column: Column) -> list[tuple[str, str]]:
    """What may be chosen in a column of choices or concepts, with its words."""
    if column.choices:
        return [(choice, choice_label(choice, language())) for choice in column.choices]
    return [(name, c.short_label(language())) for name, c in _concepts(column.of).items()]


@cache
def _concepts(scheme: str) -> Mapping[str, Concept]:
    """The concepts of a scheme, narrower ones included, in order."""
    found = icnpo() if scheme == "icnpo" else vocabulary.load().schemes[scheme]
    return {concept.identifier: concept for concept in found.walk()}


def in_words(column: Column, value: Any) -> str:
    """A value as a page shows it; empty where nothing is known. References stay identifiers."""
    if value is None or value in ("", [], ()):
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(_single(column, part) for part in value)
    return _single(column, value)


def _single(column: Column, value: Any) -> str:  # noqa: PLR0911 (one a kind)
    match column.kind:
        case Kind.CHOICE | Kind.CHOICES:
            return choice_label(value, language())
        case Kind.CONCEPT | Kind.CONCEPTS:
            return concept_name(column.of, value)
        case Kind.BOOLEAN:
            return _("Yes") if value else _("No")
        case Kind.AMOUNT:
            return _("NOK %(amount)s") % {"amount": format_number(value, 0, language())}
        case Kind.INTEGER:
            return str(value)
        case Kind.NUMBER:
            return format_number(value, 0 if value == int(value) else 1, language())
    if isinstance(value, datetime.date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, datetime.time):
        return formats.time_format(value, "H:i")
    return str(value)
