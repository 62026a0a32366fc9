"""What the files of SPSS and Stata can hold, checked before anything is written.

SPSS (.sav): names of 64 bytes, variable labels of 256 bytes, value labels of 120 bytes, texts of
32,767 bytes, three missing values or one range (IBM SPSS Statistics, Command Syntax Reference,
“Variable names”, “VARIABLE LABELS”, “VALUE LABELS”, “MISSING VALUES”). Stata (.dta): names of 32
characters, variable labels of 80, value labels of 32,000, labels for whole numbers only (Stata
User's Guide, “Naming conventions” and “Labeling data”). Writers cut some of these in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from samspill.errors import InvalidInput, Message, Problem
from samspill.study.wide import WideColumn, WideTable

_SPSS_WORDS = "all and by eq ge gt le lt ne not or to with"
_STATA_WORDS = (
    "_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using with"
)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a format can hold; lengths are in ``unit`` as ``measure`` counts them."""

    unit: str
    measure: Callable[[str], int]
    name: int
    name_pattern: str
    reserved: frozenset[str]
    same_in_any_case: bool
    file_label: int
    label: int
    value_label: int
    text: int


LIMITS = {
    "sav": Limits(
        unit="bytes",
        measure=_bytes,
        name=64,
        name_pattern=r"[^\W\d_][\w.@#$]*(?<!\.)",
        reserved=frozenset(_SPSS_WORDS.split()),
        same_in_any_case=True,
        file_label=64,
        label=256,
        value_label=120,
        text=32_767,
    ),
    "dta": Limits(
        unit="characters",
        measure=len,
        name=32,
        name_pattern=r"[^\W\d]\w*",
        reserved=frozenset(_STATA_WORDS.split()),
        same_in_any_case=False,
        file_label=80,
        label=80,
        value_label=32_000,
        text=2_000_000,
    ),
}


def longest_name(table: WideTable, column: WideColumn, format: str) -> int:  # noqa: A002
    """The length that a column's name may have.

    In .dta a set of value labels is written under the column's name and a number, in one name.
    """
    limits = LIMITS[format]
    if format == "dta" and column.is_number and column.categories:
        return limits.name - len(str(len(table.columns)))
    return limits.name


def refuse_what_does_not_fit(table: WideTable, title: str, format: str, file: str) -> None:  # noqa: A002
    """Raise InvalidInput with everything that the format would cut or refuse."""
    limits = LIMITS[format]
    problems = list(_title(title, limits, file))
    problems.extend(_repeated(table, limits, file))
    for column in table.columns:
        problems.extend(_name(column, limits, longest_name(table, column, format), file))
        problems.extend(_labels(column, limits, file))
        problems.extend(_texts(table, column, limits, file))
        if format == "sav" and missing_ranges(column) is None:
            message = "SPSS knows three missing values or one range, and there are more."
            step = "Give the missing categories values that lie together, apart from the others."
            problems.append(Problem(file, None, column.name, message, step))
    if problems:
        raise InvalidInput(Message("The table for “{file}”", file=file), problems)


def missing_ranges(column: WideColumn) -> list[Any] | None:
    """A numeric column's missing codes as SPSS writes them; None where it cannot."""
    if not column.is_number:
        return []
    codes = sorted(float(c.code) for c in column.categories if c.missing)
    if len(codes) <= 3:
        return list(codes)
    low, high = codes[0], codes[-1]
    if any(low <= float(c.code) <= high for c in column.categories if not c.missing):
        return None
    return [{"lo": low, "hi": high}]


def _title(title: str, limits: Limits, file: str) -> Iterator[Problem]:
    if limits.measure(title) > limits.file_label:
        step = Message(
            "Shorten the study's identifier to {limit} {unit}.",
            limit=limits.file_label,
            unit=Message(limits.unit),
        )
        yield _too_long(file, None, Message("title"), title, limits, step)


def _repeated(table: WideTable, limits: Limits, file: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for column in table.columns:
        name = column.name.lower() if limits.same_in_any_case else column.name
        if name in seen:
            message = Message(
                "The name is “{name}” in other capitals, which is the same here.", name=seen[name]
            )
            yield Problem(file, None, column.name, message, "Rename the variable.")
        seen.setdefault(name, column.name)


def _name(column: WideColumn, limits: Limits, longest: int, file: str) -> Iterator[Problem]:
    name = column.name
    if limits.measure(name) > longest:
        step: str = Message(
            "Give a name of {limit} {unit} at most for this column (names=…).",
            limit=longest,
            unit=Message(limits.unit),
        )
        yield _too_long(file, name, Message("name"), name, limits, step)
    lowered = name.lower() if limits.same_in_any_case else name
    if not re.fullmatch(limits.name_pattern, name) or lowered in limits.reserved:
        message = "The name is not one that the format allows."
        step = "Begin with a letter and use letters, digits and underscores (names=…)."
        yield Problem(file, None, name, message, step)


def _labels(column: WideColumn, limits: Limits, file: str) -> Iterator[Problem]:
    if limits.measure(column.label) > limits.label:
        step = Message(
            "Shorten the variable's label to {limit} {unit}, the field's included.",
            limit=limits.label,
            unit=Message(limits.unit),
        )
        yield _too_long(file, column.name, Message("variable label"), column.label, limits, step)
    for category in column.categories:
        if limits.measure(category.label) > limits.value_label:
            step = Message(
                "Shorten the category's label to {limit} {unit}.",
                limit=limits.value_label,
                unit=Message(limits.unit),
            )
            what = Message("label of the value {value}", value=category.value)
            yield _too_long(file, column.name, what, category.label, limits, step)
        if isinstance(category.code, float) and not category.code.is_integer():
            message = Message(
                "The value {value} is no whole number and cannot be labelled.", value=category.value
            )
            yield Problem(file, None, column.name, message, "Code it with a whole number.")


def _texts(table: WideTable, column: WideColumn, limits: Limits, file: str) -> Iterator[Problem]:
    if column.is_number:
        return
    for row, text in enumerate(table.frame[column.name], start=1):
        if text is not None and _bytes(text) > limits.text:
            message = Message(
                "The text has {n} bytes, more than {limit}.", n=_bytes(text), limit=limits.text
            )
            yield Problem(file, row, column.name, message, "Shorten it, or write csv or parquet.")


def _too_long(
    file: str, column: str | None, what: str, text: str, limits: Limits, step: str
) -> Problem:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    message = Message(
        "The {what} “{shown}” is too long: {length} {unit}.",
        what=what,
        shown=shown,
        length=limits.measure(text),
        unit=Message(limits.unit),
    )
    return Problem(file, None, column, message, step)
