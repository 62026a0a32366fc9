"""The numbers that a choice in the explorer shows, from the verbs of ``StudyAnalysis``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from samspill.analysis import StudyAnalysis
from samspill.analysis.publishing import holds_real_answers
from samspill.errors import SamspillError
from samspill.web.results.explorer import Choice, Kind, kind_of
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld, too_few, withheld

SCHEMA: dict[str, type[pl.DataType]] = {
    "field": pl.String,
    "group": pl.String,
    "value": pl.String,
    "n": pl.Int64,
    "count": pl.Int64,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "method": pl.String,
    "provenance": pl.String,
    "share_weighted": pl.Float64,
    "mean_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
}
CONTRASTS: dict[str, type[pl.DataType]] = {
    "field": pl.String,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "p": pl.Float64,
    "method": pl.String,
    "difference_weighted": pl.Float64,
    "p_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """``frame``: one row per field (empty for the whole unit), group of the split (empty for all)
    and category (``value``), with ``count`` of ``n`` and the ``estimate`` (a share from 0 to 1, or
    a mean, which has no count); low and high are null where there is no interval.

    ``contrasts``: the difference between the two groups of the split per field, comparison less
    reference. ``withheld`` names fields whose numbers would give units away.
    """

    kind: Kind
    frame: pl.DataFrame
    contrasts: pl.DataFrame
    withheld: tuple[str, ...] = ()


def numbers_of(edition: Edition, choice: Choice) -> Numbers:
    """The numbers of a choice, without those that would give units away."""
    analysis = edition.analysis
    kind = kind_of(analysis, choice)
    make = {"share": _shares, "category": _categories, "mean": _means}[kind]
    fields = asked_fields(analysis, choice)
    frame = make(analysis, choice, fields) if fields else pl.DataFrame(schema=SCHEMA)
    frame = frame.filter(pl.col("n") > 0)
    hidden = _hidden(edition, choice, kind, frame)
    frame = frame.filter(~pl.col("field").is_in(hidden))
    shown = frame["field"].unique(maintain_order=True).to_list()
    return Numbers(kind, frame, _contrasts(analysis, choice, kind, shown), hidden)


def asked_fields(analysis: StudyAnalysis, choice: Choice) -> tuple[str, ...]:
    """The fields of the choice that have answers; ``("",)`` for a question about the whole unit."""
    asked = analysis.asked([choice.indicator], None)
    return tuple(field for field in asked if choice.field in ("", field))


def _shares(analysis: StudyAnalysis, choice: Choice, fields: Sequence[str]) -> pl.DataFrame:
    found = analysis.shares(choice.indicator, by=choice.split or None, fields=_named(fields)).frame
    group = pl.col(choice.split).cast(pl.String) if choice.split else pl.lit("")
    return _in_form(found.with_columns(group.alias("group"), pl.col("share").alias("estimate")))


def _categories(analysis: StudyAnalysis, choice: Choice, fields: Sequence[str]) -> pl.DataFrame:
    found = analysis.distribution(choice.indicator, fields=_named(fields)).frame
    return _in_form(
        found.with_columns(pl.col("share").alias("estimate"), pl.lit("wilson").alias("method"))
    )


def _means(analysis: StudyAnalysis, choice: Choice, fields: Sequence[str]) -> pl.DataFrame:
    found = analysis.means(choice.indicator, by=choice.split or None, fields=_named(fields)).frame
    group = pl.col(choice.split).cast(pl.String) if choice.split else pl.lit("")
    return _in_form(found.with_columns(group.alias("group"), pl.col("mean").alias("estimate")))


def _groups(analysis: StudyAnalysis, choice: Choice) -> tuple[str, ...]:
    return analysis.groups(choice.split) if choice.split else ("",)


def _contrasts(
    analysis: StudyAnalysis, choice: Choice, kind: Kind, fields: Sequence[str]
) -> pl.DataFrame:
    empty = pl.DataFrame(schema=CONTRASTS)
    if not choice.split or not fields or len(_groups(analysis, choice)) != 2:
        return empty
    if kind == "share":
        found = analysis.differences(choice.indicator, by=choice.split, fields=_named(fields)).frame
        return _in_form(found.with_columns(pl.lit("newcombe").alias("method")), CONTRASTS)
    rows = [_contrast_of_means(analysis, choice, field) for field in fields]
    return pl.concat([empty, *(row for row in rows if row is not None)])


def _contrast_of_means(analysis: StudyAnalysis, choice: Choice, field: str) -> pl.DataFrame | None:
    """The least-squares difference in a field, or None where a group has nothing to compare."""
    try:
        found = analysis.ols(choice.indicator, by=choice.split, fields=_named([field])).frame
    except SamspillError:
        return None
    row = found.filter(pl.col("term") != "intercept").rename({"estimate": "difference"})
    if "estimate_weighted" in row.columns:
        row = row.rename({"estimate_weighted": "difference_weighted"})
    return _in_form(row.with_columns(pl.lit("ols").alias("method")), CONTRASTS)


def _named(fields: Sequence[str]) -> list[str] | None:
    return None if list(fields) == [""] else list(fields)


def _in_form(frame: pl.DataFrame, schema: Mapping[str, type[pl.DataType]] = SCHEMA) -> pl.DataFrame:
    missing = [
        pl.lit("" if kind is pl.String else None, dtype=kind).alias(name)
        for name, kind in schema.items()
        if name not in frame.columns
    ]
    return frame.with_columns(missing).select(
        pl.col(name).cast(kind) for name, kind in schema.items()
    )


def _hidden(edition: Edition, choice: Choice, kind: Kind, frame: pl.DataFrame) -> tuple[str, ...]:
    """The fields whose numbers give away a small cell of real answers."""
    if not holds_real_answers(edition.analysis):
        return ()
    fields = frame["field"].unique(maintain_order=True).to_list()
    if kind == "share":
        found = withheld(edition, choice.split)
        return tuple(f for f in fields if is_withheld(found, choice.indicator, f))
    column = "count" if kind == "category" else "n"
    small = {row["field"] for row in frame.to_dicts() if too_few(row[column])}
    return tuple(field for field in fields if field in small)
