"""Schemes of grants, what was applied for and given over four years, and what was bought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random

from samspill.register.values import Value
from samspill.studies.invented_municipality.organisations import Organisation
from samspill.studies.invented_municipality.relations import Work
from samspill.studies.invented_municipality.rows import (
    Row,
    after,
    chance,
    rounded,
    row,
    years_after,
)
from samspill.studies.invented_municipality.words import MUNICIPALITY, Words, words

YEARS = 4
DAYS_TO_DECIDE = 62
OPEN_FOR = 55
REFUSED = 0.34
"""The chance that the smallest are refused; the largest are not."""


def schemes(on: date, units: Mapping[str, Row]) -> list[Row]:
    """The schemes with their next, or just passed, deadline."""
    return [
        row(
            "schemes",
            identifier=f"scheme-{told['key']}",
            name=told["name"],
            economic_relation=told["economic_relation"],
            fields=tuple(told["fields"]),
            municipal_unit=units[told["unit"]]["identifier"],
            criteria=told["criteria"],
            opens_on=after(on, told["deadline_in_days"] - OPEN_FOR),
            deadline=after(on, told["deadline_in_days"]),
            budget=told["budget"],
            web=f"https://{MUNICIPALITY.domain}/tilskudd/{told['key']}",
            verified_on=after(on, -25),
        )
        for told in words("money")["scheme"]
    ]


def grants(
    on: date,
    seed: int,
    units: Mapping[str, Row],
    organisations: Sequence[Organisation],
    done: Sequence[Work],
    agreed: Mapping[tuple[str, str], str],
) -> list[Row]:
    """Applications of the last four rounds of every scheme, and purchases and agreed running money
    year by year. Nearly all is for one year, and the largest get most."""
    draw = chance(seed, "grants")
    made = [
        each
        for told in words("money")["scheme"]
        for deadline in _rounds(on, told)
        for each in _round(on, draw, told, deadline, units, organisations)
    ]
    made.extend(
        each
        for work in done
        if work.way.get("economic_relation") == "service_purchase" or _runs_the_centre(work)
        for each in _yearly(on, work, units, agreed)
    )
    made.sort(key=lambda each: (str(each["applied_on"]), str(each["organisation"])))
    return [
        row("grants", identifier=f"grant-{n:03}", **each) for n, each in enumerate(made, start=1)
    ]


def _rounds(on: date, told: Words) -> Iterator[date]:
    """The last deadlines, the oldest first, and the coming one where applications are open."""
    next_one = after(on, told["deadline_in_days"])
    passed = [years_after(next_one, -back) for back in range(YEARS + 1)]
    return reversed(
        [day for day in passed if after(day, -OPEN_FOR) <= on][: YEARS + (next_one > on)]
    )


def _round(
    on: date,
    draw: Random,
    told: Words,
    deadline: date,
    units: Mapping[str, Row],
    organisations: Sequence[Organisation],
) -> Iterator[dict[str, Value]]:
    applicants = [
        each
        for each in organisations
        if told["key"] in each.type["schemes"]
        and each.exists_on(deadline)
        and (each.dissolved_on is None or deadline < on)
        and draw.random() < 0.4 + 0.5 * each.share
    ]
    if deadline > on:
        applicants = [each for each in applicants if draw.random() < 0.2]
    whole = sum(_weight(each) for each in applicants)
    for n, organisation in enumerate(applicants):
        fair = told["budget"] * _weight(organisation) / whole if deadline <= on else 25_000
        applied_on = after(deadline, -draw.randint(0, 20))
        applied = max(2000, rounded(fair * draw.uniform(1.0, 1.8)))
        draft: dict[str, Value] = {
            "organisation": organisation.identifier,
            "scheme": f"scheme-{told['key']}",
            "economic_relation": told["economic_relation"],
            "field": told["fields"][0],
            "municipal_unit": units[told["unit"]]["identifier"],
            "year": deadline.year,
            "years": 1,
            "purpose": draw.choice(
                told["purposes_nn" if organisation.language == "nn" else "purposes"]
            ),
            "applied_on": min(applied_on, on),
            "applied": applied,
            "case_number": f"{deadline.year % 100}/{2000 + 41 * n}",
            "verified_on": min(on, after(deadline, DAYS_TO_DECIDE)),
            "provenance": "document",
        }
        decided_on = after(deadline, DAYS_TO_DECIDE)
        yield draft | _decision(draw, organisation, applied, fair, decided_on, on)


def _weight(organisation: Organisation) -> float:
    return float(organisation.standing**0.95)


def _decision(
    draw: Random, organisation: Organisation, applied: int, fair: float, decided_on: date, on: date
) -> dict[str, Value]:
    if decided_on > on:
        return {"decision": "pending"}
    if draw.random() < REFUSED * (1 - organisation.share) + 0.02:
        withdrawn = draw.random() < 0.08
        return {"decision": "withdrawn" if withdrawn else "refused", "decided_on": decided_on}
    amount = min(applied, max(1000, rounded(fair)))
    decision = "granted" if amount == applied else "partly_granted"
    return {"decision": decision, "decided_on": decided_on, "amount": amount}


def _runs_the_centre(work: Work) -> bool:
    return str(work.way["key"]) == "volunteer_centre_running"


def _yearly(
    on: date, work: Work, units: Mapping[str, Row], agreed: Mapping[tuple[str, str], str]
) -> Iterator[dict[str, Value]]:
    """What an agreed task costs, each year that it was done."""
    apart = 3 if _runs_the_centre(work) else 1
    day = work.begins
    while day <= (work.ends or on):
        yield {
            "organisation": work.organisation.identifier,
            "economic_relation": work.way["economic_relation"],
            "field": work.way["field"],
            "municipal_unit": units[work.way["unit"]]["identifier"],
            "year": day.year,
            "years": apart,
            "purpose": _purpose(work),
            "applied_on": day,
            "decision": "granted",
            "decided_on": day,
            "amount": (work.amount or 0) * apart,
            "agreement": agreed.get(work.place) if "agreement" in work.way else None,
            "verified_on": day,
            "provenance": "document",
        }
        day = years_after(day, apart)


def _purpose(work: Work) -> str:
    if "agreement" in work.way:
        return str(work.way["agreement"]["title"][work.organisation.language])
    return "Undervisning og forestillinger i skolen"
