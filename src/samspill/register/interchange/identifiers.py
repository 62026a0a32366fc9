"""Identifiers that other standards ask for, the same every time a register is written."""

from __future__ import annotations

import uuid

from samspill.register.model import Register, Row

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://samspill.example/register")
LIST_OF_NORWAY = "NO-BRC"
"""The list of the Brønnøysund Register Centre (org-id.guide)."""


def unique(register: Register, *parts: object) -> str:
    """A UUID (RFC 9562, version 5) for a thing of the register, such as a table and a row."""
    name = "/".join([register.municipality_code, *(str(part) for part in parts)])
    return str(uuid.uuid5(_NAMESPACE, name))


def organisation_identifier(register: Register, row: Row) -> str:
    """``NO-BRC-974760673``, or where there is no organisation number one of the municipality's own
    (360Giving Standard, “Organisation identifiers”)."""
    if row["number"]:
        return f"{LIST_OF_NORWAY}-{row['number']}"
    return f"{prefix(register)}-org-{row['identifier']}"


def prefix(register: Register) -> str:
    """What the identifiers of a municipality's own grants and organisations begin with."""
    return f"360G-kommune{register.municipality_code}"
