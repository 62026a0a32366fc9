"""Codings with their words and what is known of their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from samspill.qualitative.queries.spans import Ints

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

KNOWN = ("name", "unit", "side", "fields", "role", "date", "language", "consent")


def passages(tables: Tables, codings: Ints) -> pl.DataFrame:
    """Codings, given by their rows in ``tables.codings``, in the order of sources and positions.

    Columns: ``coding``, ``source``, ``start``, ``end``, ``code``, ``code_name``, ``coder``,
    ``text`` (the words), then of the source ``name``, ``unit``, ``side``, ``fields``, ``role``,
    ``date``, ``language`` and ``consent``.
    """
    order = tables.sources.select("source", *KNOWN, place=pl.int_range(pl.len()), whole="text")
    names = tables.codes.select("code", code_name="name")
    found: pl.DataFrame = (
        tables.codings[codings.tolist()]
        .join(order, on="source", how="inner")
        .join(names, on="code", how="left")
        .sort("place", "start", "end", maintain_order=True)
        .with_columns(
            text=pl.col("whole").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
        )
        .select("coding", "source", "start", "end", "code", "code_name", "coder", "text", *KNOWN)
    )
    return found
