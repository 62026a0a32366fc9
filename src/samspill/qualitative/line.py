"""All sources laid end to end on one line, so that a span of any of them is two whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Codings as arrays of one length, in order of where they start.

    ``coding`` is the coding's row in ``tables.codings``; ``source`` and ``code`` are rows in
    ``tables.sources`` and ``tables.codes``, where a code that the project does not know is the
    number of its codes; ``coder`` is a place in ``coders``. ``start`` and ``end`` are positions on
    the line, where source ``i`` begins at ``offsets[i]`` and ends before ``offsets[i + 1]``, with a
    free place between. ``left_out`` counts codings of sources that the project does not have.
    """

    coding: Ints
    source: Ints
    code: Ints
    coder: Ints
    start: Ints
    end: Ints
    offsets: Ints
    coders: tuple[str | None, ...]
    left_out: int

    @property
    def length(self) -> int:
        return int(self.offsets[-1])


def lay_out(tables: Tables) -> Line:
    """The line of a project's codings."""
    sources = tables.sources.select("source", place=pl.int_range(pl.len(), dtype=pl.Int64))
    codes = tables.codes.select("code", code_place=pl.int_range(pl.len(), dtype=pl.Int64))
    coders = tables.codings["coder"].unique(maintain_order=True).sort(nulls_last=True)
    numbered = pl.DataFrame({"coder": coders}).with_columns(
        coder_place=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    found = (
        tables.codings.with_columns(coding_place=pl.int_range(pl.len(), dtype=pl.Int64))
        .join(sources, on="source", how="inner", maintain_order="left")
        .join(codes, on="code", how="left", maintain_order="left")
        .join(numbered, on="coder", how="left", nulls_equal=True, maintain_order="left")
    )
    ends = tables.sources["characters"].to_numpy().astype(np.int64) + 1
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(ends)])
    place = found["place"].to_numpy()
    base = offsets[place]
    order = np.argsort(found["start"].to_numpy() + base, kind="stable")

    def column(name: str) -> Ints:
        return found[name].to_numpy().astype(np.int64)[order]

    return Line(
        coding=column("coding_place"),
        source=place[order],
        code=found["code_place"].fill_null(codes.height).to_numpy().astype(np.int64)[order],
        coder=column("coder_place"),
        start=(found["start"].to_numpy() + base)[order],
        end=(found["end"].to_numpy() + base)[order],
        offsets=offsets,
        coders=tuple(coders.to_list()),
        left_out=tables.codings.height - found.height,
    )
