"""Interviews against a plan: what is met, what is uneven, whom to ask, what a result rests on."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis import open_study
from samspill.errors import SamspillError
from samspill.selection import interview_coverage, interview_plan
from samspill.selection.standard import case_coverage, case_interviews, standard_attributes

UNITS, SIDES, FIELDS = ("a", "b", "c"), ("municipality", "organisation"), ("culture", "health")
PLAN = interview_plan(UNITS, SIDES, FIELDS)
interviews = st.lists(
    st.tuples(
        st.sampled_from((*UNITS, "")),
        st.sampled_from(SIDES),
        st.lists(st.sampled_from(FIELDS), unique=True, max_size=2),
    ),
    max_size=14,
)


def _sources(rows) -> pl.DataFrame:
    schema = {"unit": pl.String, "side": pl.String, "fields": pl.List(pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.fixture(scope="module")
def cases() -> pl.DataFrame:
    found = open_study("norway-2018").study.cases
    assert found is not None
    return found


def test_the_founding_study_met_its_plan_in_79_places_of_96(cases: pl.DataFrame) -> None:
    """Table 1.2 of the report: 44 and 45 interviews in 12 cases, counted by hand against four."""
    found = case_interviews(cases, each=4)
    assert (found.interviews, found.planned, found.met) == (89, 96, 79)
    sides = {row["side"]: row for row in found.margin("side").iter_rows(named=True)}
    assert sides["municipality"]["achieved"] == 44
    assert sides["organisation"]["achieved"] == 45
    first = found.ask_next(1).row(0, named=True)
    assert (first["unit"], first["side"]) == ("Førde", "municipality")
    assert found.rests_on(unit="Førde", side="municipality") == (1, 4)


def test_the_founding_cases_miss_small_and_remote_municipalities(cases: pl.DataFrame) -> None:
    """The report says itself that no municipality under 5000 inhabitants is in."""
    found = case_coverage(cases)
    assert found.missed == (("population", "<5000"), ("centrality_level", "6"))
    assert found.categories_covered == (13, 15)
    assert found.population is None
    assert found.mean_distance is None
    assert "Høydahl (2017)" in standard_attributes()["centrality_level"].source


@settings(max_examples=40, deadline=None)
@given(interviews)
def test_asking_whom_is_named_fills_the_plan_and_nothing_else(rows) -> None:
    found = interview_coverage(PLAN, _sources(rows))
    left = found.planned - found.met
    asked = found.ask_next(100)
    assert asked.height == left
    more = [(r["unit"], r["side"], [r["field"]]) for r in asked.iter_rows(named=True)]
    after = interview_coverage(PLAN, _sources([*rows, *more]))
    assert after.met == after.planned
    assert after.ask_next(1).is_empty()


@settings(max_examples=40, deadline=None)
@given(interviews)
def test_unevenness_is_a_part_and_what_a_result_rests_on_adds_up(rows) -> None:
    found = interview_coverage(PLAN, _sources(rows))
    for row in found.unevenness().iter_rows(named=True):
        if row["n"]:
            assert 0 <= row["index"] <= 1
            assert row["elsewhere"] == pytest.approx(row["index"] * row["n"])
    parts = [found.rests_on(field=f, side=s) for f in FIELDS for s in SIDES]
    assert tuple(map(sum, zip(*parts, strict=True))) == (found.met, found.planned)
    placed = [r for r in rows if r[0] and r[2]]
    assert found.interviews - found.unplaced == len(placed)


def test_interviews_spread_as_planned_are_even() -> None:
    rows = [(u, s, [f]) for u in UNITS for s in SIDES for f in FIELDS]
    found = interview_coverage(PLAN, _sources(rows))
    assert found.unevenness()["index"].to_list() == pytest.approx([0.0] * 5)
    one_side = [(u, "municipality", [f]) for u in UNITS for f in FIELDS]
    index = interview_coverage(PLAN, _sources(one_side)).unevenness()
    assert index.row(0, named=True)["index"] == pytest.approx(0.5)


def test_an_interview_on_two_fields_counts_in_both_and_is_told_apart() -> None:
    found = interview_coverage(PLAN, _sources([("a", "municipality", ["culture", "health"])]))
    row = found.frame.row(by_predicate=(pl.col("unit") == "a") & (pl.col("achieved") == 1)
                          & (pl.col("field") == "health"), named=True)  # fmt: skip
    assert (row["met"], row["alone"]) == (1, 0)
    assert found.interviews == 1


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (PLAN.drop("side"), "The plan has no column “side”."),
        (PLAN.with_columns(planned=pl.lit(0)), "The plan asks nobody."),
        (PLAN.with_columns(planned=pl.lit("many")), "The plan holds something"),
        (pl.concat([PLAN, PLAN.head(1)]), "The plan has a · municipality · culture twice."),
    ],
)
def test_a_plan_that_cannot_be_is_a_fault(plan: pl.DataFrame, told: str) -> None:
    with pytest.raises(SamspillError) as error:
        interview_coverage(plan, _sources([]))
    assert error.value.message.startswith(told)
