from __future__ import annotations

from types import SimpleNamespace

import polars as pl
import pytest

from samspill.errors import InvalidInput, SamspillError
from samspill.indicators import indicator_frame

VARIABLES = [
    ("a", "binary", True),
    ("b", "binary", True),
    ("size", "ordinal", True),
    ("open_answer", "text", False),
    ("response", "nominal", False),
]
CATEGORIES = [
    ("a", "0", 1, False),
    ("a", "1", 2, False),
    ("a", "9", 3, True),
    ("size", "1", 1, False),
    ("size", "2", 2, False),
    ("size", "3", 3, False),
    ("size", "99", 4, True),
]
INDICATORS = [
    ("a", "variable", "a", "", True),
    ("either", "union", "a;b", "", True),
    ("largest", "top_category", "size", "", True),
    ("small", "any_of", "size", "1;2", True),
    ("fields_with_a", "count", "a", "", False),
    ("both_kinds", "count", "a;b", "", True),
    ("wrote", "answered", "open_answer", "", False),
    ("complete", "any_of", "response", "full", False),
]
ANSWERS = [
    ("u1", "x", "a", "1"),
    ("u1", "x", "b", "0"),
    ("u1", "y", "a", "0"),
    ("u1", "y", "b", "0"),
    ("u1", "x", "size", "3"),
    ("u1", "y", "size", "2"),
    ("u1", "", "open_answer", "Too little time."),
    ("u2", "x", "a", "0"),
    ("u2", "y", "a", "9"),
    ("u2", "y", "b", "1"),
    ("u2", "x", "size", "99"),
]


def _study(answers=ANSWERS, indicators=INDICATORS):
    return SimpleNamespace(
        units=pl.DataFrame({"unit": ["u1", "u2", "u3"], "response": ["full", "part", None]}),
        answers=pl.DataFrame(
            answers,
            schema=dict.fromkeys(["unit", "field", "variable", "value"], pl.String),
            orient="row",
        ),
        variables=pl.DataFrame(VARIABLES, schema=["variable", "type", "per_field"], orient="row"),
        categories=pl.DataFrame(
            CATEGORIES, schema=["variable", "value", "order", "missing"], orient="row"
        ),
        indicators=pl.DataFrame(
            indicators,
            schema=["indicator", "rule", "variables", "value", "per_field"],
            orient="row",
        ),
    )


def _value(indicator, unit, field, study=None):
    frame = indicator_frame(study or _study())
    return frame.filter(unit=unit, field=field)[indicator].item()


@pytest.mark.parametrize(
    ("unit", "field", "expected"),
    [("u1", "x", 1), ("u1", "y", 0), ("u2", "y", 1), ("u2", "x", None)],
)
def test_a_union_is_decided_by_one_yes_or_by_all_noes(unit, field, expected):
    assert _value("either", unit, field) == expected


def test_the_top_category_is_the_highest_that_is_not_a_missing_code():
    assert _value("largest", "u1", "x") == 1
    assert _value("largest", "u1", "y") == 0
    assert _value("largest", "u2", "x") is None


def test_any_of_looks_for_values_in_answers_and_in_attributes():
    assert _value("small", "u1", "y") == 1
    assert _value("complete", "u1", "") == 1
    assert _value("complete", "u2", "") == 0
    assert _value("complete", "u3", "") is None


def test_a_count_over_fields_stands_in_the_row_of_the_whole_unit():
    assert _value("fields_with_a", "u1", "") == 1
    assert _value("fields_with_a", "u2", "") == 0
    assert _value("fields_with_a", "u3", "") is None
    assert _value("both_kinds", "u1", "x") == 1


def test_not_answering_is_told_from_not_taking_part():
    assert _value("wrote", "u1", "") == 1
    assert _value("wrote", "u2", "") == 0
    assert _value("wrote", "u3", "") is None


def test_units_that_did_not_answer_have_no_rows_per_field():
    frame = indicator_frame(_study())
    assert frame.filter(pl.col("field") != "")["unit"].unique().sort().to_list() == ["u1", "u2"]
    assert frame.filter(field="")["unit"].to_list() == ["u1", "u2", "u3"]


def test_an_unknown_indicator_is_refused_with_those_there_are():
    with pytest.raises(SamspillError, match="either"):
        indicator_frame(_study(), ["eitherr"])


def test_an_unknown_rule_is_refused_with_its_place():
    study = _study(indicators=[("a", "mean", "a", "", True)])
    with pytest.raises(InvalidInput) as caught:
        indicator_frame(study)
    assert caught.value.problems[0].row == 1
    assert caught.value.problems[0].column == "rule"


def test_without_any_answer_nothing_is_counted():
    frame = indicator_frame(_study(answers=[]))
    assert frame["fields_with_a"].null_count() == frame.height
