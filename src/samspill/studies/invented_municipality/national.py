"""Files shaped as those of the national registers, a little ahead of the municipality's register.

Keys and shape follow the open data of Enhetsregisteret (entities as an array) and the pages of
Frivillighetsregisteret's API. Everything in them is invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from samspill.studies.invented_municipality.organisations import numbers_after, organisations
from samspill.studies.invented_municipality.rows import Row, after
from samspill.studies.invented_municipality.words import MUNICIPALITY, Words, words

ENTITIES, VOLUNTARY = "enhetsregisteret-oppdiktet.json", "frivillighetsregisteret-oppdiktet.json"
CATEGORIES = {
    "1100": "kunstOgKultur",
    "1200": "idrett",
    "1300": "rekreasjonOgSosialeForeninger",
    "13100": "barneOgUngdomsorganisasjoner",
}
"""Names of categories as far as they are known; the number is what counts."""
FORMS = {"FLI": "Forening/lag/innretning", "SA": "Samvirkeforetak"}


def national_files(on: date, seed: int, folder: Path) -> tuple[Path, Path]:
    """Write what the national registers say of the municipality into ``folder``.

    Returns the file of entities and the page of voluntary organisations. Against the register six
    organisations are new, four have another name and two are gone. Nothing else
    differs. Dissolved ones and those without a number are in neither file. Names are written as the
    municipality writes them, not in the capitals of the national registers.
    """
    told = words("national")
    known = [each.row for each in organisations(on, seed)]
    registered = [
        each | {"name": told["renamed"].get(each["name"], each["name"])}
        for each in known
        if each["number"] and not each["dissolved_on"] and each["name"] not in told["gone"]
    ]
    registered.extend(_new(on, told, taken=sum(each["number"] is not None for each in known)))
    entities, voluntary = folder / ENTITIES, folder / VOLUNTARY
    _write(entities, [_entity(each) for each in registered])
    _write(voluntary, _page([each for each in registered if each["in_voluntary_register"]]))
    return entities, voluntary


def _new(on: date, told: Words, taken: int) -> Iterator[Row]:
    numbers = numbers_after(taken)
    places = {place["name"]: place for place in words("municipality")["place"]}
    for n, new in enumerate(told["new"], start=1):
        place = places[new["place"]]
        yield {
            "number": next(numbers),
            "name": new["name"],
            "legal_form": "FLI",
            "categories": tuple(new["categories"]),
            "purpose": new["purpose"],
            "address": f"{place['streets'][0]} {50 + n}",
            "postcode": place["postcode"],
            "place": place["name"],
            "founded_on": after(on, -40 - 11 * n),
            "web": None,
            "in_voluntary_register": True,
        }


def _entity(told: Mapping[str, Any]) -> dict[str, Any]:
    address = {
        "land": "Norge",
        "landkode": "NO",
        "postnummer": told["postcode"],
        "poststed": told["place"],
        "adresse": [told["address"]],
        "kommune": MUNICIPALITY.name,
        "kommunenummer": MUNICIPALITY.code,
    }
    web = told["web"]
    return {
        "organisasjonsnummer": told["number"],
        "navn": told["name"],
        "organisasjonsform": {
            "kode": told["legal_form"],
            "beskrivelse": FORMS[told["legal_form"]],
        },
        **({"hjemmeside": web.removeprefix("https://")} if web else {}),
        "registreringsdatoEnhetsregisteret": told["founded_on"].isoformat(),
        "registrertIMvaregisteret": False,
        "naeringskode1": {
            "kode": "94.991",
            "beskrivelse": "Aktiviteter i andre interesseorganisasjoner ikke nevnt annet sted",
        },
        "forretningsadresse": address,
        "stiftelsesdato": told["founded_on"].isoformat(),
        "institusjonellSektorkode": {"kode": "7000", "beskrivelse": "Ideelle organisasjoner"},
        "registrertIForetaksregisteret": False,
        "registrertIStiftelsesregisteret": False,
        "registrertIFrivillighetsregisteret": told["in_voluntary_register"],
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "maalform": "Bokmål",
        "vedtektsfestetFormaal": [told["purpose"], "Oppdiktet."],
    }


def _page(told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A page of the API with everything on it, and no next one."""
    base = "https://data.brreg.no/frivillighetsregisteret/api/frivillige-organisasjoner"
    return {
        "_embedded": {"frivilligeOrganisasjoner": [_voluntary(each) for each in told]},
        "_links": {"self": {"href": f"{base}?size={len(told)}"}},
    }


def _voluntary(told: Mapping[str, Any]) -> dict[str, Any]:
    """A voluntary organisation; ``rekkefoelge`` orders its categories, which stand last first."""
    categories = [
        {
            "icnpoNummer": number,
            "kategori": f"ICNPOKategori.{CATEGORIES[number]}" if number in CATEGORIES else None,
            "navn": None,
            "rekkefoelge": place,
        }
        for place, number in enumerate(told["categories"], start=1)
    ]
    return {
        "organisasjonsnummer": told["number"],
        "frivilligOrganisasjonsstatus": "frivilligOrganisasjonsstatus.innfoert",
        "innfoertDato": told["founded_on"].isoformat(),
        "grasrotandel": {"deltarI": False},
        "icnpoKategorier": categories[::-1],
    }


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
