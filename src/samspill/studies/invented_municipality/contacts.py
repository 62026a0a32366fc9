"""Whom to call, on either side: people who do not exist, functions and addresses on the web."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from random import Random

from samspill.register.values import Value
from samspill.studies.invented_municipality.organisations import Organisation, slug
from samspill.studies.invented_municipality.rows import Row, after, chance, row
from samspill.studies.invented_municipality.words import MUNICIPALITY, words

LARGEST_WITH_A_CONTACT = 46
SHOWN = "name;kind;side;organisation;municipal_unit;role;matters;fields;email;phone;web"
"""What anyone may see of a contact that is no person."""
KEPT = 730
"""Days that a contact is kept after leaving."""


def contacts(
    on: date, seed: int, units: Mapping[str, Row], organisations: Sequence[Organisation]
) -> list[Row]:
    """Contacts of the units and of the largest organisations."""
    draw = chance(seed, "contacts")
    names = people(draw)
    numbers = (f"contact-{n:03}" for n in count(1))
    drafts = (
        *_of_units(on, draw, names, units),
        *_of_organisations(on, draw, names, organisations),
    )
    return [row("contacts", identifier=next(numbers), **draft) for draft in drafts]


def people(draw: Random) -> Iterator[str]:
    """Full names, each once."""
    told = words("people")
    every = [f"{first} {last}" for first in told["first"] for last in told["last"]]
    draw.shuffle(every)
    return iter(every)


def _of_units(
    on: date, draw: Random, names: Iterator[str], units: Mapping[str, Row]
) -> Iterator[dict[str, Value]]:
    for unit in words("municipality")["unit"]:
        told = units[unit["key"]]
        common: dict[str, Value] = {
            "side": "municipality",
            "municipal_unit": told["identifier"],
            "fields": told["fields"],
        }
        if unit.get("reception", True):
            yield common | {
                "name": f"Postmottak, {told['name']}",
                "kind": "function",
                "role": "postmottak",
                "matters": "Alle henvendelser",
                "email": told["email"],
                "phone": told["phone"],
                "public": SHOWN,
                "verified_on": _verified(on, draw, 0.1),
            }
        if unit.get("web"):
            yield common | {
                "name": f"Skjema, {told['name']}",
                "kind": "web",
                "role": "skjema",
                "matters": "Søknader og meldinger",
                "web": f"{told['web']}/skjema",
                "public": SHOWN,
                "verified_on": _verified(on, draw, 0.0),
            }
        for n in range(unit["persons"]):
            person = _person(on, draw, next(names), unit["role"], MUNICIPALITY.domain, unit)
            coordinates = n == 0 and unit.get("coordinates", False)
            yield common | person | {"coordination_position": coordinates}
        if "left" in unit:
            left_on = after(on, unit["left"]["in_days"])
            person = _person(on, draw, next(names), unit["left"]["role"], MUNICIPALITY.domain, unit)
            stopped: dict[str, Value] = {
                "coordination_position": unit["left"].get("coordinates", False),
                "left_on": left_on,
                "keep_until": after(left_on, KEPT),
                "verified_on": after(left_on, -120),
            }
            yield common | person | stopped


def _of_organisations(
    on: date, draw: Random, names: Iterator[str], organisations: Sequence[Organisation]
) -> Iterator[dict[str, Value]]:
    living = [each for each in organisations if each.dissolved_on is None]
    largest = sorted(living, key=lambda each: -each.standing)[:LARGEST_WITH_A_CONTACT]
    for n, organisation in enumerate(largest):
        host = f"{slug(str(organisation.row['name']))}.{MUNICIPALITY.domain}"
        common: dict[str, Value] = {
            "side": "organisation",
            "organisation": organisation.identifier,
            "fields": organisation.fields,
            "provenance": "organisation",
        }
        leader = "leiar" if organisation.language == "nn" else "leder"
        person = _person(on, draw, next(names), leader, host, organisation.type)
        if n % 15 == 7:
            left_on = after(on, -draw.randint(30, 400))
            stopped = {"left_on": left_on, "keep_until": after(left_on, KEPT)}
            yield common | person | stopped | {"verified_on": after(left_on, -90)}
            person = _person(on, draw, next(names), leader, host, organisation.type)
        yield common | person
        if n % 4 == 0:
            yield common | {
                "name": f"Styret i {organisation.row['name']}",
                "kind": "function",
                "role": "styret",
                "email": f"styret@{host}",
                "public": SHOWN,
                "verified_on": _verified(on, draw, 0.2),
            }
        if n % 7 == 0:
            yield common | {
                "name": f"Nettsidene til {organisation.row['name']}",
                "kind": "web",
                "role": "nettside",
                "web": f"https://{host}/kontakt",
                "public": SHOWN,
                "verified_on": _verified(on, draw, 0.2),
            }


def _person(
    on: date, draw: Random, name: str, role: str, host: str, of: Mapping[str, object]
) -> dict[str, Value]:
    fields = of["fields"]
    in_health = isinstance(fields, list) and fields[0] == "health_care"
    return {
        "name": name,
        "kind": "person",
        "role": role,
        "email": f"{slug(name).replace('-', '.')}@{host}",
        "phone": f"01 6{draw.randint(0, 9)} {draw.randint(10, 99)} {draw.randint(10, 99)}",
        "verified_on": _verified(on, draw, 0.55 if in_health else 0.12),
    }


def _verified(on: date, draw: Random, forgotten: float) -> date:
    """When someone last saw that it is right: long ago for some."""
    return after(on, -draw.randint(*((740, 1300) if draw.random() < forgotten else (15, 500))))
