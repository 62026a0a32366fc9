"""The founding study fielded again: its answers through the forms give its tables to the digit."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs
import pytest
from django.utils import timezone
from web.fieldwork.fielding import ask, make_collection

from samspill.analysis import StudyAnalysis, open_study
from samspill.instrument import Item, relevant_steps, shipped_instrument
from samspill.presentation import Table, figure, figure_numbers, table, table_numbers
from samspill.study import locate_study, read_study
from samspill.web.fieldwork.exports import write_collection_folder
from samspill.web.fieldwork.models import Response
from samspill.web.instruments.rendering import input_name
from samspill.web.studies.models import AttributeValue, Unit

CODED_AFTERWARDS = pl.col("variable").str.starts_with("barrier_")

pytestmark = [pytest.mark.long, pytest.mark.django_db]


@pytest.fixture(scope="module")
def founding():
    return read_study(locate_study("norway-2018"))


def _frame(study, founding) -> list[Unit]:
    """The founding study's 440 units, with what is known of their policy."""
    labels = founding.categories.filter(variable="has_policy")
    attribute = study.attributes.create(
        identifier="has_policy",
        label=_words(founding.variables.filter(variable="has_policy")),
        type="nominal",
        categories=[
            {"value": row["value"], "label": {c: row[f"label_{c}"] for c in ("nb", "nn", "en")}}
            for row in labels.iter_rows(named=True)
        ],
    )
    units = Unit.objects.bulk_create(
        Unit(study=study, identifier=name) for name in founding.units["unit"]
    )
    AttributeValue.objects.bulk_create(
        AttributeValue(unit=unit, attribute=attribute, value=value)
        for unit, value in zip(units, founding.units["has_policy"], strict=True)
        if value
    )
    return units


def _words(row):
    return {code: row[f"label_{code}"].item() for code in ("nb", "nn", "en")}


def _fill_in(client, respondent, instrument, answers, *, send: bool) -> None:
    """Go through the questionnaire at the respondent's link, a page at a time, and send it in."""
    base = f"/a/{respondent.token}/"
    for step in relevant_steps(instrument, answers):
        sent = {input_name(a.item): answers[a.item] for a in step.asked if a.item in answers}
        reply = client.post(f"{base}page/{step.identifier}/", {**sent, "base": "0"})
        assert reply.status_code == 303, reply.content.decode()
    if send:
        reply = client.post(f"{base}review/")
        assert reply["Location"] == f"{base}receipt/", reply.content.decode()


def test_the_founding_studys_numbers_come_back_to_the_digit(
    study, wave, founding, client, tmp_path
):
    instrument = shipped_instrument("norway-2018")
    units = _frame(study, founding)
    collection = make_collection(study, wave, instrument)
    collection.opens_at = timezone.now()
    collection.save()
    respondents = {each.unit.identifier: each for each in ask(collection, units)}
    given: dict[str, dict[Item, str]] = {}
    for unit, field, variable, value in founding.answers.filter(~CODED_AFTERWARDS).iter_rows():
        given.setdefault(unit, {})[Item(field, variable)] = value
    complete = set(founding.units.filter(response="complete")["unit"])
    for unit, answers in given.items():
        _fill_in(client, respondents[unit], instrument, answers, send=unit in complete)
    assert Response.objects.filter(submitted_at__isnull=False).count() == len(complete)

    folder = write_collection_folder(collection, tmp_path / "study")
    again = open_study(folder)
    fielded = _with_what_was_coded_afterwards(again.study, founding)
    assert len(again.study.units) == 440
    assert again.respondents == 241
    _compare(StudyAnalysis(fielded), StudyAnalysis(founding))


def _with_what_was_coded_afterwards(study, founding):
    """The themes that the report's authors coded from the open question, and the printed numbers,
    neither of which comes from a form."""
    labels = ["label_nb", "label_nn", "label_en"]
    variables = founding.variables.filter(CODED_AFTERWARDS)
    categories = founding.categories.filter(CODED_AFTERWARDS)
    blank = [pl.lit("").alias(c) for c in study.variables.columns if c.startswith("question_")]
    return study.with_tables(
        answers=pl.concat([study.answers, founding.answers.filter(CODED_AFTERWARDS)]),
        variables=pl.concat(
            [
                study.variables,
                variables.select("variable", "type", "per_field", *labels, *blank).select(
                    study.variables.columns
                ),
            ]
        ),
        categories=pl.concat([study.categories, categories.select(study.categories.columns)]),
        indicators=founding.indicators,
        printed=founding.printed,
        provenance=founding.provenance,
        cases=founding.cases,
    )


def _compare(again: StudyAnalysis, original: StudyAnalysis) -> None:
    columns = ["unit", "response", "has_policy"]
    mine = again.study.units.select(columns).sort("unit")
    assert mine.equals(original.study.units.select(columns).sort("unit"))
    assert again.policy_effects().frame.equals(original.policy_effects().frame)
    for indicator, definition in original.definitions.items():
        if not definition.per_field or not original.is_binary(indicator):
            continue
        for by in (None, "has_policy"):
            mine = again.shares(indicator, by=by, fields=original.fields).frame
            assert mine.equals(original.shares(indicator, by=by, fields=original.fields).frame)
    checked, printed = again.check().frame, original.check().frame
    assert checked.height > 250
    assert checked.equals(printed)
    for number in figure_numbers(original):
        pictures = (figure(study, number, "en").table for study in (again, original))
        assert len({_numbers(each) for each in pictures}) == 1, number
    for number in table_numbers(original):
        tables = (table(study, number, "en") for study in (again, original))
        assert len({_numbers(each) for each in tables}) == 1, number


def _numbers(shown: Table) -> tuple[tuple[object, ...], ...]:
    """A table's numbers. Its words may differ: the report does not print what the categories of
    the number of relations were called."""
    return tuple(shown.frame.select(cs.numeric()).iter_rows())
