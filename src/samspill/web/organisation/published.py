"""Needs as anyone may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samspill.register import TABLES, Register
from samspill.register.model import Row
from samspill.web.municipality.words import in_words
from samspill.web.organisation.grid import name_of


@dataclass(frozen=True, slots=True)
class PublishedNeed:
    """A need that is open; ``who`` is empty where that is not shown, ``details`` are place, times,
    languages and how many are wanted, in words."""

    identifier: str
    title: str
    field: str
    field_name: str
    description: str
    who: str
    organisation: str
    details: list[str]
    open_until: date | None


def published_needs(shown: Register, today: date) -> list[PublishedNeed]:
    """The needs of a public register that are open on a day, those that close first before others.

    ``shown`` has needs, organisations and municipal units.
    """
    found = [_need(shown, row) for row in shown.rows("needs") if _is_open(row, today)]
    return sorted(found, key=lambda need: need.open_until or date.max)


def _is_open(row: Row, today: date) -> bool:
    published, until = row["published_on"], row["open_until"]
    return (
        isinstance(published, date)
        and published <= today
        and row["closed_on"] is None
        and (not isinstance(until, date) or until >= today)
        and bool(row["title"])
    )


def _need(shown: Register, row: Row) -> PublishedNeed:
    table = TABLES["needs"]

    def word(name: str) -> str:
        return in_words(table.column(name), row[name])

    until = row["open_until"]
    return PublishedNeed(
        identifier=str(row["identifier"]),
        title=word("title"),
        field=str(row["field"] or ""),
        field_name=word("field"),
        description=word("description"),
        who=name_of(shown, "organisations", row["organisation"])
        or name_of(shown, "municipal_units", row["municipal_unit"]),
        organisation=str(row["organisation"] or ""),
        details=[text for name in ("place", "times", "languages") if (text := word(name))],
        open_until=until if isinstance(until, date) else None,
    )
