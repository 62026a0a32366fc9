"""The network as written: how tied, who is in the core, and what is lost if one leaves."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from samspill.register.mirror.dependence import PARTIES, TABLE_OF, Departure
from samspill.register.mirror.network import ORGANISATION, UNIT
from samspill.web.mirror.links import Link, link, links
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import field_name, number, percent, said
from samspill.web.municipality.words import table_name

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    value: str
    n: int
    note: str


@dataclass(frozen=True, slots=True)
class Member:
    """One of the core, with how many of the other kind it is tied to."""

    link: Link
    degree: int


@dataclass(frozen=True, slots=True)
class Hanging:
    """Relations that hang on one contact, by the contact."""

    contact: Link
    identifier: str
    side: str
    of: Link
    table: str
    party: str
    relations: list[Link]
    fields: str


@dataclass(frozen=True, slots=True)
class Weak:
    """A party that something hangs on, and how much is lost without it."""

    link: Link
    party: str
    identifier: str
    relations: int
    organisations: int
    units: int
    fields: int
    parts: int


@dataclass(frozen=True, slots=True)
class Lost:
    """What is lost if a party leaves, each with its entries."""

    name: Link
    relations: list[Link]
    organisations: list[Link]
    units: list[Link]
    fields: list[str]
    seats: list[Link]
    before: int
    after: int

    @property
    def is_nothing(self) -> bool:
        return not (self.relations or self.seats)


def measured(mirror: Mirror) -> list[Measured]:
    """How tied the network is."""
    names = {
        "density": _("Density: ties of those that could be"),
        "centralisation_organisation": _("Centralisation around organisations"),
        "centralisation_municipal_unit": _("Centralisation around units"),
        "components": _("Parts that do not hang together"),
        "largest_component": _("Share in the largest part"),
    }
    shares = {"density", "largest_component"}
    return [
        Measured(
            names[row["measure"]],
            _value(row["measure"], row["value"], shares),
            row["n"],
            said(row["note"]),
        )
        for row in mirror.measures.to_dicts()
    ]


def _value(measure: str, value: float | None, shares: set[str]) -> str:
    if measure in shares:
        return percent(value, 1)
    return number(value, 0 if measure == "components" else 2)


def core_members(mirror: Mirror) -> dict[str, list[Member]]:
    """Organisations and units of the core."""
    members, _fit = mirror.core
    return {
        mode: [
            Member(link(mirror, TABLE_OF[mode], row["identifier"]), row["degree"])
            for row in members.filter(pl.col("mode") == mode, "core").to_dicts()
        ]
        for mode in (ORGANISATION, UNIT)
    }


def without_tie(mirror: Mirror) -> list[Link]:
    """Organisations that no relation ties to any unit."""
    return [link(mirror, "organisations", one) for one in mirror.network.without_tie[ORGANISATION]]


def weak(mirror: Mirror) -> list[Weak]:
    """Whoever most is lost without, worst first."""
    return [
        Weak(
            link(mirror, TABLE_OF[row["party"]], row["identifier"]),
            row["party"],
            row["identifier"],
            row["relations"],
            row["organisations"],
            row["municipal_units"],
            row["fields"],
            row["components_after"] - row["components_before"],
        )
        for row in mirror.weakest.head(SHOWN).to_dicts()
    ]


def hanging(mirror: Mirror, side: str = "", shown: int | None = None) -> list[Hanging]:
    """Contacts that relations hang on alone, those with most first."""
    rows = mirror.dependence.filter(pl.col("contact").is_not_null())
    if side:
        rows = rows.filter(pl.col("side") == side)
    grouped = (
        rows.group_by("contact", "side", maintain_order=True)
        .agg(
            pl.col("relation"),
            pl.col("field").unique(maintain_order=True),
            pl.col(ORGANISATION).first(),
            pl.col(UNIT).first(),
        )
        .sort([pl.col("relation").list.len(), pl.col("contact")], descending=[True, False])
    )
    return [_hanging(mirror, row) for row in (grouped.head(shown) if shown else grouped).to_dicts()]


def _hanging(mirror: Mirror, row: dict[str, object]) -> Hanging:
    ours = row["side"] == "municipality"
    table, party = (
        (UNIT + "s", str(row[UNIT])) if ours else ("organisations", str(row[ORGANISATION]))
    )
    relations = row["relation"] if isinstance(row["relation"], list) else []
    fields = row["field"] if isinstance(row["field"], list) else []
    return Hanging(
        link(mirror, "contacts", str(row["contact"])),
        str(row["contact"]),
        str(row["side"]),
        link(mirror, table, party),
        table,
        party,
        links(mirror, [f"relations/{one}" for one in relations]),
        ", ".join(field_name(field) for field in fields),
    )


def parties(mirror: Mirror) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whom one may choose to let leave, by kind: ``party:identifier`` and name."""
    found = []
    for party in PARTIES:
        names = mirror.names(TABLE_OF[party])
        options = [(f"{party}:{key}", name) for key, name in names.items()]
        found.append((table_name(TABLE_OF[party]), sorted(options, key=lambda one: one[1])))
    return found


def lost(mirror: Mirror, found: Departure) -> Lost:
    """A departure as written."""
    table = TABLE_OF[found.party]
    return Lost(
        link(mirror, table, found.identifier),
        links(mirror, [f"relations/{one}" for one in found.relations]),
        links(mirror, [f"organisations/{one}" for one in found.organisations]),
        links(mirror, [f"municipal_units/{one}" for one in found.municipal_units]),
        [field_name(field) for field in found.fields],
        links(mirror, [f"seats/{one}" for one in found.seats]),
        *found.components,
    )
