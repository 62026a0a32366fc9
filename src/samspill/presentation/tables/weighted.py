"""Weighted numbers beside the unweighted, where a study weights its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samspill.presentation.tables.model import Column

if TYPE_CHECKING:
    import polars as pl

    from samspill.analysis.labels import Labels
    from samspill.language import Translator
    from samspill.study import Study

Values = dict[str, Any]
WEIGHTED = "weighted_"


def share_columns(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """Columns of weighted shares; none where ``data`` has none."""
    if not _known(data, "share_weighted"):
        return ()
    return (
        Column("share_weighted", t("Weighted share"), "share", 1),
        Column("low_weighted", t("Weighted, 95% interval from"), "share", 1),
        Column("high_weighted", t("Weighted, 95% interval to"), "share", 1),
    )


def weighted_share_column(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """The weighted share alone, of data that have no intervals; none where there is none."""
    if not _known(data, "share_weighted"):
        return ()
    return (Column("share_weighted", t("Weighted share"), "share", 1),)


def mean_columns(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """Columns of weighted means; none where ``data`` has none."""
    if not _known(data, "mean_weighted"):
        return ()
    return (
        Column("mean_weighted", t("Weighted mean"), "number", 2),
        Column("low_weighted", t("Weighted, 95% interval from"), "number", 2),
        Column("high_weighted", t("Weighted, 95% interval to"), "number", 2),
    )


def model_columns(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """Columns of a weighted coefficient; none where ``data`` has none."""
    if not _known(data, "estimate_weighted"):
        return ()
    return (
        Column("constant_estimate_weighted", t("Constant, weighted"), "number", 2),
        Column("estimate_weighted", t("Volunteer policy, weighted"), "number", 2),
        Column("standard_error_weighted", t("Standard error, weighted"), "number", 2),
        Column("p_weighted", t("p, weighted"), "p"),
    )


def tipping_columns(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """Columns of a weighted difference's tipping points; none where ``data`` has none."""
    if not _known(data, "difference_weighted"):
        return ()
    points: tuple[tuple[str, str], ...] = (
        ("difference_weighted", t("Weighted difference, percentage points")),
        ("low_weighted", t("Weighted, 95% interval from")),
        ("high_weighted", t("Weighted, 95% interval to")),
        (
            "silent_difference_interval_weighted",
            t("Silent, weighted interval reaches zero"),
        ),
        ("silent_difference_sign_weighted", t("Silent, weighted sign turns")),
        ("shift_sign_weighted", t("Smallest shift from what the weights say, sign")),
    )
    return tuple(Column(name, label, "points", 1) for name, label in points)


def difference_columns(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    """Columns of weighted differences; none where ``data`` has none."""
    if not _known(data, "difference_weighted"):
        return ()
    return (
        Column("difference_weighted", t("Weighted difference, percentage points"), "points", 1),
        Column("low_weighted", t("Weighted, 95% interval from"), "points", 1),
        Column("high_weighted", t("Weighted, 95% interval to"), "points", 1),
        Column("p_weighted", t("p, weighted"), "p"),
    )


def category_words(labels: Labels, told: str, language: str) -> str:
    """A known total's category, ``size = large, region = coast``, with labels."""
    parts = []
    for part in told.split(", "):
        name, _, value = part.partition(" = ")
        category = labels.category(name, value, language) if value != "unknown" else "?"
        parts.append(f"{labels.label(name, language)}: {category}")
    return ", ".join(parts)


def sentences_are_weighted(study: Study) -> bool:
    """Whether the study has chosen its weighted numbers for sentences."""
    return study.weighting is not None and study.weighting.headline == "weighted"


def headline(study: Study, row: Values) -> Values:
    """``row`` with the numbers that stand in sentences: the weighted where that is chosen, and
    WEIGHTED then."""
    if not sentences_are_weighted(study):
        return row
    names = ("share", "mean", "share_reference", "share_comparison", "difference", "low", "high")
    chosen = {
        name: row[f"{name}_weighted"]
        for name in names
        if row.get(f"{name}_weighted") is not None and name in row
    }
    return row | chosen | ({WEIGHTED: True} if chosen else {})


def _known(data: pl.DataFrame, column: str) -> bool:
    return column in data.columns and data[column].drop_nulls().len() > 0
