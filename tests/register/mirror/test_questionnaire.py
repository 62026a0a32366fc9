"""The questionnaire answered by the register: yes with its entries, no only where it can know."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register.mirror.register_examples import (
    ON,
    body,
    contact,
    grant,
    organisation,
    register,
    relation,
    seat,
    used_register,
)

from samspill.indicators import indicator_frame
from samspill.instrument import (
    Field,
    Item,
    shipped_instrument,
    validate_values,
    without_irrelevant,
)
from samspill.register.mirror import questionnaire
from samspill.register.mirror.register_answers import NO_SUCH_FIELD, NOT_HELD, NOTHING_WRITTEN
from samspill.study import read_study
from samspill.study.shipped import locate_study
from samspill.vocabulary import load

CULTURE = "culture_leisure"


def _value(answers, variable, field=CULTURE):
    return _state(answers, variable, field)["value"]


def _state(answers, variable, field=CULTURE):
    rows = answers.states.filter(pl.col("variable") == variable, pl.col("field") == field)
    return rows.row(0, named=True)


def test_every_question_has_a_state_for_every_field():
    instrument = shipped_instrument("norway-2018")
    states = questionnaire(register(), ON, "k1").states
    for page, question in instrument.questions():
        if question.has_answer:
            rows = states.filter(pl.col("variable") == question.variable).height
            assert rows == (len(instrument.fields) if page.per_field else 1)


def test_an_empty_register_knows_nothing_and_says_why():
    answers = questionnaire(register(), ON, "k1")
    assert answers.answers.is_empty()
    assert answers.states["value"].null_count() == answers.states.height
    assert _state(answers, "operating_grant")["reason"] == NOTHING_WRITTEN
    assert _state(answers, "operating_grant")["unused"] == ["relations", "grants"]
    assert _state(answers, "challenges", "")["reason"] == NOT_HELD
    assert answers.attributes == {"unit": "k1", "has_policy": None}


def test_a_field_that_the_vocabulary_lacks_is_unknown_and_not_no():
    roads = Field("roads", {"en": "Roads"})
    instrument = replace(shipped_instrument("norway-2018"), fields=(roads,))
    answers = questionnaire(used_register(), ON, "k1", instrument=instrument)
    assert _value(answers, "has_relation", "roads") is None
    assert _state(answers, "has_relation", "roads")["reason"] == NO_SUCH_FIELD


def test_where_every_table_is_in_use_what_is_not_there_is_no():
    answers = questionnaire(used_register(), ON, "k1")
    known = answers.answers.filter(pl.col("field").is_in(list(load().fields)))
    assert set(known["value"]) == {"0"}
    for variable in (*load().forms, *load().economic_relations, *load().coordination):
        assert _value(answers, variable) == "0"
    assert answers.attributes["has_policy"] == "no"


@pytest.mark.parametrize("form", list(load().forms))
def test_a_relation_answers_its_form_in_its_field_alone(form):
    tables = used_register(relations=[relation("r1", "o1", form=form)])
    answers = questionnaire(tables, ON, "k1")
    assert _value(answers, form) == "1"
    assert _value(answers, form, "health_care") == "0"
    assert answers.behind(form, CULTURE).rows() == [("relations", "r1", "o1")]
    assert _value(answers, "has_relation") == "1"


def test_what_is_in_one_table_is_yes_though_another_is_not_in_use():
    answers = questionnaire(register(relations=[relation("r1", "o1")]), ON, "k1")
    assert _value(answers, "single_cases") == "1"
    assert _value(answers, "development_projects") == "0"
    assert _value(answers, "committees_boards_councils") is None


@pytest.mark.parametrize(
    ("rows", "variable"),
    [
        ({"grants": [grant("x", "o1", 5)]}, "operating_grant"),
        ({"relations": [relation("x", "o1", economic_relation="service_purchase")]},
         "service_purchase"),
        ({"bodies": [body("b1")], "seats": [seat("x", "b1", "o1")]}, "committees_boards_councils"),
        ({"processes": [{"identifier": "p1", "title": "p", "kind": "hearing",
                         "fields": [CULTURE]}],
          "inputs": [{"identifier": "x", "process": "p1", "organisation": "o1",
                      "received_on": date(2025, 3, 1)}]}, "planning_processes"),
        ({"contacts": [contact("x", fields=[CULTURE], coordination_position=True)]},
         "coordination_position"),
        ({"bodies": [body("x", "coordination_body")]}, "coordination_body"),
        ({"bodies": [body("x", "meeting_point")]}, "meeting_point"),
    ],
)  # fmt: skip
def test_each_table_answers_its_question(rows, variable):
    answers = questionnaire(used_register(**rows), ON, "k1")
    assert _value(answers, variable) == "1"
    assert answers.behind(variable, CULTURE)["identifier"].to_list() == ["x"]
    assert _value(answers, variable, "health_care") == "0"


def test_a_seat_on_a_meeting_point_is_collaboration_but_no_committee():
    rows = {"bodies": [body("b1", "meeting_point")], "seats": [seat("s1", "b1", "o1")]}
    answers = questionnaire(used_register(**rows), ON, "k1")
    assert _value(answers, "has_relation") == "1"
    assert _value(answers, "committees_boards_councils") == "0"


@pytest.mark.parametrize(
    ("fields", "overall", "in_field"),
    [([], "1", "0"), ([CULTURE], "0", "1"), ([CULTURE, "health_care"], "1", "1")],
)
def test_overall_is_what_has_no_field_or_several(fields, overall, in_field):
    tables = used_register(
        contacts=[contact("c1", fields=fields, coordination_position=True)],
        bodies=[body("b1", "coordination_body", fields), body("b2", "meeting_point", fields)],
    )
    answers = questionnaire(tables, ON, "k1")
    for variable in load().coordination:
        assert _value(answers, f"overall_{variable}", "") == overall
        assert _value(answers, variable) == in_field


def test_a_contact_of_an_organisation_is_no_coordination_position():
    rows = [contact("c1", "organisation", fields=[CULTURE], coordination_position=True)]
    answers = questionnaire(used_register(contacts=rows), ON, "k1")
    assert _value(answers, "coordination_position") == "0"


@settings(deadline=None)
@given(st.integers(1, 40))
def test_the_number_is_of_organisations_in_the_categories_of_the_questionnaire(n):
    rows = [relation(f"r{i}-{k}", f"o{i}") for i in range(n) for k in range(2)]
    answers = questionnaire(used_register(relations=rows), ON, "k1")
    bounds = {"1": (1, 2), "2": (3, 5), "3": (6, 10), "4": (11, 20), "5": (21, 99)}
    low, high = bounds[_value(answers, "number_of_relations")]
    assert low <= n <= high
    question = shipped_instrument("norway-2018").question("number_of_relations")
    labels = {c.value: c.label["en"] for c in question.categories}
    assert labels["5"] == "More than 20"
    assert [labels[v] for v in "1234"] == [f"{a}–{b}" for a, b in list(bounds.values())[:4]]


@pytest.mark.parametrize(
    ("state", "valid_to", "value"),
    [("adopted", None, "yes"), ("developing", None, "no"), ("adopted", date(2024, 1, 1), "no")],
)
def test_a_policy_is_one_adopted_and_not_outlived(state, valid_to, value):
    row = {"identifier": "v1", "title": "v", "state": state, "valid_to": valid_to}
    answers = questionnaire(register(policies=[row]), ON, "k1")
    assert answers.attributes == {"unit": "k1", "has_policy": value}
    assert answers.behind("has_policy")["identifier"].to_list() == ["v1"] * (value == "yes")


def test_the_indicators_of_the_founding_study_are_read_from_the_answers():
    tables = used_register(
        organisations=[organisation(f"o{i}") for i in range(22)],
        relations=[relation(f"r{i}", f"o{i}", form="planning_processes") for i in range(22)],
    )
    answers = questionnaire(tables, ON, "k1")
    founding = read_study(locate_study("norway-2018"))
    study = founding.with_tables(
        units=pl.DataFrame([answers.attributes | {"response": "complete"}]),
        answers=answers.answers.drop("provenance"),
    )
    frame = indicator_frame(study)
    row = frame.filter(pl.col("field") == CULTURE).row(0, named=True)
    assert (row["policy_development"], row["transition"]) == (1, 0)
    assert row["more_than_20_relations"] == 1
    assert frame.filter(pl.col("field") == "")["number_of_areas"].to_list() == [1]


def test_every_answer_is_one_that_the_questionnaire_takes():
    instrument = shipped_instrument("norway-2018")
    tables = used_register(
        relations=[relation(f"r{i}", f"o{i}", form=f) for i, f in enumerate(load().forms)],
        bodies=[body("b1", "meeting_point", [])],
    )
    answers = questionnaire(tables, ON, "k1").answers
    values = {
        Item(field, variable): value
        for field, variable, value in answers.select("field", "variable", "value").iter_rows()
    }
    assert validate_values(instrument, values, "nb") == []
    ones = {item for item, value in values.items() if value == "1"}
    assert ones <= without_irrelevant(instrument, values).keys()


def test_an_answer_says_where_it_comes_from_and_holds_on_its_day():
    tables = used_register(relations=[relation("r1", "o1", valid_to=date(2025, 5, 31))])
    before = questionnaire(tables, date(2025, 5, 31), "k1")
    assert _value(before, "single_cases") == "1"
    assert set(before.answers["provenance"]) == {"register"}
    assert _value(questionnaire(tables, ON, "k1"), "single_cases") == "0"
