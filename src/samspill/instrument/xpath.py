"""The values of XPath 1.0 (sections 3.4, 3.5 and 4), and how it writes texts and numbers.

A question without an answer has the value of an empty text; as a number that is not a number
(NaN), so that every comparison of size with it is false.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Protocol, TypeAlias

from samspill.errors import Message, SamspillError

Value: TypeAlias = str | tuple[str, ...]
Result: TypeAlias = str | float | bool
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


class Answered(Protocol):
    """Where an expression finds answers; an empty text where there is none."""

    def answer(self, variable: str) -> Value: ...

    def own(self) -> Value: ...

    def in_fields(self, variable: str) -> tuple[Value, ...]:
        """The answers given to a variable, one for each field that has one."""


def as_text(value: Value) -> str:
    return value if isinstance(value, str) else " ".join(value)


def chosen(value: Value) -> tuple[str, ...]:
    """The categories in an answer."""
    return tuple(value.split()) if isinstance(value, str) else value


def as_truth(value: Result) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    return value != 0 and not math.isnan(value)


def as_number(value: Result) -> float:
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value) else math.nan
    return float(value)


def compare(operator: str, left: Result, right: Result) -> bool:
    """``operator`` is one of ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``."""
    if operator in {"=", "!="}:
        return _equal(left, right) == (operator == "=")
    low, high = as_number(left), as_number(right)
    match operator:
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
        return as_truth(left) == as_truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return as_number(left) == as_number(right)


def calculate(operator: str, left: float, right: float) -> float:
    """``operator`` is one of ``+``, ``-``, ``*``, ``div``, ``mod``."""
    match operator:
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


def quoted(text: str) -> str:
    """A text as a literal.

    Raises:
        SamspillError: it has both kinds of quotation mark, which XPath cannot write.
    """
    for mark in ("'", '"'):
        if mark not in text:
            return f"{mark}{text}{mark}"
    raise SamspillError(
        Message("The text {text!r} has both kinds of quotation mark.", text=text),
        "Use a code without them.",
    )


def digits(value: float) -> str:
    """A number as a literal.

    Raises:
        SamspillError: it is not finite or below zero.
    """
    if not math.isfinite(value) or value < 0:
        raise SamspillError(
            Message("{value} cannot be written as a number.", value=value),
            "Use Negative for a minus.",
        )
    return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"
