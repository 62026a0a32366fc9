"""What is counted in a register for the signals: rows of a table, and which of them are so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from samspill.register.frames import Tables
from samspill.register.mirror.dependence import NONE, ONE_PERSON, contact_dependence
from samspill.register.mirror.entries import MEETING_POINT, POSITION
from samspill.register.mirror.in_force import in_force, year_before

ANSWER_DAYS = 30
LATE = ("hearing", "after_decision", "not_involved")
DECIDED = ("granted", "partly_granted", "refused")


@dataclass(frozen=True, slots=True)
class Day:
    """A register, whole and with what holds on a day."""

    tables: Tables
    held: Tables
    on: date

    @classmethod
    def of(cls, tables: Tables, on: date) -> Day:
        return cls(tables, in_force(tables, on), on)


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows of ``table``: ``rows`` has ``identifier`` and ``so``, and ``field`` where it has one."""

    table: str
    rows: pl.DataFrame


def _counted(table: str, rows: pl.DataFrame, so: pl.Expr) -> Counted:
    field = pl.col("field") if "field" in rows.columns else pl.lit(None, dtype=pl.String)
    chosen = rows.select("identifier", field.alias("field"), so.fill_null(value=False).alias("so"))
    return Counted(table, chosen)


def _not_verified(table: str) -> Callable[[Day], Counted]:
    def count(day: Day) -> Counted:
        old = pl.col("verified_on").is_null() | (pl.col("verified_on") < year_before(day.on))
        return _counted(table, day.held[table], old)

    return count


def _without_meeting_point(day: Day) -> Counted:
    bodies = day.held["bodies"].filter(pl.col("type") == MEETING_POINT)
    return _in_fields_without(day, bodies, known=not day.tables["bodies"].is_empty())


def _without_coordinator(day: Day) -> Counted:
    municipal = day.held["contacts"].filter("coordination_position", side="municipality")
    said = day.tables["contacts"][POSITION].count() > 0
    return _in_fields_without(day, municipal, known=said)


def _in_fields_without(day: Day, having: pl.DataFrame, *, known: bool) -> Counted:
    """Relations in fields that no row of ``having`` names; none where nothing is ``known``."""
    relations = day.held["relations"] if known else day.held["relations"].clear()
    fields = having["fields"].explode().drop_nulls().unique()
    return _counted("relations", relations, ~pl.col("field").is_in(fields.implode()))


def _contacts(side: str, state: str) -> Callable[[Day], Counted]:
    def count(day: Day) -> Counted:
        states = contact_dependence(day.tables, day.on).filter(pl.col("side") == side)
        return _counted(
            "relations", states.rename({"relation": "identifier"}), pl.col("state") == state
        )

    return count


def _without_agreement(day: Day) -> Counted:
    agreements = day.held["agreements"]
    in_field = (
        agreements.select("organisation", pl.col("fields").alias("field"))
        .explode("field")
        .unique()
        .with_columns(pl.lit(value=True).alias("agreed"))
    )
    relations = day.held["relations"].join(in_field, on=["organisation", "field"], how="left")
    own = pl.col("agreement").is_in(agreements["identifier"].implode()).fill_null(value=False)
    return _counted("relations", relations, ~(own | pl.col("agreed").fill_null(value=False)))


def _past_review(day: Day) -> Counted:
    agreements = day.held["agreements"].drop_nulls("review_on")
    return _counted("agreements", agreements, pl.col("review_on") < day.on)


def _late_answers(day: Day) -> Counted:
    limit = timedelta(days=ANSWER_DAYS)
    due = day.held["enquiries"].filter(pl.col("received_on") <= day.on - limit)
    in_time = (pl.col("answered_on") - pl.col("received_on") <= limit).fill_null(value=False)
    return _counted("enquiries", due, ~in_time)


def _inputs_without_reply(day: Day) -> Counted:
    open_still = pl.col("outcome").is_null() | (pl.col("outcome") == "pending")
    return _counted("inputs", day.held["inputs"], open_still)


def _one_year(day: Day) -> Counted:
    return _counted("grants", day.held["grants"], pl.col("years").fill_null(1) <= 1)


def _without_operating_grant(day: Day) -> Counted:
    supported = day.held["grants"].group_by(pl.col("organisation").alias("identifier")).agg(
        (pl.col("economic_relation") == "operating_grant").any().alias("operating")
    )  # fmt: skip
    return _counted("organisations", supported.sort("identifier"), ~pl.col("operating"))


def _not_met(day: Day) -> Counted:
    decided = day.tables["grants"].filter(
        pl.col("year") == day.on.year, pl.col("decision").is_in(DECIDED)
    )
    return _counted("grants", decided, pl.col("decision") != "granted")


def _with_rent(day: Day) -> Counted:
    return _counted("allocations", day.held["allocations"].drop_nulls("rent"), pl.col("rent") > 0)


def _decided_by_municipality(day: Day) -> Counted:
    known = day.held["relations"].drop_nulls("decided_by")
    return _counted("relations", known, pl.col("decided_by") == "municipality")


def _involved_late(day: Day) -> Counted:
    known = day.held["processes"].drop_nulls("sector_involved_at")
    return _counted("processes", known, pl.col("sector_involved_at").is_in(LATE))


COUNTS: Mapping[str, Callable[[Day], Counted]] = {
    "contacts_not_verified": _not_verified("contacts"),
    "organisations_not_verified": _not_verified("organisations"),
    "relations_without_meeting_point": _without_meeting_point,
    "relations_without_coordinator": _without_coordinator,
    "relations_with_one_municipal_contact": _contacts("municipality", ONE_PERSON),
    "relations_with_one_contact_in_organisation": _contacts("organisation", ONE_PERSON),
    "relations_without_municipal_contact": _contacts("municipality", NONE),
    "relations_without_agreement": _without_agreement,
    "agreements_past_review": _past_review,
    "enquiries_answered_late": _late_answers,
    "inputs_without_reply": _inputs_without_reply,
    "grants_for_one_year": _one_year,
    "supported_without_operating_grant": _without_operating_grant,
    "applications_not_met": _not_met,
    "premises_with_rent": _with_rent,
    "relations_decided_by_municipality": _decided_by_municipality,
    "processes_with_late_involvement": _involved_late,
}
"""What a rule of ``signals.toml`` may name under ``count``."""
