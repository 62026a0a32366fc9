"""Reconstruction keeps the true counts, says what it does not know, and refuses what is no 2x2."""

from __future__ import annotations

from math import log

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import InvalidInput, SamspillError
from samspill.reconstruction import RoundingConvention, reconstruct
from samspill.reconstruction.explanations import misprints
from samspill.reconstruction.printed_number import PrintedNumber

COLUMNS = ("id", "source", "indicator", "split", "group", "statistic", "printed", "observations")
Row = tuple[str, str, str, str, str, str, str, str]


def table(*rows: Row, **columns: str) -> pl.DataFrame:
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return frame.with_columns(**{name: pl.lit(value) for name, value in columns.items()})


def in_print(value: float, decimals: int, convention: RoundingConvention) -> str:
    from fractions import Fraction

    return f"{convention.round(Fraction(value), decimals):f}"


def model(
    name: str, n0: int, n1: int, s0: int, s1: int, convention: RoundingConvention
) -> list[Row]:
    constant = log(s0 / (n0 - s0))
    slope = log(s1 / (n1 - s1)) - constant
    size = str(n0 + n1)
    return [
        (f"{name}0", "A", name, "g", "no", "log_odds", in_print(constant, 2, convention), size),
        (f"{name}1", "A", name, "g", "", "log_odds_ratio", in_print(slope, 2, convention), size),
    ]


@settings(max_examples=25, deadline=None)
@given(
    n0=st.integers(30, 200),
    n1=st.integers(30, 200),
    shares=st.lists(st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)), min_size=12, max_size=12),
    convention=st.sampled_from(RoundingConvention),
)
def test_unknown_group_sizes_are_found_from_many_models(
    n0: int, n1: int, shares: list[tuple[float, float]], convention: RoundingConvention
) -> None:
    truth = {f"x{k}": (round(p * n0), round(q * n1)) for k, (p, q) in enumerate(shares)}
    rows = [
        row for name, (s0, s1) in truth.items() for row in model(name, n0, n1, s0, s1, convention)
    ]
    found = reconstruct(table(*rows), convention=convention)
    chosen = found.groups.filter("chosen")
    assert (chosen["explained"] == 12).all()
    assert (n0, n1) in chosen.select("n0", "n1").rows()
    solutions = found.solutions.filter(pl.col("n0") == n0)
    for name, counts in truth.items():
        own = solutions.filter(pl.col("indicator") == name)
        assert counts in own.select("count0", "count1").rows()


def test_a_convention_that_explains_more_is_named() -> None:
    truth = [(20, 30), (41, 17), (77, 50), (63, 44), (12, 9), (55, 61), (90, 33), (101, 70)]
    rows = [
        row
        for k, (s0, s1) in enumerate(truth)
        for row in model(f"x{k}", 120, 80, s0, s1, RoundingConvention.TRUNCATED)
    ]
    found = reconstruct(table(*rows))
    assert set(found.groups.filter("chosen")["convention"]) == {"truncated"}
    assert found.groups.filter("chosen").select("n0", "n1").rows() == [(120, 80)]


def test_percentages_with_group_sizes_give_counts() -> None:
    found = reconstruct(
        table(
            ("a", "T", "x", "g", "no", "percentage", "34,1", "164"),
            ("b", "T", "x", "g", "yes", "percentage", "50,6", "77"),
        )
    )
    (row,) = found.tables.to_dicts()
    assert (row["status"], row["count0"], row["count1"]) == ("unique", 56, 39)


def test_a_second_source_narrows_and_is_told_to_determine() -> None:
    rows: list[Row] = [
        ("a", "T", "x", "g", "no", "percentage", "34", "1640"),
        ("b", "T", "x", "g", "yes", "percentage", "51", "770"),
    ]
    alone = reconstruct(table(*rows))
    (row,) = alone.tables.to_dicts()
    assert row["status"] == "one of several"
    assert row["solutions"] == alone.solutions.height
    more: Row = ("c", "text", "x", "g", "", "odds_ratio", "2,02", "")
    narrowed = reconstruct(table(*rows, more))
    assert 0 < narrowed.tables["solutions"][0] < row["solutions"]
    evidence = dict(narrowed.statistics.select("id", "evidence").rows())
    assert evidence["c"] == "determines"


