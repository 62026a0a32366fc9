"""Every engine gives the same cells as counting the rows one by one in Python."""

from __future__ import annotations

import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest
from data_engines import ENGINES, duckdb_table, spark_frame

from samspill.errors import SamspillError
from samspill.statistics import Cells, cells

ROWS: list[dict[str, Any]] = [
    {"field": "culture", "policy": 0, "y": 1, "z": True, "size": 2.5, "w": 0.5},
    {"field": "culture", "policy": 0, "y": 0, "z": None, "size": 1.0, "w": 1.25},
    {"field": "culture", "policy": 1, "y": None, "z": True, "size": None, "w": 2.0},
    {"field": "health", "policy": 1, "y": 1, "z": False, "size": -4.0, "w": None},
    {"field": "health", "policy": 1, "y": 1, "z": True, "size": 8.0, "w": 0.75},
    {"field": None, "policy": 1, "y": 1, "z": None, "size": 3.0, "w": 3.0},
    {"field": "health", "policy": None, "y": 0, "z": False, "size": 0.0, "w": 0.0},
    {"field": "culture", "policy": 0, "y": 1, "z": True, "size": 2.5, "w": 4.0},
]
SCHEMA = {
    "field": pl.String,
    "policy": pl.Int32,
    "y": pl.Int8,
    "z": pl.Boolean,
    "size": pl.Float32,
    "w": pl.Float64,
}
FRAME = pl.DataFrame(ROWS, schema=SCHEMA)
KEY = ("field", "policy")
OUTCOMES = ("y", "z", "size")


def _pandas(_: Path) -> Any:
    pandas = pytest.importorskip("pandas")
    columns = {
        "field": pandas.Categorical([row["field"] for row in ROWS]),
        "policy": pandas.array([row["policy"] for row in ROWS], dtype="Int32"),
        "y": [math.nan if row["y"] is None else row["y"] for row in ROWS],
        "z": [row["z"] for row in ROWS],
        "size": [math.nan if row["size"] is None else row["size"] for row in ROWS],
        "w": [math.nan if row["w"] is None else row["w"] for row in ROWS],
    }
    return pandas.DataFrame(columns)


def _csv(folder: Path) -> str:
    FRAME.write_csv(folder / "answers.csv")
    return str(folder / "answers.csv")


