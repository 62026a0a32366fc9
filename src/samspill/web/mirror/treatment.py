"""Equal treatment, as written: how seats, money, premises and answers are spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.language import format_number
from samspill.register.mirror.equal_treatment import TABLE_OF, By
from samspill.register.mirror.holdings import MONEY, PREMISES, SEATS, SIZES, WHATS
from samspill.web.mirror.links import Link, link, links
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import (
    field_name,
    interval,
    number,
    percent,
    said,
    share_interval,
)
from samspill.web.municipality.words import language

BYS: tuple[By, ...] = ("all", "field", "size")


@dataclass(frozen=True, slots=True)
class Spread:
    """How one thing is spread over the organisations of a group, as written."""

    group: str
    what: str
    n: int
    receivers: int | None
    total: str
    gini: str
    gini_interval: str
    top: str
    top_interval: str
    note: str


@dataclass(frozen=True, slots=True)
class Holder:
    """One of the organisations that have most, with the entries that say so."""

    organisation: Link
    amount: str
    share: str
    entries: list[Link]


@dataclass(frozen=True, slots=True)
class Inside:
    """The organisations of a group that are inside, by what makes them so."""

    group: str
    n: int
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """How soon the organisations of a group get an answer."""

    group: str
    n: int
    within: int
    share: str
    interval: str
    median: str
    median_interval: str
    waiting: list[Link]
    note: str


def what_name(what: str) -> str:
    """What is spread."""
    return {SEATS: _("Seats"), MONEY: _("Money"), PREMISES: _("Hours in premises")}[what]


def outcome_name(outcome: str) -> str:
    """What makes an organisation an insider."""
    return {
        "seat": _("Has a seat"),
        "agreement": _("Has an agreement"),
        "grant": _("Has a grant"),
        "inside": _("Has any of these"),
    }[outcome]


def by_name(by: str) -> str:
    return {"all": _("All together"), "field": _("By field"), "size": _("By size")}[by]


def group_name(by: str, group: str) -> str:
    """A group of organisations: all, a field, or a class of members."""
    if by == "field":
        return field_name(group)
    if group == "all":
        return _("All organisations")
    if group == "unknown":
        return _("Number of members not known")
    lowest = 0
    for name, below in SIZES.items():
        if name == group:
            return (
                _("Under %(below)s members") % {"below": below}
                if not lowest
                else _("%(low)s to %(high)s members") % {"low": lowest, "high": below - 1}
            )
        lowest = below
    return _("%(low)s members or more") % {"low": lowest}


def amount(what: str, value: float) -> str:
    """An amount of what is spread, with its unit."""
    if what == MONEY:
        return _("NOK %(amount)s") % {"amount": format_number(value, 0, language())}
    decimals = 0 if value == int(value) else 1
    written = format_number(value, decimals, language())
    return _("%(hours)s hours") % {"hours": written} if what == PREMISES else written


def spreads(frame: pl.DataFrame, by: str) -> list[Spread]:
    """Rows of ``equal_treatment`` as written."""
    return [_spread(row, by) for row in frame.to_dicts()]


def _spread(row: dict[str, Any], by: str) -> Spread:
    notes = dict.fromkeys((row["gini_note"], row["top_share_note"]))
    return Spread(
        group_name(by, row["group"]),
        row["what"],
        row["n"],
        row["receivers"],
        amount(row["what"], row["total"]) if row["total"] is not None else "",
        number(row["gini"]),
        interval(row["gini_low"], row["gini_high"]),
        percent(row["top_share"]),
        share_interval(row["top_share_low"], row["top_share_high"]),
        "; ".join(said(note) for note in notes if note),
    )


def holders(mirror: Mirror, what: str) -> list[Holder]:
    """The five that have most."""
    return [
        Holder(
            link(mirror, "organisations", row["organisation"]),
            amount(what, row["amount"]),
            percent(row["share"]),
            links(mirror, [f"{TABLE_OF[what]}/{one}" for one in row["identifiers"]]),
        )
        for row in mirror.largest(what).to_dicts()
    ]


def insides(mirror: Mirror, by: By) -> list[Inside]:
    """The shares that are inside, group by group."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in mirror.insiders(by).to_dicts():
        found.setdefault(row["group"], []).append(row)
    return [
        Inside(
            group_name(by, group),
            rows[0]["n"],
            tuple(
                (
                    percent(row["share"]),
                    share_interval(row["low"], row["high"]),
                    _("%(count)s of %(n)s") % {"count": row["count"], "n": row["n"]},
                )
                for row in rows
            ),
        )
        for group, rows in found.items()
    ]


def members(mirror: Mirror, *, inside: bool) -> list[tuple[Link, str]]:
    """The organisations that are inside, or outside, with their size."""
    rows = mirror.membership.filter(pl.col("inside") == inside)
    found = [
        (link(mirror, "organisations", row["organisation"]), group_name("size", row["size"]))
        for row in rows.to_dicts()
    ]
    return sorted(found, key=lambda one: one[0].name)


def waits(mirror: Mirror, by: By) -> list[Waits]:
    """How soon they get an answer, group by group."""
    return [
        Waits(
            group_name(by, row["group"]),
            row["n"],
            row["within"] or 0,
            percent(row["share"]),
            share_interval(row["low"], row["high"]),
            number(row["median_days"], 0),
            interval(row["median_low"], row["median_high"], 0),
            links(mirror, [f"enquiries/{one}" for one in row["identifiers"] or ()]),
            said(row["note"]),
        )
        for row in mirror.answering_time(by).to_dicts()
    ]


def over_years(mirror: Mirror) -> list[tuple[str, list[tuple[int, Spread]]]]:
    """Each thing at the end of each year."""
    rows = mirror.years.to_dicts()
    return [
        (
            what_name(what),
            [(row["year"], _spread(row, "all")) for row in rows if row["what"] == what],
        )
        for what in WHATS
    ]
