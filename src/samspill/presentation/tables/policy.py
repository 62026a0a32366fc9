"""The comparisons by policy as a table: counts, difference, exact p-values, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspill.presentation.tables.model import Column, Table
from samspill.presentation.tables.source import weakest
from samspill.presentation.tables.weighted import difference_columns
from samspill.presentation.tables.words import in_words

if TYPE_CHECKING:
    import polars as pl

    from samspill.language import Translator


def effects_table(
    number: str, title: str, note: str, data: pl.DataFrame, t: Translator, group: str
) -> Table:
    """``data`` is the frame of ``policy_effects`` with labels ``row`` and ``panel``.

    ``group`` is the one of them by which the rows are sorted.
    """
    columns = (
        Column("row", t("Indicator")),
        Column("panel", t("Field")),
        Column("count_reference", t("Without policy"), "integer"),
        Column("n_reference", t("of"), "integer"),
        Column("share_reference", t("Share without"), "share", 1),
        Column("count_comparison", t("With policy"), "integer"),
        Column("n_comparison", t("of"), "integer"),
        Column("share_comparison", t("Share with"), "share", 1),
        Column("difference", t("Difference, percentage points"), "points", 1),
        Column("low", t("95% interval from"), "points", 1),
        Column("high", t("95% interval to"), "points", 1),
        *difference_columns(data, t),
        Column("p", t("p"), "p"),
        Column("p_fisher", t("p, Fisher's exact test"), "p"),
        Column("p_holm", t("p, Holm"), "p"),
        Column("p_bh", t("p, Benjamini–Hochberg"), "p"),
        *_printed(data, t),
        Column("provenance", t("Provenance")),
    )
    provenance = weakest(data["provenance"].to_list())
    written = data.with_columns(in_words(data["provenance"], t))
    return Table(number, title, note, columns, written, t.language, provenance, group)


def _printed(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """A column of printed marks, where any are known."""
    known = data["printed_stars"].drop_nulls().len() > 0
    return (Column("printed_stars", t("Printed mark")),) if known else ()
