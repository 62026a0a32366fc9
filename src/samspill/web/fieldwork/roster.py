"""A list of respondents in a file: units with addresses, names and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from samspill.language import languages
from samspill.web.fieldwork.actions.respondents import Entry
from samspill.web.fieldwork.models import Collection
from samspill.web.studies.frame.reading import Sheet, read_sheet
from samspill.web.studies.listing import UnitRow, units_on
from samspill.web.studies.models import Unit

COLUMNS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "unit": frozenset({"unit", "code", "identifier", "enhet", "eining", "kode", "kommunenr",
                           "kommunenummer"}),
        "email": frozenset({"email", "e-mail", "epost", "e-post", "mail"}),
        "name": frozenset({"name", "navn", "namn"}),
        "language": frozenset({"language", "språk", "målform"}),
        "side": frozenset({"side"}),
        "organisation": frozenset({"organisation", "organisasjon", "orgnr",
                                   "organisasjonsnummer"}),
    }
)  # fmt: skip
LENGTHS: Mapping[str, int] = MappingProxyType({"email": 254, "name": 200, "organisation": 200})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row, and what to do; ``row`` is None for the file as a whole."""

    row: int | None
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The entries of a file, or its faults."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_roster(collection: Collection, content: bytes, filename: str) -> Roster:
    """The respondents in a CSV or XLSX file, for the units of a collection's wave.

    Raises SamspillError where the file is no table.
    """
    return roster_of(collection, read_sheet(content, filename))


def roster_of(collection: Collection, sheet: Sheet) -> Roster:
    """The respondents in the rows of a table."""
    places = _places(sheet)
    missing = [name for name in ("unit",) if name not in places]
    if missing:
        message = _("The file has no column “unit” with the unit's code. Add it, or rename one.")
        return Roster((), (Fault(None, "unit", message),))
    units = _units(collection)
    entries: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[int, str, str], int] = {}
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        given = {name: row[place].strip() for name, place in places.items()}
        entry, wrong = _entry(collection, given, units)
        faults += [Fault(number, column, message) for column, message in wrong]
        if entry is None:
            continue
        key = (entry.unit.pk, entry.side, entry.organisation)
        if key in seen:
            told = _("The same respondent stands in row %(row)s already. Take one of them away.")
            faults.append(Fault(number, "unit", told % {"row": seen[key]}))
        seen.setdefault(key, number)
        entries.append(entry)
    return Roster(() if faults else tuple(entries), tuple(faults))


def _places(sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(sheet.columns):
        for name, known in COLUMNS.items():
            if heading.strip().casefold() in known:
                found.setdefault(name, place)
    return found


def _units(collection: Collection) -> dict[str, list[Unit]]:
    """Units by identifier, and by the code they have on the wave's reference day."""
    rows: list[UnitRow] = units_on(collection.study, collection.wave.reference_date)
    found: dict[str, list[Unit]] = {}
    for row in rows:
        if row.exists:
            found.setdefault(row.code, []).append(row.unit)
    for row in rows:
        found[row.unit.identifier] = [row.unit]
    return found


def _entry(
    collection: Collection, given: Mapping[str, str], units: Mapping[str, list[Unit]]
) -> tuple[Entry | None, list[tuple[str, str]]]:
    faults = []
    matches = units.get(given["unit"], [])
    if len(matches) != 1:
        faults.append(("unit", _unit_fault(given["unit"], matches)))
    email = given.get("email", "")
    try:
        if email:
            validate_email(email)
    except ValidationError:
        faults.append(
            ("email", _("“%(text)s” is no e-mail address. Correct it.") % {"text": email})
        )
    language = given.get("language", "").casefold()
    if language and language not in languages():
        told = _("“%(text)s” is no language here. Use %(all)s, or leave it empty.")
        faults.append(("language", told % {"text": language, "all": ", ".join(languages())}))
    side = given.get("side", "") or collection.sides[0]
    if side not in collection.sides:
        told = _("The collection does not ask the side “%(text)s”. Use %(all)s.")
        faults.append(("side", told % {"text": side, "all": ", ".join(collection.sides)}))
    for column, most in LENGTHS.items():
        if len(given.get(column, "")) > most:
            told = _("The text is longer than %(length)s characters. Shorten it.")
            faults.append((column, told % {"length": most}))
    organisation = given.get("organisation", "")
    if organisation and side == "municipality":
        faults.append(("organisation", _("Only the side of organisations has these. Empty it.")))
    if faults:
        return None, faults
    return Entry(matches[0], side, organisation, email, given.get("name", ""), language), []


def _unit_fault(code: str, matches: list[Unit]) -> str:
    if not code:
        return _("The unit's code is missing. Write it.")
    if matches:
        return _("Several units have the code “%(code)s”. Use the identifier.") % {"code": code}
    told = _("The study has no unit “%(code)s” on the wave's reference day. Correct the code.")
    return told % {"code": code}
