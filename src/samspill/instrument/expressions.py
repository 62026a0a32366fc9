"""Expressions of relevance and constraint as a small typed tree.

The language is the part of XPath 1.0 that XLSForm's authors use
(https://xlsform.org/en/#relevant): comparison, ``and``, ``or``, ``not()``, arithmetic,
``selected()``, ``count-selected()``, ``count()`` over fields and ``string-length()``.
Each kind of expression stands here once, with what it comes to and how it is written;
``parsing`` reads it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from samspill.instrument.xpath import (
    Answered,
    Result,
    Value,
    as_number,
    as_text,
    as_truth,
    calculate,
    chosen,
    compare,
    digits,
    quoted,
)

_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _NEGATIVE, _OPERAND = range(1, 8)


class Expression(ABC):
    """One kind of expression."""

    __slots__ = ()

    @property
    def level(self) -> int:
        """How closely it binds its parts."""
        return _OPERAND

    @abstractmethod
    def comes_to(self, answered: Answered, /) -> Result:
        """Its value: a text, a number or a truth value."""

    @abstractmethod
    def written(self) -> str:
        """The expression in XLSForm's syntax, with the fewest brackets."""

    def inside(self, lowest: int) -> str:
        """As part of another, in brackets where it binds less closely than ``lowest``."""
        return self.written() if self.level >= lowest else f"({self.written()})"


class Subject(Expression):
    """An expression that is an answer."""

    __slots__ = ()

    @abstractmethod
    def given(self, answered: Answered, /) -> Value:
        """The answer as it was given."""

    def comes_to(self, answered: Answered, /) -> str:
        return as_text(self.given(answered))


@dataclass(frozen=True, slots=True)
class Text(Expression):
    """A text, ``'yes'``."""

    value: str

    def comes_to(self, _: Answered, /) -> str:
        return self.value

    def written(self) -> str:
        return quoted(self.value)


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """A number, ``20``."""

    value: float

    def comes_to(self, _: Answered, /) -> float:
        return self.value

    def written(self) -> str:
        return digits(self.value)


@dataclass(frozen=True, slots=True)
class Truth(Expression):
    """``true()`` or ``false()``."""

    value: bool

    def comes_to(self, _: Answered, /) -> bool:
        return self.value

    def written(self) -> str:
        return "true()" if self.value else "false()"


@dataclass(frozen=True, slots=True)
class Answer(Subject):
    """The answer to a variable, ``${has_relation}``; in a question per field, that field's."""

    variable: str

    def given(self, answered: Answered, /) -> Value:
        return answered.answer(self.variable)

    def written(self) -> str:
        return f"${{{self.variable}}}"


@dataclass(frozen=True, slots=True)
class Own(Subject):
    """The answer that a constraint is about, ``.``."""

    def given(self, answered: Answered, /) -> Value:
        return answered.own()

    def written(self) -> str:
        return "."


@dataclass(frozen=True, slots=True)
class Comparison(Expression):
    """``operator`` is one of ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``."""

    operator: str
    left: Expression
    right: Expression

    @property
    def level(self) -> int:
        return _COMPARISON

    def comes_to(self, answered: Answered, /) -> bool:
        left, right = self.left.comes_to(answered), self.right.comes_to(answered)
        return compare(self.operator, left, right)

    def written(self) -> str:
        return f"{self.left.inside(_SUM)} {self.operator} {self.right.inside(_SUM)}"


@dataclass(frozen=True, slots=True)
class And(Expression):
    left: Expression
    right: Expression

    @property
    def level(self) -> int:
        return _AND

    def comes_to(self, answered: Answered, /) -> bool:
        return holds(self.left, answered) and holds(self.right, answered)

    def written(self) -> str:
        return f"{self.left.inside(_AND)} and {self.right.inside(_AND + 1)}"


@dataclass(frozen=True, slots=True)
class Or(Expression):
    left: Expression
    right: Expression

    @property
    def level(self) -> int:
        return _OR

    def comes_to(self, answered: Answered, /) -> bool:
        return holds(self.left, answered) or holds(self.right, answered)

    def written(self) -> str:
        return f"{self.left.inside(_OR)} or {self.right.inside(_OR + 1)}"


