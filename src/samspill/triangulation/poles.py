"""Evidence of an axis of a typology as counts: sources at its second pole, and at its first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import polars as pl

from samspill.triangulation.themes import Theme
from samspill.vocabulary import load


def pole_rows(
    pieces: pl.DataFrame, chosen: Sequence[Theme], asked: Callable[[str], int]
) -> Iterator[dict[str, Any]]:
    """A row for each theme, field and item with an axis: sources with any piece of evidence at the
    second pole (``count``) and at the first (``contrary``), of ``asked(field)``."""
    words = load()
    for theme in chosen:
        for item in theme.items:
            if not item.axis:
                continue
            typology, _, name = item.axis.partition("/")
            axis = next(a for a in words.schemes[typology].axes if a.identifier == name)
            first, second = (pole.identifier for pole in axis.narrower)
            own = pieces.filter(pl.col("typology") == typology, pl.col("axis") == name)
            for field in theme.fields():
                here = own.filter(pl.col("field") == field)
                yield {
                    "theme": theme.identifier,
                    "field": field,
                    "item": item.identifier,
                    "count": here.filter(pl.col("pole") == second)["source"].n_unique(),
                    "contrary": here.filter(pl.col("pole") == first)["source"].n_unique(),
                    "n": asked(field),
                    "where": ";".join(here["evidence"].unique().sort()),
                }
