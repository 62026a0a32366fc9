"""The data engines that cells can be counted in, all seen through Narwhals."""

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from samspill.errors import SamspillError

if TYPE_CHECKING:
    import duckdb
    import narwhals as nw

PARQUET_ENDINGS = (".parquet", ".pq")
CSV_ENDINGS = (".csv", ".tsv", ".csv.gz")

SUPPORTED = (
    "Give a DuckDB relation, a Polars, pandas, PyArrow, Ibis or Spark frame, "
    "or the path of a parquet or csv file."
)


def lazy_frame(source: Any, columns: Sequence[str]) -> nw.LazyFrame[Any]:
    """``source`` as a lazy Narwhals frame of ``columns``; nothing is read yet.

    A path (globs allowed) goes through DuckDB. A frame that lies in memory (pandas, PyArrow)
    is handed to Polars, the named columns alone. Raises SamspillError for a source of another
    kind, a file that is not there, and a column that is not there or that Spark cannot name.
    """
    import narwhals as nw

    native = _open_path(os.fspath(source)) if is_path(source) else source
    try:
        frame = nw.from_native(native)
    except TypeError as error:
        raise SamspillError(
            f"Cells cannot be counted in a {type(source).__name__}.", SUPPORTED
        ) from error
    known = frame.collect_schema().names()
    for name in columns:
        if name not in known:
            raise SamspillError(f"The data has no column {name!r}.", f"It has {', '.join(known)}.")
        if frame.implementation.is_spark_like() and set(name) & set(".`"):
            raise SamspillError(
                f"Spark takes {name!r} for more than the name of a column.",
                f"Rename it first: frame.withColumnRenamed({name!r}, …), without '.' and '`'.",
            )
    if isinstance(frame, nw.LazyFrame):
        return frame.select(*columns)
    in_memory: nw.LazyFrame[Any] = nw.from_native(frame.select(*columns).to_polars().lazy())
    return in_memory


def is_path(source: Any) -> bool:
    """Whether ``source`` is a file, and DuckDB with it our own."""
    return isinstance(source, str | Path)


def collect(frame: nw.LazyFrame[Any], *, own: bool = False) -> pl.DataFrame:
    """The (small) result of a lazy frame as a Polars frame.

    ``own`` says that it comes from a file, so that its DuckDB is closed in time by us: then
    PyArrow, which takes 25 MB, need not be loaded.
    """
    import narwhals as nw

    if own:
        return pl.DataFrame(_ArrowStream(frame.to_native()))
    if frame.implementation is nw.Implementation.POLARS:
        result = frame.collect("polars", engine="streaming")
    else:
        result = frame.collect("polars")
    return cast("pl.DataFrame", result.to_native())


@dataclass(frozen=True, slots=True)
class _ArrowStream:
    """A DuckDB relation as nothing but its Arrow stream, which Polars reads by itself."""

    relation: duckdb.DuckDBPyRelation

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.relation.__arrow_c_stream__(requested_schema)


def connection() -> duckdb.DuckDBPyConnection:
    """A connection of its own to the process's DuckDB, which draws no progress bar."""
    cursor = _database(os.getpid()).cursor()
    cursor.execute("SET enable_progress_bar = false")
    return cursor


@cache
def _database(_process: int) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, started once: its threads take some 15 ms, and do not survive a fork."""
    import duckdb

    atexit.register(_database.cache_clear)
    return duckdb.connect()


def _open_path(path: str) -> Any:
    import duckdb

    lowered = path.lower()
    if not any(sign in path for sign in "*?[") and not Path(path).exists():
        raise SamspillError(f"There is no file {path}.", "Check the path.")
    try:
        if lowered.endswith(PARQUET_ENDINGS):
            return connection().read_parquet(path)
        if lowered.endswith(CSV_ENDINGS):
            return connection().read_csv(path)
    except duckdb.Error as error:
        raise SamspillError(
            f"{path} could not be read: {str(error).splitlines()[0]}.",
            "Check that it is the file it says it is.",
        ) from error
    raise SamspillError(f"{path} is neither parquet nor csv.", SUPPORTED)
