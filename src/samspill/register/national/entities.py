"""An entity of Enhetsregisteret, as far as the table of organisations needs it.

Fields: Brønnøysund Register Centre, *Åpne data – Enhetsregisteret*, “Enhet” and “Underenhet”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samspill.register.numbers import is_organisation_number

_PLACES = ("forretningsadresse", "beliggenhetsadresse", "postadresse")
_CARE_OF = re.compile(r"(c/o|v/|att\b)", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://)?([^\s/@:]+\.[^\s/@:]+)(/\S*)?", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity. What the register does not say is empty; dates are ISO 8601.

    ``registered_voluntary`` says that it is marked as standing in the register of voluntary
    organisations. The address leaves out lines that name a person to send by way of (*c/o*).
    """

    number: str
    name: str
    legal_form: str
    address: str
    postcode: str
    place: str
    municipality_code: str
    web: str
    founded_on: str
    registered_voluntary: bool
    deleted_on: str


def entity(values: Mapping[str, Any]) -> Entity | None:
    """The entity in nested JSON or in cells by dotted column.

    None where its number is no organisation number or it has no name.
    """
    number, name = _text(values, "organisasjonsnummer"), _text(values, "navn")
    if not is_organisation_number(number) or not name:
        return None
    kind = next((k for k in _PLACES if _text(values, f"{k}.kommunenummer")), _PLACES[0])
    municipality_code = _text(values, f"{kind}.kommunenummer")
    return Entity(
        number=number,
        name=name,
        legal_form=_text(values, "organisasjonsform.kode"),
        address=_address(_text(values, f"{kind}.adresse")),
        postcode=_text(values, f"{kind}.postnummer"),
        place=_text(values, f"{kind}.poststed"),
        municipality_code=municipality_code if _MUNICIPALITY.fullmatch(municipality_code) else "",
        web=_web(_text(values, "hjemmeside")),
        founded_on=_day(_text(values, "stiftelsesdato")),
        registered_voluntary=_text(values, "registrertIFrivillighetsregisteret") == "true",
        deleted_on=_day(_text(values, "slettedato")),
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    """What stands under a name as one line; the parts of a list are separated by commas."""
    found: Any = values.get(name)
    if found is None and "." in name:
        outer, inner = name.split(".")
        within = values.get(outer)
        found = within.get(inner) if isinstance(within, dict) else None
    if isinstance(found, list):
        found = ", ".join(str(part) for part in found if part)
    if isinstance(found, bool):
        found = "true" if found else "false"
    line = " ".join(str(found).split()) if found is not None else ""
    return line if line.isprintable() else "".join(c for c in line if c.isprintable())


def _address(line: str) -> str:
    parts = (part.strip() for part in line.split(","))
    return ", ".join(part for part in parts if part and not _CARE_OF.match(part))


def _web(text: str) -> str:
    """An address that a browser opens; empty where the text is none."""
    if not _WEB.fullmatch(text):
        return ""
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""
