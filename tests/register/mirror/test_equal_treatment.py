"""Who has seats, money and premises, who is inside, and how soon one is answered."""

from datetime import date, timedelta
from math import comb

import polars as pl
import pytest
from register.mirror.register_examples import (
    ON,
    body,
    grant,
    organisation,
    register,
    relation,
    seat,
)

from samspill.register.mirror import (
    answering_time,
    equal_treatment,
    insiders,
    largest,
    lorenz_points,
    membership,
    over_years,
)
from samspill.register.mirror.answering_time import MANY_WAIT, TOO_FEW
from samspill.register.mirror.equal_treatment import NOTHING_WRITTEN
from samspill.statistics.order import median_limits


def _spread(**more):
    """Fifteen organisations; three have grants of 100, 200 and 700."""
    rows = {
        "organisations": [
            organisation(f"o{i:02}", members=20 * i, fields=["integration"] if i < 5 else
                         ["culture_leisure"]) for i in range(15)
        ],
        "grants": [grant("g1", "o00", 100, field="integration"), grant("g2", "o05", 200),
                   grant("g3", "o14", 700)],
    }  # fmt: skip
    return register(**(rows | more))


def _of(frame, what, group="all"):
    return frame.filter(pl.col("what") == what, pl.col("group") == group).row(0, named=True)


def test_those_with_nothing_count():
    row = _of(equal_treatment(_spread(), ON), "money")
    assert (row["n"], row["receivers"], row["total"]) == (15, 3, 1000)
    # Σ(2i − n − 1)xᵢ / (n Σx) with ranks 13, 14, 15
    expected = (10 * 100 + 12 * 200 + 14 * 700) / (15 * 1000)
    assert row["gini"] == pytest.approx(expected)
    assert row["top_share"] == 1
    assert row["gini_low"] <= row["gini"] <= row["gini_high"]


def test_a_table_not_in_use_is_not_equality():
    row = _of(equal_treatment(_spread(), ON), "seats")
    assert row["gini"] is None
    assert row["gini_note"] == row["top_share_note"] == NOTHING_WRITTEN


def test_by_field_it_is_what_is_given_in_the_field():
    frame = equal_treatment(_spread(), ON, "field")
    assert _of(frame, "money", "integration")["total"] == 100
    assert _of(frame, "money", "integration")["n"] == 5
    assert _of(frame, "money", "culture_leisure")["total"] == 900
    assert set(frame["group"]) == {"integration", "culture_leisure"}


def test_one_that_has_something_in_a_field_belongs_there():
    tables = _spread(grants=[grant("g1", "o14", 10, field="health_care")])
    row = _of(equal_treatment(tables, ON, "field"), "money", "health_care")
    assert (row["n"], row["receivers"]) == (1, 1)


def test_by_size_every_organisation_is_in_one_class():
    frame = equal_treatment(_spread(), ON, "size")
    money = frame.filter(pl.col("what") == "money")
    assert money["n"].sum() == 15
    assert money["total"].sum() == 1000
    assert money["group"].to_list() == ["under_30", "30_to_99", "100_to_299"]


def test_over_years_what_is_given_for_several_counts_in_its_first():
    tables = _spread(grants=[grant("g1", "o01", 50, 2023, years=3), grant("g2", "o02", 9, 2024),
                             grant("g3", "o02", 9, 2024, decision="refused")])  # fmt: skip
    frame = over_years(tables, [2023, 2024, 2025]).filter(pl.col("what") == "money")
    assert frame.select("year", "total").rows() == [(2023, 50), (2024, 9), (2025, 0)]


def test_the_largest_come_with_the_entries_behind():
    frame = largest(_spread(), ON, "money", 2)
    assert frame["organisation"].to_list() == ["o14", "o05"]
    assert frame["share"].to_list() == pytest.approx([0.7, 0.2])
    assert frame["identifiers"].to_list() == [["g3"], ["g2"]]


def test_the_curve_ends_with_those_who_have():
    points = lorenz_points(_spread(), ON, "money")
    assert points.height == 16
    assert points["share"].to_list()[12:] == pytest.approx([0, 0.1, 0.3, 1])


def test_inside_is_a_seat_an_agreement_or_a_grant_and_not_a_relation():
    tables = register(
        organisations=[organisation(f"o{i}") for i in range(5)],
        bodies=[body("b1")],
        seats=[seat("s1", "b1", "o0"), seat("s2", "b1", "o4", valid_to=date(2024, 1, 1))],
        agreements=[{"identifier": "a1", "title": "a", "organisation": "o1", "fields": []}],
        grants=[grant("g1", "o2", 5)],
        relations=[relation("r1", "o3")],
    )
    inside = dict(membership(tables, ON).select("organisation", "inside").iter_rows())
    assert inside == {"o0": True, "o1": True, "o2": True, "o3": False, "o4": False}
    row = insiders(tables, ON).filter(pl.col("outcome") == "inside").row(0, named=True)
    assert (row["n"], row["count"], row["share"]) == (5, 3, 0.6)
    assert 0 < row["low"] < 0.6 < row["high"] < 1


def test_nothing_comes_of_no_organisations():
    assert insiders(register(), ON).is_empty()
    assert set(equal_treatment(register(), ON)["n"]) == {0}


def _enquiries(*days, organisation="o1", received=date(2025, 1, 1)):
    return [
        {"identifier": f"{organisation}-{i}", "organisation": organisation, "subject": "?",
         "received_on": received,
         "answered_on": None if d is None else received + timedelta(days=d)}
        for i, d in enumerate(days)
    ]  # fmt: skip


def test_the_small_may_wait_longer():
    tables = register(
        organisations=[organisation("o1", members=500), organisation("o2", members=10)],
        enquiries=_enquiries(1, 2, 3, 4, 5, 6, 7)
        + _enquiries(10, 20, 30, 40, None, None, None, organisation="o2"),
    )
    frame = answering_time(tables, ON)
    small, large = (frame.row(i, named=True) for i in (0, 1))
    assert (small["group"], large["group"]) == ("under_30", "300_or_more")
    assert (large["within"], large["median_days"]) == (7, 4)
    assert (large["median_low"], large["median_high"], large["note"]) == (1, 7, "")
    assert (small["n"], small["answered"], small["waiting"], small["within"]) == (7, 4, 3, 3)
    assert (small["median_days"], small["median_high"], small["note"]) == (40, None, MANY_WAIT)
    assert small["identifiers"] == ["o2-4", "o2-5", "o2-6"]


def test_what_has_hardly_come_in_is_not_late():
    rows = _enquiries(None, received=ON - timedelta(days=29))
    assert answering_time(register(enquiries=rows), ON, "all")["n"].to_list() == [0]


def test_an_answer_after_the_day_is_not_yet_an_answer():
    rows = _enquiries(200)
    row = answering_time(register(enquiries=rows), ON, "all").row(0, named=True)
    assert (row["answered"], row["waiting"], row["note"]) == (0, 1, TOO_FEW)


@pytest.mark.parametrize("n", [6, 10, 25, 50, 101])
def test_the_interval_of_the_median_is_the_narrowest_that_covers(n):
    def coverage(rank):  # of the rank-th smallest to the rank-th largest, by counting signs
        return 1 - 2 * sum(comb(n, k) for k in range(rank)) / 2**n

    _, (low, high) = median_limits(range(1, n + 1))
    assert low + high == n + 1
    assert coverage(low) >= 0.95 > coverage(low + 1)


def test_five_values_have_no_interval_of_the_median():
    assert median_limits([1, 2, 3, 4, 5]) == (3, None)