def test_a_percentage_of_all_units_is_solved_alone_where_its_size_is_printed() -> None:
    found = reconstruct(table(("a", "T", "x", "", "", "percentage", "6", "142")))
    (row,) = found.tables.to_dicts()
    assert (row["status"], row["count0"], row["chance"]) == ("one of several", None, 1.0)
    assert found.solutions["count0"].to_list() == [8, 9]


def test_no_number_of_units_is_said_not_guessed() -> None:
    row: Row = ("a", "T", "x", "", "", "percentage", "6", "")
    assert reconstruct(table(row)).tables["status"].to_list() == ["number of units unknown"]
    assert reconstruct(table(row), observations=142).solutions.height == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"adjusted": "true"}, "adjusted or weighted"),
        ({"weighted": "yes"}, "adjusted or weighted"),
    ],
)
def test_adjusted_and_weighted_tables_are_refused(change: dict[str, str], reason: str) -> None:
    rows = model("x", 164, 77, 50, 30, RoundingConvention.HALF_UP)
    found = reconstruct(table(*rows, **change))
    (row,) = found.tables.to_dicts()
    assert row["status"] == "not a plain 2x2"
    assert reason in row["reason"]
    assert found.statistics["verdict"].to_list() == ["not a plain 2x2"] * 2


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [
                ("a", "T", "x", "g", "low", "percentage", "10", "50"),
                ("b", "T", "x", "g", "middle", "percentage", "20", "50"),
                ("c", "T", "x", "g", "high", "percentage", "30", "50"),
            ],
            "3 groups",
        ),
        (
            [
                ("a", "T", "x", "g", "no", "log_odds", "0,5", "50"),
                ("b", "T", "x", "g", "", "log_odds_ratio", "0,5", "60"),
            ],
            "different numbers of units",
        ),
        (
            [
                ("a", "T", "x", "g", "no", "log_odds", "0,5", "50"),
                ("b", "T", "x", "g", "no", "log_odds_ratio", "0,5", "50"),
            ],
            "reference group itself",
        ),
        ([("a", "T", "x", "", "", "odds_ratio", "1,5", "50")], "no split is named"),
        (
            [
                ("a", "T", "x", "", "north", "percentage", "10", "50"),
                ("b", "T", "x", "", "south", "percentage", "20", "50"),
            ],
            "names groups, but no split",
        ),
        (
            [
                ("a", "T", "x", "g", "", "odds_ratio", "1,5", "50"),
                ("b", "T", "x", "g", "", "risk_ratio", "1,3", "50"),
                ("c", "T", "x", "g", "", "confidence_low", "1,1", "50"),
            ],
            "several contrasts",
        ),
    ],
)
def test_what_is_no_plain_table_is_refused_with_its_reason(rows: list[Row], reason: str) -> None:
    found = reconstruct(table(*rows))
    assert found.tables["status"].to_list() == ["not a plain 2x2"]
    assert reason in found.tables["reason"][0]


def test_a_swapped_reference_row_is_offered_as_explanation() -> None:
    """Printed for groups of 164 and 77, computed with the other group as reference."""
    rows = model("x", 77, 164, 41, 23, RoundingConvention.HALF_UP)
    sizes: list[Row] = [("n", "A", "g", "", "no", "count", "164", "241")]
    found = reconstruct(table(*rows, *sizes))
    status = found.tables.filter(pl.col("indicator") == "x")["status"].to_list()
    assert status == ["impossible"]
    swapped = found.explanations.filter(pl.col("change") == "a swapped reference row")
    assert swapped.select("n0", "n1", "count0", "count1").rows() == [(164, 77, 23, 41)]


