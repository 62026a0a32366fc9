"""Shares as bars with intervals: rows across one lane a panel, the number beside each bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.language import Translator, format_percent, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.tables.words import message

if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL_ROOM = 0.34
SHARE_TICKS = (0.0, 0.5, 1.0)


def share_lanes(
    panels: Sequence[str],
    rows: Sequence[str],
    language: str,
    *,
    step: int,
    after: float = LABEL_ROOM,
    headings: Sequence[Sequence[str]] | None = None,
) -> Lanes:
    """Lanes from 0 to 100 per cent; a lone panel has finer ticks and needs less room for labels."""
    lone = len(panels) == 1
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0) if lone else SHARE_TICKS
    return Lanes(
        tuple(panels),
        tuple(rows),
        low=0.0,
        high=1.0,
        after=after / 3 if lone else after,
        ticks={
            tick: format_percent(tick, 0, language) if tick == 1 else f"{100 * tick:.0f}"
            for tick in ticks
        },
        step=step,
        headings=tuple(tuple(lines) for lines in headings or ()),
    )


def share_words(data: pl.DataFrame, language: str) -> pl.DataFrame:
    """``data`` with the share as written (``written``) and a sentence of it (``tooltip``)."""
    t = translator(language)
    rows = data.to_dicts()
    return data.with_columns(
        pl.Series("written", [format_percent(r["share"], 0, language) for r in rows]),
        pl.Series("tooltip", [tooltip(r, t) for r in rows]),
    )


def tooltip(row: dict[str, Any], t: Translator) -> str:
    return t(
        message("{share} ({count} of {n}), 95% interval {low} to {high}"),
        share=format_percent(row["share"], 1, t.language),
        count=row["count"],
        n=row["n"],
        low=format_percent(row["low"], 1, t.language),
        high=format_percent(row["high"], 1, t.language),
    )


def bar_chart(
    data: pl.DataFrame, lanes: Lanes, heads: tuple[str, str], language: str, description: str
) -> Any:
    """Bars for ``data`` (columns ``row``, ``panel``, ``share``, ``low``, ``high``, ``strong``)."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    placed = lanes.place(share_words(data, language), x="share", x_low="low", x_high="high")
    base = Chart(placed).encode(y=lanes.y(), tooltip=tooltips(heads, language))
    fill = alt.condition(
        "datum.strong", alt.value(style.MUNICIPALITY), alt.value(style.MUNICIPALITY_LIGHT)
    )
    bars = base.mark_bar(height={"band": 0.62}).encode(x=lanes.x("x_start"), x2="x", color=fill)
    halo = base.mark_rule(strokeWidth=4, color=style.PAPER, aria=False)
    line = base.mark_rule(strokeWidth=1.4, color=style.INK, aria=False)
    ends = {"x": lanes.x("x_low"), "x2": "x_high"}
    numbers = base.mark_text(align="left", dx=6, aria=False).encode(
        x=lanes.x("x_high"), text="written:N"
    )
    return lanes.chart([bars, halo.encode(**ends), line.encode(**ends), numbers], description)


def tooltips(heads: tuple[str, str], language: str) -> list[Any]:
    """What a mark says when pointed at: its row, its panel, its share with base and interval."""
    import altair as alt

    return [
        alt.Tooltip("row:N", title=heads[0]),
        alt.Tooltip("panel:N", title=heads[1]),
        alt.Tooltip("tooltip:N", title=translator(language)("Share")),
    ]