@pytest.fixture(
    params=[
        *ENGINES,
        "pandas",
        "csv",
        pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.long]),
    ]
)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The same rows in each engine."""
    if request.param == "spark":
        return spark_frame(request.getfixturevalue("spark"), FRAME)
    apart = {"pandas": _pandas, "csv": _csv}
    if request.param in apart:
        return apart[request.param](tmp_path)
    return ENGINES[request.param](FRAME, tmp_path)


def _by_hand(weighted: bool) -> dict[tuple[Any, ...], tuple[float, ...]]:
    counted: dict[tuple[Any, ...], list[float]] = {}
    for outcome in OUTCOMES:
        for row in ROWS:
            sums = counted.setdefault((row["field"], row["policy"], outcome), [0.0] * 9)
            y, w = row[outcome], row["w"] if weighted else 1.0
            if y is None or w is None:
                continue
            added = (1, y, y**2, w, w**2, w * y, w**2 * y, w * y**2, w**2 * y**2)
            for position, value in enumerate(added):
                sums[position] += value
    return {name: tuple(sums if weighted else sums[:3]) for name, sums in counted.items()}


def _as_dict(counted: Cells) -> dict[tuple[Any, ...], tuple[float, ...]]:
    width = len(counted.key) + 1
    return {row[:width]: row[width:] for row in counted.frame.iter_rows()}


@pytest.mark.parametrize("weighted", [False, True])
def test_every_engine_counts_as_by_hand(source: Any, weighted: bool) -> None:
    counted = cells(source, KEY, OUTCOMES, weight="w" if weighted else None, squares=True)
    # every number is a short binary fraction, so the sums are exact
    assert _as_dict(counted) == _by_hand(weighted)


def test_every_engine_gives_the_same_frame(source: Any) -> None:
    reference = cells(FRAME, KEY, ("y", "z")).frame
    counted = cells(source, KEY, ("y", "z")).frame
    # a csv file does not say how wide its numbers are, and true/false stays true/false
    assert counted.schema == {
        "field": pl.String,
        "policy": pl.Int64,
        "outcome": pl.String,
        "n": pl.Int64,
        "sum": counted.schema["sum"],
    }
    assert counted.rows() == reference.rows()


def test_no_key_counts_everything_at_once(source: Any) -> None:
    counted = cells(source, (), ("y", "size"))
    assert counted.frame.rows() == [("y", 7, 5.0), ("size", 7, 13.0)]


def test_unknown_column_is_named(source: Any) -> None:
    with pytest.raises(SamspillError, match="no column 'policies'"):
        cells(source, "policies", "y")


def test_text_outcome_is_refused(source: Any) -> None:
    with pytest.raises(SamspillError, match="'field' holds"):
        cells(source, "policy", "field")


@pytest.mark.parametrize("given", ["path", "relation", "ibis"])
@pytest.mark.parametrize("values", [[math.nan, 0.0, 1.0], [0.0, math.nan, None], [math.nan] * 2])
def test_nan_is_missing_though_the_file_says_nothing_of_it(
    given: str, values: list[float | None], tmp_path: Path
) -> None:
    """Parquet's smallest and largest value leave NaN out, and DuckDB 2.0 believes them."""
    path = tmp_path / "answers.parquet"
    numbers = pl.Series(values, dtype=pl.Float64)
    pl.DataFrame({"y": [1] * len(values), "w": numbers, "size": numbers}).write_parquet(path)
    source: Any = path
    if given == "relation":
        source = duckdb.read_parquet(str(path))
    if given == "ibis":
        source = pytest.importorskip("ibis").duckdb.connect().read_parquet(path)
    known = [value for value in values if value is not None and not math.isnan(value)]
    weighted = cells(source, (), ("y", "size"), weight="w", squares=True).frame
    assert weighted["n"].to_list() == [len(known)] * 2
    assert weighted["sum_wy"].to_list() == [sum(known)] * 2
    by_key = cells(source, "size", "y").frame
    assert by_key.filter(pl.col("size").is_null())["n"].to_list() == [len(values) - len(known)]


def test_infinities_that_cancel_out_are_left_to_the_user() -> None:
    counted = cells(pl.DataFrame({"y": [math.inf, -math.inf]}), (), "y").frame
    assert math.isnan(counted["sum"][0])


def test_one_scan_reads_every_outcome_once() -> None:
    connection = duckdb_table(FRAME)
    relation = connection.table("answers")
    plans: list[str] = []

    collect = nw.LazyFrame.collect

    def counting(frame: Any, *arguments: Any, **named: Any) -> Any:
        plans.append(frame.to_native().explain())
        return collect(frame, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nw.LazyFrame, "collect", counting)
        cells(relation, KEY, OUTCOMES, weight="w", squares=True)
    assert len(plans) == 1
    assert plans[0].count("SEQ_SCAN") + plans[0].count("Sequential Scan") == 1


def test_a_file_written_anew_is_counted_anew(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    for ones in (1, 2):
        pl.DataFrame({"y": [1] * ones + [0]}).write_parquet(path)
        assert cells(path, (), "y").frame.rows() == [("y", ones + 1, ones)]


def test_files_are_counted_in_several_threads_at_once(tmp_path: Path) -> None:
    paths = []
    for ones in range(8):
        paths.append(tmp_path / f"{ones}.parquet")
        pl.DataFrame({"y": [1] * ones + [0] * 50_000}).write_parquet(paths[-1])
    with ThreadPoolExecutor(4) as pool:
        counted = list(pool.map(lambda path: cells(path, (), "y").frame["sum"][0], paths))
    assert counted == list(range(8))


def test_counting_a_file_in_a_session_prints_nothing_and_stays_light(tmp_path: Path) -> None:
    """DuckDB draws a progress bar where Python is interactive, as it is for ``python -c``."""
    FRAME.write_parquet(tmp_path / "answers.parquet")
    session = f"""
import sys
from samspill.statistics import cells, engines, logit
opened = engines.connection()
assert opened.execute("select current_setting('enable_progress_bar')").fetchone() == (False,)
logit(cells({str(tmp_path / "answers.parquet")!r}, "field", "y"), "y", [])
heavy = {{"scipy", "pyarrow", "pandas"}} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run(
        [sys.executable, "-c", session], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
