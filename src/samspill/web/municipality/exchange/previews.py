"""What would change, in words, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samspill.errors import InvalidInput
from samspill.register import TABLES, Column, Kind
from samspill.register.national import Change, label
from samspill.register.values import Value, value_of
from samspill.web.municipality.actions.intake import Intake, Rows
from samspill.web.municipality.content import shown_by
from samspill.web.municipality.exchange.registers import Proposal
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Municipality
from samspill.web.municipality.words import column_name, in_words, language, table_name
from samspill.web.pages.faults import told_text

ORGANISATIONS = TABLES["organisations"]
PROBLEMS_SHOWN = 200
TOLD_OF_NEW = ("place", "categories", "legal_form", "fields")


def problems_in_words(error: InvalidInput) -> list[tuple[str, int | None, str, str, str]]:
    """File, row, column, what is wrong and what to do, for each fault that a page shows."""
    return [
        (told_text(p.file), p.row, p.column or "", told_text(p.message), told_text(p.next_step))
        for p in error.problems[:PROBLEMS_SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One change: ``kind`` is ``new``, ``changed``, ``gone`` or ``held``; ``identifier`` is empty
    where the entry does not stand in the register yet."""

    kind: str
    table: str
    table_name: str
    name: str
    identifier: str
    column: str
    old: str
    new: str
    key: str = ""
    chosen: bool = False


def lines_of_file(municipality: Municipality, plan: Intake, rows: Rows) -> list[Line]:
    """What a file would change, and then what is new."""
    names = _Names(municipality, rows)
    changed = [
        Line(
            "changed",
            table,
            table_name(table),
            names.of(table, identifier),
            identifier,
            column_name(table, column),
            names.words(table, column, old),
            names.words(table, column, new),
        )
        for table, found in plan.changed.items()
        for identifier, cells in found.items()
        for column, (old, new) in cells.items()
    ]
    arriving = {table: {row["identifier"]: row for row in found} for table, found in rows.items()}
    new = [
        Line(
            "new",
            table,
            table_name(table),
            names.of(table, identifier),
            "",
            "",
            "",
            names.summary(table, arriving[table][identifier]),
        )
        for table, identifiers in plan.new.items()
        for identifier in identifiers
    ]
    return [*changed, *new]


def lines_of_registers(found: Proposal) -> list[Line]:
    """What the national registers would change, in the order of the proposal's keys."""
    kinds = {"changed": found.found.changed, "held": found.found.held}
    cells = {f"{kind}:{c.identifier}:{c.column}": c for kind, those in kinds.items() for c in those}
    gone = {f"gone:{g.identifier}": g for g in found.found.gone}
    new = {f"new:{row['number']}": row for row in found.found.new}
    lines = []
    for key in found.keys:
        chosen = found.is_chosen(key)
        if key in cells:
            lines.append(_cell(cells[key], key, chosen))
        elif key in gone:
            one = gone[key]
            change = Change(one.identifier, one.name, "status", "", "dissolved")
            lines.append(_cell(change, key, chosen))
        else:
            lines.append(_new(new[key], key, chosen))
    return lines


def _cell(change: Change, key: str, chosen: bool) -> Line:
    return Line(
        key.partition(":")[0],
        ORGANISATIONS.name,
        table_name(ORGANISATIONS.name),
        change.name,
        change.identifier,
        column_name(ORGANISATIONS.name, change.column),
        _told(change.column, change.old),
        _told(change.column, change.new),
        key,
        chosen,
    )


def _new(row: Mapping[str, str], key: str, chosen: bool) -> Line:
    told = [row["number"], *(_told(name, row.get(name, "")) for name in TOLD_OF_NEW)]
    text = " · ".join(part for part in told if part)
    table = ORGANISATIONS.name
    return Line("new", table, table_name(table), row["name"], "", "", "", text, key, chosen)


def _told(name: str, text: str) -> str:
    column = ORGANISATIONS.column(name)
    value = value_of(column, text)
    if name == "categories" and isinstance(value, tuple):
        return ", ".join(label(number, language()) for number in value)
    return in_words(column, value)


class _Names:
    """What entries are called, of the register and of the file."""

    def __init__(self, municipality: Municipality, rows: Rows) -> None:
        self._municipality, self._rows = municipality, rows
        self._known: dict[str, dict[str, str]] = {}

    def of(self, table: str, identifier: Any) -> str:
        if table not in self._known:
            present = {e.identifier: str(e) for e in entries(self._municipality, table)}
            arriving = {
                row["identifier"]: str(row.get("name") or row.get("title") or row["identifier"])
                for row in self._rows.get(table, ())
            }
            self._known[table] = {**arriving, **present}
        return self._known[table].get(identifier, str(identifier))

    def words(self, table: str, name: str, value: Any) -> str:
        column = TABLES[table].column(name)
        if name == "public":
            return ", ".join(column_name(table, one) for one in shown_by(table, value))
        if not value or column.kind not in {Kind.REFERENCE, Kind.REFERENCES}:
            return in_words(column, value)
        return ", ".join(self.of(column.of, one) for one in _several(column, value))

    def summary(self, table: str, row: Mapping[str, Value]) -> str:
        told: list[str] = []
        for name, value in row.items():
            if value not in (None, "", ()) and name not in {"identifier", "name", "title"}:
                told.append(f"{column_name(table, name)}: {self.words(table, name, value)}")
        return " · ".join(told)


def _several(column: Column, value: Any) -> Sequence[Any]:
    return value if column.kind is Kind.REFERENCES else [value]
