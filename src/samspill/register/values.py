"""Between the text of a cell and a value, for every kind of column.

Reading is lenient where nothing can be misunderstood (``24.12.2026``, ``ja``, ``12 500``); writing
is always the same (``2026-12-24``, ``true``, ``12500``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, time
from typing import TypeAlias
from urllib.parse import urlsplit

from samspill.errors import Message, SamspillError
from samspill.register.numbers import is_organisation_number
from samspill.register.schema import LISTS, Column, Kind

Value: TypeAlias = str | int | float | bool | date | time | tuple[str, ...] | None
"""An empty cell is None, and an empty tuple where a list stands in one cell."""

LONGEST = 32_000
"""Characters of a cell; a cell of a workbook holds 32,767 (ECMA-376)."""

_YES = frozenset({"true", "ja", "yes", "1", "sann"})
_NO = frozenset({"false", "nei", "no", "0", "usann"})
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NORWEGIAN_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::00)?")
_DIGITS = re.compile(r"-?[0-9]{1,15}")
_AMOUNT = re.compile(r"(-?[0-9]{1,15})(?:[.,]0{1,2})?")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_PHONE = re.compile(r"\+?[0-9](?:[ -]?[0-9]){2,14}")
_EMAIL = re.compile(r"[^@\s;,<>()\"]{1,64}@[^@\s;,<>()\"./]+(?:\.[^@\s;,<>()\"./]+)+")


def value_of(column: Column, text: str) -> Value:
    """The value that a cell of this column holds.

    Raises:
        SamspillError: the text is none that the column may hold.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if column.kind in LISTS:
        return _items(column, text)
    if not text:
        return None
    _refuse_what_no_file_holds(text)
    return _READERS[column.kind](column, text)


def text_of(value: Value) -> str:
    """How a value stands in a file; ``value_of`` reads it back as it was."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case float():
            text = _decimal(value)
        case time():
            text = value.strftime("%H:%M")
        case date():
            text = value.isoformat()
        case tuple():
            text = joined(value)
        case _:
            text = str(value)
    return text


def joined(items: tuple[str, ...]) -> str:
    """Items in one cell, with semicolons between; one within an item is written ``\\;``."""
    return ";".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split(text: str) -> tuple[str, ...]:
    """The items of a cell, each once, without the spaces around them."""
    items, item = [], ""
    signs = iter(text)
    for sign in signs:
        if sign == "\\":
            following = next(signs, "\\")
            item += following if following in ";\\" else sign + following
        elif sign == ";":
            items.append(item.strip())
            item = ""
        else:
            item += sign
    items.append(item.strip())
    return tuple(dict.fromkeys(found for found in items if found))


def _items(column: Column, text: str) -> tuple[str, ...]:
    items = split(text)
    for item in items:
        _refuse_what_no_file_holds(item)
        (_choice if column.kind is Kind.CHOICES else _line)(column, item)
    return items


def _refuse_what_no_file_holds(text: str) -> None:
    if len(text) > LONGEST:
        raise SamspillError(
            Message("The text has {n} characters, more than {limit}.", n=len(text), limit=LONGEST),
            "Shorten it.",
        )
    if _CONTROL.search(text):
        raise SamspillError(
            "There is a control character in the text.", "Write the cell anew, without it."
        )


def _line(column: Column, text: str) -> str:  # noqa: ARG001
    if "\n" in text:
        raise SamspillError("The text has several lines.", "Write it on one line.")
    return text


def _lines(column: Column, text: str) -> str:  # noqa: ARG001
    return text


def _whole_number(column: Column, text: str) -> int:  # noqa: ARG001
    digits = _SPACES.sub("", text)
    if not _DIGITS.fullmatch(digits):
        raise _not(text, "a whole number", "Write it in digits alone.")
    return int(digits)


def _amount(column: Column, text: str) -> int:  # noqa: ARG001
    found = _AMOUNT.fullmatch(_SPACES.sub("", text))
    if not found:
        step = "Write it in whole kroner, in digits alone, such as 12500."
        raise _not(text, "an amount in whole kroner", step)
    return int(found[1])


def _number(column: Column, text: str) -> float:  # noqa: ARG001
    digits = _SPACES.sub("", text)
    if not _NUMBER.fullmatch(digits):
        raise _not(text, "a number", "Write it in digits, such as 2,5.")
    return float(digits.replace(",", "."))


def _decimal(value: float) -> str:
    if not math.isfinite(value):
        raise SamspillError("The number is not finite.", "Leave the cell empty or correct it.")
    plain = repr(value)
    return f"{value:.15f}" if "e" in plain else plain.removesuffix(".0")


def _boolean(column: Column, text: str) -> bool:  # noqa: ARG001
    lowered = text.casefold()
    if lowered not in _YES | _NO:
        raise _not(text, "yes or no", "Write true or false, or ja or nei.")
    return lowered in _YES


def _date(column: Column, text: str) -> date:  # noqa: ARG001
    iso, norwegian = _ISO_DATE.fullmatch(text), _NORWEGIAN_DATE.fullmatch(text)
    parts = iso.groups() if iso else norwegian.groups()[::-1] if norwegian else ()
    try:
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        step = "Write it as 2026-12-24 or 24.12.2026."
        raise _not(text, "a date", step) from None


def _time(column: Column, text: str) -> time:  # noqa: ARG001
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise _not(text, "a time of day", "Write it as 18:30.")
    return time(int(found[1]), int(found[2]))


def _choice(column: Column, text: str) -> str:
    if text not in column.choices:
        raise SamspillError(
            Message("“{value}” is not known.", value=text),
            Message("Use one of: {names}.", names=", ".join(column.choices)),
        )
    return text


def _email(column: Column, text: str) -> str:  # noqa: ARG001
    if not _EMAIL.fullmatch(text):
        raise _not(text, "an e-mail address", "Write one address, such as post@example.no.")
    return text


def _phone(column: Column, text: str) -> str:  # noqa: ARG001
    number = _SPACES.sub(" ", text)
    if not _PHONE.fullmatch(number):
        raise _not(text, "a telephone number", "Write one number, such as 22 33 44 55.")
    return number


def _web(column: Column, text: str) -> str:  # noqa: ARG001
    try:
        address = urlsplit(text)
        sound = address.scheme in {"http", "https"} and bool(address.hostname)
    except ValueError:
        sound = False
    if not sound or _SPACES.search(text):
        step = "Begin it with https://, such as https://example.no."
        raise _not(text, "a web address", step)
    return text


def _organisation_number(column: Column, text: str) -> str:  # noqa: ARG001
    number = _SPACES.sub("", text)
    if not is_organisation_number(number):
        step = "Copy its nine digits from the register; the last one is a control digit."
        raise _not(text, "an organisation number", step)
    return number


def _not(text: str, what: str, step: str) -> SamspillError:
    message = Message("“{value}” is not {told}.", value=text[:80], told=Message(what))
    return SamspillError(message, step)


_READERS: dict[Kind, Callable[[Column, str], Value]] = {
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _lines,
    Kind.INTEGER: _whole_number,
    Kind.NUMBER: _number,
    Kind.AMOUNT: _amount,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.CHOICE: _choice,
    Kind.CONCEPT: _line,
    Kind.REFERENCE: _line,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.WEB: _web,
    Kind.NUMBER_OF_ORGANISATION: _organisation_number,
}
