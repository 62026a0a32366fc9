"""Premises that organisations use, and what they ask the municipality about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from samspill.register.values import Value
from samspill.studies.invented_municipality.organisations import Organisation
from samspill.studies.invented_municipality.rows import (
    Row,
    after,
    between,
    chance,
    rounded,
    row,
)
from samspill.studies.invented_municipality.words import MUNICIPALITY, words

ENQUIRIES = 46
DAYS_BACK = 400


def premises(on: date, units: Mapping[str, Row]) -> list[Row]:
    """The premises in the order of the material."""
    streets = {place["name"]: place["streets"][0] for place in words("municipality")["place"]}
    return [
        row(
            "premises",
            identifier=f"premises-{n}",
            name=told["name"],
            address=f"{streets[told['place']]} {6 * n}",
            place=told["place"],
            municipal_unit=units[told["unit"]]["identifier"],
            capacity=told["capacity"],
            equipment=told["equipment"],
            step_free=told["step_free"],
            price=told["price"],
            booking=f"https://{MUNICIPALITY.domain}/lokaler/{n}",
            verified_on=after(on, -60),
        )
        for n, told in enumerate(words("premises")["premises"], start=1)
    ]


def allocations(on: date, seed: int, organisations: Sequence[Organisation]) -> list[Row]:
    """Fixed times in the premises, the larger with the more hours; some ended last season."""
    draw = chance(seed, "allocations")
    made: list[dict[str, Value]] = []
    for n, told in enumerate(words("premises")["premises"], start=1):
        users = sorted(
            (each for each in organisations if told["key"] in each.type.get("premises", ())),
            key=lambda each: -each.standing,
        )
        for organisation in users[: told["slots"]]:
            begins = max(organisation.founded_on, after(on, -draw.randint(30, 900)))
            ends = organisation.dissolved_on
            if ends is None and draw.random() < 0.15:
                ends = after(on, -draw.randint(5, 25))
            hours = between((1, 9), min(1.0, organisation.standing / 600))
            made.append(
                {
                    "premises": f"premises-{n}",
                    "organisation": organisation.identifier,
                    "field": organisation.fields[0],
                    "valid_from": min(begins, ends) if ends else begins,
                    "valid_to": ends,
                    "hours_a_week": round(hours * 2) / 2,
                    "rent": rounded(between(told["rent"], draw.random()), 500),
                    "verified_on": max(begins, after(on, -90)),
                }
            )
    return [
        row("allocations", identifier=f"allocation-{n:03}", **each)
        for n, each in enumerate(made, start=1)
    ]


def enquiries(
    on: date, seed: int, units: Mapping[str, Row], organisations: Sequence[Organisation]
) -> list[Row]:
    """Questions from organisations. The small ones, and those in health, wait longest."""
    draw = chance(seed, "enquiries")
    told = words("premises")["enquiries"]
    asking = [each for each in organisations if each.fields[0] in told and not each.dissolved_on]
    made: list[dict[str, Value]] = []
    for organisation in draw.sample(asking, ENQUIRIES):
        field = organisation.fields[0]
        received = after(on, -draw.randint(3, DAYS_BACK))
        made.append(
            {
                "organisation": organisation.identifier,
                "municipal_unit": units[draw.choice(told[field]["units"])]["identifier"],
                "field": field,
                "subject": draw.choice(told[field][organisation.language]),
                "received_on": received,
                "answered_on": _answered(on, draw.random(), draw.random(), organisation, received),
                "verified_on": received,
                "provenance": "organisation",
            }
        )
    made.sort(key=lambda each: str(each["received_on"]))
    return [
        row("enquiries", identifier=f"enquiry-{n:02}", **each) for n, each in enumerate(made, 1)
    ]


def _answered(
    on: date, luck: float, wait: float, organisation: Organisation, received: date
) -> date | None:
    in_health = organisation.fields[0] == "health_care"
    small = organisation.standing < 50
    if luck < 0.1 + 0.15 * small + 0.35 * in_health:
        return None
    answered = after(received, round(1 + wait * (12 + 30 * small + 40 * in_health)))
    return answered if answered <= on else None
