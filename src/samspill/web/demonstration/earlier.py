"""The made-up waves before this year's: who was there, what they answered, as published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import polars as pl

from samspill.instrument import (
    Asked,
    Instrument,
    categories_table,
    shipped_instrument,
    steps,
    variables_table,
)
from samspill.study import Study as StudyFolder
from samspill.study import seal_study, write_study
from samspill.study.schema import TABLES
from samspill.web.accounts.models import User
from samspill.web.demonstration.inventing import chance, made_up
from samspill.web.fieldwork.exports.coding import missing_codes, recoded
from samspill.web.fieldwork.exports.indicators import indicators_table, provenance_table
from samspill.web.fieldwork.exports.units import RESPONSE, category_rows, variable_rows
from samspill.web.results.actions import publish
from samspill.web.results.drafts import new_draft
from samspill.web.studies.actions import add_wave
from samspill.web.studies.models import (
    AttributeValue,
    Study,
    Unit,
    UnitName,
    UnitSuccession,
)

INSTRUMENT = "norway-2018"
POLICY, SIZE = "has_policy", "size"
FIRST_CODE = 800


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it was in a wave, with its attributes."""

    identifier: str
    attributes: Mapping[str, str]


def load_earlier_waves(study: Study, owner: User) -> None:
    """Give a study two published waves before its own, with mergers and new policies in between."""
    given = made_up()["earlier"]
    _merge(study, given)
    _adopt(study, given)
    form = shipped_instrument(INSTRUMENT)
    answers = _Answers(form, given)
    for wave in given["wave"]:
        day = datetime.date(wave["year"], 1, 1)
        add_wave(
            actor=owner, study=study, reference_date=day,
            identifier=wave["identifier"], title=wave["title"],
        )  # fmt: skip
        folder = _folder(study, form, wave, _places(study, day), answers)
        draft = new_draft(study, wave["identifier"])
        write_study(folder, draft.folder)
        seal_study(draft.folder)
        publish(actor=owner, study=study, draft=draft)


def _merge(study: Study, given: Mapping[str, Any]) -> None:
    """Places that went into some of the units, with the units' own attributes."""
    day = given["merged_on"]
    number = 0
    for identifier, names in given["merged"].items():
        successor = study.units.get(identifier=identifier)
        UnitName.objects.filter(unit=successor).update(valid_from=day)
        values = list(successor.values.values_list("attribute_id", "value"))
        AttributeValue.objects.filter(unit=successor).update(valid_from=day)
        for name in names:
            number += 1
            old = Unit.objects.create(study=study, identifier=f"G{number:04d}", ceased_on=day)
            UnitName.objects.create(
                unit=old, code=f"{FIRST_CODE + number:04d}", name=name, valid_to=day
            )
            AttributeValue.objects.bulk_create(
                AttributeValue(unit=old, attribute_id=attribute, value=value, valid_to=day)
                for attribute, value in values
            )
            UnitSuccession.objects.create(
                study=study, predecessor=old, successor=successor, occurred_on=day
            )


