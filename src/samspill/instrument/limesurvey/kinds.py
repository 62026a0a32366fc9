"""LimeSurvey's types of question and the attributes that bear rules."""

from __future__ import annotations

import re

from samspill.errors import Message, SamspillError
from samspill.instrument.expressions import (
    And,
    Arithmetic,
    Comparison,
    CountSelected,
    Expression,
    Length,
    Negative,
    Number,
    Own,
)

LISTS = {"L": "nominal", "!": "nominal"}
SCALES = {"5": "ordinal", "A": "ordinal"}
FREE = {"S": "text", "T": "text", "U": "text", "N": "number", "X": "note"}
ARRAYS = {"F": "nominal", "A": "ordinal", "Q": "text", "K": "number"}
NAMES = {
    "O": "list with comment",
    "G": "gender",
    "D": "date",
    "I": "language switch",
    "R": "ranking",
    "P": "multiple choice with comments",
    "B": "array of ten points",
    "C": "array of yes, uncertain, no",
    "E": "array of increase, same, decrease",
    "H": "array by column",
    "1": "array with two scales",
    ":": "array of numbers",
    ";": "array of texts",
    "*": "equation",
    "|": "file upload",
}
YES_NO_CODES = {"Y": "1", "N": "0"}

REFUSED_ATTRIBUTES = frozenset(
    {
        "array_filter",
        "array_filter_exclude",
        "em_validation_q",
        "em_validation_sq",
        "equals_num_value",
        "exclude_all_others",
        "hidden",
        "max_num_value",
        "min_num_value",
        "prefix",
        "random_group",
        "random_order",
        "suffix",
        "time_limit",
    }
)
_MAPPED = {
    "M": ("min_answers", "max_answers"),
    "N": ("min_num_value_n", "max_num_value_n", "num_value_int_only"),
    "K": ("min_num_value_n", "max_num_value_n", "num_value_int_only"),
    "S": ("maximum_chars",),
    "T": ("maximum_chars",),
    "U": ("maximum_chars",),
}
_BOUNDS: dict[str, tuple[str, Expression]] = {
    "min_answers": (">=", CountSelected(Own())),
    "max_answers": ("<=", CountSelected(Own())),
    "min_num_value_n": (">=", Own()),
    "max_num_value_n": ("<=", Own()),
    "maximum_chars": ("<=", Length(Own())),
}


def constraint_of(kind: str, attributes: dict[str, str]) -> Expression | None:
    """The constraint that a question's attributes make together; None for none.

    Raises:
        SamspillError: an attribute bears a rule that is not supported.
    """
    found: Expression | None = None
    for name, value in attributes.items():
        bears_rule = name in _BOUNDS or name in REFUSED_ATTRIBUTES or name == "num_value_int_only"
        if (value in {"", "0", "N"} and name != "max_num_value_n") or not value or not bears_rule:
            continue
        if name not in _MAPPED.get(kind, ()):
            raise SamspillError(
                Message("The attribute {name} ({value}) is not supported.", name=name, value=value),
                "Remove it in LimeSurvey.",
            )
        part = _bound(name, value)
        found = part if found is None else And(found, part)
    return found


def _bound(name: str, value: str) -> Expression:
    if name == "num_value_int_only":
        return Comparison("=", Arithmetic("mod", Own(), Number(1)), Number(0))
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
        raise SamspillError(
            Message("The attribute {name} ({value}) is not a number.", name=name, value=value),
            "Write a number in LimeSurvey.",
        )
    operator, of = _BOUNDS[name]
    size = Number(float(value.lstrip("-")))
    return Comparison(operator, of, Negative(size) if value.startswith("-") else size)
