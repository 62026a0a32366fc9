"""What may be right in a register, but seldom is; nothing is refused for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from samspill.errors import Message, Problem
from samspill.register.checks import Place, places
from samspill.register.model import Register, Row
from samspill.register.publicity import public_columns
from samspill.register.schema import TABLES


def warn_of(register: Register, *, files: Mapping[str, str] | None = None) -> list[Problem]:
    """Rows that someone should look at: seats in closed bodies, lasting collaboration with
    dissolved organisations or with contacts that have left, persons shown to anyone or told of by
    an identifier, refusals with an amount."""
    found = _Found(register)
    return [problem for place in places(register, files) for problem in found.of(place)]


class _Found:
    def __init__(self, register: Register) -> None:
        self._bodies = register.by_identifier("bodies")
        self._organisations = register.by_identifier("organisations")
        self._contacts = register.by_identifier("contacts")

    def of(self, place: Place) -> Iterator[Problem]:
        match place.table.name:
            case "seats":
                yield from self._closed_bodies(place)
            case "relations":
                yield from self._dissolved(place)
                yield from self._left(place)
            case "contacts":
                yield from _persons_shown(place)
                yield from _telling_identifier(place)
            case "grants":
                yield from _refused_with_amount(place)

    def _closed_bodies(self, place: Place) -> Iterator[Problem]:
        closed = _named(self._bodies, place.row["body"]).get("closed_on")
        if isinstance(closed, date) and _lasts_beyond(place.row, closed):
            message = Message("The body was closed on {date}.", date=closed.isoformat())
            yield place.problem("valid_to", message, "Write when the seat ended.")

    def _dissolved(self, place: Place) -> Iterator[Problem]:
        organisation = _named(self._organisations, place.row["organisation"])
        if organisation.get("status") == "dissolved" and place.row["valid_to"] is None:
            message = "The organisation is dissolved, and the collaboration has no end."
            yield place.problem("valid_to", message, "Write when it ended.")

    def _left(self, place: Place) -> Iterator[Problem]:
        if place.row["valid_to"] is not None:
            return
        for column in ("organisation_contact", "municipal_contact"):
            if _named(self._contacts, place.row[column]).get("left_on") is not None:
                yield place.problem(column, "The contact has left.", "Name the one who took over.")


def _named(rows: Mapping[str, Row], identifier: object) -> Row:
    return rows.get(str(identifier), {})


def _lasts_beyond(row: Row, day: date) -> bool:
    ends = row["valid_to"]
    return not isinstance(ends, date) or ends > day


def _persons_shown(place: Place) -> Iterator[Problem]:
    if place.row["kind"] != "person":
        return
    personal = {column.name for column in TABLES["contacts"].columns if column.personal}
    shown = [name for name in public_columns("contacts", place.row) if name in personal]
    if shown:
        message = Message("A person is shown to anyone: {names}.", names=", ".join(shown))
        yield place.problem("public", message, "Make sure that the person has agreed.")


def _telling_identifier(place: Place) -> Iterator[Problem]:
    name, identifier = str(place.row["name"]).casefold(), str(place.row["identifier"]).casefold()
    words = [word for word in re.split(r"\W+", name) if len(word) > 2]
    if place.row["kind"] == "person" and any(word in identifier for word in words):
        message = "The identifier holds a part of the name, and identifiers may be shown to anyone."
        yield place.problem("identifier", message, "Give an identifier that says nothing.")


def _refused_with_amount(place: Place) -> Iterator[Problem]:
    amount = place.row["amount"]
    if place.row["decision"] in {"refused", "withdrawn"} and amount:
        message = "The application was refused or withdrawn, and an amount is given."
        yield place.problem("amount", message, "Correct the decision or the amount.")
