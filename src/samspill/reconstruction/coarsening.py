"""Ways to print a table more coarsely, the least loss of information first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import polars as pl

from samspill.reconstruction.printed_table import Printed
from samspill.reconstruction.rounding import RoundingConvention
from samspill.reconstruction.systems import Counts
from samspill.reconstruction.tables import PrintedTable


def options(
    frame: pl.DataFrame, tables: Sequence[PrintedTable], counts: Counts | None
) -> Iterator[tuple[str, pl.DataFrame]]:
    """``frame`` with the rows of one table (in ``tables``, in parts) printed more coarsely.

    Fewer decimals; its groups merged (where ``counts`` are known); the numbers of units of its
    whole split left out; the table left out.
    """
    rows = [row for table in tables for row in table.statistics]
    most = max((row.number.decimals for row in rows if row.number), default=0)
    for fewer in range(1, most + 1):
        plural = "s" if fewer > 1 else ""
        yield f"print {fewer} decimal{plural} fewer", _rewritten(frame, rows, _shortened(fewer))
    split = tables[0].split if tables else ""
    if split and counts is not None:
        for decimals in range(min(most, 1), -1, -1):
            text = f"print one percentage, with {decimals} decimals, for both groups together"
            yield text, _merged(frame, tables[0], counts, decimals)
    if split:
        text = f"leave out every number of units in the tables by {split}"
        yield text, _without_sizes(frame, split)
    yield "leave the table out", frame.filter(~pl.col("id").is_in([row.id for row in rows]))


def _shortened(fewer: int) -> Callable[[Printed], str]:
    def text(row: Printed) -> str:
        if row.number is None:
            return row.text
        decimals = max(row.number.decimals - fewer, 0)
        return _in_print(Fraction(row.number.value), decimals, row) + "*" * row.stars

    return text


def _in_print(value: Fraction, decimals: int, like: Printed) -> str:
    point = "." in like.text and "," not in like.text
    text = f"{RoundingConvention.HALF_UP.round(value, decimals):f}"
    return text if point else text.replace(".", ",")


def _rewritten(
    frame: pl.DataFrame, rows: Sequence[Printed], text: Callable[[Printed], str]
) -> pl.DataFrame:
    new = {row.id: text(row) for row in rows if row.statistic != "count"}
    return frame.with_columns(
        pl.col("id")
        .replace_strict(new, default=pl.col("printed"), return_dtype=pl.String)
        .alias("printed")
    )


def _merged(
    frame: pl.DataFrame, table: PrintedTable, counts: Counts, decimals: int
) -> pl.DataFrame:
    """One percentage for both groups in place of all that is printed of ``table``."""
    n0, n1, s0, s1 = counts
    first = table.primary[0]
    share = _in_print(Fraction(100 * (s0 + s1), n0 + n1), decimals, first)
    gone = [row.id for row in table.statistics]
    merged = {
        "printed": share,
        "statistic": "percentage",
        "split": "",
        "group": "",
        "observations": str(n0 + n1),
    }
    kept = frame.filter((pl.col("id") == first.id) | ~pl.col("id").is_in(gone))
    chosen = pl.col("id") == first.id
    return kept.with_columns(
        pl.when(chosen).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
        for column, value in merged.items()
        if column in frame.columns
    )


def _without_sizes(frame: pl.DataFrame, split: str) -> pl.DataFrame:
    """No number of units in the tables by ``split``, nor rows that count its groups."""
    own = pl.col("split").fill_null("") == split
    indicators = frame.filter(own)["indicator"].unique().to_list()
    sized = own | pl.col("indicator").is_in(indicators)
    kept = frame.filter(pl.col("indicator") != split)
    if "observations" not in frame.columns:
        return kept
    return kept.with_columns(
        pl.when(sized).then(pl.lit("")).otherwise(pl.col("observations")).alias("observations")
    )
