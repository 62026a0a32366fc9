"""What outcome rates, response by attribute and representativity promise."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact

from samspill.errors import SamspillError
from samspill.statistics import Cells
from samspill.statistics.response import (
    DISPOSITIONS,
    group_of,
    outcome_rates,
    representativity,
    response_by,
)

COUNTS = st.dictionaries(st.sampled_from(sorted(DISPOSITIONS)), st.integers(0, 500), min_size=1)


@given(COUNTS)
def test_rates_are_ordered_and_between_none_and_all(cases):
    rates = outcome_rates(cases)
    value = {row["rate"]: row["value"] for row in rates.frame.iter_rows(named=True)}
    if value["RR5"] is not None:
        assert 0 <= value["RR1"] <= value["RR3"] <= value["RR5"] <= 1
        assert value["RR2"] <= value["RR4"] <= value["RR6"] <= 1
        assert value["RR1"] <= value["RR2"]
        assert value["RR6"] + value["REF3"] <= 1 + 1e-12
    assert all(v is None or 0 <= v <= 1 for v in value.values())


@given(COUNTS)
def test_with_all_eligible_or_none_rates_fall_together(cases):
    all_, none = outcome_rates(cases, eligibility=1), outcome_rates(cases, eligibility=0)
    assert all_.value("RR3") == all_.value("RR1")
    assert none.value("RR3") == none.value("RR5")


def test_without_cases_a_rate_is_missing_with_a_reason():
    rates = outcome_rates({"4.10": 3})
    assert rates.value("RR5") is None
    assert rates.frame.filter(rate="RR5")["note"].item()
    assert rates.eligibility == 0


@pytest.mark.parametrize("cases", [{"9.1": 1}, {"hello": 1}, {"1.1": -1}])
def test_what_is_no_code_or_count_is_refused(cases):
    with pytest.raises(SamspillError):
        outcome_rates(cases)


def test_every_disposition_is_in_the_group_of_its_code():
    for code, disposition in DISPOSITIONS.items():
        assert group_of(code) == disposition.group


def table(**groups: tuple[int, int]) -> Cells:
    rows = [(name, "y", n, ones) for name, (n, ones) in groups.items()]
    return Cells.from_counts(pl.DataFrame(rows, ["g", "outcome", "n", "sum"], orient="row"), "g")


def test_chi_square_as_scipy_computes_it():
    found = response_by(table(a=(120, 70), b=(90, 40), c=(230, 131)), "y", "g")
    reference = chi2_contingency([[70, 40, 131], [50, 50, 99]], correction=False)
    assert found.test == "chi_square"
    assert found.statistic == pytest.approx(reference.statistic)
    assert found.p == pytest.approx(reference.pvalue)
    assert found.degrees_of_freedom == 2


@pytest.mark.parametrize("name", ["population", "share", "count", "note"])
def test_an_attribute_may_have_any_name(name):
    rows = [("a", 40, 30), ("b", 50, 20)]
    frame = pl.DataFrame(rows, [name, "n", "sum"], orient="row").with_columns(outcome=pl.lit("y"))
    found = response_by(Cells.from_counts(frame, name), "y", name)
    assert found.frame["group"].to_list() == ["a", "b"]
    assert found.p < 0.01


def test_small_tables_are_tested_exactly():
    found = response_by(table(a=(9, 8), b=(7, 2)), "y", "g")
    assert found.test == "fisher"
    assert found.p == pytest.approx(fisher_exact([[8, 2], [1, 5]])[1])
    three = response_by(table(a=(5, 5), b=(6, 1), c=(4, 2)), "y", "g")
    assert three.test == "permutation"
    assert 0 < three.p < 0.1


@pytest.mark.parametrize(
    "groups", [{"a": (10, 4)}, {"a": (10, 0), "b": (5, 0)}, {"a": (10, 10), "b": (5, 5)}]
)
def test_where_nothing_can_be_compared_the_reason_is_said(groups):
    found = response_by(table(**groups), "y", "g")
    assert found.p is None
    assert found.note


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.floats(0, 1)).map(lambda t: (t[0], round(t[0] * t[1]))),
        min_size=2,
        max_size=6,
    )
)
def test_the_indicator_of_any_response_is_sound(groups):
    counted = table(**{f"g{place}": pair for place, pair in enumerate(groups)})
    total, ones = sum(n for n, _ in groups), sum(s for _, s in groups)
    if ones in {0, total}:
        with pytest.raises(SamspillError):
            representativity(counted, "y", "g")
        return
    found = representativity(counted, "y", "g")
    row = found.frame.row(0, named=True)
    assert row["r_unadjusted"] <= row["r"] <= 1
    assert row["n"] == total
    if not math.isnan(row["standard_error"]):
        assert 0 <= row["low"] <= row["high"] <= 1
    one = found.variables.row(0, named=True)
    assert one["unconditional"] == pytest.approx(one["conditional"], abs=1e-9)
    assert found.categories["n"].sum() == total


def test_a_group_that_responded_wholly_is_told_of():
    row = representativity(table(a=(12, 12), b=(40, 20)), "y", "g").frame.row(0, named=True)
    assert row["method"] == "firth"
    assert "Firth" in row["note"]


def test_units_with_an_unknown_attribute_are_left_out_and_counted():
    rows = [("a", 30, 20), ("b", 30, 10), (None, 7, 3)]
    frame = pl.DataFrame(rows, ["g", "n", "sum"], orient="row").with_columns(outcome=pl.lit("y"))
    counted = Cells.from_counts(frame, "g")
    assert representativity(counted, "y", "g").frame["left_out"].item() == 7
    assert response_by(counted, "y", "g").left_out == 7
