"""What the columns of a file mean for the frame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samspill.web.studies.frame.reading import Sheet
from samspill.web.studies.naming import plain_name


class Use(StrEnum):
    """What a column is used for."""

    NOTHING = "nothing"
    IDENTIFIER = "identifier"
    CODE = "code"
    NAME = "name"
    VALID_FROM = "valid_from"
    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    NUMBER = "number"


ATTRIBUTES = frozenset({Use.NOMINAL, Use.ORDINAL, Use.NUMBER})
HEADINGS: Mapping[Use, frozenset[str]] = {
    Use.IDENTIFIER: frozenset({"identifier", "identifikator", "id", "unit", "enhet", "eining"}),
    Use.CODE: frozenset({"code", "kode", "kommunenr", "kommunenummer", "municipality_code", "knr"}),
    Use.NAME: frozenset(
        {"name", "navn", "namn", "kommune", "kommunenavn", "kommunenamn", "municipality"}
    ),
    Use.VALID_FROM: frozenset({"valid_from", "gyldig_fra", "gyldig_fra_og_med", "gyldig_fra_dato"}),
}
KNOWN_OTHERWISE = frozenset({"valid_to", "ceased_on", "opphort", "opphoyrt"})


@dataclass(frozen=True, slots=True)
class FrameMapping:
    """Each used column's use; ``digits`` is how many a numeric code is filled up to, or 0."""

    uses: Mapping[str, Use]
    digits: int = 0

    def column(self, use: Use) -> str | None:
        """The column with a use that one column can have."""
        return next((name for name, found in self.uses.items() if found is use), None)

    @property
    def attributes(self) -> dict[str, tuple[str, Use]]:
        """Attributes by identifier, each with its column and type."""
        return {
            attribute_identifier(name): (name, use)
            for name, use in self.uses.items()
            if use in ATTRIBUTES
        }

    def to_json(self) -> dict[str, Any]:
        return {"uses": dict(self.uses), "digits": self.digits}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> FrameMapping:
        uses = {name: Use(use) for name, use in content["uses"].items()}
        return cls(uses, int(content["digits"]))


def attribute_identifier(column: str) -> str:
    """A column's name as an attribute's identifier: small letters, digits and _."""
    name = plain_name(column, "_")
    return (name if name[:1].isalpha() else f"a_{name}")[:64].rstrip("_")


def suggest(sheet: Sheet, known: Iterable[tuple[str, str]]) -> FrameMapping:
    """What the columns probably are, from their names, what the study knows, and their values.

    ``known`` are the study's attributes as identifier and type.
    """
    types = dict(known)
    uses: dict[str, Use] = {}
    for column in sheet.columns:
        use = _by_heading(column)
        if use is None or use in uses.values():
            use = _as_attribute(sheet, column, types)
        uses[column] = use
    code = next((name for name, use in uses.items() if use is Use.CODE), None)
    return FrameMapping(uses, _digits(sheet, code) if code else 0)


def _by_heading(column: str) -> Use | None:
    name = attribute_identifier(column)
    return next((use for use, names in HEADINGS.items() if name in names), None)


def _as_attribute(sheet: Sheet, column: str, types: Mapping[str, str]) -> Use:
    name = attribute_identifier(column)
    if name in types:
        return Use(types[name])
    if name in KNOWN_OTHERWISE:
        return Use.NOTHING
    position = sheet.columns.index(column)
    values = {row[position] for row in sheet.rows if row[position]}
    if values and all(re.fullmatch(r"[-−]?(0|[1-9]\d*)([.,]\d+)?", value) for value in values):
        return Use.NOMINAL if values <= {"0", "1"} else Use.NUMBER
    return Use.NOMINAL


def _digits(sheet: Sheet, column: str) -> int:
    """How many digits codes have, where some have lost their leading zeros."""
    position = sheet.columns.index(column)
    codes = [row[position] for row in sheet.rows if row[position]]
    if not codes or not all(code.isdecimal() for code in codes):
        return 0
    lengths = {len(code) for code in codes}
    return max(lengths) if lengths == {max(lengths), max(lengths) - 1} else 0
