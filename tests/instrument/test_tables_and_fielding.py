"""Answers given through the rules become a study, and give the founding study's indicators."""

from __future__ import annotations

import random

import polars as pl
import pytest
from instrument.instrument_examples import small

from samspill.analysis import StudyAnalysis
from samspill.instrument import (
    Item,
    answers_table,
    categories_table,
    missing_items,
    normalise_answers,
    relevant_steps,
    shipped_instrument,
    validate_answers,
    variables_table,
)
from samspill.study import Study, locate_study, read_study, write_study

CODED_AFTERWARDS = pl.col("variable").str.starts_with("barrier_")
ATTRIBUTES = ["has_policy", "response"]


@pytest.fixture(scope="module")
def instrument():
    return shipped_instrument("norway-2018")


@pytest.fixture(scope="module")
def founding():
    return read_study(locate_study("norway-2018"))


def fielded(instrument, founding, answers: pl.DataFrame) -> Study:
    """The founding study's frame of units with the instrument's answers, and its indicators."""
    kept = CODED_AFTERWARDS | pl.col("variable").is_in(ATTRIBUTES)

    def joined(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([old.filter(kept), new], how="diagonal").with_columns(
            pl.col(pl.String).fill_null("")
        )

    return founding.with_tables(
        answers=pl.concat([answers, founding.answers.filter(CODED_AFTERWARDS)]),
        variables=joined(founding.variables, variables_table(instrument)),
        categories=joined(founding.categories, categories_table(instrument)),
    )


def answered(instrument, known, language="nb"):
    """Someone who goes from step to step and answers what is asked with ``known(item)``."""
    sent = {}
    for _ in instrument.pages:
        values, _ = normalise_answers(instrument, sent, language)
        for step in relevant_steps(instrument, values):
            for asked in step.asked:
                value = known(asked) if asked.question.has_answer else None
                if value is not None:
                    sent[asked.item] = value
    assert validate_answers(instrument, sent, language) == []
    return normalise_answers(instrument, sent, language)[0]


def test_the_founding_answers_pass_through_the_form_and_give_its_numbers(instrument, founding):
    given: dict[str, dict[Item, str]] = {}
    for unit, field, variable, value in founding.answers.iter_rows():
        given.setdefault(unit, {})[Item(field, variable)] = value
    responses = {
        unit: answered(instrument, lambda asked, own=own: own.get(asked.item))
        for unit, own in given.items()
    }
    answers = answers_table(instrument, responses)
    in_depth = StudyAnalysis(founding).fields
    compared = pl.col("field").is_in(["", *in_depth]) | (pl.col("variable") == "has_relation")
    order = ["unit", "field", "variable"]
    before = founding.answers.filter(~CODED_AFTERWARDS & compared).sort(order)
    assert answers.filter(compared).sort(order).equals(before)

    again = StudyAnalysis(fielded(instrument, founding, answers))
    original = StudyAnalysis(founding)
    assert again.policy_effects().frame.equals(original.policy_effects().frame)
    assert again.shares("meeting_point").frame.equals(original.shares("meeting_point").frame)
    indicators = ["more_than_20_relations", "number_of_areas", "has_relation"]
    mine, theirs = (
        each.frame.filter(pl.col("field").is_in(["", *in_depth])).select(indicators)
        for each in (again, original)
    )
    assert mine.equals(theirs)
    assert again.check().frame.equals(original.check().frame)


def test_random_answers_become_a_sound_study_with_indicators(instrument, founding, tmp_path):
    source = random.Random(2018)

    def guess(asked):
        values = [c.value for c in asked.question.categories]
        if asked.question.required or source.random() < 0.9:
            return source.choice(values) if values else "Vi møtes for sjelden.\nDet tar tid."
        return None

    units = founding.units.filter(pl.col("response") != "none")["unit"].to_list()[:60]
    responses = {unit: answered(instrument, guess) for unit in units}
    study = fielded(instrument, founding, answers_table(instrument, responses))
    again = read_study(write_study(study, tmp_path / "fielding"))
    analysis = StudyAnalysis(again)
    frame = analysis.shares("policy_development").frame
    assert frame["n"].min() > 30
    assert set(analysis.definitions) == set(StudyAnalysis(founding).definitions)
    for unit, values in responses.items():
        areas = sum(
            values.get(Item(f.identifier, "has_relation")) == "1" for f in instrument.fields
        )
        row = analysis.frame.filter((pl.col("unit") == unit) & (pl.col("field") == ""))
        assert row["number_of_areas"].item() == areas


def test_the_instrument_asks_the_founding_studys_variables(instrument, founding):
    own = variables_table(instrument).select("variable", "type", "per_field", "label_en")
    theirs = founding.variables.filter(~CODED_AFTERWARDS)
    theirs = theirs.filter(~pl.col("variable").is_in(ATTRIBUTES)).select(own.columns)
    assert set(theirs.iter_rows()) <= set(own.iter_rows())
    assert set(own["variable"]) - set(theirs["variable"]) == {"overall_meeting_point", "challenges"}
    codes = categories_table(instrument).select("variable", "value", "order", "missing")
    known = founding.categories.select(codes.columns)
    asked = known.filter(pl.col("variable").is_in(own["variable"].to_list()))
    assert set(asked.iter_rows()) <= set(codes.iter_rows())


def test_a_closed_question_has_its_implied_value_only_where_answers_close_it():
    closed = {Item("culture_leisure", "has_relation"): "0"}
    rows = set(answers_table(small(), {"u1": closed}).iter_rows())
    assert rows == {
        ("u1", "culture_leisure", "has_relation", "0"),
        ("u1", "culture_leisure", "grants", "0"),
    }
    stale = closed | {Item("culture_leisure", "grants"): "1"}
    assert set(answers_table(small(), {"u1": stale}).iter_rows()) == rows


def test_several_answers_become_one_binary_variable_each():
    given = {
        Item("culture_leisure", "has_relation"): "1",
        Item("", "channels"): ("mail", "other"),
        Item("", "importance"): "dont_know",
    }
    rows = set(answers_table(small(), {"u1": given}).filter(pl.col("field") == "").iter_rows())
    assert rows == {
        ("u1", "", "channels__mail", "1"),
        ("u1", "", "channels__phone", "0"),
        ("u1", "", "channels__other", "1"),
        ("u1", "", "importance", "dont_know"),
    }
    variables = variables_table(small())
    row = variables.filter(variable="channels__mail").row(0, named=True)
    assert row["type"] == "binary"
    assert row["label_nb"] == "Kanal: E-post"
    ordered = categories_table(small()).filter(variable="importance")
    assert ordered.select("value", "order", "missing").rows() == [
        ("2", 1, False),
        ("3", 2, False),
        ("dont_know", 3, True),
    ]


def test_no_responses_give_an_empty_table():
    empty = answers_table(small(), {})
    assert empty.columns == ["unit", "field", "variable", "value"]
    assert empty.height == 0


def test_the_questionnaires_are_complete_and_of_the_promised_size(instrument):
    assert len(instrument.fields) == 10
    assert missing_items(instrument, {}, required=True) == tuple(
        Item(field.identifier, "has_relation") for field in instrument.fields
    )
    pulse = shipped_instrument("pulse")
    items = [q for _, q in pulse.questions() if q.type == "ordinal"]
    assert 8 <= len(items) <= 10
    for question in items:
        values = question.code_list.values()
        assert values == ("1", "2", "3", "4", "5", "dont_know")
    for made in (instrument, pulse):
        assert made.languages == ("nb", "nn", "en")
        note = made.question("confidentiality_reminder")
        assert note.type == "note"
