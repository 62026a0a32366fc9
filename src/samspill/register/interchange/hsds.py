"""Organisations, services, contacts and places as Open Referral HSDS 3 (Human Services Data
Specification 3.0).

Organisations of HSDS are the register's organisations and its municipal units. A service is what an
organisation does with the municipality: its collaboration in the forms of the phase of activity,
in one field. Places are the organisations' addresses and the premises of the municipality's units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from samspill.language import translator
from samspill.register.interchange.audience import for_audience
from samspill.register.interchange.identifiers import (
    LIST_OF_NORWAY,
    organisation_identifier,
    unique,
)
from samspill.register.labels import choice_label
from samspill.register.model import Register, Row
from samspill.register.values import Value
from samspill.vocabulary import load

_STATUS = {"active": "active", "dissolved": "defunct", "unknown": "inactive"}


def hsds(
    register: Register, language: str, *, day: date, internal: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """``organizations`` and ``services``, each a list of objects of HSDS.

    A service is active where a collaboration behind it lasts on ``day``. Only what anyone may see,
    unless ``internal``. Descriptions are in the language.
    """
    return _Export(for_audience(register, internal=internal), language, day).content()


class _Export:
    def __init__(self, register: Register, language: str, day: date) -> None:
        self._register, self._language, self._day = register, language, day
        self._vocabulary = load()
        self._organisations = register.by_identifier("organisations")

    def content(self) -> dict[str, list[dict[str, Any]]]:
        organisations = [
            *(self._organisation(row) for row in self._register.rows("organisations")),
            *(self._unit(row) for row in self._register.rows("municipal_units")),
        ]
        return {"organizations": organisations, "services": list(self._services())}

    def _organisation(self, row: Row) -> dict[str, Any]:
        told = filled(
            self._core("organisations", row),
            email=row["email"],
            website=row["web"],
            tax_id=row["number"],
            year_incorporated=_year(row["founded_on"]),
            legal_status=row["legal_form"],
            phones=self._phones("organisations", row),
            locations=self._address("organisations", row),
            contacts=self._contacts("organisation", row),
        )
        if row["number"]:
            told["organization_identifiers"] = [
                {
                    "id": self._id("organisations", row, "number"),
                    "organization_id": told["id"],
                    "identifier_scheme": LIST_OF_NORWAY,
                    "identifier_type": "Organisasjonsnummer",
                    "identifier": organisation_identifier(self._register, row),
                }
            ]
        return told

    def _unit(self, row: Row) -> dict[str, Any]:
        parent = row["parent"]
        return filled(
            self._core("municipal_units", row),
            email=row["email"],
            website=row["web"],
            parent_organization_id=parent and unique(self._register, "municipal_units", parent),
            phones=self._phones("municipal_units", row),
            locations=[
                place
                for premises in self._register.rows("premises")
                if premises["municipal_unit"] == row["identifier"]
                for place in self._address("premises", premises)
            ],
            contacts=self._contacts("municipal_unit", row),
        )

    def _core(self, table: str, row: Row) -> dict[str, Any]:
        """What every organisation must have; a description that is missing is made of its kind."""
        what = (
            self._kind(row)
            if table == "organisations"
            else translator(self._language)("Municipal unit")
        )
        name = row["name"] or what
        fields = ", ".join(self._label("fields", item) for item in _items(row["fields"]))
        described = row.get("purpose") or (f"{what}: {fields}" if fields else what)
        return {
            "id": self._id(table, row),
            "name": name,
            "description": f"{self._invented()}{described}",
        }

    def _kind(self, row: Row) -> str:
        return choice_label(str(row["kind"] or "organisation"), self._language)

    def _invented(self) -> str:
        if not self._register.invented:
            return ""
        return translator(self._language)("Invented data") + ". "

    def _phones(self, table: str, row: Row) -> list[dict[str, Any]]:
        if not row["phone"]:
            return []
        return [{"id": self._id(table, row, "phone"), "number": row["phone"]}]

    def _address(self, table: str, row: Row) -> list[dict[str, Any]]:
        if not row["address"] and not row["place"]:
            return []
        here = self._id(table, row, "location")
        address = filled(
            {
                "id": self._id(table, row, "address"),
                "location_id": here,
                "address_1": row["address"] or row["place"],
                "city": row["place"] or "",
                "state_province": "",
                "postal_code": row.get("postcode") or "",
                "country": "NO",
                "address_type": "physical",
            }
        )
        return [
            filled(
                {"id": here, "location_type": "physical", "addresses": [address]},
                name=row["name"],
                url=row.get("booking"),
                description=row.get("equipment"),
            )
        ]

    def _contacts(self, column: str, owner: Row) -> list[dict[str, Any]]:
        return [
            filled(
                {"id": self._id("contacts", row)},
                name=row["name"],
                title=row["role"],
                department=row["matters"],
                email=row["email"],
                phones=self._phones("contacts", row),
            )
            for row in self._register.rows("contacts")
            if row[column] == owner["identifier"]
            and any(row[shown] for shown in ("name", "role", "matters", "email", "phone"))
        ]

    def _services(self) -> Iterator[dict[str, Any]]:
        activity = {form.identifier for form in self._vocabulary.forms.having(phase="activity")}
        services: dict[tuple[str, str, str], list[Row]] = {}
        for row in self._register.rows("relations"):
            if row["form"] in activity and row["organisation"] in self._organisations:
                key = (str(row["organisation"]), str(row["field"] or ""), str(row["form"]))
                services.setdefault(key, []).append(row)
        for (organisation, field, form), rows in services.items():
            lasts = any(self._lasts(row) for row in rows)
            yield self._service(self._organisations[organisation], field, form, lasts)

    def _lasts(self, row: Row) -> bool:
        begins, ends = row["valid_from"], row["valid_to"]
        begun = not isinstance(begins, date) or begins <= self._day
        return begun and (not isinstance(ends, date) or self._day <= ends)

    def _service(self, organisation: Row, field: str, form: str, lasts: bool) -> dict[str, Any]:
        core = self._core("organisations", organisation)
        told = [self._label("forms", form), self._label("fields", field)]
        what = ": ".join(part for part in told if part)
        return filled(
            {
                "id": unique(self._register, "services", organisation["identifier"], field, form),
                "organization_id": core["id"],
                "name": f"{core['name']}, {what[:1].lower()}{what[1:]}",
                "description": f"{self._invented()}{what}",
                "status": _STATUS.get(str(organisation["status"]), "inactive")
                if lasts
                else "inactive",
                "organization": core,
            },
            email=organisation["email"],
            url=organisation["web"],
        )

    def _label(self, scheme: str, identifier: Value) -> str:
        concepts = self._vocabulary.schemes[scheme]
        known = isinstance(identifier, str) and identifier in concepts
        return concepts[str(identifier)].label(self._language) if known else ""

    def _id(self, table: str, row: Row, *parts: str) -> str:
        return unique(self._register, table, row["identifier"], *parts)


def filled(core: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An object with ``core`` and what is there of the rest."""
    return {**core, **{name: value for name, value in more.items() if value not in (None, "", [])}}


def _items(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _year(value: Value) -> int | None:
    return value.year if isinstance(value, date) else None
