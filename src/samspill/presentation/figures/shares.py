"""Figures of shares: every indicator in every field, for all units together."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.language import Translator, format_percent, translator
from samspill.presentation.figures.bars import bar_chart, share_lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.registry import FigureSpec
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import (
    RECONSTRUCTED,
    Analysis,
    Term,
    defined,
    field_terms,
    has_unnamed_field,
    indicator_terms,
    is_founding,
    scheme_terms,
    shares_of,
    vocabulary_of,
    weakest,
)
from samspill.presentation.tables.weighted import share_columns
from samspill.presentation.tables.words import (
    base_range,
    in_words,
    interval_sentence,
    provenance_sentence,
    quoted,
)

STEP = 27


def shares_figure(analysis: Analysis, spec: FigureSpec, language: str) -> Figure:
    """A figure of shape ``shares``."""
    t = translator(language)
    indicators = terms_of(analysis, spec, language)
    fields = fields_of(analysis, spec, language)
    data = labelled(shares_of(analysis, indicators, fields), indicators, fields or (), spec)
    data = data.with_columns(_strong(analysis, spec).alias("strong"))
    if not fields:
        data = data.sort("share", descending=True, maintain_order=True)
    rows, panels = in_order(data, "row"), in_order(data, "panel")
    alt = alt_text(data, panels, t)
    lanes = share_lanes(
        panels, rows, language, step=STEP, headings=_headings(panels) if len(panels) > 1 else None
    )
    title = t(spec.title)
    note = note_text(analysis, spec, data, t)
    return Figure(
        number=spec.number,
        title=title,
        subtitle=_subtitle(spec, data, t),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(data["n"].max()),  # type: ignore[arg-type]
        language=language,
        chart=bar_chart(data, lanes, heads(spec, t), language, alt),
        data=data.drop("strong"),
        table=shares_table(spec, title, note, data, t),
    )


def terms_of(analysis: Analysis, spec: FigureSpec, language: str) -> tuple[Term, ...]:
    """The indicators of a figure, in the vocabulary's order."""
    if spec.scheme:
        return scheme_terms(analysis, spec.scheme, language)
    return indicator_terms(analysis, defined(analysis, spec.indicators), language)


def fields_of(analysis: Analysis, spec: FigureSpec, language: str) -> tuple[Term, ...] | None:
    """The fields of a figure, or None where it is about whole units."""
    if spec.fields == "none":
        return None
    return field_terms(analysis, language, in_depth=spec.fields == "in_depth")


def labelled(
    data: pl.DataFrame, indicators: Sequence[Term], fields: Sequence[Term], spec: FigureSpec
) -> pl.DataFrame:
    """``data`` with labels ``row`` and ``panel``, sorted by fields' and indicators' order."""
    indicator = {term.identifier: term.label for term in indicators}
    field = {term.identifier: term.label for term in fields} or {"": ""}
    row, panel = ("indicator", "field") if spec.rows == "indicators" else ("field", "indicator")
    words = {"indicator": indicator, "field": field}
    rank = {
        name: pl.col(name).replace_strict(list(labels), range(len(labels)))
        for name, labels in words.items()
    }
    return data.sort(rank[panel], rank[row], maintain_order=True).with_columns(
        pl.col(row).replace_strict(words[row]).alias("row"),
        pl.col(panel).replace_strict(words[panel]).alias("panel"),
    )


def heads(spec: FigureSpec, t: Translator) -> tuple[str, str]:
    """What the rows and the panels of a figure are."""
    if spec.shape == "categories":
        return t("Category"), t("Field")
    if spec.fields == "none":
        return t("Theme"), ""
    indicator, field = t("Indicator"), t("Field")
    return (indicator, field) if spec.rows == "indicators" else (field, indicator)


def in_order(data: pl.DataFrame, column: str) -> list[str]:
    return data[column].unique(maintain_order=True).to_list()


def _headings(panels: Sequence[str]) -> list[list[str]]:
    return [[panel] for panel in panels]


def _strong(analysis: Analysis, spec: FigureSpec) -> pl.Expr:
    """Whether a bar is drawn in full colour: everything, or the fields studied in depth."""
    if spec.fields != "all":
        return pl.lit(True)
    deep = vocabulary_of(analysis).fields.having(in_depth=True)
    return pl.col("field").is_in([concept.identifier for concept in deep])


