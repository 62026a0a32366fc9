"""The one door to a data engine: a single scan that counts every outcome at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import (
    COUNTS,
    MEASURES,
    RESERVED,
    SQUARES,
    WEIGHTED_SQUARES,
    WEIGHTS,
    Cells,
    as_names,
)
from samspill.statistics.engines import collect, is_path, lazy_frame

if TYPE_CHECKING:
    import narwhals as nw

LARGEST_EXACT_WHOLE_NUMBER = 2**53


def cells(
    frame: Any,
    key: str | Sequence[str],
    outcomes: str | Sequence[str],
    *,
    weight: str | None = None,
    squares: bool = False,
    drop_missing_key: bool = False,
) -> Cells:
    """Count rows and sum outcomes for every combination of ``key`` values, in one scan.

    ``frame`` is a DuckDB relation, a Polars frame (eager or lazy), an Ibis table, a Spark data
    frame, a pandas or PyArrow table, or the path of a parquet or csv file. Only the cells come
    to Python. Outcomes are numbers or true/false.

    A missing outcome (null or NaN) is left out for that outcome alone. A missing key value makes
    a cell of its own (null), unless ``drop_missing_key``. With ``weight`` the sums of weights
    and squared weights are taken per cell *and* outcome, over its answered rows, since those
    differ between outcomes; a row without a weight is left out. ``squares`` adds Σy².
    Cluster standard errors, strata and permutation within groups need the column in ``key``.

    Categorical and enumerated key columns become text, integer ones Int64, and a moment with a
    time zone the same moment in UTC.

    Raises SamspillError for an unknown or repeated column, an outcome that is not a number or
    also stands in the key, a negative weight, and data without rows.
    """
    keys, names = as_names(key), as_names(outcomes)
    _check_names(keys, names, weight)
    columns = list(dict.fromkeys([*keys, *names, *([weight] if weight else [])]))
    source = lazy_frame(frame, columns)
    whole = _check_types(source, names, weight)
    wanted = _wanted(weight, squares)
    wide = collect(_count(source, keys, names, weight, wanted), own=is_path(frame))
    if _holds_nan(wide):
        again = _count(source, keys, names, weight, wanted, nan_by_text=True)
        wide = collect(again, own=is_path(frame))
    tidy = _tidy(wide, keys, names, wanted)
    if drop_missing_key and keys:
        tidy = tidy.drop_nulls(list(keys))
    if tidy.is_empty() or wide["rows"].sum() == 0:
        raise SamspillError(
            "The data has no rows to count.", "Check the file or the filter it came from."
        )
    if whole and (tidy["sum"].abs() <= LARGEST_EXACT_WHOLE_NUMBER).all():
        tidy = tidy.with_columns(pl.col("sum").cast(pl.Int64))
    return Cells(tidy, keys)


def _check_names(keys: Sequence[str], outcomes: Sequence[str], weight: str | None) -> None:
    if not outcomes:
        raise SamspillError("No outcome was named.", "Name at least one column to count.")
    for name in keys:
        if name in RESERVED:
            raise SamspillError(
                f"A key column cannot be called {name!r}.", "Rename it before counting."
            )
        if name in outcomes:
            raise SamspillError(
                f"{name!r} is both an outcome and in the key.", "Keep it in one of them."
            )
    for names, what in ((keys, "key"), (outcomes, "outcomes")):
        if len(set(names)) < len(names):
            raise SamspillError(f"A column is named twice in the {what}.", "Name each once.")
    if weight is not None and weight in outcomes:
        raise SamspillError(
            f"{weight!r} is both the weight and an outcome.", "Keep it in one of them."
        )


def _check_types(source: nw.LazyFrame[Any], outcomes: Sequence[str], weight: str | None) -> bool:
    """Whether every outcome is whole numbers or true/false; raises where one is no number."""
    import narwhals as nw

    schema = source.collect_schema()
    for name in (*outcomes, *([weight] if weight else [])):
        if not (schema[name].is_numeric() or schema[name] == nw.Boolean):
            raise SamspillError(
                f"{name!r} holds {schema[name]}, not numbers.",
                "Make it a 0/1 indicator or a number first.",
            )
    return all(schema[name].is_integer() or schema[name] == nw.Boolean for name in outcomes)


def _wanted(weight: str | None, squares: bool) -> list[str]:
    """The measures asked for, in the order of the frame's columns."""
    wanted = {*COUNTS, *(SQUARES if squares else ()), *(WEIGHTS if weight else ())}
    if weight and squares:
        wanted.update(WEIGHTED_SQUARES)
    return [measure for measure in MEASURES if measure in wanted]


