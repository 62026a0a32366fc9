"""Which code follows which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.qualitative.queries.choice import Sources, coder_mask, source_mask
from samspill.qualitative.queries.lines import lay_paragraphs
from samspill.qualitative.queries.spans import Ints, runs
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Sequences(Result):
    """Steps from one coding to the next.

    ``frame``, most frequent first: ``first``, ``then`` (codes), ``first_name``, ``then_name``,
    ``count`` (such steps), ``n_first``, ``n_then`` (steps from the one, steps to the other), ``n``
    (all steps), ``share`` (count / n_first), ``expected`` (n_first n_then / n), ``lift`` (count /
    expected) and ``z`` (the adjusted residual, Allison & Liker 1982; null where it has no spread).
    No interval: steps of one source follow on one another and are not drawn one by one.
    """

    within: str

    @property
    def heading(self) -> str:
        return f"Which code follows which, within a {self.within}"


def sequences(
    tables: Tables,
    within: Literal["source", "turn"] = "source",
    *,
    coders: Sequence[str] | str | None = None,
    sources: Sources = None,
) -> Sequences:
    """Count steps between codings that begin at one place and those that begin at the next.

    Codings are taken coder by coder, so that two who coded the same words make no step. Codings
    that begin at the same place are one moment: each of its codes leads to each of the next.
    Source of the residual: Allison & Liker 1982, Psychological Bulletin 91:393–403.
    """
    if within not in ("source", "turn"):
        raise SamspillError(
            Message("Steps are not counted within “{within}”.", within=within),
            "Choose source or turn.",
        )
    line = tables.line
    kept = np.flatnonzero(source_mask(tables, sources)[line.source] & coder_mask(tables, coders))
    steps = _steps(*_moments(tables, kept, within))
    counted = steps.group_by("first", "then").agg(count=pl.len().cast(pl.Int64))
    n = pl.lit(steps.height, pl.Int64)
    one, other = pl.col("n_first"), pl.col("n_then")
    expected = one * other / n
    spread = (expected * (1 - one / n) * (1 - other / n)).sqrt()
    names = {
        side: tables.codes.select(pl.col("code").alias(side), pl.col("name").alias(f"{side}_name"))
        for side in ("first", "then")
    }
    codes = [*tables.codes["code"], None]
    frame = (
        counted.with_columns(
            n_first=pl.col("count").sum().over("first"),
            n_then=pl.col("count").sum().over("then"),
            n=n,
        )
        .with_columns(
            share=pl.col("count") / one,
            expected=expected,
            lift=pl.col("count") / expected,
            z=pl.when(spread > 0).then((pl.col("count") - expected) / spread),
        )
        .sort(["count", "first", "then"], descending=[True, False, False])
    )
    labelled = frame.with_columns(
        pl.col(side).replace_strict(list(range(len(codes))), codes, return_dtype=pl.String)
        for side in ("first", "then")
    )
    for side, known in names.items():
        labelled = labelled.join(known, on=side, how="left", maintain_order="left")
    columns = ("count", "n_first", "n_then", "n", "share", "expected", "lift", "z")
    return Sequences(labelled.select("first", "then", "first_name", "then_name", *columns), within)


def _moments(tables: Tables, kept: Ints, within: str) -> tuple[Ints, Ints, Ints]:
    """Codings in order: what they may not be followed beyond, where they begin, their code.

    The same code twice at one moment counts once.
    """
    line = tables.line
    start = line.start[kept]
    place = line.source[kept]
    if within == "turn":
        laid = lay_paragraphs(tables)
        place = laid.turn[laid.at(start)] if laid.start.size else place
    room = place * max(1, len(line.coders)) + line.coder[kept]
    table = np.unique(np.stack([room, start, line.code[kept]], axis=1), axis=0)
    return table[:, 0], table[:, 1], table[:, 2]


def _steps(room: Ints, start: Ints, code: Ints) -> pl.DataFrame:
    changes = np.ones(room.size, bool)
    changes[1:] = (room[1:] != room[:-1]) | (start[1:] != start[:-1])
    moment = np.cumsum(changes) - 1
    begins = np.flatnonzero(changes)
    sizes = np.diff(np.append(begins, room.size))
    following = np.append(begins[1:], 0)[moment]
    counts = np.append(sizes[1:], 0)[moment]
    leads = (moment + 1 < begins.size) & (room == room[following % max(1, room.size)])
    counts = np.where(leads, counts, 0)
    return pl.DataFrame(
        {"first": np.repeat(code, counts), "then": code[runs(following, counts)]},
        schema={"first": pl.Int64, "then": pl.Int64},
    )
