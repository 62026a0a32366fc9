"""The groups that a collection's units fall in, by each of their attributes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from samspill.statistics import Cells
from samspill.web.fieldwork.exports.units import attributes_of, values_of
from samspill.web.fieldwork.models import Collection
from samspill.web.fieldwork.outcomes import Standing
from samspill.web.pages.templatetags.samspill import decimals
from samspill.web.studies.models import Attribute, in_language

OUTCOME = "responded"
UNKNOWN = "?"
BANDS = 4
MOST_GROUPS = 12


@dataclass(frozen=True, slots=True)
class Grouping:
    """An attribute as groups: ``labels`` of the groups in order, ``of`` the group of each unit.

    ``informative`` is False where it is known only of units that answered, as an attribute is that
    was asked for; then nothing can be said of non-response by it.
    """

    identifier: str
    label: str
    labels: Mapping[str, str]
    of: Mapping[int, str]
    informative: bool

    @property
    def column(self) -> str:
        """What it is called among cells, where some names are taken."""
        return f"by_{self.identifier}"


def groupings(collection: Collection, found: Sequence[Standing]) -> list[Grouping]:
    """The attributes that divide the units in 2 to 12 groups; numbers in quarters."""
    attributes = attributes_of(collection)
    values = values_of(collection, attributes)
    told = [_grouping(each, values, found) for each in attributes]
    return [each for each in told if 2 <= len(set(each.of.values()) - {UNKNOWN}) <= MOST_GROUPS]


def _grouping(
    attribute: Attribute, values: Mapping[int, Mapping[str, str]], found: Sequence[Standing]
) -> Grouping:
    own = {
        each.respondent.pk: values.get(each.respondent.unit_id, {}).get(attribute.identifier, "")
        for each in found
    }
    silent_known = any(own[each.respondent.pk] and not each.counts for each in found)
    silent = any(not each.counts for each in found)
    if attribute.type == "number":
        labels, of = _bands(own)
    else:
        labels, of = _categories(attribute, own)
    if UNKNOWN in of.values():
        labels = {**labels, UNKNOWN: _("Not known")}
    return Grouping(attribute.identifier, str(attribute), labels, of, silent_known or not silent)


def _categories(
    attribute: Attribute, own: Mapping[int, str]
) -> tuple[dict[str, str], dict[int, str]]:
    known = {
        e["value"]: in_language(e.get("label") or {}) or e["value"] for e in attribute.categories
    }
    met = set(own.values()) - {""}
    labels = {value: label for value, label in known.items() if value in met}
    labels |= {value: value for value in sorted(met - labels.keys())}
    return labels, {unit: value or UNKNOWN for unit, value in own.items()}


def _bands(own: Mapping[int, str]) -> tuple[dict[str, str], dict[int, str]]:
    """Quarters of the units, by size of a number."""
    numbers = {unit: float(value) for unit, value in own.items() if value}
    ordered = sorted(numbers.values())
    cuts = sorted({ordered[len(ordered) * k // BANDS] for k in range(1, BANDS)}) if ordered else []
    band = {unit: str(bisect_right(cuts, number) + 1) for unit, number in numbers.items()}
    labels = {}
    for name in sorted(set(band.values())):
        inside = [numbers[unit] for unit, each in band.items() if each == name]
        labels[name] = f"{_number(min(inside))}–{_number(max(inside))}"
    return labels, {unit: band.get(unit, UNKNOWN) for unit in own}


def _number(value: float) -> str:
    return decimals(value, 0 if value.is_integer() else 1)


def response_cells(found: Sequence[Standing], grouped: Sequence[Grouping]) -> Cells:
    """Units and how many of them responded, by the given groupings."""
    columns: dict[str, list[object]] = {
        each.column: [each.of[unit.respondent.pk] for unit in found] for each in grouped
    }
    frame = pl.DataFrame({**columns, OUTCOME: [int(unit.counts) for unit in found]})
    names = [each.column for each in grouped]
    counted = frame.with_columns(outcome=pl.lit(OUTCOME), n=pl.lit(1)).rename({OUTCOME: "sum"})
    return Cells.from_counts(counted.with_columns(pl.col(names).cast(pl.String)), names)