def _subtitle(spec: FigureSpec, data: pl.DataFrame, t: Translator) -> str:
    n = base_range(data["n"].to_list())
    if spec.fields == "none":
        return t("Share of the {n} units that answered the open question.", n=n)
    if spec.fields == "all" and data["strong"].n_unique() == 2:
        return t(
            "Share of {n} municipalities and city districts. Dark bars: fields studied in depth.",
            n=n,
        )
    return t("Share of {n} municipalities and city districts, in each field.", n=n)


def note_text(
    analysis: Analysis,
    spec: FigureSpec,
    data: pl.DataFrame,
    t: Translator,
    source: str = "row",
) -> str:
    """Method, remarks and provenance; ``source`` is the label that provenance is told by."""
    sentences = [interval_sentence(data["method"].to_list(), t)]
    sentences += [t(remark) for remark in spec.remarks]
    known = weakest(data["provenance"].to_list())
    if spec.undrawn and is_founding(analysis) and known in RECONSTRUCTED:
        sentences.append(t(spec.undrawn))
    if spec.fields == "all" and has_unnamed_field(analysis):
        sentences.append(
            t("One further area was asked about, but the report does not name it: it is left out.")
        )
    sentences.append(provenance_sentence(data, t, source))
    return " ".join(sentences)


def alt_text(data: pl.DataFrame, panels: Sequence[str], t: Translator) -> str:
    """What a bar chart shows: its extent, its extremes, and the top of every panel."""
    rows = in_order(data, "row")
    intro = t(
        "Bar chart of shares with {rows} rows; n = {n}.",
        rows=len(rows),
        n=base_range(data["n"].to_list()),
    )
    if len(panels) > 1:
        intro = t(
            "Bar chart of shares with {rows} rows in {panels} panels: {names}; n = {n}.",
            rows=len(rows),
            panels=len(panels),
            names=", ".join(panels),
            n=base_range(data["n"].to_list()),
        )
    sentences = [intro, extremes(data, t)]
    if len(panels) == 1:
        parts = [f"{r['row']} {_percent(r, t)}" for r in data.iter_rows(named=True)]
        sentences.append(t("All in order: {parts}.", parts="; ".join(parts)))
    else:
        tops = []
        for panel in panels:
            part = data.filter(pl.col("panel") == panel)
            top = part.sort("share", descending=True, maintain_order=True).row(0, named=True)
            tops.append(f"{panel}: {quoted(top['row'], t)} ({_percent(top, t)})")
        sentences.append(t("Most common in each panel: {parts}.", parts="; ".join(tops)))
    return " ".join(sentences)


def extremes(data: pl.DataFrame, t: Translator) -> str:
    """The highest and the lowest share, with their counts."""
    several = data["panel"].n_unique() > 1
    ordered = data.with_columns(several=several).sort("share", maintain_order=True)
    low, high = ordered.row(0, named=True), ordered.row(-1, named=True)
    return t("Highest: {high}. Lowest: {low}.", high=_described(high, t), low=_described(low, t))


def _described(row: dict[str, object], t: Translator) -> str:
    place = quoted(str(row["row"]), t)
    if row["several"]:
        place = t("{row} in {panel}", row=place, panel=quoted(str(row["panel"]), t))
    return t(
        "{place}, {share} ({count} of {n})",
        place=place,
        share=_percent(row, t),
        count=row["count"],
        n=row["n"],
    )


def _percent(row: dict[str, object], t: Translator) -> str:
    return format_percent(float(str(row["share"])), 0, t.language)


def shares_table(
    spec: FigureSpec, title: str, note: str, data: pl.DataFrame, t: Translator
) -> Table:
    """The numbers of a figure of shares, one row per bar."""
    lone = data["panel"].n_unique() == 1
    row_head, panel_head = heads(spec, t)
    columns = (
        *([] if lone else [Column("panel", panel_head)]),
        Column("row", row_head),
        Column("count", t("Count"), "integer"),
        Column("n", t("n"), "integer"),
        Column("share", t("Share"), "share", 1),
        Column("low", t("95% interval from"), "share", 1),
        Column("high", t("95% interval to"), "share", 1),
        *share_columns(data, t),
        Column("provenance", t("Provenance")),
    )
    written = data.with_columns(in_words(data["provenance"], t))
    provenance = weakest(data["provenance"].to_list())
    group = "" if lone else "panel"
    return Table(spec.number, title, note, columns, written, t.language, provenance, group)
