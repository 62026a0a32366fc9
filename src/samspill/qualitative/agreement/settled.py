"""The material as coders have settled it, for questions asked of what they agreed on."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from samspill.qualitative.agreement.disagreements import Settlement
from samspill.qualitative.tables import CODINGS, Tables


def as_settled(tables: Tables, settlements: Iterable[Settlement]) -> Tables:
    """The tables with what was settled in place of the codings that differed.

    Those codings are left out; where a code holds, it is given once from ``start`` to ``end``, by
    no coder, under the identity of the settlement. What nobody has settled stays as it was given.
    Of settlements on the same words with the same code the first is kept; those of a source or a
    code that the tables lack give none.
    """
    made = list(settlements)
    sources, codes = set(tables.sources["source"]), set(tables.codes["code"])
    replaced = {coding for settlement in made for coding in settlement.codings}
    rows = [
        (s.guid, s.source, s.start, s.end, s.holds, None)
        for s in made
        if s.holds in codes and s.source in sources
    ]
    agreed = pl.DataFrame(rows, schema=CODINGS, orient="row")
    agreed = agreed.unique(["source", "start", "end", "code"], keep="first", maintain_order=True)
    kept = tables.codings.filter(~pl.col("coding").is_in(list(replaced)))
    return Tables(tables.sources, tables.codes, pl.concat([kept, agreed]))
