"""The whole register of the invented municipality, table by table."""

from __future__ import annotations

from datetime import date

from samspill.register import TABLES
from samspill.studies.invented_municipality import (
    agreements,
    bodies,
    contacts,
    gatherings,
    money,
    organisations,
    plan,
    premises,
    relations,
    volunteers,
)
from samspill.studies.invented_municipality.rows import Row

SEED = 2018


def invent(on: date, seed: int = SEED) -> dict[str, list[Row]]:
    """Every table of ``samspill.register.TABLES`` with its rows, as they would be on a day.

    A row has every column of its table: text, whole and decimal numbers, booleans, dates, times, a
    tuple of texts for a list, and None for an empty cell. The same day and seed give the same.
    """
    units = organisations.units(on)
    known = organisations.organisations(on, seed)
    people = contacts.contacts(on, seed, units, known)
    works = [*relations.works(on, seed, known), *gatherings.led_to(on, known)]
    agreed_rows, agreed = agreements.agreements(on, seed, units, works)
    related = relations.relations(on, seed, units, works, agreed, people)
    seats = bodies.seats(on, seed, units, known, people)
    needs = volunteers.needs(on, units, known)
    offers = volunteers.offers(on, seed, units, known)
    gathered = gatherings.gatherings(on, seed, known)
    made = {
        "municipal_units": list(units.values()),
        "organisations": [each.row for each in known],
        "contacts": people,
        "agreements": agreed_rows,
        "relations": related,
        "bodies": bodies.bodies(on, units),
        "seats": seats,
        "meetings": bodies.meetings(on, seed, seats),
        "schemes": money.schemes(on, units),
        "grants": money.grants(on, seed, units, known, works, agreed),
        "premises": premises.premises(on, units),
        "allocations": premises.allocations(on, seed, known),
        "enquiries": premises.enquiries(on, seed, units, known),
        "policies": plan.policies(on),
        "goals": plan.goals(on),
        "measures": plan.measures(on, units, people),
        "criteria": plan.criteria(on),
        "processes": plan.processes(on, units),
        "inputs": plan.inputs(on, seed, known),
        "needs": needs,
        "offers": offers,
        "referrals": volunteers.referrals(on, seed, offers, needs, units, known),
        "capacities": volunteers.capacities(on, seed, known),
        "gatherings": gathered,
        "matches": gatherings.matches(on, gathered, related, known),
    }
    return {table: made[table] for table in TABLES}
