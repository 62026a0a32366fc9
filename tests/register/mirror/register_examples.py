"""A small register: rows a test can read at a glance."""

from datetime import date

from samspill.register.frames import tables_of

ON = date(2025, 6, 1)


def organisation(identifier, members=None, fields=("culture_leisure",), **more):
    return {
        "identifier": identifier, "name": identifier, "kind": "organisation", "status": "active",
        "members": members, "fields": list(fields), **more,
    }  # fmt: skip


def relation(identifier, organisation, unit="u1", field="culture_leisure",
             form="single_cases", **more):  # fmt: skip
    return {
        "identifier": identifier, "organisation": organisation, "municipal_unit": unit,
        "field": field, "form": form, **more,
    }  # fmt: skip


def contact(identifier, side="municipality", kind="person", **more):
    return {"identifier": identifier, "name": identifier, "kind": kind, "side": side, **more}


def grant(identifier, organisation, amount, year=2025, field="culture_leisure",
          economic_relation="operating_grant", decision="granted", **more):  # fmt: skip
    return {
        "identifier": identifier, "organisation": organisation, "amount": amount, "year": year,
        "field": field, "economic_relation": economic_relation, "decision": decision, **more,
    }  # fmt: skip


def body(identifier, type_="council", fields=("culture_leisure",), **more):
    return {
        "identifier": identifier, "name": identifier, "type": type_, "fields": list(fields), **more,
    }  # fmt: skip


def seat(identifier, body, organisation, **more):
    return {
        "identifier": identifier, "body": body, "side": "organisation",
        "organisation": organisation, **more,
    }  # fmt: skip


def in_use():
    """One entry of integration in every table that is consulted, all ended before the day."""
    ended = {"valid_to": date(2020, 1, 1)}
    return {
        "organisations": [organisation("old")],
        "municipal_units": [{"identifier": "u1", "name": "u1"}],
        "relations": [relation("r0", "old", field="integration", **ended)],
        "agreements": [
            {"identifier": "a0", "title": "a", "organisation": "old",
             "fields": ["integration"], **ended}
        ],
        "bodies": [body("b0", fields=["integration"], closed_on=date(2020, 1, 1))],
        "seats": [seat("s0", "b0", "old", **ended)],
        "grants": [grant("g0", "old", 1, 2019, "integration")],
        "processes": [
            {"identifier": "p0", "title": "p", "kind": "plan_process", "fields": ["integration"]}
        ],
        "inputs": [
            {"identifier": "i0", "process": "p0", "organisation": "old",
             "received_on": date(2019, 1, 1)}
        ],
        "contacts": [contact("c0", coordination_position=False)],
        "policies": [
            {"identifier": "v0", "title": "v", "state": "adopted", "adopted_on": date(2012, 1, 1),
             "valid_to": date(2016, 1, 1)}
        ],
    }  # fmt: skip


def register(**rows):
    """Tables of ``rows``."""
    return tables_of(rows)


def used_register(**rows):
    """Tables that are all in use, with ``rows`` besides."""
    base = in_use()
    return tables_of({n: [*base.get(n, ()), *rows.get(n, ())] for n in {*base, *rows}})