def test_a_neighbouring_number_of_units_is_offered_as_explanation() -> None:
    found = reconstruct(table(("a", "T", "x", "", "", "percentage", "48,15", "28")))
    assert found.tables["status"].to_list() == ["impossible"]
    near = found.explanations.filter(pl.col("change") == "a neighbouring number of units")
    assert near.select("read_as", "count0").rows() == [("27 units", 13)]


@pytest.mark.parametrize(
    ("printed", "meant", "change"),
    [
        ("0,054", "0.54", "a digit too many"),
        ("0,054", "0.54", "a moved decimal point"),
        ("5,4", "0.54", "a moved decimal point"),
        ("0,5", "0.54", "a lost digit"),
        ("0,45", "0.54", "two digits swapped"),
        ("–0,54", "0.54", "a changed sign"),
        ("0,64", "0.54", "one wrong digit"),
        ("1,4", "12.4", "a lost digit"),
    ],
)
def test_slips_of_print_are_all_tried(printed: str, meant: str, change: str) -> None:
    tried = misprints(PrintedNumber.parse(printed))
    assert (change, meant) in {(kind, f"{number.value:f}") for kind, number in tried}


def test_marks_alone_never_make_a_table() -> None:
    found = reconstruct(table(("a", "T", "x", "g", "", "mark", "*", "241")))
    assert found.tables.is_empty()
    assert found.statistics["verdict"].to_list() == ["undetermined"]


def test_other_statistics_are_passed_through() -> None:
    found = reconstruct(table(("a", "T", "x", "", "", "mean", "3,1", "218")))
    assert found.statistics["verdict"].to_list() == ["not a count statistic"]


def test_impossible_options_are_refused() -> None:
    row: Row = ("a", "T", "x", "", "", "percentage", "6", "142")
    with pytest.raises(SamspillError, match="rounding convention"):
        reconstruct(table(row), convention="upwards")
    with pytest.raises(SamspillError):
        reconstruct(table(row), limit=0)


def test_a_count_of_the_split_itself_gives_its_group_sizes() -> None:
    rows = model("x", 164, 77, 50, 30, RoundingConvention.HALF_UP)
    alone = reconstruct(table(*rows))
    assert alone.groups.filter("chosen").height > 1
    assert "more sizes do as well" in repr(alone)
    found = reconstruct(table(*rows, ("n", "A", "g", "", "yes", "count", "77", "241")))
    assert found.groups.filter("chosen").select("n0", "n1").rows() == [(164, 77)]
    own = found.tables.filter(pl.col("indicator") == "x")
    assert own.select("status", "count0", "count1").rows() == [("unique", 50, 30)]


def test_a_hundred_thousand_units_split_in_an_unknown_way() -> None:
    truth = [(20_000, 30_000), (41_000, 17_000), (7_700, 5_000), (55_555, 12_345)] * 3
    rows: list[Row] = []
    for k, (s0, s1) in enumerate(truth):
        constant = log((s0 + k) / (61_234 - s0 - k))
        slope = log((s1 + k) / (38_766 - s1 - k)) - constant
        rows += [
            (f"{k}a", "A", f"x{k}", "g", "no", "log_odds", f"{constant:.5f}", "100000"),
            (f"{k}b", "A", f"x{k}", "g", "", "log_odds_ratio", f"{slope:.5f}", "100000"),
        ]
    found = reconstruct(table(*rows))
    assert (61_234, 38_766) in found.groups.filter("chosen").select("n0", "n1").rows()


ODDS_RATIO: list[Row] = [
    ("or", "T", "x", "g", "", "odds_ratio", "2.80", "121"),
    ("low", "T", "x", "g", "", "confidence_low", "1.27", "121"),
    ("high", "T", "x", "g", "", "confidence_high", "6.18", "121"),
]


