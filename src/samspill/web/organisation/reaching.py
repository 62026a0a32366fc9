"""Whom to call for what: contacts in the municipality by matter, with other ways in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from samspill.register import TABLES, Kind, Register
from samspill.register.model import Row
from samspill.register.values import split
from samspill.web.municipality.words import column_name, concept_name
from samspill.web.organisation.grid import href_of, name_of
from samspill.web.organisation.own import fields_of

EVERYWHERE = "administrative_leadership"
REACHED_BY = ("name", "email", "phone", "web")


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone, a function or a web page to turn to; ``own`` where the organisation works with it.

    ``otherwise`` are functions and web pages of the same unit, for when a person does not answer.
    """

    identifier: str
    name: str
    role: str
    unit: str
    email: str
    phone: str
    web: str
    own: bool = False
    is_person: bool = False
    otherwise: list[Contact] = field(default_factory=list)

    @property
    def telephone(self) -> str:
        """The number as a link."""
        return href_of(Kind.PHONE, self.phone)


def own_contacts(own: Register, shown: Register, organisation: str) -> dict[str, list[Contact]]:
    """By matter: those that the organisation works with, then what anyone may see of those who
    answer in its fields or for the whole municipality."""
    fields = fields_of(own, organisation)
    known = [row for row in own.rows("contacts") if row["side"] == "municipality"]
    names = {row["identifier"] for row in known}
    others = [
        row for row in _municipal(shown) if row["identifier"] not in names and _answers(row, fields)
    ]
    return _by_matter(
        [(row, own, True) for row in known] + [(row, shown, False) for row in others], shown
    )


def public_contacts(shown: Register, rows: Iterable[Row] | None = None) -> dict[str, list[Contact]]:
    """By matter: the municipality's contacts that anyone may see, or some of them."""
    chosen = _municipal(shown) if rows is None else rows
    return _by_matter([(row, shown, False) for row in chosen], shown)


def municipal_contacts(shown: Register) -> list[Row]:
    """The municipality's contacts that anyone can reach in some way."""
    return _municipal(shown)


def _municipal(shown: Register) -> list[Row]:
    return [
        row
        for row in shown.rows("contacts")
        if row["side"] == "municipality" and any(row[name] for name in REACHED_BY)
    ]


def _answers(row: Row, fields: set[str]) -> bool:
    held = row["fields"]
    return not held or bool({*fields, EVERYWHERE} & set(held if isinstance(held, tuple) else ()))


def _by_matter(rows: list[tuple[Row, Register, bool]], shown: Register) -> dict[str, list[Contact]]:
    found: dict[str, list[Contact]] = {}
    for row, register, own in rows:
        contact = _contact(row, register, own, shown)
        for matter in _matters(row):
            found.setdefault(matter, []).append(contact)
    return dict(sorted(found.items(), key=_persons_that_one_works_with_first))


def _persons_that_one_works_with_first(pair: tuple[str, list[Contact]]) -> tuple[bool, bool, str]:
    matter, contacts = pair
    known = [contact for contact in contacts if contact.own]
    return not any(contact.is_person for contact in known), not known, matter.casefold()


def _contact(row: Row, register: Register, own: bool, shown: Register) -> Contact:
    is_person = row["kind"] == "person"
    unit = row["municipal_unit"]
    others = [
        other
        for other in _municipal(shown)
        if is_person and unit and other["municipal_unit"] == unit and other["kind"] != "person"
    ]
    return Contact(
        identifier=str(row["identifier"]),
        name=str(row["name"] or ""),
        role=str(row["role"] or ""),
        unit=name_of(register, "municipal_units", unit),
        email=str(row["email"] or ""),
        phone=str(row["phone"] or ""),
        web=str(row["web"] or ""),
        own=own,
        is_person=is_person,
        otherwise=[_contact(other, shown, False, shown) for other in others],
    )


def _matters(row: Row) -> list[str]:
    """The matters that a contact answers for; its fields where none are told, else its role."""
    if row["matters"]:
        return list(split(str(row["matters"])))
    fields = row["fields"]
    if isinstance(fields, tuple) and fields:
        return [concept_name(TABLES["contacts"].column("fields").of, name) for name in fields]
    return [str(row["role"] or column_name("contacts", "matters"))]
