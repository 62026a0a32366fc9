"""What a grant of 360Giving 1.4 and an organisation or service of HSDS 3.0 cannot do without.

JSON Schemas in Samspill's own words, by the standards' reference pages (360Giving Data Standard,
“Reference”; Human Services Data Specification, “Schema Reference”).
"""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string", "pattern": r"\S"}
_UUID = {"type": "string", "format": "uuid"}
_WEB = {"type": "string", "pattern": r"^https?://[^\s/]+"}
_DAY = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T\S+)?$"}
_MONTH = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}(T\S+)?$"}
_LISTED = {"type": "string", "pattern": r"^([A-Z]{2}-[A-Z0-9_]+-\S+|360G-\S+)$"}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def _list(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


_PARTY = _object(["id", "name"], id=_LISTED, name=_TEXT, url=_WEB)
_PERIOD = _object([], startDate=_MONTH, endDate=_MONTH, duration={"type": "number", "minimum": 0})

GRANT = {
    **_object(
        ["id", "title", "description", "currency", "amountAwarded", "awardDate"],
        id={"type": "string", "pattern": r"^360G-[^\s-]+-\S+"},
        title=_TEXT,
        description=_TEXT,
        currency={"type": "string", "pattern": "^[A-Z]{3}$"},
        amountAwarded={"type": "number"},
        amountAppliedFor={"type": "number"},
        awardDate=_DAY,
        url=_WEB,
        plannedDates=_list(_PERIOD),
        actualDates=_list(_PERIOD),
        fundingOrganization=_list(_PARTY, minItems=1),
        recipientOrganization=_list(_PARTY, minItems=1),
    ),
    "allOf": [
        {"required": ["fundingOrganization"]},
        {
            "anyOf": [
                {"required": ["recipientOrganization"]},
                {"required": ["recipientIndividual"]},
            ]
        },
    ],
}

_PHONE = _object(["id", "number"], id=_UUID, number=_TEXT)
_CONTACT = _object(
    ["id"], id=_UUID, email={"type": "string", "format": "email"}, phones=_list(_PHONE)
)
_ADDRESS = _object(
    ["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
    address_type={"enum": ["physical", "postal", "virtual"]},
    country={"type": "string", "pattern": "^[A-Z]{2}$"},
)
_LOCATION = _object(
    ["id", "location_type"],
    id=_UUID,
    location_type={"enum": ["physical", "postal", "virtual"]},
    addresses=_list(_ADDRESS),
)
_COMMON = {
    "id": _UUID,
    "name": _TEXT,
    "email": {"type": "string", "format": "email"},
    "contacts": _list(_CONTACT),
    "phones": _list(_PHONE),
}

ORGANIZATION = _object(
    ["id", "name", "description"],
    **_COMMON,
    description={"type": "string"},
    website=_WEB,
    parent_organization_id=_UUID,
    locations=_list(_LOCATION),
    organization_identifiers=_list(_object(["id", "identifier_type", "identifier"], id=_UUID)),
)

SERVICE = _object(
    ["id", "name", "status"],
    **_COMMON,
    url=_WEB,
    organization_id=_UUID,
    status={"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    organization=_object(["id", "name", "description"], id=_UUID, name=_TEXT),
)