def test_tied_group_sizes_are_all_named_and_no_evidence_for_any_of_them() -> None:
    found = reconstruct(table(*ODDS_RATIO))
    (row,) = found.chance.to_dicts()
    assert (row["sizes_chosen"], row["probability"], row["strength"]) == (4, None, "unknown")
    text = "\n".join(found.summary())
    assert all(f"g: {n0} reference and" in text for n0 in found.solutions["n0"])
    assert "strong" not in text
    assert "1 table: one of several." in text


@settings(max_examples=40, deadline=None)
@given(n0=st.integers(5, 60), n1=st.integers(5, 60), data=st.data())
def test_one_table_alone_is_never_more_than_weak_evidence(
    n0: int, n1: int, data: st.DataObject
) -> None:
    s0, s1 = data.draw(st.integers(1, n0 - 1)), data.draw(st.integers(1, n1 - 1))
    decimals = data.draw(st.integers(0, 4))
    rows = model("x", n0, n1, s0, s1, RoundingConvention.HALF_UP)
    rows += [
        ("p0", "A", "x", "g", "no", "percentage", f"{100 * s0 / n0:.{decimals}f}", ""),
        ("p1", "A", "x", "g", "yes", "percentage", f"{100 * s1 / n1:.{decimals}f}", ""),
    ]
    (row,) = reconstruct(table(*rows), convention="half_up").chance.to_dicts()
    assert row["strength"] in {"weak", "unknown"}


def test_where_no_group_sizes_do_it_is_said_once() -> None:
    contradicting: list[Row] = [
        ("p0", "T", "x", "g", "no", "percentage", "30.0", ""),
        ("p1", "T", "x", "g", "yes", "percentage", "10.0", ""),
    ]
    text = "\n".join(reconstruct(table(*ODDS_RATIO, *contradicting)).summary())
    assert "no group sizes explain the one table" in text
    assert "do as well" not in text
    assert "1 table: impossible." in text


def test_a_statistic_that_rests_on_no_units_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        reconstruct(table(("a", "T", "x", "", "", "percentage", "34,1", "0")))
    assert [(p.row, p.column) for p in caught.value.problems] == [(1, "observations")]


A_BILLION: list[Row] = [
    ("p0", "T", "x", "g", "no", "percentage", "34.1000", "600000000"),
    ("p1", "T", "x", "g", "yes", "percentage", "50.6000", "400000000"),
]


def test_a_billion_units_in_groups_of_known_size_are_counted() -> None:
    (row,) = reconstruct(table(*A_BILLION)).tables.to_dicts()
    assert (row["status"], row["n0"], row["n1"]) == ("one of several", 600_000_000, 400_000_000)
    assert row["solutions"] == 600 * 400


def test_a_billion_units_that_contradict_each_other_are_impossible_and_no_more_is_asked() -> None:
    wrong: Row = ("o", "T", "x", "g", "", "odds_ratio", "3.50", "1000000000")
    (row,) = reconstruct(table(*A_BILLION, wrong)).tables.to_dicts()
    assert (row["status"], row["solutions"]) == ("impossible", 0)


def test_a_billion_units_split_in_an_unknown_way_are_not_guessed_at() -> None:
    rows = [(*row[:7], "") for row in A_BILLION]
    rows.append(("o", "T", "x", "g", "", "odds_ratio", "1.98", "1000000000"))
    (row,) = reconstruct(table(*rows)).tables.to_dicts()
    assert row["status"] == "one of several"
    assert "add the number of units of each group" in row["reason"]


def test_two_percentages_that_contradict_each_other_are_both_named() -> None:
    found = reconstruct(
        table(
            ("first", "T", "x", "", "", "percentage", "22.8", "57"),
            ("second", "T", "x", "", "", "percentage", "24.6", "57"),
        )
    )
    said = dict(found.statistics.select("id", "explanation").rows())
    assert "As near: second set aside" in said["first"]
    assert "It may as well be this number, not first" in said["second"]
    text = "\n".join(found.summary())
    assert "22.8" in text
    assert "24.6" in text