def _count(
    source: nw.LazyFrame[Any],
    keys: Sequence[str],
    outcomes: Sequence[str],
    weight: str | None,
    wanted: Sequence[str],
    *,
    nan_by_text: bool = False,
) -> nw.LazyFrame[Any]:
    """One row per key combination: ``key_<i>``, ``rows``, and ``<measure>_<j>`` per outcome."""
    import narwhals as nw

    positions = range(len(outcomes))
    groups = [f"key_{i}" for i in range(len(keys))]
    clean = _clean(source, keys, outcomes, weight, nan_by_text=nan_by_text)
    products = [
        _PRODUCTS[measure](nw.col(f"y_{j}"), nw.col(f"w_{j}")).alias(f"{measure}_{j}")
        for j in positions
        for measure in wanted
        if measure not in COUNTS
    ]
    table = clean.with_columns(*products) if products else clean
    sums = [nw.len().alias("rows")]
    sums += [nw.col(f"y_{j}").count().alias(f"n_{j}") for j in positions]
    sums += [nw.col(f"y_{j}").sum().alias(f"sum_{j}") for j in positions]
    sums += [
        nw.col(f"{measure}_{j}").sum().alias(f"{measure}_{j}")
        for j in positions
        for measure in wanted
        if measure not in COUNTS
    ]
    if weight:
        sums.append(nw.col("w").min().alias("smallest_weight"))
    return table.group_by(*groups).agg(*sums) if groups else table.select(*sums)


def _holds_nan(wide: pl.DataFrame) -> bool:
    """Whether a NaN came through, or infinities that cancel out.

    DuckDB 2.0 may take a parquet file's smallest and largest value for proof that no value is
    NaN, and the format leaves NaN out of both (duckdb issue 25521).
    """
    return any(column.is_nan().any() for column in wide if column.dtype.is_float())


def _clean(
    source: nw.LazyFrame[Any],
    keys: Sequence[str],
    outcomes: Sequence[str],
    weight: str | None,
    *,
    nan_by_text: bool,
) -> nw.LazyFrame[Any]:
    """``key_<i>``, and ``y_<j>`` and ``w_<j>`` as Float64, both missing where either is.

    Float64 sums cannot overflow and are exact for whole numbers up to 2⁵³. The names are new
    because those of the data may clash, and SQL does not tell upper from lower case. With
    ``nan_by_text`` a NaN is known by how it is written, which is slow and always right.
    """
    import narwhals as nw

    schema = source.collect_schema()

    def without_nan(name: str) -> nw.Expr:
        column = nw.col(name)
        if not schema[name].is_float():
            return column
        if nan_by_text:
            written = column.cast(nw.String).str.to_lowercase()
            return nw.when(~written.str.ends_with("nan")).then(column)
        return nw.when(~column.is_nan()).then(column)

    columns = [without_nan(name).alias(f"key_{i}") for i, name in enumerate(keys)]
    columns += [
        without_nan(name).cast(nw.Float64).alias(f"y_{j}") for j, name in enumerate(outcomes)
    ]
    if weight is None:
        return source.select(*columns)
    columns.append(without_nan(weight).cast(nw.Float64).alias("w"))
    known = [
        (nw.col(f"y_{j}"), nw.when(~nw.col(f"y_{j}").is_null()), j) for j in range(len(outcomes))
    ]
    has_weight = nw.when(~nw.col("w").is_null())
    return source.select(*columns).with_columns(
        *(has_weight.then(y).alias(f"y_{j}") for y, _, j in known),
        *(has_answer.then(nw.col("w")).alias(f"w_{j}") for _, has_answer, j in known),
    )


_PRODUCTS: dict[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "sum_squares": lambda y, _: y * y,
    "sum_w": lambda _, w: w,
    "sum_w2": lambda _, w: w * w,
    "sum_wy": lambda y, w: w * y,
    "sum_w2y": lambda y, w: w * w * y,
    "sum_wy2": lambda y, w: w * y * y,
    "sum_w2y2": lambda y, w: w * w * y * y,
}


def _tidy(
    wide: pl.DataFrame, keys: Sequence[str], outcomes: Sequence[str], wanted: Sequence[str]
) -> pl.DataFrame:
    """One row per outcome × key combination, ordered by outcome, then key."""
    if "smallest_weight" in wide.columns and (wide["smallest_weight"] < 0).any():
        raise SamspillError("A weight is negative.", "Sampling weights are zero or more.")
    positions = range(len(outcomes))
    groups = [f"key_{i}" for i in range(len(keys))]
    rows = wide.select(
        *(_plain_key(name, wide.schema[name]) for name in groups),
        *(pl.col(f"n_{j}").cast(pl.Int64) for j in positions),
        *(
            pl.col(f"{measure}_{j}").cast(pl.Float64).fill_null(0)
            for measure in wanted[1:]
            for j in positions
        ),
    )
    if groups:
        rows = rows.sort(groups, nulls_last=True)
    names = [outcome for outcome in outcomes for _ in range(rows.height)]
    return pl.DataFrame(
        [
            *(
                pl.concat([rows[group]] * len(outcomes)).alias(name)
                for group, name in zip(groups, keys, strict=True)
            ),
            pl.Series("outcome", names, dtype=pl.String),
            *(
                pl.concat([rows[f"{measure}_{j}"] for j in positions]).alias(measure)
                for measure in wanted
            ),
        ]
    )


def _plain_key(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype in (pl.Categorical, pl.Enum):
        return column.cast(pl.String)
    if dtype.is_integer() and dtype not in (pl.UInt64, pl.Int128, pl.UInt128):
        return column.cast(pl.Int64)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone:
        return column.dt.convert_time_zone("UTC")
    return column.cast(pl.Float64) if dtype == pl.Float32 else column
