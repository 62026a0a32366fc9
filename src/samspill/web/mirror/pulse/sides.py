"""A round as written: who has answered, the gap on each item, and the change since last time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.web.fieldwork.outcomes import standings
from samspill.web.mirror.models import PulseRound
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import (
    DASH,
    field_name,
    interval,
    item_name,
    item_text,
    number,
    percent,
    pulse_instrument,
    said,
    share_interval,
    signed,
)

SIDES = ("municipality", "organisation")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a side are asked, and how many have answered."""

    side: str
    label: str
    asked: int
    answered: int
    share: str


@dataclass(frozen=True, slots=True)
class Side:
    """A side's answers to an item, as written."""

    n: int
    mean: str
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An item in a field: both sides and the gap between their means and shares."""

    variable: str
    item: str
    text: str
    field: str
    sides: tuple[Side, Side]
    gap: str
    gap_interval: str
    share_gap: str
    note: str
    size: float


@dataclass(frozen=True, slots=True)
class Change:
    """A side's change on an item since the round before."""

    item: str
    side: str
    n_before: int
    n: int
    pairs: int
    change: str
    interval: str
    method: str
    note: str


def side_name(side: str) -> str:
    return {"municipality": _("The municipality"), "organisation": _("The organisations")}[side]


def counts(round_: PulseRound) -> list[Count]:
    """Asked and answered, by side; those who turned out not to belong are not counted."""
    found = [one for one in standings(round_.collection) if one.eligible]
    asked = Counter(one.respondent.side for one in found)
    answered = Counter(one.respondent.side for one in found if one.counts)
    return [
        Count(
            side,
            side_name(side),
            asked[side],
            answered[side],
            percent(answered[side] / asked[side]) if asked[side] else DASH,
        )
        for side in SIDES
    ]


def gaps(mirror: Mirror, field: str = "") -> list[Gap]:
    """Each item in a field (empty for all together), the largest gap first."""
    if mirror.gaps.is_empty():
        return []
    rows = mirror.gaps.filter(pl.col("field") == field).to_dicts()
    return sorted((_gap(row) for row in rows), key=lambda one: -one.size)


def fields_asked(mirror: Mirror) -> list[tuple[str, str]]:
    """The fields that anyone answered about, and all together."""
    if mirror.gaps.is_empty():
        return []
    found = [field for field in mirror.gaps["field"].unique(maintain_order=True) if field]
    return [("", _("All fields together")), *((field, field_name(field)) for field in found)]


def largest_gap(mirror: Mirror) -> Gap | None:
    """The item that the sides see most differently, all fields together."""
    found = [one for one in gaps(mirror) if one.size > 0]
    return found[0] if found else None


def changes(mirror: Mirror) -> list[Change]:
    """Each item and side, all fields together."""
    if mirror.changes.is_empty():
        return []
    whole = mirror.changes.filter(pl.col("field") == "").to_dicts()
    order = [question.variable for _page, question in pulse_instrument().questions()]
    rows = sorted(whole, key=lambda row: (order.index(row["variable"]), row["side"]))
    methods = {"paired": _("the same respondents"), "welch": _("all, not the same")}
    return [
        Change(
            item_name(row["variable"]),
            side_name(row["side"]),
            row["n_before"],
            row["n"],
            row["pairs"],
            signed(row["change"], 2),
            interval(row["low"], row["high"]),
            methods.get(row["method"], ""),
            said(row["note"]),
        )
        for row in rows
    ]


def _gap(row: dict[str, Any]) -> Gap:
    def side(name: str) -> Side:
        return Side(
            row[f"{name}_n"],
            number(row[f"{name}_mean"], 1),
            percent(row[f"{name}_share"]),
            share_interval(row[f"{name}_share_low"], row[f"{name}_share_high"]),
        )

    points = signed(100 * row["share_gap"], 0) if row["share_gap"] is not None else DASH
    return Gap(
        row["variable"],
        item_name(row["variable"]),
        item_text(row["variable"]),
        field_name(row["field"]) if row["field"] else "",
        (side("municipality"), side("organisation")),
        signed(row["gap"], 1),
        interval(row["gap_low"], row["gap_high"], 1),
        points,
        said(row["note"]),
        abs(row["gap"] or 0.0),
    )
