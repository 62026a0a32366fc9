"""What must hold in a register: within a cell, between the cells of a row, and between the rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from samspill.errors import Message, Problem, SamspillError
from samspill.register.model import Register, Row
from samspill.register.publicity import NOTHING, may_be_public
from samspill.register.schema import LISTS, TABLES, Column, Kind, Table
from samspill.register.values import Value, split, text_of, value_of
from samspill.vocabulary import Vocabulary, load

PERIODS = (
    ("valid_from", "valid_to"),
    ("opens_on", "deadline"),
    ("begins_on", "deadline"),
    ("established_on", "closed_on"),
    ("founded_on", "dissolved_on"),
    ("published_on", "open_until"),
    ("given_on", "expires_on"),
    ("applied_on", "decided_on"),
    ("received_on", "answered_on"),
    ("sent_on", "answered_on"),
    ("starts_at", "ends_at"),
)
"""Columns of which the second cannot come before the first, in the tables that have both."""

_CODE = re.compile(r"[0-9]{4}([0-9]{2})?")
_COUNTED = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT})


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a register, for telling what is wrong with it; rows count from 1."""

    file: str
    number: int
    table: Table
    row: Row

    def problem(self, column: str, message: str, step: str) -> Problem:
        return Problem(self.file, self.number, column, message, step)


def check_register(
    register: Register,
    *,
    files: Mapping[str, str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[Problem]:
    """Everything that is wrong with a register; empty where it is sound.

    ``files`` says what each table's file, or sheet, is called (``organisations.csv`` where it is
    left out). Concepts are held against ``vocabulary``, Samspill's own where it is left out; a
    scheme that the vocabulary does not have is not checked.
    """
    problems = check_facts(register.municipality_code, register.name)
    known = _known_concepts(vocabulary or load())
    there = {
        table: frozenset(row["identifier"] for row in rows)
        for table, rows in register.tables.items()
    }
    checks: tuple[Callable[[Place], Iterator[Problem]], ...] = (
        _cells,
        lambda place: _concepts(place, known),
        _below_zero,
        _periods,
        _public,
        lambda place: _references(place, there),
    )
    for place in places(register, files):
        for check in checks:
            problems.extend(check(place))
    problems.extend(_repeated(register, files))
    return problems


def check_facts(municipality_code: str, name: str, file: str = "datapackage.json") -> list[Problem]:
    """What is wrong with what a register says of itself, in the file that says it."""
    problems = []
    if not _CODE.fullmatch(municipality_code):
        message = Message("“{value}” is not a municipality number.", value=municipality_code[:80])
        step = "Write its four digits, or six for a city district."
        problems.append(Problem(file, None, "municipality_code", message, step))
    if not name.strip() or "\n" in name:
        step = "Write the municipality's name."
        problems.append(Problem(file, None, "name", "The name is missing.", step))
    return problems


def places(register: Register, files: Mapping[str, str] | None = None) -> Iterator[Place]:
    """Every row of a register with its place."""
    for name, rows in register.tables.items():
        file = (files or {}).get(name, f"{name}.csv")
        for number, row in enumerate(rows, start=1):
            yield Place(file, number, TABLES[name], row)


def _cells(place: Place) -> Iterator[Problem]:
    for column in place.table.columns:
        value = place.row[column.name]
        if column.filled and value is None:
            step = "Fill it, or take the row away."
            yield place.problem(column.name, "The cell is empty.", step)
            continue
        try:
            kept = value_of(column, text_of(value))
        except SamspillError as error:
            yield place.problem(column.name, error.message, error.next_step)
            continue
        if kept != value or type(kept) is not type(value):
            message = Message("The value {value} would not be kept as it is.", value=repr(value))
            step = "Give it in the form that the column holds."
            yield place.problem(column.name, message, step)


def _known_concepts(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(concept.identifier for concept in scheme.walk())
        for name, scheme in vocabulary.schemes.items()
    }


def _concepts(place: Place, known: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    for column in place.table.columns:
        if column.kind not in {Kind.CONCEPT, Kind.CONCEPTS} or column.of not in known:
            continue
        for item in items(column, place.row[column.name]):
            if item not in known[column.of]:
                message = Message("“{value}” is not known.", value=item)
                step = Message("Use one of: {names}.", names=", ".join(sorted(known[column.of])))
                yield place.problem(column.name, message, step)


def _below_zero(place: Place) -> Iterator[Problem]:
    for column in place.table.columns:
        value = place.row[column.name]
        if column.kind in _COUNTED and isinstance(value, int | float) and value < 0:
            message = Message("{value} is below zero.", value=text_of(value))
            yield place.problem(column.name, message, "Correct it, or leave the cell empty.")


def _periods(place: Place) -> Iterator[Problem]:
    for first, last in PERIODS:
        begins, ends = place.row.get(first), place.row.get(last)
        if begins is None or ends is None or type(begins) is not type(ends):
            continue
        if ends < begins:  # type: ignore[operator]
            message = Message(
                "{last} is before {first}, which is {value}.",
                last=text_of(ends),
                first=first,
                value=text_of(begins),
            )
            yield place.problem(last, message, "Correct one of them.")


def _public(place: Place) -> Iterator[Problem]:
    cell = place.row["public"]
    if not isinstance(cell, str):
        return
    named = split(cell)
    if NOTHING in named:
        if len(named) > 1:
            message = Message("“{none}” stands beside names of columns.", none=NOTHING)
            yield place.problem("public", message, "Keep the one or the others.")
        return
    columns = {column.name: column for column in place.table.columns}
    for name in named:
        if name not in columns:
            message = Message("There is no column “{name}” in the table.", name=name)
            yield place.problem("public", message, "Correct the name, or take it away.")
        elif not may_be_public(place.table.name, columns[name], place.row):
            message = Message("The column “{name}” cannot be shown to anyone here.", name=name)
            yield place.problem("public", message, "Take it away.")


def _references(place: Place, there: Mapping[str, frozenset[Value]]) -> Iterator[Problem]:
    for column in place.table.references():
        for item in items(column, place.row[column.name]):
            if item not in there[column.of]:
                message = Message(
                    "There is no “{value}” in the table {table}.", value=item, table=column.of
                )
                step = "Correct the identifier, or add the row there."
                yield place.problem(column.name, message, step)
            elif column.of == place.table.name and item == place.row["identifier"]:
                step = "Name another row, or leave it empty."
                yield place.problem(column.name, "The row refers to itself.", step)


def _repeated(register: Register, files: Mapping[str, str] | None) -> Iterator[Problem]:
    seen: dict[tuple[str, str, Value], int] = {}
    for place in places(register, files):
        for column in ("identifier", "number"):
            value = place.row.get(column)
            if value is None:
                continue
            first = seen.setdefault((place.table.name, column, value), place.number)
            if first != place.number:
                message = Message("“{value}” stands in row {row} too.", value=value, row=first)
                yield place.problem(column, message, "Keep one of them, or correct one.")


def items(column: Column, value: Value) -> tuple[str, ...]:
    """What a cell names: one thing, several, or none."""
    if column.kind in LISTS:
        return value if isinstance(value, tuple) else ()
    return (value,) if isinstance(value, str) else ()
