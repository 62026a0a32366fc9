"""Invented entities in the shape of Enhetsregisteret."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from samspill.register.numbers import control_digit

NUMBERS = [
    f"{first}{digit}"
    for first, digit in islice(
        ((n, control_digit(str(n))) for n in range(20_000_000, 20_001_000)), 900
    )
    if digit is not None
]
PLACE = {
    "land": "Norge",
    "landkode": "NO",
    "postnummer": "5003",
    "poststed": "BERGEN",
    "adresse": ["c/o Kari Oppdiktet", "Oppdiktet gate 1"],
    "kommune": "BERGEN",
    "kommunenummer": "4601",
}


def entity(n: int = 0, **overrides: Any) -> dict[str, Any]:
    """The n-th entity: an association in Bergen that is in the voluntary register."""
    made = {
        "organisasjonsnummer": NUMBERS[n],
        "navn": f"OPPDIKTET LAG {n}",
        "organisasjonsform": {"kode": "FLI", "beskrivelse": "Forening/lag/innretning"},
        "hjemmeside": "www.oppdiktet.example",
        "forretningsadresse": PLACE,
        "stiftelsesdato": "1950-06-01",
        "registrertIFrivillighetsregisteret": True,
        "vedtektsfestetFormaal": ['Et formål med "anførselstegn" og {klammer'],
        "links": [],
    }
    return {key: value for key, value in (made | overrides).items() if value is not None}


def as_csv(entities: Iterable[Mapping[str, Any]], sign: str = ",") -> str:
    """The same as the register's CSV has it: dotted columns, every cell quoted."""
    columns = (
        "organisasjonsnummer",
        "navn",
        "organisasjonsform.kode",
        "hjemmeside",
        "forretningsadresse.adresse",
        "forretningsadresse.postnummer",
        "forretningsadresse.poststed",
        "forretningsadresse.kommunenummer",
        "stiftelsesdato",
        "registrertIFrivillighetsregisteret",
        "vedtektsfestetFormaal",
    )
    file = io.StringIO()
    table = csv.writer(file, delimiter=sign, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow(columns)
    table.writerows([_cell(made, column) for column in columns] for made in entities)
    return file.getvalue()


def voluntary_page(*organisations: tuple[str, list[tuple[str, int]]]) -> dict[str, Any]:
    """A page: for each organisation its number and its categories with their ranks."""
    return {
        "_embedded": {
            "frivilligeOrganisasjoner": [
                {
                    "organisasjonsnummer": number,
                    "frivilligOrganisasjonsstatus": "frivilligOrganisasjonsstatus.innfoert",
                    "icnpoKategorier": [
                        {"icnpoNummer": code, "navn": None, "rekkefoelge": rank}
                        for code, rank in categories
                    ],
                }
                for number, categories in organisations
            ]
        },
        "_links": {},
    }


def _cell(made: Mapping[str, Any], column: str) -> str:
    value: Any = made
    for part in column.split("."):
        value = value.get(part, "") if isinstance(value, Mapping) else ""
    if isinstance(value, list):
        return ", ".join(value)
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
