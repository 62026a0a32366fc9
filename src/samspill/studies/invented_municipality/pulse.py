"""The pulse of the collaboration, answered by both sides in two rounds; nobody answered it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from samspill.instrument.model import Instrument
from samspill.instrument.shipping import shipped_instrument
from samspill.studies.invented_municipality.contacts import contacts
from samspill.studies.invented_municipality.inventing import SEED
from samspill.studies.invented_municipality.organisations import (
    Organisation,
    organisations,
    units,
)
from samspill.studies.invented_municipality.rows import after, chance
from samspill.studies.invented_municipality.words import Words, words

DONT_KNOW = "dont_know"
ORGANISATIONS = 64
"""How many are asked; of the municipality, all contacts in the fields studied are."""
ANSWERING = {"municipality": 0.95, "organisation": 0.88}
ASKED = ("culture_leisure", "health_care", "children_youth", "integration")


class PulseAnswer(NamedTuple):
    """An answer: in round 1 or 2, by an organisation or a contact of the municipality.

    ``respondent`` is an identifier of the register's organisations or contacts, by the side;
    ``variable`` and ``value`` are those of the shipped instrument ``pulse``. One who skipped an
    item, or stopped early, has no row for it.
    """

    round: int
    side: str
    respondent: str
    field: str
    variable: str
    value: str


def pulse_rounds(on: date) -> tuple[date, ...]:
    """The days on which the rounds closed."""
    return tuple(after(on, days) for days in words("pulse")["rounds_in_days"])


def pulse(on: date, seed: int = SEED) -> list[PulseAnswer]:
    """The answers of both rounds.

    The sides differ most in influence, early involvement and roles, and most of all in health;
    the second round is a little better than the first.
    """
    draw = chance(seed, "pulse")
    known = organisations(on, seed)
    asked = [*_contacts(on, seed, known), *_organisations(draw, known, pulse_rounds(on)[0])]
    items = _items(shipped_instrument("pulse"))
    answers: list[PulseAnswer] = []
    for n in range(len(pulse_rounds(on))):
        for side, respondent, field in asked:
            if draw.random() < ANSWERING[side]:
                answers.extend(
                    PulseAnswer(n + 1, side, respondent, field, variable, value)
                    for variable, value in _answer(draw, n, side, field, items)
                )
    return answers


def _items(instrument: Instrument) -> list[str]:
    return [
        question.variable
        for page in instrument.pages
        for question in page.questions
        if question.code_list
    ]


def _contacts(on: date, seed: int, known: Sequence[Organisation]) -> Iterator[tuple[str, str, str]]:
    """People of the municipality, in the fields studied."""
    for each in contacts(on, seed, units(on), known):
        fields = each["fields"]
        field = fields[0] if isinstance(fields, tuple) else ""
        ours = each["side"] == "municipality" and each["kind"] == "person"
        if ours and each["left_on"] is None and field in ASKED:
            yield "municipality", str(each["identifier"]), field


def _organisations(
    draw: Random, known: Sequence[Organisation], day: date
) -> Iterator[tuple[str, str, str]]:
    """Organisations of the fields studied, in the order of the register."""
    able = [
        each
        for each in known
        if each.fields[0] in ASKED and each.exists_on(day) and each.dissolved_on is None
    ]
    chosen = sorted(draw.sample(able, ORGANISATIONS), key=lambda each: each.identifier)
    for each in chosen:
        yield "organisation", each.identifier, each.fields[0]


def _answer(
    draw: Random, n: int, side: str, field: str, items: Sequence[str]
) -> Iterator[tuple[str, str]]:
    told: Words = words("pulse")
    inclination = draw.gauss(0, 0.35)
    until = draw.randint(3, len(items) - 1) if draw.random() < told["stops_early"] else len(items)
    for item in items[:until]:
        luck = draw.random()
        if luck < told["skipped"]:
            continue
        mean = told[side][item] + told["field"][side][field] + n * told["improvement"][side]
        felt = round(draw.gauss(mean + inclination, told["spread"]))
        unknown = luck < told["skipped"] + told["dont_know"]
        yield item, DONT_KNOW if unknown else str(min(5, max(1, felt)))
    if side == "organisation" and until == len(items) and draw.random() < 0.35:
        yield "improvement", draw.choice(told["improvements"][field])
