"""Bodies and meeting points, who sits in them, and when they meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from itertools import cycle
from random import Random

from samspill.register.values import Value
from samspill.studies.invented_municipality.organisations import Organisation
from samspill.studies.invented_municipality.rows import Row, after, chance, row, workday
from samspill.studies.invented_municipality.words import MUNICIPALITY, Words, words

TERM = 730
"""Days that a seat lasts."""
BACK, AHEAD = 420, 190
"""Days for which meetings are given."""


def bodies(on: date, units: Mapping[str, Row]) -> list[Row]:
    """The bodies in the order of the material; one is closed, and says why."""
    return [
        row(
            "bodies",
            identifier=f"body-{n:02}",
            name=told["name"],
            type=told["type"],
            mandate=told["mandate"],
            fields=tuple(told["fields"]),
            municipal_unit=units[told["unit"]]["identifier"],
            meetings_a_year=told["meetings_a_year"],
            established_on=after(on, told["established_in_days"]),
            closed_on=_closed_on(on, told),
            closed_because=told.get("closed_because"),
            web=f"https://{MUNICIPALITY.domain}/utvalg/{n:02}",
            verified_on=after(on, -20 - 7 * n),
        )
        for n, told in enumerate(words("bodies")["body"], start=1)
    ]


def seats(
    on: date,
    seed: int,
    units: Mapping[str, Row],
    organisations: Sequence[Organisation],
    contacts: Sequence[Row],
) -> list[Row]:
    """Seats of this term and of the one before; the largest sit in most bodies."""
    draw = chance(seed, "seats")
    made: list[dict[str, Value]] = []
    for n, told in enumerate(words("bodies")["body"], start=1):
        for begins, ends in _terms(on, told):
            sitting = _sitting(draw, told, organisations, begins)
            for place, draft in enumerate(_draft(told, units, contacts, sitting)):
                role = "chair" if place == 0 else "secretary" if place == len(sitting) else "member"
                told_role = "deputy" if role == "member" and place == len(sitting) - 1 else role
                draft |= {"body": f"body-{n:02}", "role": told_role}
                made.append(draft | {"valid_from": begins, "valid_to": ends, "verified_on": begins})
    return [row("seats", identifier=f"seat-{n:03}", **each) for n, each in enumerate(made, start=1)]


def _closed_on(on: date, told: Words) -> date | None:
    return after(on, told["closed_in_days"]) if "closed_in_days" in told else None


def _terms(on: date, told: Words) -> Iterator[tuple[date, date | None]]:
    """The term before and the present one, as far as the body was there."""
    established = after(on, told["established_in_days"])
    closed = _closed_on(on, told)
    now = max(established, after(on, -TERM // 2))
    before = max(established, after(on, -TERM // 2 - TERM))
    if before < now:
        yield before, min(closed, after(now, -1)) if closed else after(now, -1)
    if closed is None:
        yield now, None
    elif closed > now:
        yield now, closed


def _sitting(
    draw: Random, told: Words, organisations: Sequence[Organisation], begins: date
) -> list[Organisation]:
    """The largest of those that may sit, with one of the others now and then."""
    able = [
        each
        for each in organisations
        if told["key"] in each.type.get("bodies", ())
        and each.exists_on(begins)
        and each.dissolved_on is None
    ]
    able.sort(key=lambda each: -each.standing)
    chosen, others = able[: told["seats"]], able[told["seats"] :]
    if others and len(chosen) > 3:
        chosen[-1] = draw.choice(others)
    return chosen


def _draft(
    told: Words,
    units: Mapping[str, Row],
    contacts: Sequence[Row],
    sitting: Sequence[Organisation],
) -> Iterator[dict[str, Value]]:
    for organisation in sitting:
        whose = organisation.identifier
        contact = _person(contacts, "organisation", whose)
        yield {"side": "organisation", "organisation": whose, "contact": contact}
    for key in told["units"]:
        whose = str(units[key]["identifier"])
        contact = _person(contacts, "municipal_unit", whose)
        yield {"side": "municipality", "municipal_unit": whose, "contact": contact}


def _person(contacts: Sequence[Row], column: str, whose: str) -> Value:
    return next(
        (
            each["identifier"]
            for each in contacts
            if each[column] == whose and each["kind"] == "person" and each["left_on"] is None
        ),
        None,
    )


def meetings(on: date, seed: int, seats_taken: Sequence[Row]) -> list[Row]:
    """Meetings of the last year and of the coming half year. Who was present is known, and the
    minutes are there, for those that were held."""
    draw = chance(seed, "meetings")
    made: list[dict[str, Value]] = []
    for n, told in enumerate(words("bodies")["body"], start=1):
        identifier = f"body-{n:02}"
        agendas = cycle(
            words("bodies")["agendas_nn" if told.get("language") == "nn" else "agendas"]
        )
        for day in _days(on, draw, told):
            held = day < on
            there = [
                str(seat["organisation"])
                for seat in seats_taken
                if seat["body"] == identifier and seat["organisation"] and _covers(seat, day)
            ]
            late = told["audience"] == "public" or draw.random() < 0.5
            made.append(
                {
                    "title": f"{told['name']}: møte",
                    "body": identifier,
                    "fields": tuple(told["fields"]),
                    "held_on": day,
                    "starts_at": time(18 if late else 14, 0),
                    "ends_at": time(20 if late else 15, 30),
                    "place": told["place"],
                    "audience": told["audience"],
                    "agenda": next(agendas),
                    "minutes": _minutes(n, day) if held else None,
                    "verified_on": min(day, on),
                    "present": tuple(w for w in there if draw.random() < 0.8) if held else (),
                }
            )
    made.sort(key=lambda each: str(each["held_on"]))
    return [
        row("meetings", identifier=f"meeting-{n:03}", **each)
        for n, each in enumerate(made, start=1)
    ]


def _minutes(n: int, day: date) -> str:
    return f"https://{MUNICIPALITY.domain}/utvalg/{n:02}/{day.isoformat()}"


def _days(on: date, draw: Random, told: Words) -> Iterator[date]:
    apart = 365 // told["meetings_a_year"]
    closed = _closed_on(on, told)
    first = -BACK - (apart if closed else 0)
    for days in range(first + draw.randint(0, apart - 1), AHEAD, apart):
        day = workday(after(on, days))
        if closed is None or day < closed:
            yield day


def _covers(seat: Row, day: date) -> bool:
    begins, ends = seat["valid_from"], seat["valid_to"]
    return (
        isinstance(begins, date) and begins <= day and (not isinstance(ends, date) or day <= ends)
    )
