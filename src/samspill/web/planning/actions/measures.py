"""A measure's status with what shows it, and new measures, goals and policies."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.models import Entry, Goal, Measure, Municipality, Policy

Actor: TypeAlias = AbstractBaseUser | str
DONE = "done"


@transaction.atomic
def set_status(
    *,
    actor: Actor,
    measure: Measure,
    status: str,
    evidence: str = "",
    late_because: str = "",
) -> bool:
    """Say how far a measure has come; returns whether anything was different.

    One that is repeated each year is, once done, under way towards its deadline of the next year.
    Raises SamspillError where it is said to be done without evidence.
    """
    if status == DONE and not evidence.strip():
        raise SamspillError(
            _("A measure is not done before something shows it."),
            _("Write what shows it: minutes, a decision, a count, or where it can be seen."),
        )
    values: dict[str, Any] = {
        "status": status,
        "evidence": evidence.strip(),
        "late_because": late_because.strip(),
    }
    today = timezone.localdate()
    if status == DONE and measure.every_year and measure.deadline:
        values |= {
            "status": "under_way",
            "done_on": today,
            "deadline": next_year(measure.deadline, today),
            "late_because": "",
        }
    elif status == DONE:
        values["done_on"] = (measure.status == DONE and measure.done_on) or today
    elif measure.status == DONE:
        values["done_on"] = None
    return change_entry(actor=actor, entry=measure, values=values)


def next_year(deadline: datetime.date, today: datetime.date) -> datetime.date:
    """The same day in the first later year that has not passed; 28 February for the 29th."""
    year = max(deadline.year + 1, today.year)
    following = anniversary(deadline, year)
    return following if following >= today else anniversary(deadline, year + 1)


def anniversary(day: datetime.date, year: int) -> datetime.date:
    """The day of another year; 28 February for the 29th where that year has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


@transaction.atomic
def add_measure(*, actor: Actor, municipality: Municipality, values: Mapping[str, Any]) -> Entry:
    """Add a planned measure."""
    return add_entry(
        actor=actor,
        municipality=municipality,
        table="measures",
        values={"status": "planned", "provenance": "municipality", **values},
    )


@transaction.atomic
def add_goal(*, actor: Actor, policy: Policy, values: Mapping[str, Any]) -> Entry:
    """Add a goal, the last of its policy."""
    last = Goal.objects.filter(policy=policy).aggregate(last=Max("order"))["last"] or 0
    return add_entry(
        actor=actor,
        municipality=policy.municipality,
        table="goals",
        values={
            "policy": policy.identifier,
            "order": last + 1,
            "provenance": "municipality",
            **values,
        },
    )


@transaction.atomic
def add_policy(*, actor: Actor, municipality: Municipality, title: str) -> Entry:
    """Begin on a policy, of the generation after the latest."""
    known = Policy.objects.filter(municipality=municipality)
    latest = known.aggregate(latest=Max("generation"))["latest"] or 0
    return add_entry(
        actor=actor,
        municipality=municipality,
        table="policies",
        values={
            "title": title,
            "generation": latest + 1,
            "state": "developing",
            "provenance": "municipality",
        },
    )
