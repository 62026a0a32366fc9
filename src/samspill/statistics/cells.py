"""Cells: everything categorical counted once; every estimate is a function of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.results import Result

COUNTS = ("n", "sum")
SQUARES = ("sum_squares",)
WEIGHTS = ("sum_w", "sum_w2", "sum_wy", "sum_w2y")
WEIGHTED_SQUARES = ("sum_wy2", "sum_w2y2")
MEASURES = (*COUNTS, *SQUARES, *WEIGHTS, *WEIGHTED_SQUARES)
RESERVED = ("outcome", *MEASURES)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Cells(Result):
    """Counts and sums of outcomes for every combination of key values that occurs.

    ``frame`` has one row per outcome × combination: the columns of ``key``, then ``outcome``
    (String), ``n`` (Int64, rows where the outcome was answered; may be 0), ``sum`` (Σy; Int64
    where every outcome is whole numbers or true/false, otherwise Float64) and, where asked for,
    Float64 columns: ``sum_squares`` (Σy²), ``sum_w`` (Σw over answered rows), ``sum_w2`` (Σw²),
    ``sum_wy`` (Σwy), ``sum_w2y`` (Σw²y), and with both weights and squares ``sum_wy2`` (Σwy²)
    and ``sum_w2y2`` (Σw²y²). Rows are ordered by outcome (as first given), then key.
    """

    key: tuple[str, ...] = ()

    @classmethod
    def from_counts(cls, frame: pl.DataFrame, key: str | Sequence[str] = ()) -> Cells:
        """Cells from counts that are known already: columns ``key``…, ``outcome``, ``n``, ``sum``.

        Rows of the same outcome and key are added. Raises SamspillError for a missing column
        or counts that cannot be.
        """
        names = as_names(key)
        missing = [name for name in (*names, "outcome", *COUNTS) if name not in frame.columns]
        if missing:
            raise SamspillError(
                f"A table of counts lacks the column {missing[0]!r}.",
                "It needs the columns of the key, outcome, n and sum.",
            )
        measures = [name for name in MEASURES if name in frame.columns]
        whole = frame["sum"].dtype.is_integer() or frame["sum"].dtype == pl.Boolean
        tidy = frame.select(
            *names,
            pl.col("outcome").cast(pl.String),
            pl.col("n").cast(pl.Int64),
            pl.col("sum").cast(pl.Int64 if whole else pl.Float64),
            *(pl.col(name).cast(pl.Float64) for name in measures if name not in COUNTS),
        )
        if tidy.select(pl.col("n", "sum", "outcome").is_null().any()).row(0) != (False,) * 3:
            raise SamspillError(
                "A table of counts has an empty outcome, n or sum.",
                "Give every row all three, or leave the row out.",
            )
        if (tidy["n"] < 0).any():
            raise SamspillError("A table of counts has a negative n.", "Check the counts.")
        return cls(_add_up(tidy, names), names)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes, in the order first given."""
        return tuple(self.frame["outcome"].unique(maintain_order=True))

    @property
    def measures(self) -> tuple[str, ...]:
        """The columns of ``frame`` that are counts and sums."""
        return tuple(name for name in MEASURES if name in self.frame.columns)

    @property
    def weighted(self) -> bool:
        """Whether the cells hold sums of sampling weights."""
        return "sum_w" in self.frame.columns

    @property
    def totals(self) -> pl.DataFrame:
        """One row per outcome: the sums over all cells."""
        return self.over().frame

    @property
    def heading(self) -> str:
        by = f" by {', '.join(self.key)}" if self.key else ""
        return f"Cells of {len(self.outcomes)} outcome(s){by}"

    def over(self, *key: str) -> Cells:
        """The cells over ``key`` alone; the other key columns are summed out."""
        self._require_key(key)
        return Cells(_add_up(self.frame, key), key)

    def where(self, **key_values: object) -> Cells:
        """The cells whose key columns have the given values.

        A value is a single one, a list of several, or None for a missing key value. Raises
        SamspillError for an unknown key column and where no cell is left.
        """
        self._require_key(tuple(key_values))
        kept = self.frame
        for name, value in key_values.items():
            kept = kept.filter(_matches(name, value))
        if kept.is_empty():
            asked = ", ".join(f"{name}={value!r}" for name, value in key_values.items())
            raise SamspillError(
                f"No cell has {asked}.", "Look at the values that occur in the cells' frame."
            )
        return Cells(kept, self.key)

    def of(self, *outcomes: str) -> Cells:
        """The cells of the named outcomes, in the order named."""
        known = self.outcomes
        if not outcomes:
            raise SamspillError("No outcome was named.", f"The cells hold {', '.join(known)}.")
        for outcome in outcomes:
            if outcome not in known:
                raise SamspillError(
                    f"The cells hold no outcome {outcome!r}.", f"They hold {', '.join(known)}."
                )
        if outcomes == known:
            return self
        parts = self.frame.partition_by("outcome", as_dict=True)
        return Cells(pl.concat([parts[name,] for name in outcomes]), self.key)

    def __add__(self, other: object) -> Cells:
        """Cells of two disjoint parts of the data make the cells of the whole."""
        if not isinstance(other, Cells):
            return NotImplemented
        if self.key != other.key or self.measures != other.measures:
            raise SamspillError(
                "Cells with different keys or sums cannot be added.",
                "Count both parts with the same key, weight and squares.",
            )
        parts = pl.concat([self.frame, other.frame], how="vertical_relaxed")
        return Cells(_add_up(parts, self.key), self.key)

    def require_binary(self) -> Cells:
        """Itself, when every outcome is 0/1; raises SamspillError naming the one that is not."""
        impossible = (pl.col("sum") < 0) | (pl.col("sum") > pl.col("n"))
        impossible |= pl.col("sum") != pl.col("sum").round()
        if "sum_squares" in self.frame.columns:
            impossible |= (pl.col("sum_squares") - pl.col("sum")).abs() > 1e-9 * pl.col("n")
        faulty = self.frame.filter(impossible)
        if not faulty.is_empty():
            raise SamspillError(
                f"The outcome {faulty['outcome'][0]!r} is not 0/1, as this statistic needs.",
                "Make an indicator of it first, or use a statistic for numbers.",
            )
        return self

    def _require_key(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.key:
                has = f"Its key is {', '.join(self.key)}." if self.key else "It has no key."
                raise SamspillError(
                    f"The cells were not counted by {name!r}.",
                    f"{has} Put {name!r} in the key when counting.",
                )


def as_names(names: str | Sequence[str]) -> tuple[str, ...]:
    """One name or several, as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)


def _add_up(frame: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Rows of the same outcome and key added; ordered by outcome as it stands, then key."""
    measures = [name for name in MEASURES if name in frame.columns]
    order = frame.select(pl.col("outcome").unique(maintain_order=True)).with_row_index("__order")
    return (
        frame.group_by(*key, "outcome")
        .agg(pl.col(measures).sum())
        .join(order, on="outcome", how="left")
        .sort("__order", *key, nulls_last=True)
        .select(*key, "outcome", *measures)
    )


def _matches(name: str, value: object) -> pl.Expr:
    column = pl.col(name)
    if value is None:
        return column.is_null()
    if isinstance(value, list | tuple | set | frozenset):
        values = [item for item in value if item is not None]
        found = column.is_in(values)
        return found | column.is_null() if None in value else found.fill_null(value=False)
    return column == pl.lit(value)
