"""What hangs on one contact, one organisation or one unit, and what is lost if it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.register.frames import Schema, Tables
from samspill.register.mirror.in_force import in_force
from samspill.register.mirror.network import ORGANISATION, UNIT

Party = Literal["contact", "organisation", "municipal_unit"]
PARTIES: tuple[Party, ...] = ("contact", "organisation", "municipal_unit")
TABLE_OF = {"contact": "contacts", "organisation": "organisations", "municipal_unit": UNIT + "s"}

ONE_PERSON, COVERED, NONE = "one_person", "covered", "none"
STATES: Schema = {
    "relation": pl.String,
    "field": pl.String,
    "organisation": pl.String,
    "municipal_unit": pl.String,
    "side": pl.String,
    "contacts": pl.List(pl.String),
    "state": pl.String,
    "contact": pl.String,
}


@dataclass(frozen=True, slots=True)
class Departure:
    """What is lost if a party leaves.

    ``relations`` end or have nobody left; other ``organisations`` and ``municipal_units`` lose
    their only link; ``fields`` have no relation left; ``seats`` are empty. All are identifiers.
    ``components`` is the number of parts that the network falls into, before and after, those
    without a tie not counted.
    """

    party: Party
    identifier: str
    relations: tuple[str, ...]
    organisations: tuple[str, ...]
    municipal_units: tuple[str, ...]
    fields: tuple[str, ...]
    seats: tuple[str, ...]
    components: tuple[int, int]


def contact_dependence(tables: Tables, on: date) -> pl.DataFrame:
    """Who could be asked about each relation in force, a row for each relation and side.

    ``contacts``: the one named in the relation, and others of the same organisation or unit whose
    fields are none or hold the relation's, those who have left not counted. ``state`` is
    ``one_person`` where that is one person alone (``contact``), ``none`` where it is nobody, else
    ``covered``: a function or a web address does not leave.
    """
    held = in_force(tables, on)
    contacts = held["contacts"].to_dicts()
    kinds = {c["identifier"]: c["kind"] for c in contacts}
    rows = []
    for relation in held["relations"].to_dicts():
        for side, party, named in (
            ("municipality", UNIT, "municipal_contact"),
            ("organisation", ORGANISATION, "organisation_contact"),
        ):
            own = [
                c["identifier"]
                for c in contacts
                if c["side"] == side
                and c[party] == relation[party]
                and (not c["fields"] or relation["field"] in c["fields"])
            ]
            able = sorted({*own, *({relation[named]} & kinds.keys())})
            state = _state([kinds[name] for name in able])
            rows.append(
                {
                    "relation": relation["identifier"],
                    **{name: relation[name] for name in ("field", ORGANISATION, UNIT)},
                    "side": side,
                    "contacts": able,
                    "state": state,
                    "contact": able[0] if state == ONE_PERSON else None,
                }
            )
    return pl.DataFrame(rows, schema=STATES)


def hanging(tables: Tables, on: date) -> pl.DataFrame:
    """How many relations hang on one contact: by ``side``, and on either (``any``).

    Columns: side, n (relations in force), one_person, none (no contact at all), share (of n that
    hang on one person; null without relations), identifiers (of those). A full count, so that
    there is no interval.
    """
    states = contact_dependence(tables, on)
    rows = []
    for side in ("municipality", "organisation", "any"):
        own = states if side == "any" else states.filter(pl.col("side") == side)
        n = own["relation"].n_unique()
        one, nobody = (
            own.filter(pl.col("state") == state)["relation"].unique().sort().to_list()
            for state in (ONE_PERSON, NONE)
        )
        rows.append((side, n, len(one), len(nobody), len(one) / n if n else None, one))
    schema: Schema = {
        "side": pl.String, "n": pl.Int64, "one_person": pl.Int64, "none": pl.Int64,
        "share": pl.Float64, "identifiers": pl.List(pl.String),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def what_if_leaves(tables: Tables, on: date, party: Party, identifier: str) -> Departure:
    """What is lost if this contact, organisation or unit leaves.

    Raises SamspillError where there is none of the name.
    """
    if party not in PARTIES or identifier not in tables[TABLE_OF[party]]["identifier"]:
        raise SamspillError(
            Message("There is no “{name}” of this kind in the register.", name=identifier),
            "Look up its identifier in the register.",
        )
    return _Leaving(tables, on).of(party, identifier)


def weakest_points(tables: Tables, on: date) -> pl.DataFrame:
    """What is lost by each contact, organisation and unit that something hangs on, worst first.

    Columns: party, identifier, relations, organisations, municipal_units, fields, seats (numbers),
    components_before, components_after. Of organisations and units those alone whose going cuts
    another party off, or parts the network.
    """
    leaving = _Leaving(tables, on)
    rows = []
    for party in PARTIES:
        for identifier in in_force(tables, on)[TABLE_OF[party]]["identifier"].sort():
            lost = leaving.of(party, identifier)
            cut_off = lost.organisations or lost.municipal_units
            parted = lost.components[1] > lost.components[0]
            if cut_off or parted or (party == "contact" and lost.relations):
                rows.append(_numbers(lost))
    schema = {
        "party": pl.String, "identifier": pl.String, "relations": pl.Int64,
        "organisations": pl.Int64, "municipal_units": pl.Int64, "fields": pl.Int64,
        "seats": pl.Int64, "components_before": pl.Int64, "components_after": pl.Int64,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema)
    worst = ["organisations", "relations", "identifier"]
    return frame.sort(worst, descending=[True, True, False])


def _state(kinds: list[str]) -> str:
    if not kinds:
        return NONE
    return ONE_PERSON if kinds == ["person"] else COVERED


def _numbers(lost: Departure) -> dict[str, Any]:
    names = ("relations", "organisations", "municipal_units", "fields", "seats")
    return {
        "party": lost.party,
        "identifier": lost.identifier,
        **{name: len(getattr(lost, name)) for name in names},
        "components_before": lost.components[0],
        "components_after": lost.components[1],
    }


class _Leaving:
    """The register of a day, read once, asked of one party after another."""

    def __init__(self, tables: Tables, on: date) -> None:
        held = in_force(tables, on)
        self.relations = held["relations"].to_dicts()
        self.seats = held["seats"].to_dicts()
        hang = contact_dependence(tables, on).filter(pl.col("state") == ONE_PERSON)
        self.hanging = set(hang.select("contact", "relation").iter_rows())
        self.before = _components(self.relations)

    def of(self, party: Party, identifier: str) -> Departure:
        lost: list[dict[str, Any]] = []
        kept: list[dict[str, Any]] = []
        for relation in self.relations:
            if party == "contact":
                goes = (identifier, relation["identifier"]) in self.hanging
            else:
                goes = relation[party] == identifier
            (lost if goes else kept).append(relation)
        column = "contact" if party == "contact" else party
        seats = [s["identifier"] for s in self.seats if s[column] == identifier]
        return Departure(
            party,
            identifier,
            tuple(sorted(r["identifier"] for r in lost)),
            () if party == ORGANISATION else _cut(lost, kept, ORGANISATION),
            () if party == UNIT else _cut(lost, kept, UNIT),
            _cut(lost, kept, "field"),
            tuple(sorted(seats)),
            (self.before, _components(kept)),
        )


def _cut(lost: list[dict[str, Any]], kept: list[dict[str, Any]], name: str) -> tuple[str, ...]:
    """The values of ``name`` that only what is lost has."""
    return tuple(sorted({r[name] for r in lost} - {r[name] for r in kept}))


def _components(relations: Iterable[dict[str, Any]]) -> int:
    import networkx as nx

    graph: nx.Graph[tuple[str, str]] = nx.Graph()
    graph.add_edges_from(((ORGANISATION, r[ORGANISATION]), (UNIT, r[UNIT])) for r in relations)
    return int(nx.number_connected_components(graph))
