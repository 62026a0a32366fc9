"""``samspill groups`` and ``samspill ordered`` as a person or a script uses them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from samspill.cli.main import commands
from samspill.errors import SamspillError


def _run(*arguments: str):
    return CliRunner().invoke(commands, list(arguments), catch_exceptions=False)


def _json(*arguments: str):
    return json.loads(_run(*arguments, "--json").stdout)


def test_fields_are_read_together_with_their_spread():
    shown = _run("groups", "norway-2018", "meeting_point").stdout
    assert "beta-binomial" in shown
    assert "The spread between the groups" in shown
    found = _json("groups", "norway-2018", "meeting_point")
    assert [row["field"] for row in found["rows"]] == [
        "culture_leisure", "health_care", "children_youth", "integration",
    ]  # fmt: skip
    assert {row["n"] for row in found["rows"]} == {241}
    assert all(row["provenance"] == "reconstructed exactly" for row in found["rows"])
    assert found["pools"][0]["answering"] == 4


def test_fields_are_crossed_with_an_attribute():
    rows = _json(
        "groups", "norway-2018", "meeting_point", "--by", "field", "--by", "has_policy",
        "--towards", "field", "--towards", "has_policy", "--model", "logit",
    )["rows"]  # fmt: skip
    assert len(rows) == 8
    assert all(row["pooled"] is not None for row in rows)


def test_numbers_are_pooled_as_means_and_two_groups_stand_alone():
    rows = _json("groups", "norway-2018", "number_of_relations")["rows"]
    assert rows[0]["raw"] > 3
    assert rows[0]["count"] is None
    alone = _json("groups", "norway-2018", "meeting_point", "--by", "has_policy")["rows"]
    assert len(alone) == 8
    assert all("fewer than three groups" in row["note"] for row in alone)


def test_a_model_for_another_kind_of_number_is_refused():
    with pytest.raises(SamspillError, match="is not 0/1"):
        _run("groups", "norway-2018", "number_of_relations", "--model", "beta")
    with pytest.raises(SamspillError, match="is 0/1"):
        _run("groups", "norway-2018", "meeting_point", "--model", "normal")
    with pytest.raises(SamspillError, match="no attribute 'county'"):
        _run("groups", "norway-2018", "meeting_point", "--by", "county")


def test_ordered_answers_stand_beside_least_squares():
    rows = _json("ordered", "norway-2018", "number_of_relations")["rows"]
    assert len(rows) == 4
    assert all(row["same_sign"] and row["same_verdict"] for row in rows)
    assert all(row["provenance"] == "consistent with what is printed" for row in rows)
    printed = {"culture_leisure": 1.14, "health_care": 0.68, "integration": 0.70}
    for row in rows:
        if row["field"] in printed:
            assert row["ols"] == pytest.approx(printed[row["field"]], abs=0.006)


def test_an_answer_without_an_order_is_refused():
    with pytest.raises(SamspillError, match="not an ordered answer"):
        _run("ordered", "norway-2018", "meeting_point")
