"""How far from one code the next passage of another is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from samspill.qualitative.queries.conditions import Condition, code
from samspill.qualitative.queries.spans import Ints, Spans
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

THRESHOLDS = (0, 50, 200, 1000)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Proximity(Result):
    """How far from each passage of one code the nearest of another is, in the same source.

    ``frame``: ``source``, ``start``, ``end`` of the passage, ``distance`` (characters between the
    two; 0 where they touch or overlap; null where the source has none) and ``direction`` of the
    other (``before``, ``overlap``, ``after``; null likewise).
    """

    @property
    def heading(self) -> str:
        return f"Distance to the nearest, {self.frame.height} passages"

    def summary(self) -> pl.DataFrame:
        """``n`` (passages), ``none`` (in sources without the other), quartiles of the distance, and
        ``within_<d>``: passages, of all n, with the other at most d characters away."""
        distance = pl.col("distance")
        return self.frame.select(
            n=pl.len(),
            none=distance.is_null().sum(),
            lower_quartile=distance.quantile(0.25, "linear"),
            median=distance.median(),
            upper_quartile=distance.quantile(0.75, "linear"),
            **{f"within_{d}": (distance <= d).sum() for d in THRESHOLDS},
        )


def proximity(tables: Tables, a: str | Condition, b: str | Condition) -> Proximity:
    """The distance from every passage of ``a`` (a code or a condition) to the nearest of ``b``."""
    from samspill.qualitative.queries.segments import find

    one, other = (
        find(tables, wanted if isinstance(wanted, Condition) else code(wanted)) for wanted in (a, b)
    )
    offsets = tables.line.offsets
    gap, direction = nearest(one.spans, other.spans, offsets)
    source = np.searchsorted(offsets, one.start, side="right") - 1
    frame = pl.DataFrame(
        {
            "source": tables.sources["source"].gather(source),
            "start": one.start - offsets[source],
            "end": one.end - offsets[source],
            "distance": gap,
            "direction": direction,
        }
    ).with_columns(
        pl.when(pl.col("distance") >= 0).then("distance").alias("distance"),
        pl.col("direction").replace_strict(
            [-1, 0, 1, 2], ["before", "overlap", "after", None], return_dtype=pl.String
        ),
    )
    return Proximity(frame)


def nearest(one: Spans, other: Spans, offsets: Ints) -> tuple[Ints, Ints]:
    """The gap from each span of ``one`` to the nearest of ``other`` in the same source, -1 without
    one, and where that is: -1 before, 0 overlapping or touching, 1 after, 2 nowhere."""
    far = int(offsets[-1]) + 1
    source = np.searchsorted(offsets, one.start, side="right") - 1
    low, high = offsets[source], offsets[source + 1]
    if not other.start.size:
        return np.full(low.size, -1, np.int64), np.full(low.size, 2, np.int64)
    order = np.argsort(other.start, kind="stable")
    start, end = other.start[order], other.end[order]
    reach = np.maximum.accumulate(end)
    at = np.searchsorted(start, one.end, side="left")
    following = np.append(start, far)[at]
    after = np.where(following < high, following - one.end, far)
    earlier = np.where(at > 0, reach[np.maximum(at - 1, 0)], -1)
    before = np.where((at > 0) & (earlier >= low), np.maximum(one.start - earlier, 0), far)
    gap = np.minimum(before, after)
    direction = np.where(gap == 0, 0, np.where(before <= after, -1, 1))
    nowhere = gap >= far
    return np.where(nowhere, -1, gap), np.where(nowhere, 2, direction)
