"""A specification at fault says what is wrong and what to do."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.reconstruction.microdata import (
    Assumption,
    BinaryVariable,
    OrdinalVariable,
    Specification,
    Union,
    reconstruct_microdata,
)

NAMES = ("a", "b", "either", "whole")
COLUMNS = ["id", "source", "basis", "indicator", "field", "split", "group", "statistic"]


def specification(**changes):
    given = {
        "split": "policy",
        "groups": {"no": 6, "yes": 4},
        "binary": tuple(BinaryVariable(name) for name in NAMES),
    }
    return Specification(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"binary": (BinaryVariable("a"), BinaryVariable("a"))}, "'a' is given twice"),
        ({"groups": {"no": 0, "yes": 4}}, "no units"),
        ({"unions": (Union("either", ("a", "c")),)}, "'c' is in a union"),
        (
            {"unions": (Union("either", ("a", "b")), Union("whole", ("a",)))},
            "under both 'either' and 'whole'",
        ),
        (
            {"assumptions": (Assumption("x", "a", ("b",)), Assumption("y", "b", ("a",)))},
            "stands under itself",
        ),
        ({"binary": (BinaryVariable("a", asked_of="z"),)}, "'z', which is no variable"),
        ({"groups": {"all": 9}, "ordinal": (OrdinalVariable("n", ("",), (1, 2)),)}, "two groups"),
        ({"ordinal": (OrdinalVariable("n", ("",), (2, 1)),)}, "do not increase"),
        ({"association": 2.0}, "not between 0 and 1"),
    ],
)
def test_faults_are_told(changes, message):
    with pytest.raises(SamspillError, match=message) as caught:
        specification(**changes)
    assert caught.value.next_step


def test_a_printed_table_without_its_columns_is_refused():
    with pytest.raises(SamspillError, match="no column 'source'"):
        reconstruct_microdata(pl.DataFrame({"id": ["x"]}), specification())


def test_a_reading_of_something_not_printed_is_refused():
    row = ("x", "T", "survey", "a", "", "", "", "count", "3", "")
    table = pl.DataFrame([row], schema=[*COLUMNS, "printed", "observations"], orient="row")
    with pytest.raises(SamspillError, match="not printed"):
        reconstruct_microdata(table, specification(readings={"y": "4"}))


def test_one_group_is_enough_for_shares():
    row = ("x", "T", "survey", "a", "", "", "", "percentage", "30", "")
    table = pl.DataFrame([row], schema=[*COLUMNS, "printed", "observations"], orient="row")
    microdata = reconstruct_microdata(table, specification(groups={"all": 10}))
    counted = microdata.answers.filter(pl.col("variable") == "a")
    assert counted["value"].sum() == 3
    exact = microdata.provenance.filter(pl.col("name") == "a")
    assert exact["provenance"].item() == "reconstructed exactly"
