"""Agreements on what organisations and municipal units do together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from samspill.register.values import Value
from samspill.studies.invented_municipality.relations import Work
from samspill.studies.invented_municipality.rows import Row, after, chance, row

AGREEMENTS = 34
YEAR, LONGER = 365, 1095
"""Days that an agreement lasts."""


def agreements(
    on: date, seed: int, units: Mapping[str, Row], done: Sequence[Work]
) -> tuple[list[Row], dict[tuple[str, str], str]]:
    """Agreements, and which one holds between an organisation and a unit.

    Most are for a year at a time; one has ended, one is overdue for review, some soon are.
    """
    draw = chance(seed, "agreements")
    told: dict[tuple[str, str], Work] = {}
    for work in sorted(done, key=lambda each: -each.organisation.standing):
        if "agreement" in work.way and work.ends is None and _is_written(work):
            told.setdefault(work.place, work)
    rows = []
    for n, work in enumerate(list(told.values())[:AGREEMENTS], start=1):
        rows.append(_agreement(on, draw, n, work, units[work.way["unit"]]))
    return rows, {
        place: str(each["identifier"])
        for place, each in zip(told, rows, strict=False)
        if each["ended_on"] is None
    }


def _is_written(work: Work) -> bool:
    """In health little is; in integration two things are, with the two largest."""
    if work.way["field"] == "health_care":
        return str(work.way["key"]) != "visits"
    return str(work.way["field"]) != "integration" or work.organisation.standing > 200


def _agreement(on: date, draw: Random, n: int, work: Work, unit: Row) -> Row:
    organisation, told = work.organisation, work.way["agreement"]
    language = organisation.language
    days_left = draw.choice((40, 75, 120, 190, 260, 330))
    long = work.way["key"] == "volunteer_centre_running"
    ends = after(on, 480 if long else days_left)
    begins = max(work.begins, after(ends, -LONGER if long else -YEAR))
    review = after(ends, -90 if long else -30)
    closing: dict[str, Value] = {}
    if n == 4:
        review = after(on, -38)
    elif n in {7, 12, 19}:
        review, ends = after(on, 6 + n), after(on, 70 + n)
    elif n == 31:
        ended_on = after(on, -25)
        closing = {"ended_on": ended_on, "ended_because": "Laget hadde ikke lenger nok folk."}
        ends = review = ended_on
        begins = max(work.begins, after(ended_on, -YEAR))
    return row(
        "agreements",
        identifier=f"agreement-{n:02}",
        title=f"{told['title'][language]}, {organisation.row['name']}",
        organisation=organisation.identifier,
        municipal_unit=unit["identifier"],
        fields=(work.way["field"],),
        role_of_municipality=told["municipality"][language],
        role_of_organisation=told["organisation"][language],
        made_together=work.way["decided_by"] == "together",
        valid_from=begins,
        valid_to=ends,
        review_on=max(review, begins),
        case_number=f"{begins.year % 100}/{1000 + 37 * n}",
        provenance="document",
        verified_on=max(begins, after(on, -draw.randint(20, 300))),
        **closing,
    )
