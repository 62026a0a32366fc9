"""Grants as a package of 360Giving (360Giving Data Standard 1.4).

Only what was granted, of operating and activity grants: a purchase of services is no grant. A
grant without a decided date, an amount or a recipient that is shown is left out, and told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samspill.language import translator
from samspill.register.interchange.audience import for_audience
from samspill.register.interchange.hsds import filled
from samspill.register.interchange.identifiers import (
    LIST_OF_NORWAY,
    organisation_identifier,
    prefix,
)
from samspill.register.model import Register, Row
from samspill.vocabulary import load

VERSION = "1.4"
_GIVEN = frozenset({"granted", "partly_granted"})
_GRANTS = frozenset({"operating_grant", "activity_grant"})


@dataclass(frozen=True, slots=True)
class Grants:
    """A package of 360Giving, and the identifiers of the decisions that are not in it."""

    package: Mapping[str, Any]
    left_out: tuple[str, ...]


def grants(
    register: Register, language: str, *, funder_number: str = "", internal: bool = False
) -> Grants:
    """The register's grants; ``funder_number`` is the municipality's organisation number.

    Only what anyone may see, unless ``internal``.
    """
    seen = for_audience(register, internal=internal)
    organisations = seen.by_identifier("organisations")
    schemes = seen.by_identifier("schemes")
    funder = {
        "id": f"{LIST_OF_NORWAY}-{funder_number}" if funder_number else prefix(register),
        "name": register.name,
    }
    written, left_out = [], []
    for row in _given(seen):
        recipient = organisations.get(str(row["organisation"]))
        if recipient is None or not recipient["name"] or not _complete(row):
            left_out.append(str(row["identifier"]))
            continue
        scheme = schemes.get(str(row["scheme"]), {})
        grant = _grant(seen, language, row, recipient, scheme)
        written.append({**grant, "fundingOrganization": [funder]})
    package: dict[str, Any] = {
        "version": VERSION,
        "title": translator(language)("Grants from {name}", name=register.name),
        "publisher": {"name": register.name, "identifier": funder["id"]},
        "grants": written,
    }
    if register.invented:
        said = translator(language)(
            "Invented data: no organisation, person or number here is real."
        )
        package["description"] = said
    return Grants(package, tuple(left_out))


def _given(register: Register) -> Iterator[Row]:
    for row in register.rows("grants"):
        if row["decision"] in _GIVEN and row["economic_relation"] in _GRANTS:
            yield row


def _complete(row: Row) -> bool:
    return isinstance(row["decided_on"], date) and isinstance(row["amount"], int)


def _grant(
    register: Register, language: str, row: Row, recipient: Row, scheme: Mapping[str, Any]
) -> dict[str, Any]:
    t = translator(language)
    invented = t("Invented data") + ". " if register.invented else ""
    concepts = load().schemes
    kind = concepts["economic_relations"][str(row["economic_relation"])].label(language)
    title = row["purpose"] or scheme.get("name") or kind
    told = [kind, scheme.get("name"), row["purpose"]]
    description = ". ".join(dict.fromkeys(str(part) for part in told if part))
    return filled(
        {
            "id": f"{prefix(register)}-{row['identifier']}",
            "title": str(title)[:140],
            "description": f"{invented}{description}",
            "currency": "NOK",
            "amountAwarded": row["amount"],
            "awardDate": row["decided_on"].isoformat(),  # type: ignore[union-attr]
            "recipientOrganization": [_recipient(register, recipient)],
            "beneficiaryLocation": [{"name": register.name, "countryCode": "NO"}],
        },
        amountAppliedFor=row["applied"],
        plannedDates=_planned(row),
        grantProgramme=_programme(scheme),
        classifications=_classification(row, language),
    )


def _recipient(register: Register, row: Row) -> dict[str, Any]:
    return filled(
        {"id": organisation_identifier(register, row), "name": row["name"]},
        companyNumber=row["number"],
        addressLocality=row["place"],
        postalCode=row["postcode"],
        url=row["web"],
    )


def _planned(row: Row) -> list[dict[str, Any]]:
    year, years = row["year"], row["years"] or 1
    if not isinstance(year, int) or not isinstance(years, int) or not 1000 <= year <= 9000:
        return []
    return [{"startDate": f"{year}-01-01", "endDate": f"{year + years - 1}-12-31"}]


def _programme(scheme: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not scheme.get("identifier"):
        return []
    core = {"code": scheme["identifier"]}
    return [filled(core, title=scheme.get("name"), url=scheme.get("web"))]


def _classification(row: Row, language: str) -> list[dict[str, Any]]:
    fields = load().fields
    if row["field"] not in fields:
        return []
    concept = fields[str(row["field"])]
    return [
        {"vocabulary": "Samspill", "code": concept.identifier, "title": concept.label(language)}
    ]
