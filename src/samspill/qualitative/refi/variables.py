"""What is known of a source, as the standard's variables and their values.

Attributes are variables by their own names. What else ``Source`` holds is in variables whose names
begin with ``samspill:``, so that it comes back; one is written where it says more than the default.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samspill.qualitative.model import Source, TimePoint, Value
from samspill.qualitative.refi.elements import Variable, VariableValue
from samspill.qualitative.refi.values import derived, is_day, is_time, read_boolean

PREFIX = "samspill:"
ESCAPE = "samspill:attribute:"
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_TIMES = re.compile(r"\d+=\d+(?: \d+=\d+)*")

METADATA: Mapping[str, tuple[str, str]] = {
    "kind": ("Text", "interview, open_answer or document."),
    "unit": ("Text", "The unit of the study that the source is from."),
    "side": ("Text", "The side that speaks: municipality or organisation."),
    "fields": ("Text", "The fields that it is about, divided by semicolons."),
    "role": ("Text", "The role of the person who speaks."),
    "date": ("Date", "When it was said or written."),
    "language": ("Text", "The language that it is in: nb, nn, en …"),
    "consent": ("Text", "How it may be quoted: named_quote, anonymous or not_quoted."),
    "speakers": ("Text", "The names that turns begin with, divided by semicolons."),
    "times": ("Text", "Where in the text each time is: codepoints=milliseconds."),
    "invented": ("Boolean", "Whether the source is made up."),
}
_DEFAULTS = Source("", "", "")


@dataclass(frozen=True, slots=True)
class SourceValues:
    """What variables say of a source: fields of ``Source``, and its attributes; ``left`` are the
    values that have no place in it."""

    fields: Mapping[str, Any]
    attributes: Mapping[str, Value]
    left: tuple[VariableValue, ...]


def values_of(source: Source) -> Iterator[tuple[str, Value]]:
    """The names and values of a source's variables."""
    for name in METADATA:
        found = getattr(source, name)
        if found != getattr(_DEFAULTS, name):
            yield PREFIX + name, _plain(name, found)
    for name, value in source.attributes.items():
        yield (ESCAPE + name if name.startswith(PREFIX) else name), value


def needed(sources: Iterable[Source], there: Iterable[Variable]) -> tuple[Variable, ...]:
    """The variables that the sources need beyond those that are ``there``."""
    known = {variable.name for variable in there}
    types: dict[str, set[type]] = {}
    for source in sources:
        for name, value in values_of(source):
            if name not in known:
                types.setdefault(name, set()).add(type(value))
    return tuple(_variable(name, kinds) for name, kinds in types.items())


def written(value: Value, variable: Variable) -> VariableValue:
    """A value of a variable, as the standard writes it."""
    guid = variable.guid
    if isinstance(value, bool):
        return VariableValue(guid, boolean_value="true" if value else "false")
    if isinstance(value, int):
        return VariableValue(guid, integer_value=str(value))
    if isinstance(value, float) and math.isfinite(value):
        return VariableValue(guid, float_value=format(Decimal(repr(value)), "f"))
    text = str(value)
    if variable.type_of_variable == "Date" and is_day(text):
        return VariableValue(guid, date_value=text)
    if variable.type_of_variable == "DateTime" and is_time(text):
        return VariableValue(guid, date_time_value=text)
    return VariableValue(guid, text_value=text)


def read_value(value: VariableValue) -> Value | None:
    """The value, or None where there is none; one that is not of its type is a text."""
    if value.boolean_value is not None:
        truth = read_boolean(value.boolean_value)
        return value.boolean_value if truth is None else truth
    if value.integer_value is not None:
        text = value.integer_value.strip()
        return int(text) if _INTEGER.fullmatch(text) else value.integer_value
    if value.float_value is not None:
        text = value.float_value.strip()
        return float(text) if _is_float(text) else value.float_value
    for text_value in (value.text_value, value.date_value, value.date_time_value):
        if text_value is not None:
            return text_value
    return None


def valid(value: VariableValue) -> VariableValue:
    """The value with at most one that is of its type; one that is not becomes a text."""
    found = read_value(value)
    if found is None:
        return VariableValue(value.variable)
    if isinstance(found, str):
        if value.date_value is not None and is_day(found):
            return VariableValue(value.variable, date_value=found)
        if value.date_time_value is not None and is_time(found):
            return VariableValue(value.variable, date_time_value=found)
        return VariableValue(value.variable, text_value=found)
    if value.float_value is not None and not isinstance(found, bool | int):
        return VariableValue(value.variable, float_value=value.float_value.strip())
    return written(found, Variable(value.variable))


def source_values(
    values: Iterable[VariableValue],
    by_guid: Mapping[str, Variable],
    by_name: Mapping[str, Variable],
) -> SourceValues:
    """What the values of a text say of its source. ``by_name`` has the first variable of a name;
    the values of another of the same name are left."""
    fields: dict[str, Any] = {}
    attributes: dict[str, Value] = {}
    left: list[VariableValue] = []
    for value in values:
        variable = by_guid.get(value.variable)
        found = read_value(value)
        if variable is None or found is None or by_name[variable.name] is not variable:
            left.append(value)
            continue
        name = variable.name
        field = name.removeprefix(PREFIX) if name.startswith(PREFIX) else ""
        if field in METADATA:
            told = _told(field, found)
            if told is None or field in fields:
                left.append(value)
            else:
                fields[field] = told
        elif (attribute := name.removeprefix(ESCAPE)) in attributes:
            left.append(value)
        else:
            attributes[attribute] = found
    return SourceValues(fields, attributes, tuple(left))


def _variable(name: str, kinds: set[type]) -> Variable:
    field = name.removeprefix(PREFIX)
    description = None
    if name.startswith(PREFIX) and field in METADATA:
        kind, description = METADATA[field]
    elif kinds == {bool}:
        kind = "Boolean"
    elif kinds == {int}:
        kind = "Integer"
    elif kinds <= {int, float}:
        kind = "Float"
    else:
        kind = "Text"
    return Variable(derived(f"variable/{name}"), name, kind, description)


def _is_float(text: str) -> bool:
    return bool(_DECIMAL.fullmatch(text)) and math.isfinite(float(text))


def _plain(field: str, value: Any) -> Value:
    if field in ("fields", "speakers"):
        return _listed(value)
    if field == "times":
        return " ".join(f"{point.position}={point.milliseconds}" for point in value)
    plain: Value = value
    return plain


def _told(field: str, value: Value) -> Any:
    """A field of ``Source`` from its variable, or None where it is not as we write it."""
    if field == "invented":
        return value if isinstance(value, bool) else read_boolean(str(value))
    text = str(value)
    if field in ("fields", "speakers"):
        return _items(text)
    if field == "times":
        return _times(text)
    return text


def _times(text: str) -> tuple[TimePoint, ...] | None:
    if not _TIMES.fullmatch(text):
        return None
    pairs = (point.split("=") for point in text.split(" "))
    return tuple(TimePoint(int(position[:18]), int(time[:18])) for position, time in pairs)


def _listed(items: tuple[str, ...]) -> str:
    text = "; ".join(items)
    return text if _items(text) == items else json.dumps(list(items), ensure_ascii=False)


def _items(text: str) -> tuple[str, ...]:
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return tuple(found)
    return tuple(text.split("; "))
