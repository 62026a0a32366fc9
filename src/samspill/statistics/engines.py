"""The data engines that cells can be counted in, all seen through Narwhals."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samspill.errors import SamspillError

if TYPE_CHECKING:
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
    kind, a file that is not there and a column that is not there.
    """
    import narwhals as nw

    native = _open_path(os.fspath(source)) if isinstance(source, str | Path) else source
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
    if isinstance(frame, nw.LazyFrame):
        return frame.select(*columns)
    in_memory: nw.LazyFrame[Any] = nw.from_native(frame.select(*columns).to_polars().lazy())
    return in_memory


def collect(frame: nw.LazyFrame[Any]) -> Any:
    """The (small) result of a lazy frame as a Polars frame."""
    import narwhals as nw

    if frame.implementation is nw.Implementation.POLARS:
        return frame.collect("polars", engine="streaming").to_native()
    return frame.collect("polars").to_native()


def _open_path(path: str) -> Any:
    import duckdb

    lowered = path.lower()
    if not any(sign in path for sign in "*?[") and not Path(path).exists():
        raise SamspillError(f"There is no file {path}.", "Check the path.")
    try:
        if lowered.endswith(PARQUET_ENDINGS):
            return duckdb.connect().read_parquet(path)
        if lowered.endswith(CSV_ENDINGS):
            return duckdb.connect().read_csv(path)
    except duckdb.Error as error:
        raise SamspillError(
            f"{path} could not be read: {str(error).splitlines()[0]}.",
            "Check that it is the file it says it is.",
        ) from error
    raise SamspillError(f"{path} is neither parquet nor csv.", SUPPORTED)
