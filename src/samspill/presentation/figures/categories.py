"""Figures of ordered categories: one lane a field, one row a category."""

from __future__ import annotations

from typing import Any

import polars as pl

from samspill.language import translator
from samspill.presentation.figures.bars import bar_chart, share_lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.registry import FigureSpec
from samspill.presentation.figures.shares import (
    alt_text,
    fields_of,
    heads,
    in_order,
    note_text,
    shares_table,
)
from samspill.presentation.tables.source import (
    WEIGHTED_SHARE,
    Analysis,
    LacksAnswers,
    require,
    weakest,
)
from samspill.presentation.tables.words import base_range

STEP = 27


def categories_figure(analysis: Analysis, spec: FigureSpec, language: str) -> Figure:
    """A figure of shape ``categories``."""
    t = translator(language)
    data = _distribution(analysis, spec, language)
    panels, rows = in_order(data, "panel"), _rows(data)
    headings = [[panel, f"n = {_base(data, panel)}"] for panel in panels]
    lanes = share_lanes(panels, rows, language, step=STEP, headings=headings)
    title, alt = t(spec.title), alt_text(data, panels, t)
    note = note_text(analysis, spec, data, t, source="panel")
    return Figure(
        number=spec.number,
        title=title,
        subtitle=t(
            "Share in each category, of the {n} municipalities and city districts that gave a "
            "number in the field.",
            n=base_range(data["n"].to_list()),
        ),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(data["n"].max()),  # type: ignore[arg-type]
        language=language,
        chart=bar_chart(data.with_columns(strong=True), lanes, heads(spec, t), language, alt),
        data=data,
        table=shares_table(spec, title, note, data, t),
    )


def _distribution(analysis: Analysis, spec: FigureSpec, language: str) -> pl.DataFrame:
    fields = fields_of(analysis, spec, language) or ()
    variable = spec.indicators[0]
    require(analysis, [variable])
    lacking = LacksAnswers(
        f"The study has no ordered answers for {variable}.",
        "Choose a figure or table whose questions the study asked.",
    )
    if not has_categories(analysis, variable):
        raise lacking
    frame = analysis.distribution(variable).frame
    order = {term.identifier: position for position, term in enumerate(fields)}
    labels = {term.identifier: term.label for term in fields}
    frame = frame.filter(pl.col("field").is_in(list(order)), pl.col("n") > 0)
    if frame.is_empty():
        raise lacking
    values = {value: _category(analysis, variable, value, language) for value in frame["value"]}
    method = pl.col("method") if "method" in frame.columns else pl.lit("wilson")
    return (
        frame.with_columns(
            pl.lit("all").alias("group"),
            method.alias("method"),
            pl.col("n", "count", "order").cast(pl.Int64),
            pl.col("value").replace_strict(values, return_dtype=pl.String).alias("row"),
            pl.col("field").replace_strict(labels, return_dtype=pl.String).alias("panel"),
        )
        .sort(pl.col("field").replace_strict(order, return_dtype=pl.Int64), "order")
        .select(
            *("indicator", "field", "group", "value", "order", "n", "count", "share"),
            *("low", "high", "method", "provenance", "row", "panel"),
            *(name for name in WEIGHTED_SHARE if name in frame.columns),
        )
    )


def has_categories(analysis: Any, variable: str) -> bool:
    """Whether the answers behind an indicator are categories, and of some field."""
    definition = analysis.definitions[variable]
    source = definition.variables[0]
    return bool(definition.per_field and analysis.categories(source) and analysis.all_fields)


def _category(analysis: Any, variable: str, value: object, language: str) -> str:
    label: str = analysis.labels.category(variable, value, language)
    return label


def _rows(data: pl.DataFrame) -> list[str]:
    return data.sort("order")["row"].unique(maintain_order=True).to_list()


def _base(data: pl.DataFrame, panel: str) -> str:
    return base_range(data.filter(pl.col("panel") == panel)["n"].to_list())
