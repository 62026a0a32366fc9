"""Expressions of relevance and constraint as a small typed tree.

The language is the part of XPath 1.0 that XLSForm's authors use
(https://xlsform.org/en/#relevant): comparison, ``and``, ``or``, ``not()``, arithmetic,
``selected()``, ``count-selected()``, ``count()`` over fields and ``string-length()``.
``parsing`` reads it, ``formatting`` writes it, ``evaluation`` computes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A text, ``'yes'``."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number, ``20``."""

    value: float


@dataclass(frozen=True, slots=True)
class Truth:
    """``true()`` or ``false()``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a variable, ``${has_relation}``; in a question per field, that field's."""

    variable: str


@dataclass(frozen=True, slots=True)
class Own:
    """The answer that a constraint is about, ``.``."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``operator`` is one of ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class And:
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Or:
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Not:
    term: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``operator`` is one of ``+``, ``-``, ``*``, ``div``, ``mod``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    term: Expression


@dataclass(frozen=True, slots=True)
class Selected:
    """Whether a category is chosen, ``selected(${channels}, 'mail')``."""

    of: Answer | Own
    value: str


@dataclass(frozen=True, slots=True)
class CountSelected:
    """How many categories are chosen, ``count-selected(.)``."""

    of: Answer | Own


@dataclass(frozen=True, slots=True)
class Count:
    """In how many fields a variable is answered, ``count(${has_relation})``, or answered with a
    value, ``count(${has_relation}[. = '1'])``."""

    variable: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """The number of characters, ``string-length(.)``."""

    of: Answer | Own


Expression: TypeAlias = (
    Text
    | Number
    | Truth
    | Answer
    | Own
    | Comparison
    | And
    | Or
    | Not
    | Arithmetic
    | Negative
    | Selected
    | CountSelected
    | Count
    | Length
)


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, depth first."""
    yield expression
    for part in fields(expression):
        value = getattr(expression, part.name)
        if is_dataclass(value) and not isinstance(value, type):
            yield from walk(value)  # type: ignore[arg-type]


def variables(expression: Expression) -> frozenset[str]:
    """The variables that an expression refers to, those counted over fields included."""
    return frozenset(part.variable for part in walk(expression) if isinstance(part, Answer | Count))


def rebuilt(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The expression with ``change`` done to each part, the inner ones first."""
    parts = {
        part.name: rebuilt(value, change)  # type: ignore[arg-type]
        for part in fields(expression)
        if is_dataclass(value := getattr(expression, part.name)) and not isinstance(value, type)
    }
    return change(replace(expression, **parts) if parts else expression)  # type: ignore[arg-type]
