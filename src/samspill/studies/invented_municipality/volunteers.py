"""What is needed and offered, where offers were sent, and who can receive how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle
from random import Random

from samspill.register.values import Value
from samspill.studies.invented_municipality.contacts import people
from samspill.studies.invented_municipality.organisations import Organisation, slug
from samspill.studies.invented_municipality.rows import Row, after, chance, row
from samspill.studies.invented_municipality.words import MUNICIPALITY, Words, words

STILL_HELD = ("waiting", "waiting", "referred", "accepted")
RUN_OUT = ("expired", "accepted", "declined", "withdrawn", "expired")
"""What became of offers whose day to expire is to come, and of the others."""
LASTS = 120
"""Days until an offer expires."""
FIELDS = {
    "culture_leisure": 5,
    "health_care": 7,
    "children_youth": 6,
    "integration": 8,
    "emergency_preparedness": 3,
    "environment_climate_transport": 3,
}
CAPACITIES = ("red_cross", "volunteer_centre", "womens_health", "rescue", "village_hall")


def largest(organisations: Sequence[Organisation], kind: str, language: str = "") -> Organisation:
    """The largest of a kind, or the largest that writes a language."""
    able = [
        each
        for each in organisations
        if each.type["key"] == kind
        and each.dissolved_on is None
        and language in ("", each.language)
    ]
    return max(able, key=lambda each: each.standing)


def _whose(
    told: Words, units: Mapping[str, Row], organisations: Sequence[Organisation]
) -> dict[str, Value]:
    if "unit" in told:
        return {"municipal_unit": units[told["unit"]]["identifier"]}
    whose = largest(organisations, told["type"], told.get("language", "")).identifier
    return {"organisation": whose, "provenance": "organisation"}


def needs(on: date, units: Mapping[str, Row], organisations: Sequence[Organisation]) -> list[Row]:
    """What organisations and units need; some is closed."""
    told = words("volunteers")
    return [
        row(
            "needs",
            identifier=f"need-{n:02}",
            title=need["title"],
            field=need["field"],
            description=need["description"],
            place=need["place"],
            times=need["times"],
            languages="norsk",
            wanted=need["wanted"],
            published_on=after(on, need["published_in_days"]),
            open_until=after(on, need["open_in_days"]),
            closed_on=after(on, need["closed_in_days"]) if "closed_in_days" in need else None,
            verified_on=after(on, need["published_in_days"]),
            **_whose(need, units, organisations),
        )
        for n, need in enumerate(told["need"], start=1)
    ]


def offers(
    on: date, seed: int, units: Mapping[str, Row], organisations: Sequence[Organisation]
) -> list[Row]:
    """What people who do not exist offer, and what organisations and units have to share.

    One that has expired, was withdrawn or declined is no longer waiting for anyone.
    """
    draw = chance(seed, "offers")
    names = people(draw)
    fields = [field for field, number in FIELDS.items() for _ in range(number)]
    statuses = (cycle(STILL_HELD), cycle(RUN_OUT))
    made = [_offer(on, draw, next(names), field, statuses) for field in fields]
    for shared in words("volunteers")["shared"]:
        given = after(on, -draw.randint(5, 50))
        made.append(
            {
                "fields": (shared["field"],),
                "description": shared["description"],
                "given_on": given,
                "expires_on": after(given, 365),
                "status": "waiting",
                "verified_on": given,
            }
            | _whose(shared, units, organisations)
        )
    made.sort(key=lambda each: str(each["given_on"]))
    return [row("offers", identifier=f"offer-{n:02}", **each) for n, each in enumerate(made, 1)]


def _offer(
    on: date, draw: Random, name: str, field: str, statuses: tuple[Iterator[str], Iterator[str]]
) -> dict[str, Value]:
    told = words("volunteers")
    given = after(on, -draw.randint(1, 230))
    expires = after(given, LASTS)
    status = next(statuses[0] if expires >= on else statuses[1])
    return {
        "name": name,
        "email": f"{slug(name).replace('-', '.')}@innbygger.{MUNICIPALITY.domain}",
        "phone": f"01 7{draw.randint(0, 9)} {draw.randint(10, 99)} {draw.randint(10, 99)}",
        "fields": (field,),
        "description": draw.choice(told["offers"][field]),
        "place": draw.choice(words("municipality")["place"])["name"],
        "times": draw.choice(told["days"]),
        "languages": draw.choice(told["languages"]),
        "given_on": given,
        "expires_on": expires,
        "consented_on": given,
        "status": status,
        "verified_on": given,
    }


def referrals(
    on: date,
    seed: int,
    offered: Sequence[Row],
    needed: Sequence[Row],
    units: Mapping[str, Row],
    organisations: Sequence[Organisation],
) -> list[Row]:
    """Where offers were sent: first to an organisation, then to a unit where it did not answer."""
    draw = chance(seed, "referrals")
    sent: list[dict[str, Value]] = []
    for offer in offered:
        status = offer["status"]
        if offer["organisation"] or offer["municipal_unit"] or status in {"waiting", "withdrawn"}:
            continue
        given = offer["given_on"]
        assert isinstance(given, date)  # noqa: S101
        day = min(on, after(given, draw.randint(1, 9)))
        answered = min(on, after(day, draw.randint(1, 15)))
        fields = offer["fields"]
        assert isinstance(fields, tuple)  # noqa: S101
        need = next((n for n in needed if n["field"] == fields[0] and _open(n, day)), None)
        common: dict[str, Value] = {
            "offer": offer["identifier"],
            "need": need["identifier"] if need else None,
            "sent_on": day,
            "verified_on": day,
        }
        receiver = _receiver(fields[0], need, organisations)
        outcome = {"referred": "pending", "accepted": "accepted", "declined": "declined"}
        told = outcome.get(str(status), "no_answer")
        answer = answered if told in {"accepted", "declined"} else None
        sent.append(common | receiver | {"outcome": told, "answered_on": answer})
        if told == "no_answer":
            later = after(day, 30)
            unit = units["refugees" if fields[0] == "integration" else "culture"]["identifier"]
            again: dict[str, Value] = {
                "municipal_unit": unit,
                "sent_on": later,
                "verified_on": later,
            }
            sent.append(common | again | {"outcome": "no_answer", "need": None})
    return [
        row("referrals", identifier=f"referral-{n:02}", **each) for n, each in enumerate(sent, 1)
    ]


def _open(need: Row, day: date) -> bool:
    published, until = need["published_on"], need["closed_on"] or need["open_until"]
    return isinstance(published, date) and isinstance(until, date) and published <= day <= until


def _receiver(
    field: str, need: Row | None, organisations: Sequence[Organisation]
) -> dict[str, Value]:
    if need is not None:
        return {key: need[key] for key in ("organisation", "municipal_unit") if need[key]}
    kinds = {
        "culture_leisure": "sports_club",
        "children_youth": "youth_house",
        "emergency_preparedness": "rescue",
        "environment_climate_transport": "outdoor",
    }
    return {"organisation": largest(organisations, kinds.get(field, "volunteer_centre")).identifier}


def capacities(on: date, seed: int, organisations: Sequence[Organisation]) -> list[Row]:
    """How many people organisations can receive or follow up in a crisis."""
    draw = chance(seed, "capacities")
    able = [each for each in organisations if each.type["key"] in CAPACITIES]
    return [
        row(
            "capacities",
            identifier=f"capacity-{n:02}",
            organisation=each.identifier,
            field=draw.choice(("emergency_preparedness", "integration"))
            if each.type["key"] in {"red_cross", "volunteer_centre"}
            else "emergency_preparedness",
            persons=min(60, 4 + each.standing // 6),
            valid_from=after(on, -100),
            valid_to=after(on, 265),
            provenance="organisation",
            verified_on=after(on, -100),
        )
        for n, each in enumerate(able, start=1)
    ]
