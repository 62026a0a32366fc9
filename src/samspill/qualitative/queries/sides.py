"""What the two sides say, theme by theme: where both speak, where one, where nobody was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill.errors import SamspillError
from samspill.qualitative.queries.choice import Sources
from samspill.qualitative.queries.columns import dimension_names
from samspill.qualitative.queries.matrix import Matrix, matrix
from samspill.statistics.results import Result
from samspill.vocabulary import load

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

SAYS, SILENT, NOT_ASKED = "says", "silent", "not asked"
BOTH, NEITHER, NOT_COMPARABLE = "both", "neither", "not comparable"
PARTS = ("state", "sources", "n", "share", "low", "high")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Sides(Result):
    """Themes as the two sides tell them.

    ``frame``: ``code``, ``name``, the columns of ``by`` (null where not known), ``agreement``
    (``both``, ``municipality only``, ``organisation only``, ``neither``; ``not comparable`` where a
    side was not asked) and for each side, such as ``municipality``: ``<side>_state`` (``says``,
    ``silent``, ``not asked``), ``<side>_sources`` (that bring it up), ``<side>_n`` (asked),
    ``<side>_share``, ``<side>_low``, ``<side>_high`` (Wilson; null where nobody was asked). Then
    ``difference`` of the shares, first side less second, with ``difference_low`` and
    ``difference_high`` (Newcombe 1998, method 10; null where a side was not asked), and
    ``unknown_side`` (sources of no known side, which are in neither).
    """

    matrix: Matrix
    by: tuple[str, ...]
    names: tuple[str, str]

    @property
    def heading(self) -> str:
        return f"{' and '.join(self.names)} compared, by {' × '.join(('code', *self.by))}"

    def quotes(self, code: str, side: str, *values: str | None) -> pl.DataFrame:
        """What a side says of a theme, for a value of each column of ``by``."""
        return self.matrix.cell(code, *values, side).quotes()

    def coverage(self) -> pl.DataFrame:
        """Who was asked: the columns of ``by``, and sources of each side; 0 is nobody."""
        counts = [pl.col(f"{side}_n").first().alias(side) for side in self.names]
        unknown = pl.col("unknown_side").first()
        if not self.by:
            return self.frame.select(*counts, unknown)
        return self.frame.group_by(self.by, maintain_order=True).agg(*counts, unknown)


def sides(
    tables: Tables,
    themes: str | Sequence[str] = "code",
    *,
    by: str | Sequence[str] = "field",
    coders: Sequence[str] | str | None = None,
    with_descendants: bool = True,
    sources: Sources = None,
    level: float = 0.95,
) -> Sides:
    """Compare what the two sides of the vocabulary say of each theme, in each field (or unit).

    ``themes`` are codes (identity, concept or name), ``"code"`` for all; ``by`` one or several
    attributes of the sources. A side *says* a theme where at least one of its sources there is
    coded with it, is *silent* where it was asked and none is, and was *not asked* where there is no
    source; silence is thus never read from an interview that did not take place.

    Raises SamspillError for an unknown code or attribute.
    """
    names = dimension_names(tables, by)
    if "side" in names:
        raise SamspillError("Sides are compared already.", "Take side out of by=.")
    one, other = load().sides
    counted = matrix(
        tables,
        themes,
        (*names, "side"),
        measure="sources",
        coders=coders,
        with_descendants=with_descendants,
        sources=sources,
        level=level,
    )
    frame = _beside(counted, names, (one, other))
    return Sides(_compared(frame, names, (one, other)), counted, names, (one, other))


def _beside(counted: Matrix, by: tuple[str, ...], names: tuple[str, str]) -> pl.DataFrame:
    """One row a code and place, the sides' numbers beside one another."""
    keys = ["code", "name", *by]
    frame = counted.frame.select(*keys, "side", "sources", "n", "share", "low", "high")
    beside = frame.select(keys).unique(maintain_order=True)
    for side in names:
        own = frame.filter(pl.col("side") == side).select(
            *keys, pl.exclude([*keys, "side"]).name.prefix(f"{side}_")
        )
        beside = beside.join(own, on=keys, how="left", nulls_equal=True, maintain_order="left")
    unknown = frame.filter(~pl.col("side").is_in(list(names)) | pl.col("side").is_null())
    spare = unknown.group_by(keys).agg(unknown_side=pl.col("n").sum())
    joined = beside.join(spare, on=keys, how="left", nulls_equal=True, maintain_order="left")
    counts = [f"{side}_{part}" for side in names for part in ("sources", "n")]
    return joined.with_columns(pl.col(*counts, "unknown_side").fill_null(0))


def _compared(frame: pl.DataFrame, by: tuple[str, ...], names: tuple[str, str]) -> pl.DataFrame:
    states = [
        pl.when(pl.col(f"{side}_n") == 0)
        .then(pl.lit(NOT_ASKED))
        .when(pl.col(f"{side}_sources") > 0)
        .then(pl.lit(SAYS))
        .otherwise(pl.lit(SILENT))
        .alias(f"{side}_state")
        for side in names
    ]
    first, second = (pl.col(f"{side}_state") for side in names)
    agreement = (
        pl.when((first == NOT_ASKED) | (second == NOT_ASKED))
        .then(pl.lit(NOT_COMPARABLE))
        .when((first == SAYS) & (second == SAYS))
        .then(pl.lit(BOTH))
        .when(first == SAYS)
        .then(pl.lit(f"{names[0]} only"))
        .when(second == SAYS)
        .then(pl.lit(f"{names[1]} only"))
        .otherwise(pl.lit(NEITHER))
    )
    (p, low, high), (q, below, above) = (
        [pl.col(f"{side}_{part}") for part in ("share", "low", "high")] for side in names
    )
    columns = [f"{side}_{part}" for side in names for part in PARTS]
    return (
        frame.with_columns(states)
        .with_columns(
            agreement.alias("agreement"),
            difference=p - q,
            difference_low=p - q - ((p - low) ** 2 + (above - q) ** 2).sqrt(),
            difference_high=p - q + ((high - p) ** 2 + (q - below) ** 2).sqrt(),
        )
        .select(
            "code",
            "name",
            *by,
            "agreement",
            *columns,
            "difference",
            "difference_low",
            "difference_high",
            "unknown_side",
        )
    )
