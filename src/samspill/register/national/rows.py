"""From an entity and what Frivillighetsregisteret says of it to a row of ``organisations``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from samspill.register.national.entities import Entity
from samspill.register.national.icnpo import VOLUNTEER_CENTRES, suggested_fields
from samspill.register.national.voluntary import VoluntaryOrganisation

Row: TypeAlias = Mapping[str, str]
"""Cells by column, as text, as they stand in files."""

COLUMNS = (
    "name",
    "number",
    "kind",
    "legal_form",
    "fields",
    "categories",
    "founded_on",
    "address",
    "postcode",
    "place",
    "municipality_code",
    "web",
    "in_voluntary_register",
    "status",
    "dissolved_on",
)
"""The columns that the national registers can fill, in the order of the table."""

SUGGESTED = ("kind", "fields")
"""Columns concluded from category and name: filled for a new organisation, never changed."""

PROVENANCE = "national_register"
_CENTRE = re.compile(r"frivillig(?:hets)?sentral", re.IGNORECASE)
_UMBRELLA = re.compile(r"(?:idretts|musikk|kultur|frivillighets|frivillig)r[åa]d\b", re.IGNORECASE)


def row(entity: Entity, voluntary: VoluntaryOrganisation | None) -> dict[str, str]:
    """The cells that are known; ``categories`` and ``fields`` only with the voluntary register's.

    The identifier is the organisation number. Nobody has looked at the row yet, so that
    ``verified_on`` is not among its cells.
    """
    cells = {
        "identifier": entity.number,
        "name": entity.name,
        "number": entity.number,
        "kind": _kind(entity, voluntary),
        "legal_form": entity.legal_form,
        "founded_on": entity.founded_on,
        "address": entity.address,
        "postcode": entity.postcode,
        "place": entity.place,
        "municipality_code": entity.municipality_code,
        "web": entity.web,
        "in_voluntary_register": "true" if is_voluntary(entity, voluntary) else "false",
        "status": "dissolved" if entity.deleted_on else "active",
        "dissolved_on": entity.deleted_on,
        "provenance": PROVENANCE,
    }
    if voluntary is not None:
        cells["categories"] = ";".join(voluntary.categories)
        cells["fields"] = ";".join(suggested_fields(voluntary.categories))
    return cells


def is_voluntary(entity: Entity, voluntary: VoluntaryOrganisation | None) -> bool:
    """Whether it stands in Frivillighetsregisteret: by that register, else by its own entry."""
    return entity.registered_voluntary if voluntary is None else voluntary.registered


def _kind(entity: Entity, voluntary: VoluntaryOrganisation | None) -> str:
    """A volunteer centre by its first category or its name, an umbrella by its name."""
    first = voluntary.categories[:1] if voluntary else ()
    if first == (VOLUNTEER_CENTRES,) or _CENTRE.search(entity.name):
        return "volunteer_centre"
    return "umbrella" if _UMBRELLA.search(entity.name) else "organisation"
