"""Which tables stand together at the desk, and what their lists show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "organisations": ("organisations", "contacts", "municipal_units"),
        "relations": ("relations", "agreements"),
        "meetings": ("bodies", "seats", "meetings", "processes", "inputs"),
        "support": ("grants", "schemes", "premises", "allocations", "enquiries"),
        "plan": ("policies", "goals", "measures", "criteria"),
        "volunteers": ("needs", "offers", "referrals", "capacities", "gatherings", "matches"),
    }
)

LISTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "municipal_units": ("name", "fields", "phone", "email"),
        "organisations": ("name", "kind", "fields", "members", "place", "status", "verified_on"),
        "contacts": ("name", "side", "organisation", "municipal_unit", "matters", "verified_on"),
        "agreements": ("title", "organisation", "valid_to", "review_on", "made_together"),
        "relations": (
            "organisation",
            "municipal_unit",
            "field",
            "form",
            "economic_relation",
            "valid_from",
            "valid_to",
            "verified_on",
        ),
        "bodies": ("name", "type", "fields", "meetings_a_year", "closed_on"),
        "seats": ("body", "side", "organisation", "municipal_unit", "role", "valid_to"),
        "meetings": ("title", "held_on", "body", "place", "audience"),
        "schemes": ("name", "economic_relation", "fields", "deadline", "budget"),
        "grants": (
            "organisation",
            "scheme",
            "year",
            "field",
            "applied",
            "decision",
            "amount",
        ),
        "premises": ("name", "place", "capacity", "step_free", "price"),
        "allocations": ("premises", "organisation", "hours_a_week", "valid_from", "valid_to"),
        "enquiries": ("subject", "organisation", "received_on", "answered_on"),
        "policies": ("title", "generation", "state", "adopted_on", "valid_to"),
        "goals": ("order", "title", "policy"),
        "measures": ("title", "goal", "municipal_unit", "deadline", "status"),
        "criteria": ("criterion", "verdict", "evidence", "judged_on"),
        "processes": ("title", "kind", "deadline", "sector_involved_at", "adopted_on"),
        "inputs": ("process", "organisation", "invited_on", "received_on", "outcome"),
        "needs": ("title", "organisation", "municipal_unit", "field", "open_until", "closed_on"),
        "offers": ("given_on", "name", "fields", "place", "status", "expires_on"),
        "referrals": ("offer", "organisation", "municipal_unit", "sent_on", "outcome"),
        "capacities": ("organisation", "field", "persons", "valid_from", "valid_to"),
        "gatherings": ("title", "held_on", "place"),
        "matches": ("need", "organisation", "municipal_unit", "outcome", "follow_up_on"),
    }
)
"""The columns of each list; the first that is text leads to the entry."""

PRIVATE = frozenset({"offers", "referrals"})
"""What only those see who receive people that offer help."""


def group_of(table: str) -> str:
    """The group that a table stands in."""
    return next(group for group, tables in GROUPS.items() if table in tables)
