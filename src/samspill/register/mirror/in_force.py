"""What of a register holds on a day: tables with only the rows in force then."""

from __future__ import annotations

from datetime import date

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.register.frames import Tables

GRANTED = ("granted", "partly_granted")
PERIODS = ("agreements", "relations", "seats", "allocations", "capacities")
EVENTS = {
    "meetings": "held_on",
    "gatherings": "held_on",
    "inputs": "received_on",
    "enquiries": "received_on",
}


def year_before(on: date) -> date:
    """The same day of the year before; 28 February for a leap day."""
    leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - 1, day=28 if leap_day else on.day)


def in_force(tables: Tables, on: date, since: date | None = None) -> dict[str, pl.DataFrame]:
    """The same tables, with what holds on the day ``on``; both ends of a period are within it.

    Organisations that exist, what is theirs and has begun and not ended, bodies that are not
    closed, contacts that have not left, grants given for the year of ``on``, policies adopted and
    not outlived, processes that had begun and were not over before ``since``. Of what happens on a
    day (meetings, gatherings, inputs, enquiries) that which happened after ``since``, by default a
    year before, until ``on``. An empty date does not limit. Tables without dates are as they were.

    Raises SamspillError where ``since`` is later than ``on``.
    """
    start = since or year_before(on)
    if start > on:
        raise SamspillError(
            Message("The period begins {since}, after it ends {on}.", since=start, on=on),
            "Give a first day before the last.",
        )
    held = dict(tables)
    held["organisations"] = tables["organisations"].filter(_exists(on))
    for name in PERIODS:
        held[name] = tables[name].filter(_within("valid_from", "valid_to", on))
    held["agreements"] = held["agreements"].filter(_not_before("ended_on", on))
    held["bodies"] = tables["bodies"].filter(
        _not_after("established_on", on), _not_before("closed_on", on)
    )
    held["contacts"] = tables["contacts"].filter(_not_before("left_on", on))
    held["grants"] = tables["grants"].filter(_given_for(on))
    held["policies"] = tables["policies"].filter(
        pl.col("state") == "adopted", _within("adopted_on", "valid_to", on)
    )
    over = pl.coalesce("adopted_on", "deadline")
    held["processes"] = tables["processes"].filter(
        _not_after("opens_on", on), over.is_null() | (over > start)
    )
    for name, column in EVENTS.items():
        day = pl.col(column)
        held[name] = tables[name].filter(day > start, day <= on)
    return _of_those_that_exist(held, tables["organisations"])


def _of_those_that_exist(
    held: dict[str, pl.DataFrame], organisations: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    gone = organisations.join(held["organisations"], on="identifier", how="anti")["identifier"]
    for name in ("agreements", "relations", "allocations", "capacities", "contacts", "seats"):
        keeps = pl.col("organisation").is_null() | ~pl.col("organisation").is_in(gone.implode())
        held[name] = held[name].filter(keeps)
    bodies = held["bodies"]["identifier"]
    held["seats"] = held["seats"].filter(pl.col("body").is_in(bodies.implode()))
    return held


def _exists(on: date) -> pl.Expr:
    dissolved = (pl.col("status") == "dissolved") & pl.col("dissolved_on").is_null()
    return ~dissolved & _within("founded_on", "dissolved_on", on)


def _given_for(on: date) -> pl.Expr:
    last = pl.col("year") + pl.col("years").fill_null(1) - 1
    decided = pl.col("decision").is_in(GRANTED) & _not_after("decided_on", on)
    return decided & (pl.col("year") <= on.year) & (last >= on.year)


def _within(first: str, last: str, on: date) -> pl.Expr:
    return _not_after(first, on) & _not_before(last, on)


def _not_after(column: str, on: date) -> pl.Expr:
    return pl.col(column).is_null() | (pl.col(column) <= on)


def _not_before(column: str, on: date) -> pl.Expr:
    return pl.col(column).is_null() | (pl.col(column) >= on)
