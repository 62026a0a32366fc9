"""Gatherings that bring needs and offers together (*ressurstreff*), and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samspill.register.values import Value
from samspill.studies.invented_municipality.organisations import Organisation
from samspill.studies.invented_municipality.relations import Work
from samspill.studies.invented_municipality.rows import Row, after, chance, row
from samspill.studies.invented_municipality.volunteers import largest
from samspill.studies.invented_municipality.words import words

DAYS_TO_BEGIN = 20


def led_to(on: date, organisations: Sequence[Organisation]) -> list[Work]:
    """The work that followed from a gathering."""
    ways = {way["key"]: way for way in words("relations")["way"]}
    return [
        Work(
            largest(organisations, match["type"]),
            ways[match["way"]],
            after(on, told["held_in_days"] + DAYS_TO_BEGIN),
            None,
        )
        for told in words("volunteers")["gathering"]
        for match in told["matches"]
        if "way" in match
    ]


def gatherings(on: date, seed: int, organisations: Sequence[Organisation]) -> list[Row]:
    """Resource gatherings that were held, and one to come."""
    draw = chance(seed, "gatherings")
    made = []
    for n, told in enumerate(words("volunteers")["gathering"], start=1):
        day = after(on, told["held_in_days"])
        able = [
            each.identifier
            for each in organisations
            if set(each.fields) & set(told["fields"]) and each.exists_on(day)
        ]
        offering = {largest(organisations, each["type"]).identifier for each in told["matches"]}
        present = offering | set(draw.sample(able, min(9, len(able)))) if day < on else set()
        made.append(
            row(
                "gatherings",
                identifier=f"gathering-{n}",
                title=told["title"],
                fields=tuple(told["fields"]),
                held_on=day,
                place=told["place"],
                present=tuple(sorted(present)),
                verified_on=min(on, day),
            )
        )
    return made


def matches(
    on: date, gathered: Sequence[Row], related: Sequence[Row], organisations: Sequence[Organisation]
) -> list[Row]:
    """What was offered to the needs at a gathering, and what came of it."""
    made: list[dict[str, Value]] = []
    for told, gathering in zip(words("volunteers")["gathering"], gathered, strict=True):
        day = after(on, told["held_in_days"])
        for match in told["matches"]:
            giver = largest(organisations, match["type"]).identifier
            outcome = match["outcome"]
            made.append(
                {
                    "gathering": gathering["identifier"],
                    "need": f"need-{match['need']:02}",
                    "organisation": giver,
                    "offered": match["offered"],
                    "outcome": outcome,
                    "follow_up_on": after(day, 10),
                    "followed_up_on": None if outcome == "pending" else min(on, after(day, 10)),
                    "relation": _relation_of(giver, day, related) if "way" in match else None,
                    "verified_on": day,
                }
            )
    return [row("matches", identifier=f"match-{n:02}", **each) for n, each in enumerate(made, 1)]


def _relation_of(giver: str, day: date, related: Sequence[Row]) -> Value:
    """The relation of the giver that the gathering led to."""
    later = (
        each["identifier"]
        for each in related
        if each["organisation"] == giver and each["valid_from"] == after(day, DAYS_TO_BEGIN)
    )
    return next(later, None)
