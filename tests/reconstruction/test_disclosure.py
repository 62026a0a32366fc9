"""Small cells that a table gives away are named, and the proposal no longer gives them away."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.reconstruction import RoundingConvention, disclosure_check

COLUMNS = ("id", "indicator", "split", "group", "statistic", "printed", "observations")


def table(*rows: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def test_a_small_cell_is_told_from_a_percentage_and_its_number() -> None:
    found = disclosure_check(
        table(
            ("a", "x", "g", "no", "percentage", "1,8", "164"),
            ("b", "x", "g", "yes", "percentage", "36,4", "77"),
        )
    )
    cells = found.cells.select("group", "has_indicator", "lowest", "highest", "determined").rows()
    assert cells == [("no", True, 3, 3, True)]
    assert not found.safe


def test_a_regression_gives_its_cells_away_without_any_group_size() -> None:
    rows = [
        (f"{k}{part}", f"x{k}", "g", group, statistic, text, "241")
        for k, (constant, slope) in enumerate(
            [("–0,52", "0,50"), ("–0,68", "0,40"), ("1,13", "0,56"), ("4,39", "–0,06")]
        )
        for part, group, statistic, text in (
            (0, "no", "log_odds", constant),
            (1, "", "log_odds_ratio", slope),
        )
    ]
    found = disclosure_check(table(*rows))
    assert set(found.cells["indicator"]) == {"x3"}
    assert sorted(found.cells["highest"]) == [1, 2]


def test_a_group_left_out_is_told_through_the_total() -> None:
    own = ("a", "x", "g", "no", "percentage", "24,0", "25")
    assert disclosure_check(table(own)).safe
    found = disclosure_check(table(own, ("b", "x", "", "", "percentage", "27,6", "29")))
    told = found.cells.select("group", "has_indicator", "lowest", "through").rows()
    assert ("other", True, 2, "its total or other printed numbers") in told


def test_large_cells_are_safe() -> None:
    found = disclosure_check(
        table(
            ("a", "x", "g", "no", "percentage", "34", "164"),
            ("b", "x", "g", "yes", "percentage", "51", "77"),
        )
    )
    assert found.safe
    assert found.proposals.is_empty()


def test_more_than_two_groups_are_examined_one_by_one() -> None:
    found = disclosure_check(
        table(
            ("a", "x", "g", "low", "percentage", "10", "20"),
            ("b", "x", "g", "middle", "percentage", "50", "30"),
            ("c", "x", "g", "high", "percentage", "60", "40"),
        )
    )
    assert found.cells.select("group", "highest").rows() == [("low", 2)]


def test_a_group_left_out_of_several_is_told_through_the_total() -> None:
    """Of 100 units 45 have it; of 20, 30 and 40 in the groups printed 10, 15 and 18."""
    printed = (
        ("a", "x", "g", "low", "percentage", "50", "20"),
        ("b", "x", "g", "middle", "percentage", "50", "30"),
        ("c", "x", "g", "high", "percentage", "45", "40"),
    )
    assert disclosure_check(table(*printed)).safe
    found = disclosure_check(table(*printed, ("d", "x", "", "", "percentage", "45", "100")))
    told = found.cells.select("group", "has_indicator", "lowest", "highest", "through").rows()
    assert told == [("the other groups", True, 2, 2, "its total or other printed numbers")]
    assert found.proposals["verified"].to_list() == [True]
    assert disclosure_check(found.proposed).safe


@settings(max_examples=30, deadline=None)
@given(
    s0=st.integers(0, 164),
    s1=st.integers(0, 77),
    decimals=st.integers(0, 2),
    threshold=st.integers(2, 8),
)
def test_the_true_count_is_within_what_is_told_and_the_proposal_is_safe(
    s0: int, s1: int, decimals: int, threshold: int
) -> None:
    half_up = RoundingConvention.HALF_UP
    from fractions import Fraction

    def percent(s: int, n: int) -> str:
        return f"{half_up.round(Fraction(100 * s, n), decimals):f}".replace(".", ",")

    frame = table(
        ("a", "x", "g", "no", "percentage", percent(s0, 164), "164"),
        ("b", "x", "g", "yes", "percentage", percent(s1, 77), "77"),
    )
    found = disclosure_check(frame, threshold=threshold)
    truth = {
        ("no", True): s0,
        ("no", False): 164 - s0,
        ("yes", True): s1,
        ("yes", False): 77 - s1,
    }
    for row in found.cells.to_dicts():
        count = truth[row["group"], row["has_indicator"]]
        assert row["lowest"] <= count <= row["highest"] < threshold
    assert found.proposals["verified"].all()
    assert disclosure_check(found.proposed, threshold=threshold).cells.is_empty()


def test_a_threshold_below_one_is_refused() -> None:
    with pytest.raises(SamspillError):
        disclosure_check(table(), threshold=0)
