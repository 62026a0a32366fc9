"""A collection as a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import Instrument, answers_table, categories_table, variables_table
from samspill.study import Study
from samspill.study.schema import TABLES
from samspill.web.fieldwork.exports.coding import missing_codes, recoded
from samspill.web.fieldwork.exports.indicators import indicators_table, provenance_table
from samspill.web.fieldwork.exports.units import (
    RESPONSE,
    Rows,
    attributes_of,
    category_rows,
    has_sides,
    row_name,
    units_table,
    variable_rows,
)
from samspill.web.fieldwork.models import Collection
from samspill.web.fieldwork.outcomes import BREAK_OFF, Standing, standings
from samspill.web.instruments.definitions import definition


def collection_study(
    collection: Collection, *, break_offs: bool = False, texts: bool = True
) -> Study:
    """What a collection has gathered so far, as a study.

    The frame is its respondents that belong to the population, each with its attributes on the
    wave's reference date. Answers are those sent, and those saved by who has answered enough to
    count; with ``break_offs`` also of those that answered less. Without ``texts`` answers in the
    respondents' own words are left out, as is fit for a folder that others shall read.

    Raises SamspillError where an attribute has the name of a variable of the questionnaire.
    """
    instrument = definition(collection.version)
    found = [each for each in standings(collection) if each.eligible]
    attributes = attributes_of(collection)
    units = units_table(found, collection, attributes)
    asked = variables_table(instrument)
    coded = recoded(categories_table(instrument), missing_codes(instrument))
    _refuse_clash(units.columns, asked["variable"].to_list())
    languages = instrument.languages
    variables = _with_rows(asked, variable_rows(attributes, has_sides(found), languages))
    answers = _answers(instrument, found, break_offs=break_offs)
    if not texts:
        worded = asked.filter(pl.col("type") == "text")["variable"]
        answers = answers.filter(~pl.col("variable").is_in(worded.to_list()))
    indicators = indicators_table(instrument.identifier, asked, languages)
    names = dict.fromkeys([*variables["variable"], *indicators["indicator"]])
    source = "invented" if collection.study.invented else "observed"
    return Study(
        identifier=folder_name(collection),
        title=_title(collection, languages),
        population_size=units.height,
        year=collection.wave.reference_date.year,
        response_attribute=RESPONSE,
        units=units,
        answers=answers,
        variables=variables,
        categories=_with_rows(coded, category_rows(attributes, units, languages)),
        indicators=indicators,
        printed=pl.DataFrame(schema={c.name: pl.String for c in TABLES["printed"].columns}),
        provenance=provenance_table(list(names), source, languages),
    )


def folder_name(collection: Collection) -> str:
    """The identifier of a collection's study folder: study and collection, with hyphens."""
    return f"{collection.study.slug}-{collection.identifier}".replace("_", "-").strip("-")


def _answers(
    instrument: Instrument, found: Sequence[Standing], *, break_offs: bool
) -> pl.DataFrame:
    responses = {
        row_name(each.respondent): each.answers
        for each in found
        if each.counts or (break_offs and each.code == BREAK_OFF)
    }
    return recoded(answers_table(instrument, responses), missing_codes(instrument))


def _with_rows(table: pl.DataFrame, rows: Rows) -> pl.DataFrame:
    """Rows of ours above those of the instrument."""
    own = pl.DataFrame(rows, schema=dict(table.schema), orient="row")
    return pl.concat([own, table])


def _refuse_clash(columns: Sequence[str], variables: Sequence[str]) -> None:
    twice = sorted(set(columns) & set(variables))
    if twice:
        raise SamspillError(
            _("“%(name)s” names both an attribute of the units and a question.")
            % {"name": twice[0]},
            _("Give the attribute another identifier."),
        )


def _title(collection: Collection, languages: Sequence[str]) -> Mapping[str, str]:
    titles = {}
    for code in languages:
        with translation.override(code):
            titles[code] = f"{collection.study}: {collection}"
    return titles
