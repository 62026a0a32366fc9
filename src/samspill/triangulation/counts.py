"""What each source says, counted: the one form that all sources are brought to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.triangulation.themes import COLUMNS

INTERVIEWED, UNITS, ORGANISATIONS, ENTRIES = "interviews", "units", "organisations", "entries"
"""What is counted. Entries are those of one unit's register, and say whether it has a thing."""

WITHHELD = "withheld"
"""The note of a row whose numbers would give units away."""

COUNTS: Mapping[str, type[pl.DataType]] = {
    "column": pl.String,
    "theme": pl.String,
    "field": pl.String,
    "item": pl.String,
    "count": pl.Int64,
    "contrary": pl.Int64,
    "n": pl.Int64,
    "base": pl.String,
    "provenance": pl.String,
    "where": pl.String,
    "note": pl.String,
}
PAIRS: Mapping[str, type[pl.DataType]] = {
    "column": pl.String,
    "theme": pl.String,
    "field": pl.String,
    "one": pl.String,
    "other": pl.String,
    "both": pl.Int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What the sources say of each theme, field and item.

    ``frame``: ``column`` (the source: ``municipality`` and ``organisation`` of the interviews,
    ``survey``, ``register``), ``theme``, ``field`` (empty for the unit as a whole), ``item``,
    ``count`` (that say it), ``contrary`` (that say the opposite), ``n`` (that were asked; 0 is
    nobody), ``base`` (what is counted: ``interviews``, ``units``, ``organisations``, ``entries``),
    ``provenance``, ``where`` (what speaks: codes, indicators or variables, parted by ``;``) and
    ``note`` (why nothing can be told). An item without a row is not measured by that source.

    ``pairs``: how many say both of two items, where that is known; ``column``, ``theme``,
    ``field``, ``one``, ``other``, ``both``. ``present`` are the columns that were brought at all.
    """

    frame: pl.DataFrame
    pairs: pl.DataFrame
    present: frozenset[str]

    @classmethod
    def of(
        cls,
        rows: Iterable[Mapping[str, Any]],
        pairs: Iterable[Mapping[str, Any]] = (),
        present: Iterable[str] = (),
    ) -> Counts:
        """Counts from rows; what a row does not name is empty."""
        frame = pl.DataFrame([{**_EMPTY, **row} for row in rows], schema=dict(COUNTS))
        known = frozenset(present) | frozenset(frame["column"])
        return cls(frame, pl.DataFrame(list(pairs), schema=dict(PAIRS)), known)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            pl.concat([self.frame, other.frame]),
            pl.concat([self.pairs, other.pairs]),
            self.present | other.present,
        )

    def without(self, column: str) -> Counts:
        """The counts without a column."""
        return replace(
            self,
            frame=self.frame.filter(pl.col("column") != column),
            pairs=self.pairs.filter(pl.col("column") != column),
            present=self.present - {column},
        )

    def withhold(self, column: str, gives_away: Callable[[str, str], bool]) -> Counts:
        """The counts without the numbers of a column where ``gives_away(where, field)``.

        Such a row is kept, without its numbers, so that it can be told that they are not shown.
        """
        places = self.frame.filter(pl.col("column") == column).select("where", "field").unique()
        hidden = [row for row in places.iter_rows() if gives_away(*row)]
        if not hidden:
            return self
        frame = pl.DataFrame(hidden, schema={"where": pl.String, "field": pl.String}, orient="row")
        mark = self.frame.join(
            frame.with_columns(column=pl.lit(column), hide=pl.lit(value=True)),
            on=["column", "where", "field"],
            how="left",
            maintain_order="left",
        )
        hide = pl.col("hide").fill_null(value=False)
        numbers = [
            pl.when(hide).then(0).otherwise(pl.col(name)).alias(name)
            for name in ("count", "contrary", "n")
        ]
        note = pl.when(hide).then(pl.lit(WITHHELD)).otherwise(pl.col("note")).alias("note")
        fields = [field for _, field in hidden]
        torn = (pl.col("column") == column) & pl.col("field").is_in(fields)
        return replace(
            self,
            frame=mark.with_columns(*numbers, note).select(list(COUNTS)),
            pairs=self.pairs.filter(~torn),
        )

    def write_csv(self, path: Path | str) -> None:
        """The counts as a CSV file that ``read_counts`` reads."""
        self.frame.write_csv(path)


_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(COUNTS, ""),
    **dict.fromkeys(("count", "contrary", "n"), 0),
}


def read_counts(path: Path | str) -> Counts:
    """Counts from a CSV file with the columns of ``Counts.frame``; unknown columns are left out.

    Raises SamspillError for a file that cannot be read, lacks a column, or has a count that is
    negative or larger than its n, or a source there is not.
    """
    try:
        raw = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SamspillError(
            Message("The counts in “{path}” cannot be read: {error}.", path=path, error=error),
            "Give a CSV file in UTF-8.",
        ) from error
    needed = ("column", "theme", "field", "item", "count", "n")
    missing = [name for name in needed if name not in raw.columns]
    if missing:
        raise SamspillError(
            Message("The counts have no column “{name}”.", name=missing[0]),
            Message("Give the columns {names}.", names=", ".join(needed)),
        )
    return checked(raw)


def checked(raw: pl.DataFrame) -> Counts:
    """Counts from a frame of text, with every number looked over."""
    whole = [name for name, kind in COUNTS.items() if kind == pl.Int64 and name in raw.columns]
    try:
        frame = raw.with_columns(pl.col(whole).cast(pl.Int64))
    except pl.exceptions.InvalidOperationError as error:
        raise SamspillError(
            "A count is not a whole number.", "Correct the columns count, contrary and n."
        ) from error
    known = [name for name in COUNTS if name in frame.columns]
    rows = frame.select(known).fill_null("").fill_null(0)
    wrong = rows.filter(~pl.col("column").is_in(COLUMNS))
    if wrong.height:
        raise SamspillError(
            Message("“{name}” is not a source.", name=wrong["column"][0]),
            Message("Choose one of: {known}.", known=", ".join(COLUMNS)),
        )
    counts = Counts.of(rows.iter_rows(named=True))
    over = counts.frame.filter(
        (pl.col("count") < 0)
        | (pl.col("contrary") < 0)
        | (pl.col("count") > pl.col("n"))
        | (pl.col("contrary") > pl.col("n"))
    )
    if over.height:
        row = over.row(0, named=True)
        raise SamspillError(
            Message("{count} of {n} cannot be.", count=row["count"], n=row["n"]),
            Message("Correct the row of {theme} and {item}.", theme=row["theme"], item=row["item"]),
        )
    return counts
