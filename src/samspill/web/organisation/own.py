"""What of a register one organisation sees: the rows that name it, and what these refer to.

Nothing here is the municipality's alone: its notes are left out, and so are other organisations'
attendance and whoever offers help as a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from samspill.register import TABLES, Register
from samspill.register.model import Row
from samspill.register.publicity import without_hidden_references

HIDDEN = frozenset({"note", "public"})
KNOWN_OF_A_CONTACT = (
    "identifier",
    "name",
    "kind",
    "side",
    "municipal_unit",
    "role",
    "matters",
    "fields",
    "email",
    "phone",
    "web",
)
"""What an organisation sees of the person that it works with in the municipality."""


def own_register(register: Register, shown: Register, organisation: str) -> Register:
    """The rows that name an organisation, without what is the municipality's alone.

    ``shown`` is the register as anyone may see it. Rows that are referred to have what anyone may
    see, and contacts in the municipality that the organisation works with how they are reached.
    References to anything else are empty.
    """
    needs = {r["identifier"] for r in register.rows("needs") if r["organisation"] == organisation}
    bodies = {r["body"] for r in register.rows("seats") if r["organisation"] == organisation}

    def names_it(table: str, row: Row) -> bool:
        present = row.get("present")
        return (
            row.get("organisation") == organisation
            or (table == "organisations" and row["identifier"] == organisation)
            or (isinstance(present, tuple) and organisation in present)
            or (table == "matches" and row["need"] in needs)
            or (table == "meetings" and row["body"] in bodies)
        )

    tables = {
        table: [_seen(row, organisation) for row in register.rows(table) if names_it(table, row)]
        for table in TABLES
    }
    while _add_referred(register, shown, tables):
        pass
    return _closed(register, tables)


def concerning(own: Register, shown: Register, organisation: str, today: date) -> Register:
    """What an organisation follows by date: its own agreements, meetings and gatherings, and what
    is open to anyone in its fields. What has no field concerns everyone.

    ``own`` is as ``own_register`` gives it, ``shown`` the register as anyone may see it.
    """
    fields = fields_of(own, organisation)

    def in_its_fields(row: Row) -> bool:
        held = row["fields"]
        return not held or bool(fields & set(held if isinstance(held, tuple) else ()))

    def with_open(table: str, is_open: Callable[[Row], bool]) -> list[Row]:
        found = {row["identifier"]: row for row in own.rows(table)}
        for row in shown.rows(table):
            if in_its_fields(row) and is_open(row):
                found.setdefault(row["identifier"], row)
        return list(found.values())

    invited = {row["process"] for row in own.rows("inputs")}
    tables: dict[str, list[Row]] = {
        "municipal_units": list(shown.rows("municipal_units")),
        "bodies": list(shown.rows("bodies")),
        "meetings": with_open("meetings", lambda row: row["audience"] == "public"),
        "gatherings": with_open("gatherings", lambda row: True),
        "schemes": [row for row in shown.rows("schemes") if in_its_fields(row)],
        "processes": [
            row
            for row in shown.rows("processes")
            if in_its_fields(row) or row["identifier"] in invited
        ],
        "agreements": [row for row in own.rows("agreements") if in_force(row, today)],
        "organisations": list(own.rows("organisations")),
    }
    return _closed(own, tables)


def fields_of(register: Register, organisation: str) -> set[str]:
    """The fields that an organisation works in, by itself and with the municipality."""
    own = register.by_identifier("organisations").get(organisation)
    held = own["fields"] if own is not None else ()
    found = set(held if isinstance(held, tuple) else ())
    relations = (row for row in register.rows("relations") if row["organisation"] == organisation)
    return found | {str(row["field"]) for row in relations if row["field"]}


def in_force(row: Row, today: date) -> bool:
    """Whether an agreement has not ended by a day."""
    ended, until = row["ended_on"], row["valid_to"]
    return not (isinstance(ended, date) and ended <= today) and not (
        isinstance(until, date) and until < today
    )


def _seen(row: Row, organisation: str) -> Row:
    seen = {name: value for name, value in row.items() if name not in HIDDEN}
    present = row.get("present")
    if isinstance(present, tuple):
        seen["present"] = tuple(name for name in present if name == organisation)
    return seen


def _add_referred(register: Register, shown: Register, tables: dict[str, list[Row]]) -> bool:
    """Add what the rows refer to and do not have yet; returns whether there was any."""
    added = False
    for table, rows in tables.items():
        known = {row["identifier"] for row in rows}
        wanted = _referred(tables, table) - known
        source: Iterable[Row] = _reached(register) if table == "contacts" else shown.rows(table)
        found = [row for row in source if row["identifier"] in wanted]
        rows.extend(found)
        added = added or bool(found)
    return added


def _referred(tables: dict[str, list[Row]], table: str) -> set[object]:
    found: set[object] = set()
    for declared in TABLES.values():
        for column in declared.references():
            if column.of == table:
                for row in tables[declared.name]:
                    value = row.get(column.name)
                    found.update(value if isinstance(value, tuple) else [value])
    return found


def _reached(register: Register) -> Iterator[Row]:
    for row in register.rows("contacts"):
        if row["side"] == "municipality" and row["left_on"] is None:
            yield {name: row[name] for name in KNOWN_OF_A_CONTACT}


def _closed(register: Register, tables: dict[str, list[Row]]) -> Register:
    """A register of some rows, without references to rows that are not among them."""
    complete = Register.of(
        register.municipality_code, register.name, tables, invented=register.invented
    )
    known = {table: {row["identifier"] for row in rows} for table, rows in complete.tables.items()}
    return Register.of(
        register.municipality_code,
        register.name,
        {
            table: [without_hidden_references(table, row, known) for row in rows]
            for table, rows in complete.tables.items()
        },
        invented=register.invented,
    )
