"""Cells give what the rows give, and parts add up to the whole."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import Cells, bootstrap, cells, shares

ANSWER = st.sampled_from([0, 1, 1, None])
ROW = st.fixed_dictionaries(
    {
        "group": st.sampled_from(["no", "yes", None]),
        "field": st.sampled_from(["culture", "health", "integration"]),
        "y": ANSWER,
        "z": ANSWER,
        "size": st.one_of(st.none(), st.floats(-1e6, 1e6)),
        "w": st.one_of(st.none(), st.floats(0, 100)),
    }
)
ROWS = st.lists(ROW, min_size=1, max_size=60)
SCHEMA = {
    "group": pl.String,
    "field": pl.String,
    "y": pl.Int8,
    "z": pl.Int8,
    "size": pl.Float64,
    "w": pl.Float64,
}
KEY = ("group", "field")


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, cut=st.integers(1, 59))
def test_cells_of_two_parts_add_up_to_cells_of_the_whole(
    rows: list[dict[str, Any]], cut: int
) -> None:
    frame = _frame(rows)
    options: dict[str, Any] = {"key": KEY, "outcomes": ("y", "size"), "weight": "w"}
    whole = cells(frame, squares=True, **options)
    if not 0 < cut < frame.height:
        return
    parts = [cells(part, squares=True, **options) for part in (frame[:cut], frame[cut:])]
    added = parts[0] + parts[1]
    assert added.frame.schema == whole.frame.schema
    text = [*KEY, "outcome"]
    assert added.frame.select(text).equals(whole.frame.select(text))
    for measure in whole.measures:
        assert added.frame[measure].to_list() == pytest.approx(
            whole.frame[measure].to_list(), rel=1e-9, abs=1e-6
        )


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_shares_from_cells_are_those_of_the_rows(rows: list[dict[str, Any]]) -> None:
    frame = _frame(rows)
    by_cells = shares(cells(frame, KEY, ("y", "z")), by="group").frame
    for row in by_cells.iter_rows(named=True):
        answers = [
            each[row["outcome"]]
            for each in rows
            if each["group"] == row["group"] and each[row["outcome"]] is not None
        ]
        assert (row["n"], row["count"]) == (len(answers), sum(answers))
        if answers:
            assert row["share"] == pytest.approx(np.mean(answers), abs=1e-8)
        else:
            assert row["share"] is None
            assert row["low"] is None
            assert row["note"] == "no answers"


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_summing_out_is_counting_without(rows: list[dict[str, Any]]) -> None:
    frame = _frame(rows)
    fine, coarse = cells(frame, KEY, ("y", "z")), cells(frame, "field", ("y", "z"))
    assert fine.over("field") == coarse
    assert fine.over() == cells(frame, (), ("y", "z"))
    assert fine.totals.equals(fine.over().frame)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_sums_of_weights_are_those_of_the_rows_that_answered(rows: list[dict[str, Any]]) -> None:
    totals = cells(_frame(rows), (), ("y", "z", "size"), weight="w", squares=True).totals
    for row in totals.iter_rows(named=True):
        pairs = [
            (each[row["outcome"]], each["w"])
            for each in rows
            if each[row["outcome"]] is not None and each["w"] is not None
        ]
        assert row["n"] == len(pairs)
        for measure, term in {
            "sum_squares": lambda y, _: y**2,
            "sum_w": lambda _, w: w,
            "sum_w2": lambda _, w: w**2,
            "sum_wy": lambda y, w: w * y,
            "sum_w2y": lambda y, w: w**2 * y,
            "sum_wy2": lambda y, w: w * y**2,
            "sum_w2y2": lambda y, w: w**2 * y**2,
        }.items():
            expected = math.fsum(term(y, w) for y, w in pairs)
            assert row[measure] == pytest.approx(expected, rel=1e-8, abs=1e-6)


def test_weights_differ_between_outcomes_with_different_missing_answers() -> None:
    frame = pl.DataFrame({"y": [1, 0, None], "z": [None, 1, 1], "w": [1.0, 2.0, 4.0]})
    counted = cells(frame, (), ("y", "z"), weight="w").frame
    assert counted["sum_w"].to_list() == [3.0, 6.0]
    assert counted["sum_w2"].to_list() == [5.0, 20.0]


def test_missing_answers_are_left_out_for_their_own_outcome_alone() -> None:
    frame = pl.DataFrame({"g": ["a", "a", "b"], "y": [1, None, 0], "z": [None, None, 1]})
    rows = cells(frame, "g", ("y", "z")).frame.rows()
    assert rows == [("a", "y", 1, 1), ("b", "y", 1, 0), ("a", "z", 0, 0), ("b", "z", 1, 1)]


def test_nan_is_missing() -> None:
    frame = pl.DataFrame({"g": [1.0, math.nan], "y": [math.nan, 1.0]})
    assert cells(frame, "g", "y").frame.rows() == [(1.0, "y", 0, 0.0), (None, "y", 1, 1.0)]


def test_missing_keys_make_a_cell_unless_dropped() -> None:
    frame = pl.DataFrame({"g": ["a", None], "y": [1, 1]})
    assert cells(frame, "g", "y").frame["g"].to_list() == ["a", None]
    assert cells(frame, "g", "y", drop_missing_key=True).frame["g"].to_list() == ["a"]


def test_sums_of_narrow_integers_do_not_overflow() -> None:
    frame = pl.DataFrame(
        {
            "y": pl.Series([127] * 1000, dtype=pl.Int8),
            "z": pl.Series([2**31 - 1] * 1000, dtype=pl.Int32),
        }
    )
    counted = cells(frame, (), ("y", "z")).frame
    assert counted["sum"].to_list() == [127_000, 1000 * (2**31 - 1)]
    assert counted.schema["sum"] == pl.Int64


def test_sums_beyond_whole_numbers_become_floats_rather_than_wrap() -> None:
    counted = cells(pl.DataFrame({"y": [2**62] * 8}), (), "y").frame
    assert counted["sum"].to_list() == [pytest.approx(2.0**65)]


def test_column_names_may_clash_with_each_other_in_sql() -> None:
    frame = pl.DataFrame({"key_0": ["a", "b"], "N": [1, 0], "sum_0": [1, 1], "w": [1.0, 2.0]})
    counted = cells(frame, "key_0", ("N", "sum_0"), weight="w").frame
    assert counted["sum_wy"].to_list() == [1.0, 0.0, 1.0, 2.0]


def test_categories_become_text() -> None:
    frame = pl.DataFrame({"g": pl.Series(["no", "yes"], dtype=pl.Enum(["yes", "no"])), "y": [0, 1]})
    assert cells(frame, "g", "y").frame.schema["g"] == pl.String


FRAME = pl.DataFrame({"g": ["a", "b"], "y": [1, 0], "t": ["1", "0"], "w": [1.0, -1.0]})


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("g", "nothing"), {}, "no column 'nothing'"),
        (("g", "t"), {}, "'t' holds String, not numbers"),
        (("y", "y"), {}, "both an outcome and in the key"),
        (("g", ()), {}, "No outcome"),
        ((("g", "g"), "y"), {}, "named twice in the key"),
        (("g", ("y", "y")), {}, "named twice in the outcomes"),
        (("g", "y"), {"weight": "w"}, "A weight is negative"),
        (("g", "y"), {"weight": "t"}, "'t' holds String"),
        (("g", "y"), {"weight": "y"}, "both the weight and an outcome"),
    ],
)
def test_what_cannot_be_counted_says_why(
    arguments: tuple[Any, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(SamspillError, match=message) as caught:
        cells(FRAME, *arguments, **options)
    assert caught.value.next_step


def test_a_key_may_not_take_the_name_of_a_count() -> None:
    with pytest.raises(SamspillError, match="cannot be called 'n'"):
        cells(FRAME.rename({"g": "n"}), "n", "y")


@pytest.mark.parametrize("source", [FRAME.clear(), FRAME.clear().lazy(), FRAME.clear().to_arrow()])
@pytest.mark.parametrize("key", [(), "g"])
def test_data_without_rows_is_refused(source: Any, key: Any) -> None:
    with pytest.raises(SamspillError, match="no rows"):
        cells(source, key, "y")


def test_other_sources_are_refused() -> None:
    with pytest.raises(SamspillError, match="cannot be counted in a dict"):
        cells({"y": [1]}, (), "y")
    with pytest.raises(SamspillError, match="no file absent"):
        cells("absent.parquet", (), "y")
    with pytest.raises(SamspillError, match="neither parquet nor csv"):
        cells(__file__, (), "y")


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Any) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_text("no parquet")
    with pytest.raises(SamspillError, match=r"broken\.parquet could not be read"):
        cells(broken, (), "y")


COUNTS = pl.DataFrame(
    {"g": ["no", "yes", None], "outcome": ["y"] * 3, "n": [10, 4, 2], "sum": [3, 2, 1]}
)


def test_where_chooses_by_value_by_several_and_by_missing() -> None:
    counted = Cells.from_counts(COUNTS, "g")
    assert counted.where(g="yes").frame["n"].to_list() == [4]
    assert counted.where(g=["no", "yes"]).frame["n"].to_list() == [10, 4]
    assert counted.where(g=None).frame["n"].to_list() == [2]
    assert counted.where(g=["no", None]).frame["n"].to_list() == [10, 2]
    with pytest.raises(SamspillError, match="No cell has g='maybe'"):
        counted.where(g="maybe")


def test_a_column_that_was_not_counted_by_is_refused() -> None:
    counted = Cells.from_counts(COUNTS, "g")
    for ask in (lambda: counted.over("field"), lambda: counted.where(field="culture")):
        with pytest.raises(SamspillError, match="not counted by 'field'") as caught:
            ask()
        assert "in the key when counting" in caught.value.next_step
    with pytest.raises(SamspillError, match="no outcome 'z'"):
        counted.of("z")


def test_cells_with_other_keys_or_sums_cannot_be_added() -> None:
    counted = Cells.from_counts(COUNTS, "g")
    with pytest.raises(SamspillError, match="cannot be added"):
        counted + counted.over()


@pytest.mark.parametrize(("n", "total"), [(3, 4), (3, -1)])
def test_an_outcome_that_is_not_0_or_1_is_refused_where_it_must_be(n: int, total: int) -> None:
    frame = pl.DataFrame({"outcome": ["relations"], "n": [n], "sum": [total]})
    with pytest.raises(SamspillError, match="'relations' is not 0/1"):
        shares(Cells.from_counts(frame))


def test_squares_show_that_an_outcome_is_not_0_or_1() -> None:
    frame = pl.DataFrame({"y": [0, 2, 0]})
    with pytest.raises(SamspillError, match="not 0/1"):
        shares(cells(frame, (), "y", squares=True))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.lit(-1).alias("n"), "negative n"),
        (pl.lit(None, dtype=pl.Int64).alias("sum"), "empty outcome, n or sum"),
    ],
)
def test_counts_that_cannot_be_are_refused(change: pl.Expr, message: str) -> None:
    with pytest.raises(SamspillError, match=message):
        Cells.from_counts(COUNTS.with_columns(change), "g")
    with pytest.raises(SamspillError, match="lacks the column 'n'"):
        Cells.from_counts(COUNTS.drop("n"), "g")


def test_clusters_must_stand_in_the_key() -> None:
    counted = Cells.from_counts(COUNTS, "g")
    with pytest.raises(SamspillError, match="not counted by 'municipality'"):
        bootstrap(counted, lambda n, _: n.sum(axis=1), seed=1, cluster="municipality")
