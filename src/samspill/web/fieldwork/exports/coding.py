"""Codes for answers such as "don't know" to ordered questions.

An instrument names such a category as it likes; a study codes ordered variables by whole numbers
alone, so there they are −1, −2 … in the order of the instrument.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import polars as pl

from samspill.instrument import Instrument

Codes: TypeAlias = Mapping[tuple[str, str], str]
"""Variable and category of the instrument, to the study's code."""


def missing_codes(instrument: Instrument) -> dict[tuple[str, str], str]:
    """The codes of those categories for missing that are no whole numbers."""
    codes = {}
    for _page, question in instrument.questions():
        if question.type == "ordinal":
            worded = [c.value for c in question.categories if c.missing and not _whole(c.value)]
            for place, value in enumerate(worded, start=1):
                codes[question.variable, value] = str(-place)
    return codes


def recoded(table: pl.DataFrame, codes: Codes) -> pl.DataFrame:
    """A table with the columns ``variable`` and ``value``, its values recoded."""
    value = pl.col("value")
    for (variable, old), new in codes.items():
        here = (pl.col("variable") == variable) & (pl.col("value") == old)
        value = pl.when(here).then(pl.lit(new)).otherwise(value)
    return table.with_columns(value.alias("value"))


def restored(table: pl.DataFrame, codes: Codes) -> pl.DataFrame:
    """What `recoded` was given."""
    return recoded(table, {(variable, new): old for (variable, old), new in codes.items()})


def _whole(value: str) -> bool:
    return value.removeprefix("-").isdecimal()
