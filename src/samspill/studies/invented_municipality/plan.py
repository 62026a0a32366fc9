"""The volunteer policy, its measures and criteria, and how it and other plans were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle

from samspill.register.values import Value
from samspill.studies.invented_municipality.organisations import Organisation
from samspill.studies.invented_municipality.rows import Row, after, between, chance, row
from samspill.studies.invented_municipality.words import MUNICIPALITY, Words, words

PRESENT = "policy-2"


def _day(on: date, told: Words, key: str) -> date | None:
    return after(on, told[key]) if key in told else None


def policies(on: date) -> list[Row]:
    """The policy that was replaced, and the one that holds."""
    return [
        row(
            "policies",
            identifier=f"policy-{told['generation']}",
            title=told["title"],
            generation=told["generation"],
            state=told["state"],
            adopted_on=_day(on, told, "adopted_in_days"),
            valid_to=_day(on, told, "valid_to_in_days"),
            statement=told["statement"],
            case_number=_case_number(on, told["adopted_in_days"], 700 + told["generation"]),
            web=f"https://{MUNICIPALITY.domain}/frivillighet/{told['generation']}",
            verified_on=after(on, -45),
        )
        for told in words("plan")["policy"]
    ]


def goals(on: date) -> list[Row]:
    """The goals of the policy that holds."""
    return [
        row(
            "goals",
            identifier=f"goal-{n}",
            policy=PRESENT,
            order=n,
            title=told["title"],
            description=told["description"],
            verified_on=after(on, -45),
        )
        for n, told in enumerate(words("plan")["goal"], start=1)
    ]


def measures(on: date, units: Mapping[str, Row], contacts: Sequence[Row]) -> list[Row]:
    """The measures. In health and integration they are late, planned or dropped."""
    return [
        row(
            "measures",
            identifier=f"measure-{n:02}",
            goal=f"goal-{told['goal']}",
            title=told["title"],
            description=told.get("description"),
            field=told["field"],
            barrier=told["barrier"],
            advice=told.get("advice"),
            municipal_unit=units[told["unit"]]["identifier"],
            contact=_responsible(contacts, units[told["unit"]]["identifier"]),
            begins_on=after(on, told["begins_in_days"]),
            deadline=after(on, told["deadline_in_days"]),
            every_year=told.get("every_year", False),
            status=told["status"],
            late_because=told.get("late_because"),
            done_on=_day(on, told, "done_in_days"),
            evidence=told.get("evidence"),
            case_number=None
            if told["status"] == "planned"
            else _case_number(on, told["begins_in_days"], 720 + n),
            cost=told.get("cost"),
            verified_on=after(on, -45),
        )
        for n, told in enumerate(words("plan")["measure"], start=1)
    ]


def _case_number(on: date, days: int, n: int) -> str:
    return f"{after(on, days).year % 100}/{n}"


def _responsible(contacts: Sequence[Row], unit: Value) -> Value:
    return next(
        each["identifier"]
        for each in contacts
        if each["municipal_unit"] == unit and each["kind"] == "person" and each["left_on"] is None
    )


def criteria(on: date) -> list[Row]:
    """The checklist with its evidence."""
    return [
        row(
            "criteria",
            identifier=f"criterion-{n}",
            policy=PRESENT,
            criterion=told["criterion"],
            verdict=told["verdict"],
            evidence=told["evidence"],
            judged_on=after(on, -45),
            verified_on=after(on, -45),
        )
        for n, told in enumerate(words("plan")["criterion"], start=1)
    ]


def processes(on: date, units: Mapping[str, Row]) -> list[Row]:
    """Hearings and the making of plans; ``sector_involved_on`` says when the sector came in."""
    return [
        row(
            "processes",
            identifier=f"process-{n}",
            title=told["title"],
            kind=told["kind"],
            policy=PRESENT if told["kind"] == "volunteer_policy" else None,
            fields=tuple(told["fields"]),
            municipal_unit=units[told["unit"]]["identifier"],
            opens_on=after(on, told["opens_in_days"]),
            deadline=after(on, told["deadline_in_days"]),
            sector_involved_at=told["stage"],
            sector_involved_on=_involved(on, told),
            adopted_on=_day(on, told, "adopted_in_days"),
            case_number=_case_number(on, told["opens_in_days"], 750 + n),
            web=f"https://{MUNICIPALITY.domain}/horinger/{n}",
            verified_on=after(on, -5),
        )
        for n, told in enumerate(words("plan")["process"], start=1)
    ]


def _involved(on: date, told: Words) -> date | None:
    if told["stage"] == "not_involved":
        return None
    late = told["stage"] == "after_decision"
    return after(on, told["adopted_in_days"] + 5 if late else told["opens_in_days"])


def inputs(on: date, seed: int, organisations: Sequence[Organisation]) -> list[Row]:
    """Who was invited, who answered, what they said and what was done with it.

    The largest of the field are invited, and answer most.
    """
    draw = chance(seed, "inputs")
    told = cycle(words("plan")["input"])
    made: list[dict[str, Value]] = []
    for n, process in enumerate(words("plan")["process"], start=1):
        opened = after(on, process["opens_in_days"])
        for rank, organisation in _invited(process, organisations, opened):
            draft: dict[str, Value] = {
                "process": f"process-{n}",
                "organisation": organisation.identifier,
                "invited_on": after(opened, 2),
                "verified_on": after(opened, 2),
            }
            if draw.random() < between(process["answers"], 1 - rank):
                open_for = process["deadline_in_days"] - process["opens_in_days"]
                received = after(opened, draw.randint(3, open_for))
                if received <= on:
                    draft |= _answer(process, next(told), organisation, received)
            made.append(draft)
    return [row("inputs", identifier=f"input-{n:03}", **each) for n, each in enumerate(made, 1)]


def _invited(
    process: Words, organisations: Sequence[Organisation], day: date
) -> Iterator[tuple[float, Organisation]]:
    """Those that are invited with their rank, 0 the largest."""
    everyone = process["fields"] == ["administrative_leadership"]
    able = [
        each
        for each in organisations
        if each.exists_on(day)
        and each.dissolved_on is None
        and (everyone or set(each.fields) & set(process["fields"]))
    ]
    able.sort(key=lambda each: -each.standing)
    chosen = able[: process["invited"]]
    for n, organisation in enumerate(chosen):
        yield n / len(chosen), organisation


def _answer(
    process: Words, told: Words, organisation: Organisation, received: date
) -> dict[str, Value]:
    answer: dict[str, Value] = {
        "received_on": received,
        "summary": told[organisation.language],
        "verified_on": received,
        "provenance": "organisation",
    }
    if process["deadline_in_days"] > 0:
        return answer | {"outcome": "pending"}
    if process["stage"] == "after_decision":
        reason = "Kom etter at planen var vedtatt."
        return answer | {"outcome": "not_taken_up", "reason": reason}
    return answer | {"outcome": told["outcome"], "reason": told["reason"]}
