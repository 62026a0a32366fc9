"""JSON-stat 2.0: the cube holds the frame's numbers, in the order that the format prescribes."""

import dataclasses
import json
import math
from pathlib import Path

import pytest

import samspill as sp
from samspill.errors import SamspillError
from samspill.presentation.tables.jsonstat import json_stat

SAMPLE = Path(__file__).parents[4] / "shared/norway/ssb_12134_jsonstat2_sample.json"


@pytest.fixture(scope="module")
def study():
    return sp.open_study("norway-2018")


@pytest.fixture(scope="module")
def result(study):
    return study.shares(["meeting_point", "activity"], by="has_policy")


@pytest.fixture(scope="module")
def dataset(study, result):
    return json_stat(study, result, ["indicator", "field", "has_policy"], "nb")


def _value(dataset, **chosen):
    """The value at a combination of categories, by the row-major rule of the specification."""
    at = 0
    for name, size in zip(dataset["id"], dataset["size"], strict=True):
        at = at * size + dataset["dimension"][name]["category"]["index"].index(chosen[name])
    return dataset["value"][at]


def test_every_number_of_the_frame_stands_at_its_place(dataset, result):
    for row in result.frame.iter_rows(named=True):
        for measure in ("n", "count", "share", "low", "high"):
            place = {k: row[k] for k in ("indicator", "field", "has_policy")}
            assert _value(dataset, measure=measure, **place) == row[measure]


def test_the_cube_is_full_and_can_be_written_as_json(dataset):
    assert len(dataset["value"]) == math.prod(dataset["size"])
    assert len(dataset["extension"]["provenance"]) == math.prod(dataset["size"][:-1])
    assert json.loads(json.dumps(dataset, allow_nan=False)) == dataset


def test_every_category_has_a_label_in_the_language(dataset):
    assert dataset["dimension"]["field"]["category"]["label"]["integration"] == "Integrering"
    for name, size in zip(dataset["id"], dataset["size"], strict=True):
        category = dataset["dimension"][name]["category"]
        assert list(category["label"]) == category["index"]
        assert len(category["index"]) == size


def test_a_combination_that_the_frame_lacks_is_null(study, result):
    lacking = dataclasses.replace(result, frame=result.frame[1:])
    gone = result.frame.row(0, named=True)
    dataset = json_stat(study, lacking, ["indicator", "field", "has_policy"], "en")
    place = {k: gone[k] for k in ("indicator", "field", "has_policy")}
    assert _value(dataset, measure="n", **place) is None
    assert dataset["value"].count(None) == dataset["size"][-1]


def test_what_is_asked_once_of_the_whole_unit_has_a_category_of_its_own(study):
    result = study.shares("overall_coordination_body")
    dataset = json_stat(study, result, ["indicator", "field"], "en")
    assert _value(dataset, indicator="overall_coordination_body", field="all", measure="n") == 241


def test_dimensions_that_mix_rows_up_are_refused(study, result):
    with pytest.raises(SamspillError, match="not told apart"):
        json_stat(study, result, ["indicator", "field"], "en")


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not here")
def test_it_has_the_shape_of_what_a_statistical_office_sends(dataset):
    sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for key in ("version", "class", "label", "source", "id", "size", "role", "dimension", "value"):
        assert type(dataset[key]) is type(sample[key]), key
    assert set(sample["role"]) >= set(dataset["role"])
