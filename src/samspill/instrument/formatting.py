"""Expressions written as text in XLSForm's syntax, with the fewest brackets."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from samspill.errors import SamspillError
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

_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _NEGATIVE, _OPERAND = range(1, 8)
_LEVELS: dict[type, int] = {Or: _OR, And: _AND, Comparison: _COMPARISON, Negative: _NEGATIVE}


def format_expression(expression: Expression) -> str:
    """An expression in XLSForm's syntax; ``parse_expression`` gives the same tree back.

    Raises:
        SamspillError: a text in it has both kinds of quotation mark, which XPath cannot write,
            or a number is not finite or below zero.
    """
    return _WRITERS[type(expression)](expression)


def _level(expression: Expression) -> int:
    if isinstance(expression, Arithmetic):
        return _SUM if expression.operator in {"+", "-"} else _PRODUCT
    return _LEVELS.get(type(expression), _OPERAND)


def _inside(expression: Expression, lowest: int) -> str:
    text = format_expression(expression)
    return text if _level(expression) >= lowest else f"({text})"


def _infix(operator: str, left: Expression, right: Expression, level: int) -> str:
    return f"{_inside(left, level)} {operator} {_inside(right, level + 1)}"


def _comparison(expression: Comparison) -> str:
    left, right = (_inside(e, _SUM) for e in (expression.left, expression.right))
    return f"{left} {expression.operator} {right}"


def _arithmetic(expression: Arithmetic) -> str:
    level = _level(expression)
    return _infix(expression.operator, expression.left, expression.right, level)


def _count(expression: Count) -> str:
    condition = "" if expression.value is None else f"[. = {_quoted(expression.value)}]"
    return f"count(${{{expression.variable}}}{condition})"


def _quoted(value: str) -> str:
    for mark in ("'", '"'):
        if mark not in value:
            return f"{mark}{value}{mark}"
    raise SamspillError(
        f"The text {value!r} has both kinds of quotation mark.", "Use a code without them."
    )


def _number(expression: Number) -> str:
    value = expression.value
    if not math.isfinite(value) or value < 0:
        raise SamspillError(f"{value} cannot be written as a number.", "Use Negative for a minus.")
    whole = value == int(value)
    return str(int(value)) if whole else f"{Decimal(repr(value)):f}"


_WRITERS: dict[type, Callable[..., str]] = {
    Text: lambda e: _quoted(e.value),
    Number: _number,
    Truth: lambda e: "true()" if e.value else "false()",
    Answer: lambda e: f"${{{e.variable}}}",
    Own: lambda _: ".",
    Comparison: _comparison,
    And: lambda e: _infix("and", e.left, e.right, _AND),
    Or: lambda e: _infix("or", e.left, e.right, _OR),
    Not: lambda e: f"not({format_expression(e.term)})",
    Arithmetic: _arithmetic,
    Negative: lambda e: f"-{_inside(e.term, _NEGATIVE)}",
    Selected: lambda e: f"selected({format_expression(e.of)}, {_quoted(e.value)})",
    CountSelected: lambda e: f"count-selected({format_expression(e.of)})",
    Count: _count,
    Length: lambda e: f"string-length({format_expression(e.of)})",
}
