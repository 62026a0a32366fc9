"""The municipal units and the organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from samspill.register.numbers import control_digit
from samspill.studies.invented_municipality.rows import Row, after, between, chance, row
from samspill.studies.invented_municipality.words import MUNICIPALITY, Words, words

FIRST_NUMBER = 10_400_000
"""Eight digits. Numbers that are given out begin with 8 or 9; these begin with 1."""
WITHOUT_NUMBER = 5
"""Every so manieth of those without a national parent is in no national register."""
STANDING_OF_FEW = 450
"""What those who speak or act for others weigh, whatever their own members."""
_NN = str.maketrans("æøåäö", "aoaao")


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's row with the material it is made of.

    ``share`` is 1 for the largest of its type and 0 for the smallest; ``standing`` is how much it
    weighs in the municipality, mostly its members.
    """

    row: Row
    type: Words
    language: str
    share: float
    standing: int

    @property
    def identifier(self) -> str:
        return str(self.row["identifier"])

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.type["fields"])

    @property
    def founded_on(self) -> date:
        founded = self.row["founded_on"]
        assert isinstance(founded, date)  # noqa: S101
        return founded

    @property
    def dissolved_on(self) -> date | None:
        dissolved = self.row["dissolved_on"]
        return dissolved if isinstance(dissolved, date) else None

    def said(self, told: Words, key: str) -> str:
        """A text of the material in the organisation's language, Bokmål where it has no other."""
        return str(told.get(f"{key}_nn" if self.language == "nn" else key) or told[key])

    def exists_on(self, day: date) -> bool:
        gone = self.dissolved_on
        return self.founded_on <= day and (gone is None or day <= gone)


def units(on: date) -> dict[str, Row]:
    """The municipal units by their key in the material."""
    told = words("municipality")["unit"]
    numbers = {unit["key"]: f"unit-{n:02}" for n, unit in enumerate(told, start=1)}
    return {
        unit["key"]: row(
            "municipal_units",
            identifier=numbers[unit["key"]],
            name=unit["name"],
            parent=numbers.get(unit.get("parent", "")),
            fields=tuple(unit["fields"]),
            email=f"{unit['key'].replace('_', '-')}@{MUNICIPALITY.domain}",
            phone=f"01 40 {n:02} 00",
            web=f"https://{MUNICIPALITY.domain}/{unit['key'].replace('_', '-')}",
            verified_on=after(on, -30 - 9 * n),
        )
        for n, unit in enumerate(told, start=1)
    }


def organisations(on: date, seed: int) -> list[Organisation]:
    """The organisations, each after the umbrella it is a member of."""
    draw = chance(seed, "organisations")
    numbers = _numbers()
    made: list[Organisation] = []
    umbrellas: dict[str, str] = {}
    for kind in words("organisations")["type"]:
        for name, language, share in _names(kind):
            n = len(made) + 1
            identifier = f"org-{n:03}"
            if kind.get("kind") == "umbrella":
                umbrellas[kind["key"]] = identifier
            number = None if _is_local(kind, name, n) else next(numbers)
            told = _row(on, draw, kind, name, language, share, umbrellas, identifier, number)
            members = told["members"]
            assert isinstance(members, int)  # noqa: S101
            standing = STANDING_OF_FEW if "kind" in kind else members
            made.append(Organisation(told, kind, language, share, standing))
    return made


def _names(kind: Words) -> Iterator[tuple[str, str, float]]:
    """Names with language and share. Those in nynorsk stand evenly among the others in size."""
    bokmal = [(name, "nb") for name in kind["names"]]
    nynorsk = [(name, "nn") for name in kind.get("names_nn", ())]
    every = bokmal[:1] + nynorsk[:1] + bokmal[1:] + nynorsk[1:]
    for n, (name, language) in enumerate(every):
        yield name, language, 1 - n / max(1, len(every) - 1)


def _numbers() -> Iterator[str]:
    for first in range(FIRST_NUMBER, FIRST_NUMBER + 10_000):
        digit = control_digit(str(first))
        if digit is not None:
            yield f"{first}{digit}"


def numbers_after(taken: int) -> Iterator[str]:
    """Numbers that no organisation of the register has, after the first so many."""
    every = _numbers()
    for _ in range(taken):
        next(every)
    return every


def _is_local(kind: Words, name: str, n: int) -> bool:
    return "kind" not in kind and not _parent(kind, name) and n % WITHOUT_NUMBER == 0


def _parent(kind: Words, name: str) -> str:
    return str(kind.get("own_parent", {}).get(name, kind["parent"]))


def _row(
    on: date,
    draw: Random,
    kind: Words,
    name: str,
    language: str,
    share: float,
    umbrellas: Mapping[str, str],
    identifier: str,
    number: str | None,
) -> Row:
    place = _place(name)
    members = round(between(kind["members"], share**2.2))
    founded = after(
        on, -draw.randint(900, 3600) if kind.get("young") else -draw.randint(4200, 38000)
    )
    address = f"{draw.choice(place['streets'])} {draw.randint(1, 48)}"
    centre = kind.get("kind") == "volunteer_centre"
    dissolved = (
        after(on, -draw.randint(200, 500)) if name in words("organisations")["dissolved"] else None
    )
    status = "unknown" if name in words("organisations")["silent"] else "active"
    told = kind.get("purpose_nn") if language == "nn" else kind["purpose"]
    host = f"{slug(name)}.{MUNICIPALITY.domain}"
    return row(
        "organisations",
        identifier=identifier,
        name=name,
        number=number,
        kind=kind.get("kind", "organisation"),
        legal_form=kind.get("legal_form", "FLI") if number else None,
        fields=tuple(kind["fields"]),
        categories=tuple(kind["categories"]),
        purpose=told or kind["purpose"],
        members=members,
        founded_on=founded,
        address=address,
        postcode=place["postcode"],
        place=place["name"],
        municipality_code=MUNICIPALITY.code,
        email=f"post@{host}",
        phone=f"01 5{draw.randint(0, 9)} {draw.randint(10, 99)} {draw.randint(10, 99)}",
        web=f"https://{host}" if members > 40 or draw.random() < 0.3 else None,
        umbrellas=(umbrellas[kind["umbrella"]],) if "umbrella" in kind else (),
        national_parent=_parent(kind, name) or None,
        owner="association" if centre else None,
        centre_tasks=("runs_activities", "recruits_individuals", "coordinates") if centre else (),
        in_voluntary_register=number is not None
        and (members > 100 or "kind" in kind or draw.random() < 0.8),
        status="dissolved" if dissolved else status,
        dissolved_on=dissolved,
        provenance="national_register" if number else "municipality",
        verified_on=after(on, -_since(draw, kind)),
    )


def _since(draw: Random, kind: Words) -> int:
    """Days since someone looked: long in health, where nobody has the overview."""
    if kind["fields"][0] == "health_care":
        return draw.randint(300, 1400)
    return draw.randint(10, 600)


def _place(name: str) -> Words:
    places = words("municipality")["place"]
    return next((place for place in places if place["name"] in name), places[0])


def slug(name: str) -> str:
    """A name as a part of an address on the web."""
    plain = name.lower().translate(_NN)
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in plain).split())
