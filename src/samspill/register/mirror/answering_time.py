"""How soon organisations get an answer, by their size or field."""

from __future__ import annotations

import math
from datetime import date, timedelta

import polars as pl

from samspill.register.frames import Schema, Tables
from samspill.register.mirror.equal_treatment import By, group_names, grouped
from samspill.register.mirror.holdings import UNKNOWN, organisations
from samspill.register.mirror.in_force import in_force
from samspill.statistics.intervals import require_level, wilson
from samspill.statistics.order import median_limits

TOO_FEW = "too few enquiries for an interval of the median"
MANY_WAIT = "so many still wait that the limit is not known"
NONE = "no enquiries"

ANSWERING: Schema = {
    "group": pl.String,
    "n": pl.Int64,
    "answered": pl.Int64,
    "waiting": pl.Int64,
    "within": pl.Int64,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "median_days": pl.Float64,
    "median_low": pl.Float64,
    "median_high": pl.Float64,
    "identifiers": pl.List(pl.String),
    "note": pl.String,
}


def answering_time(
    tables: Tables,
    on: date,
    by: By = "size",
    *,
    since: date | None = None,
    days: int = 30,
    level: float = 0.95,
) -> pl.DataFrame:
    """Enquiries of the period that were received at least ``days`` before ``on``, in each group.

    ``n`` of them, ``answered`` by the day ``on`` and ``waiting``; ``within`` answered in at most
    ``days`` days and the ``share`` of n, with Wilson's interval; the median number of days, those
    that wait being longer than any, with the exact interval by order statistics (null, with a
    ``note``, where those that wait hide it or there are too few); ``identifiers`` of the waiting.
    Enquiries of no known organisation are in the size ``unknown``; without a field, in none.
    """
    require_level(level)
    held = in_force(tables, on, since)["enquiries"]
    due = held.filter(pl.col("received_on") <= on - timedelta(days=days))
    sizes = organisations(tables, on).select("organisation", "size")
    answered = pl.when(pl.col("answered_on") <= on).then(pl.col("answered_on"))
    took = (answered - pl.col("received_on")).dt.total_days()
    rows = due.join(sizes, on="organisation", how="left").with_columns(
        pl.col("size").fill_null(UNKNOWN), pl.concat_list("field").alias("fields"),
        took.alias("took"),
    )  # fmt: skip
    places = grouped(rows, by)
    return pl.DataFrame(
        [
            _row(name, own, days, level)
            for name in group_names(by)
            if (own := places.filter(pl.col("group") == name)).height or by == "all"
        ],
        schema=ANSWERING,
    )


def _row(group: str, own: pl.DataFrame, days: int, level: float) -> dict[str, object]:
    n, took = own.height, own["took"]
    row: dict[str, object] = {
        "group": group, "n": n, "answered": took.count(), "waiting": took.null_count(),
        "within": int((took <= days).sum()), "note": "",
        "identifiers": own.filter(pl.col("took").is_null())["identifier"].sort().to_list(),
    }  # fmt: skip
    if not n:
        return row | {"note": NONE}
    share = int((took <= days).sum()) / n
    low, high = wilson([share], [1 / n], level)
    row |= {"share": share, "low": float(low[0]), "high": float(high[0])}
    longest_last = sorted(took.fill_null(math.inf).cast(pl.Float64).to_list())
    median, limits = median_limits(longest_last, level)
    row["median_days"] = _known(median)
    if limits is None:
        return row | {"note": TOO_FEW}
    row |= {"median_low": _known(limits[0]), "median_high": _known(limits[1])}
    hidden = not all(math.isfinite(value) for value in (median, *limits))
    return row | {"note": MANY_WAIT if hidden else ""}


def _known(days: float) -> float | None:
    return days if math.isfinite(days) else None
