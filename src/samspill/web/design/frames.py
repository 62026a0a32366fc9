"""The units of a study as the library's frame, with their attributes and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils import timezone

from samspill.presentation.figures.coverage import CoverageWords
from samspill.selection import Attribute, attributes_of
from samspill.web.studies.listing import units_on
from samspill.web.studies.models import Attribute as StudyAttribute
from samspill.web.studies.models import Study, in_language


@dataclass(frozen=True, slots=True)
class UnitFrame:
    """Units by identifier, with names, and the values of attributes as text."""

    units: tuple[str, ...]
    names: tuple[str, ...]
    values: Mapping[str, tuple[str | None, ...]]

    @property
    def named(self) -> dict[str, str]:
        return dict(zip(self.units, self.names, strict=True))

    def stored(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "units": list(self.units),
            "names": list(self.names),
            "values": {name: list(values) for name, values in self.values.items()},
        }

    def frame(self, numbers: Sequence[str]) -> pl.DataFrame:
        """The library's frame; ``numbers`` are the attributes that are numbers."""
        columns = {"unit": pl.Series(self.units, dtype=pl.String)}
        for name, values in self.values.items():
            column = pl.Series(values, dtype=pl.String)
            if name in numbers:
                column = column.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
            columns[name] = column
        return pl.DataFrame(columns)


def frame_of(study: Study) -> UnitFrame:
    """The units that exist today, each with its name and what is known of it today."""
    rows = [row for row in units_on(study, timezone.localdate()) if row.exists]
    return UnitFrame(
        tuple(row.unit.identifier for row in rows),
        tuple(row.name for row in rows),
        {
            attribute.identifier: tuple(row.values.get(attribute.pk) or None for row in rows)
            for attribute in study.attributes.all()
        },
    )


def stored_frame(content: Mapping[str, Any]) -> UnitFrame:
    return UnitFrame(
        tuple(content["units"]),
        tuple(content["names"]),
        {name: tuple(values) for name, values in content["values"].items()},
    )


def library_attributes(
    study: Study, frame: pl.DataFrame, names: Sequence[str], breaks: Mapping[str, Sequence[float]]
) -> tuple[Attribute, ...]:
    """Attributes as the study describes them, in the order named."""
    known = {a.identifier: a for a in study.attributes.all()}
    ordinal = {
        name: [c["value"] for c in known[name].categories]
        for name in names
        if name in known and known[name].type == "ordinal"
    }
    return attributes_of(frame, names, ordinal=ordinal, breaks=breaks)


def numbers_of(study: Study) -> list[str]:
    return list(study.attributes.filter(type="number").values_list("identifier", flat=True))


def words_of_attributes(study: Study) -> CoverageWords:
    """What the study calls its attributes and their categories, in the page's language."""
    attributes: list[StudyAttribute] = list(study.attributes.all())
    return CoverageWords(
        {a.identifier: str(a) for a in attributes},
        {
            (a.identifier, c["value"]): in_language(c.get("label") or {})
            for a in attributes
            for c in a.categories
            if in_language(c.get("label") or {})
        },
    )
