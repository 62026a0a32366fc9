"""The indicators of a collection's study folder, and how its numbers came to be known."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.study import locate_study, read_study

FOUNDING = "norway-2018"
COUNTED = ("binary", "ordinal", "count")


def indicators_table(
    instrument: str, variables: pl.DataFrame, languages: Sequence[str]
) -> pl.DataFrame:
    """The founding study's indicators for its instrument, those whose variables were asked; for
    other instruments one for each binary, ordinal or count variable."""
    if instrument == FOUNDING:
        return _founding(variables)
    asked = variables.filter(pl.col("type").is_in(COUNTED))
    return asked.select(
        pl.col("variable").alias("indicator"),
        pl.lit("variable").alias("rule"),
        pl.col("variable").alias("variables"),
        pl.lit("").alias("value"),
        "per_field",
        pl.lit(None, dtype=pl.Int64).alias("chapter"),
        *(f"label_{code}" for code in languages),
        *(pl.col(f"question_{code}").alias(f"definition_{code}") for code in languages),
    )


def _founding(variables: pl.DataFrame) -> pl.DataFrame:
    defined = read_study(locate_study(FOUNDING)).indicators
    asked = set(variables["variable"])
    fit = [set(names.split(";")) <= asked for names in defined["variables"]]
    return defined.filter(pl.Series(fit))


def provenance_table(
    names: Sequence[str], provenance: str, languages: Sequence[str]
) -> pl.DataFrame:
    """Every name with one provenance."""
    blank = [""] * len(names)
    return pl.DataFrame(
        {
            "name": names,
            "field": blank,
            "split": blank,
            "provenance": [provenance] * len(names),
            **{f"note_{code}": blank for code in languages},
        }
    )
