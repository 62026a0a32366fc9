"""Answers of the same units in several waves, counted once by their pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells

Floats = NDArray[np.float64]
UNITS = "units"
INDICATOR = "indicator"


def pattern_cells(
    frame: pl.DataFrame,
    waves: Sequence[str],
    *,
    key: Sequence[str] = (),
    weight: str | None = None,
) -> Cells:
    """Units counted by their answers in every wave.

    ``frame`` has one row per unit and comparison (such as indicator × field), with one numeric
    column per wave, null where the unit did not answer or was not there, and the columns of
    ``key``. The cells' key is ``key`` and the waves; their only outcome is ``units``, whose n is
    the number of units with the pattern, and with ``weight`` also Σw and Σw². Raises SamspillError
    for fewer than two waves or a missing column.
    """
    if len(waves) < 2:
        raise SamspillError("A change needs two waves.", "Give at least two.")
    missing = [name for name in (*key, *waves) if name not in frame.columns]
    if missing:
        raise SamspillError(
            f"The answers have no column {missing[0]!r}.",
            "Give one column for each wave and each column of the key.",
        )
    numbers = frame.with_columns(
        pl.col(name).cast(pl.Float64).alias(name) for name in waves
    ).with_columns(pl.lit(1).alias(UNITS))
    return cells(numbers, [*key, *waves], [UNITS], weight=weight)


@dataclass(frozen=True, slots=True)
class Pair:
    """The patterns of two waves: ``before`` and ``after`` (NaN where not answered), and of each
    the number of units ``n``, and the sums ``w`` and ``w2`` of weights (n where unweighted)."""

    before: Floats
    after: Floats
    n: Floats
    w: Floats
    w2: Floats
    weighted: bool

    @property
    def both(self) -> NDArray[np.bool_]:
        return ~(np.isnan(self.before) | np.isnan(self.after))

    def among(self, chosen: NDArray[np.bool_]) -> Pair:
        """The patterns chosen."""
        return Pair(
            self.before[chosen],
            self.after[chosen],
            self.n[chosen],
            self.w[chosen],
            self.w2[chosen],
            self.weighted,
        )

    def count(self, before: float | None, after: float | None) -> int:
        """Units with these two answers; None is not answered."""
        one = np.isnan(self.before) if before is None else self.before == before
        other = np.isnan(self.after) if after is None else self.after == after
        return int(self.n[one & other].sum())


def pair_of(frame: pl.DataFrame, before: str, after: str, *, weighted: bool) -> Pair:
    """The patterns of two waves from the rows of pattern cells that belong together."""
    columns = ["n", *(["sum_w", "sum_w2"] if weighted else [])]
    rows = frame.group_by(before, after).agg(pl.col(columns).sum())
    n = _array(rows["n"])
    return Pair(
        _array(rows[before]),
        _array(rows[after]),
        n,
        _array(rows["sum_w"]) if weighted else n,
        _array(rows["sum_w2"]) if weighted else n,
        weighted,
    )


def groups_of(cells: Cells, key: Sequence[str]) -> list[tuple[dict[str, Any], pl.DataFrame]]:
    """The rows of pattern cells that share the values of ``key``, in their order."""
    if not key:
        return [({}, cells.frame)]
    parts = cells.frame.partition_by(list(key), maintain_order=True, as_dict=True)
    return [(dict(zip(key, values, strict=True)), part) for values, part in parts.items()]


def _array(series: pl.Series) -> Floats:
    return series.cast(pl.Float64).fill_null(np.nan).to_numpy()
