"""The explorer's figure: the same bars, points and tables as the report's."""

from __future__ import annotations

import math
from typing import Any

import polars as pl
import vl_convert  # noqa: F401  (loaded with the server, not with the first page)
from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import Translator, format_number, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.bars import bar_chart, share_lanes
from samspill.presentation.figures.charts import Chart
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.policy import alt_text as policy_alt
from samspill.presentation.figures.policy import paired_chart
from samspill.presentation.figures.shares import alt_text as bars_alt
from samspill.presentation.figures.shares import in_order
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import POLICY, group_of, splits_by_policy, weakest
from samspill.presentation.tables.weighted import mean_columns, share_columns
from samspill.presentation.tables.words import (
    base_range,
    in_words,
    interval_sentence,
    provenance_sentence,
    star_sentence,
)
from samspill.statistics import stars
from samspill.web.results.explorer import Choice
from samspill.web.results.explorer_numbers import Numbers
from samspill.web.results.words import language

NUMBER = "explorer"
LANES = 4
STEP = 27
PAIRED_STEP = 42
PAIRED_ROOM = 0.62


def explorer_figure(
    analysis: StudyAnalysis, choice: Choice, numbers: Numbers, title: str
) -> Figure:
    """The figure of a choice, in the page's language; ``numbers`` must have rows."""
    t = translator(language())
    data = _labelled(analysis, choice, numbers)
    paired = numbers.kind == "share" and choice.split == POLICY and splits_by_policy(analysis)
    note = _note(numbers, data, t)
    if paired:
        chart, alternative = _pairs(data, numbers, t)
        note = f"{note} {star_sentence(t)}"
    elif numbers.kind == "mean":
        alternative = _means_alt(data)
        chart = _mean_chart(data, t, alternative)
    else:
        alternative = bars_alt(data, in_order(data, "panel"), t)
        chart = _bars(data, t, alternative)
    known = weakest(data["provenance"].to_list())
    return Figure(
        number=NUMBER,
        title=title,
        subtitle=_subtitle(numbers, data),
        alt=alternative,
        note=note,
        provenance=known,
        n=int(data["n"].max()),  # type: ignore[arg-type]
        language=language(),
        chart=chart,
        data=data,
        table=_table(choice, numbers, data, title, note, known, t),
    )


def category_label(analysis: StudyAnalysis, choice: Choice, value: str) -> str:
    """The label of a category of the choice's variable."""
    variable = analysis.definition(choice.indicator).variables[0]
    return analysis.labels.category(variable, value, language())


def group_label(analysis: StudyAnalysis, choice: Choice, group: str) -> str:
    """The label of a group of the split; empty where all units stand together."""
    if not group:
        return ""
    if not analysis.categories(choice.split):
        return group
    return analysis.labels.category(choice.split, group, language())


def field_label(analysis: StudyAnalysis, field: str) -> str:
    """The label of a field; of no field, that the unit as a whole is meant."""
    return analysis.label(field, language()) if field else _("The unit as a whole")


def _labelled(analysis: StudyAnalysis, choice: Choice, numbers: Numbers) -> pl.DataFrame:
    """``numbers.frame`` with ``field_label``, ``group_label``, ``value_label``, and where each row
    is drawn: ``row`` and ``panel``."""
    rows = numbers.frame.to_dicts()
    frame = numbers.frame.with_columns(
        pl.Series("field_label", [field_label(analysis, r["field"]) for r in rows]),
        pl.Series("group_label", [group_label(analysis, choice, r["group"]) for r in rows]),
        pl.Series(
            "value_label",
            [category_label(analysis, choice, r["value"]) if r["value"] else "" for r in rows],
            dtype=pl.String,
        ),
        share=pl.col("estimate"),
        indicator=pl.lit(choice.indicator),
        strong=pl.lit(True),
    )
    row, panel = _places(numbers, frame)
    return frame.with_columns(row.alias("row"), panel.alias("panel"))


