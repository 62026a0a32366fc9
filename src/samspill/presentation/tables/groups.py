"""Groups raw and partially pooled, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspill.presentation.tables.model import Column, Table
from samspill.presentation.tables.source import weakest
from samspill.presentation.tables.words import in_words

if TYPE_CHECKING:
    import polars as pl

    from samspill.language import Translator


def groups_table(
    number: str, title: str, note: str, data: pl.DataFrame, t: Translator, *, means: bool
) -> Table:
    """``data`` is the frame of ``StudyAnalysis.pooled`` with labels ``row`` and ``panel``."""
    kind, decimals = ("number", 2) if means else ("share", 1)
    several = data["panel"].n_unique() > 1
    value = t("Mean") if means else t("Share")
    columns = (
        Column("row", t("Group")),
        *((Column("panel", t("Panel")),) if several else ()),
        Column("n", t("n"), "integer"),
        *(() if means else (Column("count", t("Yes"), "integer"),)),
        Column("raw", t("{value}, raw", value=value), kind, decimals),  # type: ignore[arg-type]
        Column("raw_low", t("95% interval from"), kind, decimals),  # type: ignore[arg-type]
        Column("raw_high", t("95% interval to"), kind, decimals),  # type: ignore[arg-type]
        *(
            (
                Column("raw_weighted", t("{value}, weighted", value=value), kind, decimals),  # type: ignore[arg-type]
                Column("raw_low_weighted", t("Weighted, 95% interval from"), kind, decimals),  # type: ignore[arg-type]
                Column("raw_high_weighted", t("Weighted, 95% interval to"), kind, decimals),  # type: ignore[arg-type]
            )
            if "raw_weighted" in data.columns and data["raw_weighted"].drop_nulls().len()
            else ()
        ),
        Column("pooled", t("{value}, pooled", value=value), kind, decimals),  # type: ignore[arg-type]
        Column("low", t("95% interval from"), kind, decimals),  # type: ignore[arg-type]
        Column("high", t("95% interval to"), kind, decimals),  # type: ignore[arg-type]
        Column("shrinkage", t("Weight of the common mean"), "share"),
        Column("rank_low", t("Rank from"), "integer"),
        Column("rank_high", t("Rank to"), "integer"),
        Column("p_highest", t("Chance of being highest"), "share"),
        Column("p_lowest", t("Chance of being lowest"), "share"),
        Column("p_above", t("Chance of lying above the mean of the groups"), "share"),
        Column("provenance", t("Provenance")),
    )
    provenance = weakest(data["provenance"].to_list())
    written = data.with_columns(in_words(data["provenance"], t))
    return Table(number, title, note, columns, written, t.language, provenance)
