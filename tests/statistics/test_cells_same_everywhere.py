"""Any frame gives identical cells in every engine, and so every estimate made of them.

The sums are of short binary fractions, which every order of adding gives exactly; only the last
test adds numbers that have to be rounded.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from data_engines import ENGINES, spark_frame
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import bootstrap, cells, differences, logit, permutation_test, shares
from samspill.statistics.resampling import share as share_of

UNUSUAL = ["a", "A", "a ", "", " ", "é", "e\u0301", "\n\t\"'`\\;--", "null", "NaN", "日本", "😀"]
SCHEMA = {
    "group": pl.String,
    "category": pl.Enum(["low", "high's"]),
    "level": pl.Float32,
    "cluster": pl.Int32,
    "y": pl.Int8,
    "z": pl.Boolean,
    "size": pl.Float64,
    "amount": pl.Decimal(12, 2),
    "w": pl.Float64,
}
KEYS = ("group", "category", "level", "cluster")
OUTCOMES = ("y", "z", "size", "amount")
ROW = st.tuples(
    st.sampled_from([*UNUSUAL, None]),
    st.sampled_from(["low", "high's", None]),
    st.sampled_from([0.0, -0.0, 0.5, -1.25, math.nan, math.inf, None]),
    st.sampled_from([-(2**31), 0, 7, 2**31 - 1, None]),
    st.sampled_from([0, 1, 1, -128, 127, None]),
    st.sampled_from([True, False, None]),
    st.one_of(st.none(), st.just(math.nan), st.integers(-4096, 4096).map(lambda k: k / 8)),
    st.sampled_from([Decimal("0.25"), Decimal("-3.50"), Decimal("1024.75"), None]),
    st.one_of(st.none(), st.just(math.nan), st.integers(0, 64).map(lambda k: k / 4)),
)
ROWS = st.lists(ROW, min_size=1, max_size=40)
KEY = st.lists(st.sampled_from(KEYS), unique=True, max_size=4)

Build = Callable[[pl.DataFrame, Path], Any]
in_spark = [pytest.mark.spark, pytest.mark.long]


@pytest.fixture(params=["duckdb", "ibis", "parquet", pytest.param("spark", marks=in_spark)])
def build(request: pytest.FixtureRequest) -> Build:
    """How to hand a frame to each engine but Polars, which the others are held against."""
    if request.param == "spark":
        return _in_spark(request.getfixturevalue("spark"))
    return ENGINES[request.param]


def _in_spark(session: Any) -> Build:
    return lambda frame, _: spark_frame(session, frame)


def _same(build: Build, folder: Path, frame: pl.DataFrame, key: list[str], **options: Any) -> None:
    ours = cells(frame.lazy(), key, OUTCOMES, **options).frame
    theirs = cells(build(frame, folder), key, OUTCOMES, **options).frame
    assert theirs.schema == ours.schema
    assert theirs.rows() == ours.rows()


def _random(rows: int, seed: int) -> pl.DataFrame:
    """A long frame with a key that tells 20 frames apart, so that one query counts them all."""
    random = np.random.default_rng(seed)

    def drawn(values: list[Any], dtype: Any) -> pl.Series:
        return pl.Series([values[k] for k in random.integers(0, len(values), rows)], dtype=dtype)

    eighths = [math.nan, None, *(k / 8 for k in range(-400, 400, 7))]
    quarters = [math.nan, None, *(k / 4 for k in range(40))]
    return pl.DataFrame(
        {
            "group": drawn([*UNUSUAL, None], pl.String),
            "category": drawn(["low", "high's", None], SCHEMA["category"]),
            "level": drawn([0.0, -0.0, 0.5, math.nan, math.inf, None], pl.Float32),
            "cluster": drawn([*range(20), None], pl.Int32),
            "y": drawn([0, 1, None], pl.Int8),
            "z": drawn([True, False, None], pl.Boolean),
            "size": drawn(eighths, pl.Float64),
            "amount": drawn([Decimal("0.25"), Decimal("-3.50"), None], pl.Decimal(12, 2)),
            "w": drawn(quarters, pl.Float64),
        }
    )


@pytest.mark.parametrize("weighted", [False, True])
def test_a_long_random_frame_gives_the_same_cells(
    build: Build, weighted: bool, tmp_path: Path
) -> None:
    options = {"weight": "w"} if weighted else {}
    _same(build, tmp_path, _random(5_000, 1), list(KEYS), squares=True, **options)


@pytest.mark.parametrize("engine", ["duckdb", "ibis", "parquet"])
@settings(max_examples=25, deadline=None)
@given(rows=ROWS, key=KEY, weighted=st.booleans(), squares=st.booleans())
def test_any_frame_gives_the_same_cells(
    engine: str,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Any],
    key: list[str],
    weighted: bool,
    squares: bool,
) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    options: dict[str, Any] = {"weight": "w"} if weighted else {}
    folder = tmp_path_factory.getbasetemp()
    _same(ENGINES[engine], folder, frame, key, squares=squares, **options)


@pytest.mark.spark
@pytest.mark.long
@settings(max_examples=10, deadline=None)
@given(rows=ROWS, key=KEY, weighted=st.booleans(), squares=st.booleans())
def test_any_frame_gives_the_same_cells_in_spark(
    spark: Any, rows: list[Any], key: list[str], weighted: bool, squares: bool
) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    options: dict[str, Any] = {"weight": "w"} if weighted else {}
    _same(
        lambda given, _: spark_frame(spark, given), Path(), frame, key, squares=squares, **options
    )


@pytest.mark.parametrize(
    ("name", "values", "dtype"),
    [
        ("day", [dt.date(2018, 9, 1), None, dt.date(1900, 2, 28)], pl.Date),
        (
            "moment",
            [dt.datetime(2018, 9, 1, 12, 30, 0, 5), None, dt.datetime(2018, 9, 1)],
            pl.Datetime("us", "UTC"),
        ),
        ("price", [Decimal("1.10"), None, Decimal("-1.10")], pl.Decimal(12, 2)),
        ("number", [2**62, None, -(2**62)], pl.Int64),
        ("answered", [True, None, False], pl.Boolean),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_key_of_any_type_keeps_its_type_and_order(
    build: Build, name: str, values: list[Any], dtype: Any, tmp_path: Path
) -> None:
    frame = pl.DataFrame({name: pl.Series(values * 3, dtype=dtype), "y": [1, 0, 1] * 3})
    ours, theirs = cells(frame, name, "y").frame, cells(build(frame, tmp_path), name, "y").frame
    assert theirs.schema == ours.schema
    assert theirs.rows() == ours.rows()


def test_a_frame_without_rows_is_refused_everywhere(build: Build, tmp_path: Path) -> None:
    empty = pl.DataFrame(schema=SCHEMA)
    for key in ([], ["group"]):
        with pytest.raises(SamspillError, match="no rows"):
            cells(build(empty, tmp_path), key, "y")


def test_a_negative_weight_is_refused_everywhere(build: Build, tmp_path: Path) -> None:
    frame = pl.DataFrame({"y": [1, 0], "w": [1.0, -0.5]})
    with pytest.raises(SamspillError, match="negative"):
        cells(build(frame, tmp_path), (), "y", weight="w")


def test_estimates_from_cells_of_any_engine_are_the_same(build: Build, tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    frame = pl.DataFrame(
        {
            "policy": random.choice(["no", "yes"], 600),
            "county": random.integers(0, 15, 600),
            "y": random.integers(0, 2, 600),
            "w": random.integers(1, 9, 600) / 4,
        }
    )
    results = []
    for source in (frame, build(frame, tmp_path)):
        counted = cells(source, ("policy", "county"), "y", weight="w")
        plain = cells(source, "policy", "y")
        results.append(
            [
                shares(counted, by="policy").frame,
                differences(counted, by="policy", reference="no").frame,
                logit(counted, "y", ["policy"], covariance="cluster", cluster="county").frame,
                bootstrap(plain, share_of(plain), 200, seed=3).frame,
                permutation_test(plain, "y", "policy", permutations=200, seed=3).frame,
            ]
        )
    for ours, theirs in zip(*results, strict=True):
        assert theirs.equals(ours)


@pytest.mark.parametrize("name", ["a.b", "with `tick`"])
@pytest.mark.spark
@pytest.mark.long
def test_a_name_that_spark_would_take_apart_is_refused(spark: Any, name: str) -> None:
    frame = spark_frame(spark, pl.DataFrame({name: [1, 0], "y": [1, 0]}))
    with pytest.raises(SamspillError, match="Spark takes"):
        cells(frame, name, "y")


def test_numbers_that_must_be_rounded_differ_by_rounding_alone(
    build: Build, tmp_path: Path
) -> None:
    random = np.random.default_rng(4)
    sizes, weights = random.lognormal(8, 3, 4_000), random.lognormal(0, 1, 4_000)
    frame = pl.DataFrame({"size": sizes, "w": weights})
    expected = {
        "sum": math.fsum(sizes),
        "sum_w": math.fsum(weights),
        "sum_wy": math.fsum(weights * sizes),
    }
    counted = cells(build(frame, tmp_path), (), "size", weight="w").frame
    for measure, value in expected.items():
        # every term is positive: n rounded additions are off by n units in the last place at most
        assert counted[measure][0] == pytest.approx(value, rel=4_000 * 2**-52)
