"""Final dispositions of cases in internet and mail surveys of named units.

Source: AAPOR, Standard Definitions (9th edition 2016, 10th edition 2023), the tables for mail and
internet surveys of specifically named persons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from samspill.errors import SamspillError

Group = Literal["I", "P", "R", "NC", "O", "U", "NE"]


@dataclass(frozen=True, slots=True)
class Disposition:
    """A final disposition: its code, the group that the rates count it in, and what it means.

    Groups: ``I`` complete, ``P`` partial, ``R`` refusal and break-off, ``NC`` non-contact,
    ``O`` other eligible non-response, ``U`` unknown eligibility (the definitions' UH + UO),
    ``NE`` not eligible.
    """

    code: str
    group: Group
    meaning: str


_ALL = (
    Disposition("1.1", "I", "Complete questionnaire"),
    Disposition("1.2", "P", "Partial questionnaire with enough answers"),
    Disposition("2.111", "R", "Explicit refusal"),
    Disposition("2.1121", "R", "Opened the questionnaire and answered nothing"),
    Disposition("2.12", "R", "Break-off with too few answers"),
    Disposition("2.20", "NC", "Non-contact"),
    Disposition("2.26", "NC", "Not available in the field period"),
    Disposition("2.30", "O", "Other"),
    Disposition("3.11", "U", "No invitation sent"),
    Disposition("3.19", "U", "Nothing ever returned"),
    Disposition("3.30", "U", "Invitation returned undelivered"),
    Disposition("3.90", "U", "Other, eligibility unknown"),
    Disposition("4.10", "NE", "Outside the population"),
    Disposition("4.81", "NE", "Listed twice"),
    Disposition("4.90", "NE", "Other, not eligible"),
)
DISPOSITIONS: Mapping[str, Disposition] = MappingProxyType({d.code: d for d in _ALL})

_BY_BEGINNING: tuple[tuple[str, Group], ...] = (
    ("1.1", "I"), ("1.2", "P"), ("2.1", "R"), ("2.2", "NC"), ("2.3", "O"), ("3", "U"), ("4", "NE"),
)  # fmt: skip


def group_of(code: str) -> Group:
    """The group of any code of the Standard Definitions, by its first digits.

    Raises SamspillError for what is no such code.
    """
    if code.replace(".", "", 1).isdigit():
        for beginning, group in _BY_BEGINNING:
            if code.startswith(beginning):
                return group
    raise SamspillError(
        f"'{code}' is no final disposition code.",
        "Use a code of AAPOR's Standard Definitions, such as 1.1 or 3.19.",
    )