def _places(numbers: Numbers, frame: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    field, group, value = pl.col("field_label"), pl.col("group_label"), pl.col("value_label")
    if numbers.kind == "category":
        if frame["field"].n_unique() <= LANES:
            return value, field
        return pl.concat_str(field, value, separator=" · "), pl.lit("")
    groups = frame["group"].n_unique()
    if groups <= LANES:
        return field, group
    if frame["field"].n_unique() <= LANES:
        return group, field
    return pl.concat_str(field, group, separator=" · "), pl.lit("")


def _bars(data: pl.DataFrame, t: Translator, alternative: str) -> Any:
    panels = in_order(data, "panel")
    lanes = share_lanes(
        panels,
        in_order(data, "row"),
        t.language,
        step=STEP,
        headings=[[panel] for panel in panels] if len(panels) > 1 or panels[0] else None,
    )
    return bar_chart(data, lanes, ("", ""), t.language, alternative)


def _pairs(data: pl.DataFrame, numbers: Numbers, t: Translator) -> tuple[Any, str]:
    """Two groups in every row; fields where one group has no answers stand without difference."""
    tests = numbers.contrasts.select("field", "difference", "p")
    pairs = data.with_columns(group_of(pl.col("group")).alias("group"), panel=pl.lit("")).join(
        tests, on="field", how="left", maintain_order="left"
    )
    marks = [stars(p) if p is not None else "" for p in pairs["p"]]
    pairs = pairs.with_columns(pl.Series("stars", marks, dtype=pl.String))
    both = pairs.filter(pl.col("difference").is_not_null())
    alternative = policy_alt(both, t) if both.height else bars_alt(pairs, [""], t)
    lanes = share_lanes(
        [""], in_order(pairs, "row"), t.language, step=PAIRED_STEP, after=PAIRED_ROOM
    )
    return paired_chart(pairs, lanes, ("", ""), t.language, alternative), alternative


def _mean_chart(data: pl.DataFrame, t: Translator, description: str) -> Any:
    panels = in_order(data, "panel")
    top = max(1, math.ceil(max(data["estimate"])))
    lanes = Lanes(
        tuple(panels),
        tuple(in_order(data, "row")),
        low=0.0,
        high=float(top),
        after=0.2 * top,
        ticks={0.0: "0", float(top): str(top)},
        step=STEP,
        headings=tuple((panel,) for panel in panels) if any(panels) else (),
    )
    written = [format_number(value, 2, t.language) for value in data["estimate"]]
    placed = lanes.place(data.with_columns(pl.Series("written", written)), x="estimate")
    base = Chart(placed).encode(y=lanes.y())
    bars = base.mark_bar(height={"band": 0.62}, color=style.MUNICIPALITY)
    numbers = base.mark_text(align="left", dx=6, aria=False)
    layers = [
        bars.encode(x=lanes.x("x_start"), x2="x"),
        numbers.encode(x=lanes.x("x"), text="written:N"),
    ]
    return lanes.chart(layers, description)


def _means_alt(data: pl.DataFrame) -> str:
    parts = [
        ", ".join(part for part in (row["row"], row["panel"]) if part)
        + f": {format_number(row['estimate'], 2, language())} (n = {row['n']})"
        for row in data.to_dicts()
    ]
    return _("Bar chart of means. %(means)s.") % {"means": "; ".join(parts)}


def _subtitle(numbers: Numbers, data: pl.DataFrame) -> str:
    n = base_range(data["n"].to_list())
    if numbers.kind == "mean":
        return _("Mean among %(n)s units.") % {"n": n}
    return _("Share of %(n)s units.") % {"n": n}


def _note(numbers: Numbers, data: pl.DataFrame, t: Translator) -> str:
    sentences = []
    if numbers.kind == "mean":
        sentences.append(_("The table gives the means with Student's intervals."))
    else:
        sentences.append(interval_sentence(data["method"].to_list(), t))
    sentences.append(provenance_sentence(data, t))
    return " ".join(sentences)


def _table(
    choice: Choice,
    numbers: Numbers,
    data: pl.DataFrame,
    title: str,
    note: str,
    provenance: str,
    t: Translator,
) -> Table:
    mean = numbers.kind == "mean"
    columns = [Column("field_label", _("Field"))]
    columns += [Column("group_label", _("Group"))] if choice.split else []
    columns += [Column("value_label", _("Category"))] if numbers.kind == "category" else []
    columns += [] if mean else [Column("count", _("Number of units"), "integer")]
    columns.append(Column("n", "n", "integer"))
    if mean:
        columns += [
            Column("estimate", _("Mean"), "number", 2),
            Column("low", _("95% interval from"), "number", 2),
            Column("high", _("95% interval to"), "number", 2),
            *mean_columns(data, t),
        ]
    else:
        columns += [
            Column("estimate", _("Share"), "share", 1),
            Column("low", _("95% interval from"), "share", 1),
            Column("high", _("95% interval to"), "share", 1),
            *share_columns(data, t),
        ]
    columns.append(Column("provenance", _("Provenance")))
    written = data.with_columns(in_words(data["provenance"], t))
    return Table(NUMBER, title, note, tuple(columns), written, t.language, provenance)
