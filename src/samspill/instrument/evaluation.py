"""What an expression comes to, by the rules of XPath 1.0 (sections 3.4, 3.5 and 4).

A question without an answer has the value of an empty text; as a number that is not a number
(NaN), so that every comparison of size with it is false.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Protocol, TypeAlias

from samspill.instrument.expressions import (
    And,
    Answer,
    Arithmetic,
    Comparison,
    Count,
    CountSelected,
    Expression,
    Length,
    Negative,
    Not,
    Number,
    Or,
    Own,
    Selected,
    Text,
    Truth,
)

Value: TypeAlias = str | tuple[str, ...]
Result: TypeAlias = str | float | bool
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


class Answered(Protocol):
    """Where an expression finds answers; an empty text where there is none."""

    def answer(self, variable: str) -> Value: ...

    def own(self) -> Value: ...

    def in_fields(self, variable: str) -> tuple[Value, ...]:
        """The answers given to a variable, one for each field that has one."""


def holds(expression: Expression, answered: Answered) -> bool:
    """Whether an expression is true."""
    return _truth(evaluate(expression, answered))


def evaluate(expression: Expression, answered: Answered) -> Result:
    """The value of an expression: a text, a number or a truth value."""
    return _EVALUATORS[type(expression)](expression, answered)


def _of(of: Answer | Own, answered: Answered) -> Value:
    return answered.answer(of.variable) if isinstance(of, Answer) else answered.own()


def _literal(expression: Text | Number | Truth, _: Answered) -> Result:
    return expression.value


def _own(_: Own, answered: Answered) -> str:
    return _text(answered.own())


def _text(value: Value) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _chosen(value: Value) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else value


def _truth(value: Result) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    return value != 0 and not math.isnan(value)


def _number(value: Result) -> float:
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value) else math.nan
    return float(value)


def _compare(expression: Comparison, answered: Answered) -> bool:
    left = evaluate(expression.left, answered)
    right = evaluate(expression.right, answered)
    if expression.operator in {"=", "!="}:
        return _equal(left, right) == (expression.operator == "=")
    low, high = _number(left), _number(right)
    match expression.operator:
        case "<":
            return low < high
        case "<=":
            return low <= high
        case ">":
            return low > high
        case _:
            return low >= high


def _equal(left: Result, right: Result) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) == _truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return _number(left) == _number(right)


def _calculate(expression: Arithmetic, answered: Answered) -> float:
    left = _number(evaluate(expression.left, answered))
    right = _number(evaluate(expression.right, answered))
    match expression.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "div":
            return _divide(left, right)
        case _:
            return math.fmod(left, right) if right and math.isfinite(left) else math.nan


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _count(expression: Count, answered: Answered) -> float:
    values = answered.in_fields(expression.variable)
    if expression.value is None:
        return float(len(values))
    return float(sum(_text(value) == expression.value for value in values))


_EVALUATORS: dict[type, Callable[..., Result]] = {
    Text: _literal,
    Number: _literal,
    Truth: _literal,
    Answer: lambda e, a: _text(a.answer(e.variable)),
    Own: _own,
    Comparison: _compare,
    And: lambda e, a: holds(e.left, a) and holds(e.right, a),
    Or: lambda e, a: holds(e.left, a) or holds(e.right, a),
    Not: lambda e, a: not holds(e.term, a),
    Arithmetic: _calculate,
    Negative: lambda e, a: -_number(evaluate(e.term, a)),
    Selected: lambda e, a: e.value in _chosen(_of(e.of, a)),
    CountSelected: lambda e, a: float(len(_chosen(_of(e.of, a)))),
    Count: _count,
    Length: lambda e, a: float(len(_text(_of(e.of, a)))),
}
