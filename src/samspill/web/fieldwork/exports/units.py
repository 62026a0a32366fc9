"""The units of a collection, with their attributes as of the wave's reference date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from samspill.web.fieldwork.models import Collection, Respondent
from samspill.web.fieldwork.outcomes import BREAK_OFF, COMPLETE, PARTIAL, Standing
from samspill.web.studies.models import Attribute, AttributeValue, UnitName

RESPONSE, MODE = "response", "mode"
SIDE, UNIT, ORGANISATION = SIDED = ("side", "of_unit", "organisation")
OWN = (RESPONSE, MODE, *SIDED)
_RESPONSES = {COMPLETE: "complete", PARTIAL: "partial", BREAK_OFF: "break_off"}

LABELS = {
    RESPONSE: gettext_noop("Response to the survey"),
    MODE: gettext_noop("How the answers came in"),
    SIDE: gettext_noop("Side"),
    UNIT: gettext_noop("Unit"),
    ORGANISATION: gettext_noop("Organisation"),
}
CATEGORIES = {
    RESPONSE: {
        "complete": gettext_noop("Answered in full"),
        "partial": gettext_noop("Answered in part"),
        "break_off": gettext_noop("Broke off"),
        "none": gettext_noop("Did not answer"),
    },
    MODE: {
        "web": gettext_noop("Web"),
        "phone": gettext_noop("Telephone"),
        "paper": gettext_noop("Paper"),
    },
    SIDE: {
        "municipality": gettext_noop("Municipality"),
        "organisation": gettext_noop("Organisation"),
    },
}

Rows = list[dict[str, Any]]


def row_name(respondent: Respondent) -> str:
    """What a respondent is called in a study folder: its unit, and the organisation that answers
    from the other side."""
    name = respondent.unit.identifier
    if respondent.side != "municipality":
        name = f"{name}:{respondent.organisation or respondent.side}"
    return name


def attributes_of(collection: Collection) -> list[Attribute]:
    """The study's attributes, without those that a collection tells itself."""
    found = collection.study.attributes.exclude(identifier__in=OWN)
    return list(found.order_by("identifier"))


def values_of(collection: Collection, attributes: Sequence[Attribute]) -> dict[int, dict[str, str]]:
    """The attributes' values on the wave's reference date, by unit."""
    names = {attribute.pk: attribute.identifier for attribute in attributes}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    valid = AttributeValue.objects.filter(
        attribute__in=names, unit__respondents__collection=collection
    )
    rows = valid.valid_on(collection.wave.reference_date).distinct()
    for unit, attribute, value in rows.values_list("unit_id", "attribute_id", "value"):
        found[unit][names[attribute]] = value
    return dict(found)


def names_of(collection: Collection) -> dict[int, str]:
    """What each unit was called on the day that the wave describes."""
    valid = UnitName.objects.filter(unit__respondents__collection=collection)
    rows = valid.valid_on(collection.wave.reference_date).distinct()
    return dict(rows.values_list("unit_id", "name"))


def units_table(
    found: Sequence[Standing], collection: Collection, attributes: Sequence[Attribute]
) -> pl.DataFrame:
    """One row per respondent that belongs: ``unit``, ``response``, ``mode``, the attributes and,
    where others than municipalities answer, ``side``, ``of_unit`` and ``organisation``."""
    values = values_of(collection, attributes)
    sided = has_sides(found)
    rows = []
    for each in found:
        respondent = each.respondent
        row: dict[str, Any] = {"unit": row_name(respondent)}
        row[RESPONSE] = _RESPONSES.get(each.code, "none")
        counted = each.response is not None and each.code in _RESPONSES
        row[MODE] = each.response.mode if counted and each.response else None
        if sided:
            row[SIDE] = respondent.side
            row[UNIT] = respondent.unit.identifier
            row[ORGANISATION] = respondent.organisation or None
        own = values.get(respondent.unit_id, {})
        for attribute in attributes:
            row[attribute.identifier] = _typed(own.get(attribute.identifier), attribute)
        rows.append(row)
    schema: dict[str, Any] = {"unit": pl.String, RESPONSE: pl.String, MODE: pl.String}
    if sided:
        schema |= dict.fromkeys(SIDED, pl.String)
    for attribute in attributes:
        schema[attribute.identifier] = pl.Float64 if attribute.type == "number" else pl.String
    return pl.DataFrame(rows, schema=schema, orient="row")


def has_sides(found: Sequence[Standing]) -> bool:
    """Whether others than municipalities are asked."""
    return any(each.respondent.side != "municipality" for each in found)


def _typed(value: str | None, attribute: Attribute) -> str | float | None:
    if value is None or value == "" or attribute.type != "number":
        return value or None
    return float(value)


def variable_rows(attributes: Sequence[Attribute], sided: bool, languages: Sequence[str]) -> Rows:
    """The units' attributes as rows of ``variables``."""
    own = [RESPONSE, MODE, *(SIDED if sided else ())]
    rows: Rows = [
        _variable(
            name,
            "text" if name in (UNIT, ORGANISATION) else "nominal",
            _said(LABELS[name], languages),
        )
        for name in own
    ]
    for attribute in attributes:
        kind = "number" if attribute.type == "number" else "nominal"
        words = _complete(attribute.label, attribute.identifier, languages)
        rows.append(_variable(attribute.identifier, kind, words))
    return rows


def category_rows(
    attributes: Sequence[Attribute], units: pl.DataFrame, languages: Sequence[str]
) -> Rows:
    """The categories of the units' attributes: those declared, then others that occur."""
    rows: Rows = []
    for name, categories in CATEGORIES.items():
        if name in units.columns:
            rows += [
                _category(name, value, order, _said(text, languages))
                for order, (value, text) in enumerate(categories.items(), start=1)
            ]
    for attribute in attributes:
        if attribute.type == "number":
            continue
        known = {entry["value"]: entry.get("label") or {} for entry in attribute.categories}
        met = units[attribute.identifier].drop_nulls().unique().sort()
        for value in met:
            known.setdefault(value, {})
        rows += [
            _category(attribute.identifier, value, order, _complete(words, value, languages))
            for order, (value, words) in enumerate(known.items(), start=1)
        ]
    return rows


def _variable(name: str, kind: str, words: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"variable": name, "type": kind, "per_field": False}
    row |= {f"label_{code}": text for code, text in words.items()}
    return row | {f"question_{code}": "" for code in words}


def _category(name: str, value: str, order: int, words: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"variable": name, "value": value, "order": order, "missing": False}
    return row | {f"label_{code}": text for code, text in words.items()}


def _complete(words: Mapping[str, str], otherwise: str, languages: Sequence[str]) -> dict[str, str]:
    """Words in every language; where one lacks, those of another, or ``otherwise``."""
    some = next((text for text in words.values() if text), otherwise)
    return {code: words.get(code) or some for code in languages}


def _said(text: str, languages: Sequence[str]) -> dict[str, str]:
    said = {}
    for code in languages:
        with translation.override(code):
            said[code] = gettext(text)
    return said