def _adopt(study: Study, given: Mapping[str, Any]) -> None:
    """Some of those that have a policy adopted it between the waves."""
    rows = AttributeValue.objects.filter(
        unit__study=study, attribute__identifier=POLICY, value="1", valid_from=None, valid_to=None
    )
    chosen = list(rows.order_by("unit__identifier")[:: max(rows.count() // given["adopting"], 1)])
    day = given["adopted_on"]
    AttributeValue.objects.bulk_create(
        AttributeValue(unit_id=row.unit_id, attribute_id=row.attribute_id, value="0", valid_to=day)
        for row in chosen
    )
    AttributeValue.objects.filter(pk__in=[row.pk for row in chosen]).update(valid_from=day)


def _places(study: Study, day: datetime.date) -> list[Place]:
    names = UnitName.objects.filter(unit__study=study).valid_on(day)
    there = dict(names.values_list("unit_id", "unit__identifier"))
    values = AttributeValue.objects.filter(unit__in=there).valid_on(day)
    found: dict[int, dict[str, str]] = {pk: {} for pk in there}
    for unit, attribute, value in values.values_list("unit_id", "attribute__identifier", "value"):
        found[unit][attribute] = value
    return [Place(there[pk], found[pk]) for pk in sorted(there, key=lambda pk: there[pk])]


class _Answers:
    """What each place answers: it holds on to an answer from wave to wave, but for the turnover,
    and says yes more readily once it has a policy."""

    def __init__(self, form: Instrument, given: Mapping[str, Any]) -> None:
        self.asked = [asked for step in steps(form) for asked in step.asked]
        self.turnover, self.rise = given["turnover"], given["rise"]
        self.random: Random = chance()
        self._leaning: dict[str, list[float]] = {}

    def of(self, place: Place, inclination: float) -> Iterator[tuple[str, str, str]]:
        """Field, variable and value of every answer; nothing more is asked of a field in which
        there is no relation."""
        likely = inclination + (self.rise if place.attributes.get(POLICY) == "1" else 0.0)
        without = set()
        leanings = self._leanings(place.identifier)
        for asked, leaning in zip(self.asked, leanings, strict=True):
            field, variable = asked.item.field, asked.item.variable
            value = _value(asked, leaning, likely)
            if field in without:
                value = "0" if asked.question.type == "binary" else ""
            if variable == "has_relation" and value == "0":
                without.add(field)
            if value:
                yield field, variable, value

    def _leanings(self, identifier: str) -> list[float]:
        random = self.random
        held = self._leaning.get(identifier)
        if held is None:
            found = [random.random() for _ in self.asked]
        else:
            found = [random.random() if random.random() < self.turnover else one for one in held]
        self._leaning[identifier] = found
        return found


def _value(asked: Asked, leaning: float, likely: float) -> str:
    values = [category.value for category in asked.question.categories if not category.missing]
    if asked.question.type == "binary":
        likely += 0.35 if asked.item.variable == "has_relation" else 0.0
        return "1" if leaning < likely else "0"
    if asked.question.type in {"ordinal", "nominal"} and values:
        place = (1 - leaning) * (0.6 + likely) * len(values)
        return values[min(int(place), len(values) - 1)]
    return ""


def _folder(
    study: Study, form: Instrument, wave: Mapping[str, Any], places: list[Place], answers: _Answers
) -> StudyFolder:
    """A wave as a study folder: its frame, and the answers of those that answered."""
    readily = {"small": 1.0, "medium": 1.8, "large": 3.0}
    keys = [
        answers.random.random() ** (1 / readily[place.attributes.get(SIZE, "small")])
        for place in places
    ]
    order = sorted(range(len(places)), key=lambda n: keys[n], reverse=True)
    answering = set(order[: wave["answering"]])
    attributes = list(study.attributes.order_by("identifier"))
    units = pl.DataFrame(
        [
            {
                "unit": place.identifier,
                RESPONSE: "complete" if n in answering else "none",
                "mode": "web" if n in answering else None,
                **{a.identifier: place.attributes.get(a.identifier) for a in attributes},
            }
            for n, place in enumerate(places)
        ],
        infer_schema_length=None,
    )
    rows = [
        (place.identifier, *answer)
        for n, place in enumerate(places)
        if n in answering
        for answer in answers.of(place, wave["inclination"])
    ]
    schema = dict.fromkeys(("unit", "field", "variable", "value"), pl.String)
    asked, languages = variables_table(form), form.languages
    indicators = indicators_table(form.identifier, asked, languages)
    variables = _above(variable_rows(attributes, False, languages), asked)
    coded = recoded(categories_table(form), missing_codes(form))
    title = {code: f"{study.title[code]}: {wave['title'][code]}" for code in languages}
    return StudyFolder(
        identifier=f"{study.slug}-{wave['identifier']}",
        title=title,
        population_size=units.height,
        year=wave["year"],
        response_attribute=RESPONSE,
        units=units,
        answers=pl.DataFrame(rows, schema=schema, orient="row"),
        variables=variables,
        categories=_above(category_rows(attributes, units, languages), coded),
        indicators=indicators,
        printed=pl.DataFrame(schema={c.name: pl.String for c in TABLES["printed"].columns}),
        provenance=provenance_table(
            list(dict.fromkeys([*variables["variable"], *indicators["indicator"]])),
            "invented",
            languages,
        ),
    )


def _above(rows: list[dict[str, Any]], table: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(rows, schema=dict(table.schema), orient="row"), table])
