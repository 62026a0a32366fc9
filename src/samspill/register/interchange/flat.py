"""Grants in the flat form of 360Giving: a table with titles, and back to grants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

TITLES: Mapping[str, tuple[str | int, ...]] = {
    "Identifier": ("id",),
    "Title": ("title",),
    "Description": ("description",),
    "Currency": ("currency",),
    "Amount Applied For": ("amountAppliedFor",),
    "Amount Awarded": ("amountAwarded",),
    "Award Date": ("awardDate",),
    "URL": ("url",),
    "Planned Dates:Start Date": ("plannedDates", 0, "startDate"),
    "Planned Dates:End Date": ("plannedDates", 0, "endDate"),
    "Planned Dates:Duration (months)": ("plannedDates", 0, "duration"),
    "Recipient Org:Identifier": ("recipientOrganization", 0, "id"),
    "Recipient Org:Name": ("recipientOrganization", 0, "name"),
    "Recipient Org:Company Number": ("recipientOrganization", 0, "companyNumber"),
    "Recipient Org:City": ("recipientOrganization", 0, "addressLocality"),
    "Recipient Org:Postal Code": ("recipientOrganization", 0, "postalCode"),
    "Recipient Org:Web Address": ("recipientOrganization", 0, "url"),
    "Beneficiary Location:Name": ("beneficiaryLocation", 0, "name"),
    "Beneficiary Location:Country Code": ("beneficiaryLocation", 0, "countryCode"),
    "Funding Org:Identifier": ("fundingOrganization", 0, "id"),
    "Funding Org:Name": ("fundingOrganization", 0, "name"),
    "Grant Programme:Code": ("grantProgramme", 0, "code"),
    "Grant Programme:Title": ("grantProgramme", 0, "title"),
    "Grant Programme:URL": ("grantProgramme", 0, "url"),
    "Classifications:Vocabulary": ("classifications", 0, "vocabulary"),
    "Classifications:Code": ("classifications", 0, "code"),
    "Classifications:Title": ("classifications", 0, "title"),
}
"""The titles of the columns, and where in a grant each stands."""

_NUMBERS = frozenset({"amountAwarded", "amountAppliedFor", "duration"})


def flattened(grants: Sequence[Mapping[str, Any]]) -> list[list[object]]:
    """Titles, then a row for each grant; None where a grant has no such thing."""
    rows = [[_at(grant, path) for path in TITLES.values()] for grant in grants]
    return [list(TITLES), *rows]


def unflattened(lines: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """The grants in lines of text under their titles; columns with other titles are left out.

    What should be a number and is none stays a text.
    """
    if not lines:
        return []
    paths = [TITLES.get(title.strip()) for title in lines[0]]
    grants = []
    for line in lines[1:]:
        grant: dict[str, Any] = {}
        for path, text in zip(paths, line, strict=False):
            if path and text.strip():
                _put(grant, path, _value(path, text.strip()))
        grants.append(grant)
    return grants


def _value(path: tuple[str | int, ...], text: str) -> object:
    if path[-1] in _NUMBERS:
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _put(grant: dict[str, Any], path: tuple[str | int, ...], value: object) -> None:
    if len(path) == 1:
        grant[str(path[0])] = value
    else:
        grant.setdefault(str(path[0]), [{}])[0][path[2]] = value


def _at(value: Any, path: Sequence[str | int]) -> object:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError):
            return None
    return value