@dataclass(frozen=True, slots=True)
class Not(Expression):
    term: Expression

    def comes_to(self, answered: Answered, /) -> bool:
        return not holds(self.term, answered)

    def written(self) -> str:
        return f"not({self.term.written()})"


@dataclass(frozen=True, slots=True)
class Arithmetic(Expression):
    """``operator`` is one of ``+``, ``-``, ``*``, ``div``, ``mod``."""

    operator: str
    left: Expression
    right: Expression

    @property
    def level(self) -> int:
        return _SUM if self.operator in {"+", "-"} else _PRODUCT

    def comes_to(self, answered: Answered, /) -> float:
        left, right = (as_number(e.comes_to(answered)) for e in (self.left, self.right))
        return calculate(self.operator, left, right)

    def written(self) -> str:
        return f"{self.left.inside(self.level)} {self.operator} {self.right.inside(self.level + 1)}"


@dataclass(frozen=True, slots=True)
class Negative(Expression):
    term: Expression

    @property
    def level(self) -> int:
        return _NEGATIVE

    def comes_to(self, answered: Answered, /) -> float:
        return -as_number(self.term.comes_to(answered))

    def written(self) -> str:
        return f"-{self.term.inside(_NEGATIVE)}"


@dataclass(frozen=True, slots=True)
class Selected(Expression):
    """Whether a category is chosen, ``selected(${channels}, 'mail')``."""

    of: Answer | Own
    value: str

    def comes_to(self, answered: Answered, /) -> bool:
        return self.value in chosen(self.of.given(answered))

    def written(self) -> str:
        return f"selected({self.of.written()}, {quoted(self.value)})"


@dataclass(frozen=True, slots=True)
class CountSelected(Expression):
    """How many categories are chosen, ``count-selected(.)``."""

    of: Answer | Own

    def comes_to(self, answered: Answered, /) -> float:
        return float(len(chosen(self.of.given(answered))))

    def written(self) -> str:
        return f"count-selected({self.of.written()})"


@dataclass(frozen=True, slots=True)
class Count(Expression):
    """In how many fields a variable is answered, ``count(${has_relation})``, or answered with a
    value, ``count(${has_relation}[. = '1'])``."""

    variable: str
    value: str | None = None

    def comes_to(self, answered: Answered, /) -> float:
        values = answered.in_fields(self.variable)
        if self.value is None:
            return float(len(values))
        return float(sum(as_text(value) == self.value for value in values))

    def written(self) -> str:
        condition = "" if self.value is None else f"[. = {quoted(self.value)}]"
        return f"count(${{{self.variable}}}{condition})"


@dataclass(frozen=True, slots=True)
class Length(Expression):
    """The number of characters, ``string-length(.)``."""

    of: Answer | Own

    def comes_to(self, answered: Answered, /) -> float:
        return float(len(self.of.comes_to(answered)))

    def written(self) -> str:
        return f"string-length({self.of.written()})"


def holds(expression: Expression, answered: Answered) -> bool:
    """Whether an expression is true."""
    return as_truth(expression.comes_to(answered))


def format_expression(expression: Expression) -> str:
    """An expression in XLSForm's syntax; ``parse_expression`` gives the same tree back.

    Raises:
        SamspillError: a text in it has both kinds of quotation mark, which XPath cannot write,
            or a number is not finite or below zero.
    """
    return expression.written()


def _parts(expression: Expression) -> dict[str, Expression]:
    found: dict[str, Any] = {
        part.name: getattr(expression, part.name)
        for part in fields(expression)  # type: ignore[arg-type]
    }
    return {name: part for name, part in found.items() if isinstance(part, Expression)}


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, depth first."""
    yield expression
    for part in _parts(expression).values():
        yield from walk(part)


def variables(expression: Expression) -> frozenset[str]:
    """The variables that an expression refers to, those counted over fields included."""
    return frozenset(part.variable for part in walk(expression) if isinstance(part, Answer | Count))


def rebuilt(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The expression with ``change`` done to each part, the inner ones first."""
    parts = {name: rebuilt(part, change) for name, part in _parts(expression).items()}
    return change(replace(expression, **parts) if parts else expression)  # type: ignore[type-var]
