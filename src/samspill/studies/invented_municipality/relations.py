"""Who works with whom, in which way and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

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
from samspill.studies.invented_municipality.words import Words, words

YEARS_BACK = 4
WAYS_BY_RANK = ((0.16, 6), (0.45, 3), (1.0, 2))
"""How many ways the largest, the next and the rest work with the municipality in."""
SHORT = frozenset({"single_cases", "planning_processes", "development_projects"})
WITH_TARGET = frozenset({"service_delivery", "operations_management", "development_projects"})
KNOWN_TO_HEALTH = 0.3
KNOWN_ELSEWHERE = 0.8
STILL_NAMED = 0.35


@dataclass(frozen=True, slots=True)
class Work:
    """An organisation that works with the municipality in a way, from a day and perhaps to one."""

    organisation: Organisation
    way: Words
    begins: date
    ends: date | None

    @property
    def amount(self) -> int | None:
        span = self.way.get("amount")
        return rounded(between(span, self.organisation.share**1.6), 1000) if span else None

    @property
    def place(self) -> tuple[str, str]:
        return self.organisation.identifier, self.way["unit"]


def works(on: date, seed: int, organisations: Sequence[Organisation]) -> list[Work]:
    """The ways in which organisations work with the municipality, the larger in more of them."""
    draw = chance(seed, "relations")
    ways = {way["key"]: way for way in words("relations")["way"]}
    ranks = sorted(organisations, key=lambda each: -each.standing)
    rank = {each.identifier: n / len(ranks) for n, each in enumerate(ranks)}
    made = []
    for organisation in organisations:
        number = next(n for part, n in WAYS_BY_RANK if rank[organisation.identifier] <= part)
        for key in organisation.type["ways"][:number]:
            made.append(_work(on, draw, organisation, ways[key]))
    return made


def _work(on: date, draw: Random, organisation: Organisation, way: Words) -> Work:
    last = organisation.dissolved_on or on
    begins = after(on, -draw.randint(60, YEARS_BACK * 365))
    begins = max(organisation.founded_on, min(begins, after(last, -60)))
    over = organisation.dissolved_on is not None
    over = over or draw.random() < (0.3 if way["form"] in SHORT else 0.08)
    lasted = (last - begins).days
    ends = after(begins, draw.randint(min(lasted, 50), lasted)) if over else None
    return Work(organisation, way, begins, ends)


def relations(
    on: date,
    seed: int,
    units: Mapping[str, Row],
    done: Sequence[Work],
    agreed: Mapping[tuple[str, str], str],
    contacts: Sequence[Row],
) -> list[Row]:
    """A row for each work, and one for the years before where it was taken up anew."""
    draw = chance(seed, "who knows whom")
    directory = _Directory(contacts)
    rows = []
    for work in done:
        for begins, ends in _periods(draw, work):
            rows.append(_relation(on, draw, work, begins, ends, units, agreed, directory))
    return [
        row("relations", identifier=f"relation-{n:03}", **each)
        for n, each in enumerate(rows, start=1)
    ]


def _periods(draw: Random, work: Work) -> Iterator[tuple[date, date | None]]:
    """The time of a work: whole, or with a pause in the middle."""
    last = work.ends
    if last is not None and (last - work.begins).days > 700 and draw.random() < 0.5:
        days = (0, 300, 420, (last - work.begins).days)
        for first, until in list(pairwise(days))[::2]:
            yield after(work.begins, first), after(work.begins, until)
    else:
        yield work.begins, last


class _Directory:
    """Contacts by the side and the one that they belong to."""

    def __init__(self, contacts: Sequence[Row]) -> None:
        self._of: dict[Value, list[Row]] = {}
        for contact in contacts:
            whose = contact["organisation"] or contact["municipal_unit"]
            self._of.setdefault(whose, []).append(contact)

    def persons(self, whose: Value) -> list[Row]:
        return [
            each
            for each in self._of.get(whose, ())
            if each["kind"] == "person" and each["left_on"] is None
        ]

    def every(self, whose: Value) -> list[Row]:
        return [each for each in self._of.get(whose, ()) if each["left_on"] is None]

    def former(self, whose: Value) -> list[Row]:
        return [each for each in self._of.get(whose, ()) if each["left_on"] is not None]


def _relation(
    on: date,
    draw: Random,
    work: Work,
    begins: date,
    ends: date | None,
    units: Mapping[str, Row],
    agreed: Mapping[tuple[str, str], str],
    directory: _Directory,
) -> dict[str, Value]:
    way, organisation = work.way, work.organisation
    unit = units[way["unit"]]["identifier"]
    theirs = directory.persons(organisation.identifier)
    group = way.get("target_group")
    target = "named_group" if group else "open_to_all"
    in_health = way["field"] == "health_care"
    held = "agreement" in way and ends is None
    return {
        "organisation": organisation.identifier,
        "municipal_unit": unit,
        "field": way["field"],
        "form": way["form"],
        "valid_from": begins,
        "valid_to": ends,
        "economic_relation": way.get("economic_relation"),
        "amount": work.amount,
        "agreement": agreed.get(work.place) if held else None,
        "organisation_contact": theirs[0]["identifier"] if theirs else None,
        "municipal_contact": _ours(draw, way, unit, directory),
        "statutory": way["statutory"],
        "target": target if way["form"] in WITH_TARGET else None,
        "target_group": group if way["form"] in WITH_TARGET else None,
        "proposed_by": way["proposed_by"],
        "decided_by": way["decided_by"],
        "verified_on": max(
            begins, after(on, -draw.randint(*((500, 1300) if in_health else (15, 500))))
        ),
    }


def _ours(draw: Random, way: Words, unit: Value, directory: _Directory) -> Value:
    """The municipality's contact. In integration all hangs on the same person; in health it is
    mostly not known, or is the coordinator who left."""
    if way["field"] == "integration":
        return directory.persons(unit)[0]["identifier"]
    in_health = way["field"] == "health_care"
    every, former = directory.every(unit), directory.former(unit)
    if every and draw.random() < (KNOWN_TO_HEALTH if in_health else KNOWN_ELSEWHERE):
        return draw.choice(every)["identifier"]
    if in_health and former and draw.random() < STILL_NAMED:
        return former[0]["identifier"]
    return None
