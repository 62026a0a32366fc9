"""Waves opened for questions of change."""

from __future__ import annotations

import datetime

import polars as pl
import pytest

from samspill.analysis.change import Design, Succession, adoption, detectable_changes, open_waves
from samspill.errors import SamspillError

BEFORE = {"a": (1, 0), "b": (0, 0), "c": (0, 1), "d": (1, 1), "e": None}
AFTER = {"x": (1, 1), "c": (1, 1), "d": (1, 0), "e": (0, 0)}
MERGED = [
    Succession("a", "x", datetime.date(2020, 1, 1)),
    Succession("b", "x", datetime.date(2020, 1, 1)),
]


@pytest.fixture(scope="module")
def two(wave_of):
    def make(rule="apart"):
        return open_waves(
            [wave_of(2018, BEFORE), wave_of(2022, AFTER)], successions=MERGED, rule=rule
        )

    return make


def _field(waves, field="culture_leisure", **options):
    found = waves.change("meeting_point", **options).frame
    return found.filter(pl.col("field") == field).row(0, named=True)


def test_merged_units_count_in_their_own_wave_unless_a_rule_is_given(two):
    row = _field(two())
    assert (row["n_before"], row["n_after"], row["n_both"]) == (4, 4, 2)
    assert (row["before"], row["after"]) == (0.5, 0.75)
    panel = _field(two(), basis="panel")
    assert (panel["n_before"], panel["gained"], panel["lost"]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("rule", "before", "kind"),
    [("any", 1.0, "share"), ("all", 0.0, "share"), ("mean", 0.5, "mean")],
)
def test_a_rule_makes_one_of_several(two, rule, before, kind):
    waves = two(rule)
    rows = waves.rows(["meeting_point"], ["culture_leisure"])
    one = rows.filter(pl.col("2018").is_not_null(), pl.col("2022") == 1).sort("2018")
    assert before in one["2018"].to_list()
    row = _field(waves)
    assert (row["n_before"], row["n_both"], row["kind"]) == (3, 3, kind)
    assert waves.linking.consequence


def test_any_waits_for_those_that_could_decide(wave_of):
    silent = {**BEFORE, "a": (0, 0), "b": None}
    waves = open_waves(
        [wave_of(2018, silent), wave_of(2022, AFTER)], successions=MERGED, rule="any"
    )
    assert _field(waves)["n_before"] == 2


def test_who_was_followed_is_told(two):
    waves = two()
    assert waves.linking.counts == {"same": 3, "merged": 1}
    assert waves.panel == 2
    assert waves.design is Design.OVERLAPPING
    assert two("any").panel == 3


def test_a_study_beside_itself_has_not_changed(founding):
    waves = open_waves([founding, founding], names=["one", "two"])
    assert waves.design is Design.PANEL
    found = waves.change(["has_relation", "number_of_relations"], fields=["integration"]).frame
    assert found["difference"].to_list() == [0, 0]
    assert found["provenance"].to_list() == [
        "reconstructed exactly",
        "consistent with what is printed",
    ]


def test_groups_are_those_of_the_first_wave(wave_of):
    waves = open_waves([wave_of(2018, BEFORE, policy="cd"), wave_of(2022, BEFORE, policy="abcde")])
    found = waves.change("meeting_point", by="has_policy", fields=["integration"]).frame
    assert found.select("has_policy", "n_both").rows() == [("no", 2), ("yes", 2)]


def test_weights_are_an_attribute(two):
    plain, weighted = _field(two()), _field(two(), weight="weight")
    assert weighted["difference"] == pytest.approx(plain["difference"])
    assert weighted["method"] == "linearised, overlap"


def test_what_a_wave_lacks_is_named(two):
    with pytest.raises(SamspillError, match="defines no indicator 'nothing'"):
        two().change("nothing")
    with pytest.raises(SamspillError, match="no attribute 'nothing'"):
        two().change("meeting_point", by="nothing")


STAYED = dict.fromkeys("abcdefgh", (0, 0))
ROSE = {name: (1, 0) if name in "abc" else (int(name == "h"), 0) for name in "abcdefgh"}


def test_adoption_compares_those_that_adopted_with_those_that_never_did(wave_of):
    waves = open_waves([wave_of(2018, STAYED, "g"), wave_of(2022, ROSE, "abcg")])
    found = adoption(waves, "meeting_point", "has_policy", fields=["culture_leisure"])
    row = found.result.frame.row(0, named=True)
    assert found.groups == {"adopted": 3, "never": 4, "always": 1, "left": 0, "unknown": 0}
    assert (row["change_adopting"], row["change_others"]) == (1, 0.25)
    assert row["estimate"] == 0.75
    assert found.design is Design.ADOPTION
    assert "two waves" in found.untested


def test_a_wave_before_is_held_against_the_assumption(wave_of):
    earlier = {**STAYED, "d": (1, 0)}
    waves = open_waves([wave_of(2014, earlier), wave_of(2018, STAYED), wave_of(2022, ROSE, "abc")])
    found = adoption(waves, "meeting_point", "has_policy", fields=["culture_leisure"])
    row = found.result.frame.row(0, named=True)
    assert row["pre_estimate"] == pytest.approx(1 / 5)
    assert row["excluded"] > 0.2
    assert row["breakdown"] >= 0
    assert found.untested == ""
    assert found.design is Design.ADOPTION_TESTED


def test_nobody_adopting_is_said(wave_of):
    waves = open_waves([wave_of(2018, STAYED), wave_of(2022, ROSE)])
    with pytest.raises(SamspillError, match="adopted 'has_policy'"):
        adoption(waves, "meeting_point", "has_policy")


def test_the_next_wave_of_the_founding_study(founding):
    found = detectable_changes(founding, "meeting_point", fields=["integration"], adopting=40)
    rows = found.frame.to_dicts()
    assert [row["design"] for row in rows] == ["independent", "independent", "paired", "adoption"]
    assert rows[0]["increase"] == pytest.approx(0.1261, abs=1e-4)
    assert rows[1]["increase"] < rows[0]["increase"]
    with pytest.raises(SamspillError, match="not yes or no"):
        detectable_changes(founding, "number_of_relations")
