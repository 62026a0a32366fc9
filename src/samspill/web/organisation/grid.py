"""Rows of a register as a table on a page: references by name, addresses as links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from samspill.language import format_number
from samspill.register import TABLES, Column, Kind, Register
from samspill.register.model import Row
from samspill.register.values import Value
from samspill.web.municipality.words import column_name, in_words, language

NAMED_BY = ("name", "title", "subject")
NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT})
Address: TypeAlias = Callable[[str, str], str]
"""Where a row of a table (its identifier) has a page; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; ``href`` where it leads somewhere, ``long`` where it is a text."""

    text: str
    number: bool = False
    href: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its headings (name, and whether numbers stand under it)."""

    caption: str
    headings: list[tuple[str, bool]]
    rows: list[list[Cell]]


def no_page(table: str, identifier: str) -> str:
    """No row has a page."""
    return ""


def grid(
    register: Register,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    caption: str,
    address: Address = no_page,
) -> Grid:
    """Some columns of some rows. A column without anything in it is left out, but for the first."""
    held = list(rows)
    declared = [TABLES[table].column(name) for name in columns]
    kept = [
        column
        for number, column in enumerate(declared)
        if number == 0 or any(row[column.name] not in (None, ()) for row in held)
    ]
    return Grid(
        caption,
        [(column_name(table, column.name), column.kind in NUMBERS) for column in kept],
        [[cell(register, table, column, row, address) for column in kept] for row in held],
    )


def cell(
    register: Register, table: str, column: Column, row: Row, address: Address = no_page
) -> Cell:
    """One value of a row."""
    value = row[column.name]
    text = words_of(register, column, value)
    if column.kind is Kind.REFERENCE and value is not None:
        return Cell(text, href=address(column.of, str(value)))
    if column.name in NAMED_BY:
        return Cell(text, href=address(table, str(row["identifier"])))
    href = href_of(column.kind, value)
    if column.kind is Kind.WEB and href:
        text = urlsplit(text).netloc
    return Cell(text, column.kind in NUMBERS, href, column.kind is Kind.LONG_TEXT)


def words_of(register: Register, column: Column, value: Value) -> str:
    """A value in words, with rows that it refers to by their names; the heading of an amount says
    that it is in kroner."""
    if column.kind is Kind.REFERENCE:
        return name_of(register, column.of, value)
    if column.kind is Kind.REFERENCES and isinstance(value, tuple):
        return ", ".join(name_of(register, column.of, item) for item in value)
    if column.kind is Kind.AMOUNT and isinstance(value, int):
        return format_number(value, 0, language())
    return in_words(column, value)


def name_of(register: Register, table: str, identifier: Value) -> str:
    """What a row is called; empty where there is none, or its name is not seen."""
    for row in register.rows(table):
        if row["identifier"] == identifier:
            return title_of(row)
    return ""


def title_of(row: Row) -> str:
    """What a row is called; empty where its name is not seen."""
    return next((str(row[name]) for name in NAMED_BY if row.get(name)), "")


def href_of(kind: Kind, value: Value) -> str:
    """Where a web address, an e-mail address or a telephone number leads."""
    text = str(value or "")
    if not text:
        return ""
    match kind:
        case Kind.WEB:
            return text if text.startswith(("https://", "http://")) else ""
        case Kind.EMAIL:
            return f"mailto:{text}"
        case Kind.PHONE:
            return f"tel:{text.replace(' ', '')}"
    return ""
