"""Many small groups: each one's own number, and what it becomes when all are read together."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from samspill.language import Translator, format_number, format_percent, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.shares import in_order
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables.groups import groups_table
from samspill.presentation.tables.source import weakest
from samspill.presentation.tables.words import (
    base_range,
    listed,
    message,
    provenance_sentence,
    quoted,
)

STEP = 30
APART = 5
NAMED = 5

WRITTEN_OUT = message(
    "{panels} panels of {rows} rows, each with two points: the group's own number (ring) and the "
    "partially pooled one (dot), with their intervals."
)
ONE_PANEL = message(
    "{rows} rows, each with two points: the group's own number (ring) and the partially pooled one "
    "(dot), with their intervals."
)
METHOD = {
    "beta-binomial": message(
        "Partial pooling by a beta-binomial model; the intervals count that the spread between the "
        "groups is estimated."
    ),
    "logistic-normal": message(
        "Partial pooling by a logit with a random intercept; the intervals count that the spread "
        "between the groups is estimated."
    ),
    "normal": message(
        "Partial pooling by a normal model of the groups' means; the intervals count that the "
        "spread between the groups is estimated."
    ),
}


def groups_figure(
    data: pl.DataFrame,
    language: str,
    *,
    number: str,
    title: str,
    model: str,
    means: bool = False,
    remark: str = "",
) -> Figure:
    """A figure of groups raw and pooled.

    ``data`` has the columns of ``StudyAnalysis.pooled`` and labels ``row`` and ``panel`` (empty for
    a single one), sorted as it is to be drawn. ``means`` says that the numbers are no shares.
    """
    t = translator(language)
    alt = _alt(data, t, means)
    kind = model.split(",", maxsplit=1)[0]
    sentences = [
        t("The line across each row stands at what the groups are drawn towards."),
        t(METHOD[kind]) if kind in METHOD else model,
        remark,
        provenance_sentence(data, t),
    ]
    note = " ".join(filter(None, sentences))
    answered = data.filter(~pl.col("predicted"))
    return Figure(
        number=number,
        title=title,
        subtitle=t(
            "Each group's own number and the partially pooled one, with 95% intervals; n = {n}.",
            n=base_range(answered["n"].to_list()),
        ),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(answered["n"].max()),  # type: ignore[arg-type]
        language=language,
        chart=_chart(data, language, alt, means),
        data=data,
        table=groups_table(number, title, note, data, t, means=means),
    )


def written(value: float, language: str, means: bool, decimals: int = 0) -> str:
    """A share as per cent, or a mean with two decimals."""
    if means:
        return format_number(value, 2, language)
    return format_percent(value, decimals, language)


def _lanes(data: pl.DataFrame, language: str, means: bool) -> Lanes:
    panels = in_order(data, "panel")
    ends = [v for name in ("raw_low", "low", "raw_high", "high") for v in data[name].drop_nulls()]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    step = _tick_step(high - low) if means else (0.5 if len(panels) > 2 else 0.25)
    low = math.floor(low / step) * step if means else 0.0
    high = math.ceil(high / step) * step if means else 1.0
    ticks = [low + step * i for i in range(round((high - low) / step) + 1)]
    names = {
        tick: format_number(tick, 1 if step < 1 else 0, language)
        if means
        else (format_percent(tick, 0, language) if tick == 1 else f"{100 * tick:.0f}")
        for tick in ticks
    }
    room = 0.4 if len(panels) > 1 else 0.13
    return Lanes(
        tuple(panels),
        tuple(in_order(data, "row")),
        low=low,
        high=high,
        after=room * (high - low),
        ticks=names,
        step=STEP,
        headings=tuple((panel,) for panel in panels) if any(panels) else (),
    )


def _tick_step(width: float) -> float:
    return next((step for step in (0.1, 0.2, 0.5, 1.0, 2.0) if width / step <= 6), 5.0)


def _chart(data: pl.DataFrame, language: str, description: str, means: bool) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    t = translator(language)
    lanes = _lanes(data, language, means)
    rows = data.to_dicts()
    told = data.with_columns(
        pl.Series(
            "written",
            [
                "" if row["pooled"] is None else written(row["pooled"], language, means)
                for row in rows
            ],
        ),
        pl.Series("tooltip", [_sentence(row, t, means) for row in rows]),
    )
    placed = lanes.place(
        told,
        x_raw="raw",
        x_raw_low="raw_low",
        x_raw_high="raw_high",
        x="pooled",
        x_low="low",
        x_high="high",
        x_centre="centre",
    ).with_columns(
        (
            pl.col("x_start") + (lanes.high - lanes.low) * (1.1 if len(lanes.panels) > 2 else 1.03)
        ).alias("x_number")
    )
    base = Chart(placed).encode(
        y=lanes.y(),
        tooltip=[
            alt.Tooltip("row:N", title=t("Group")),
            alt.Tooltip("tooltip:N", title=t("Raw and pooled")),
        ],
    )
    raw = base.transform_filter("datum.raw != null")
    pooled = base.transform_filter("datum.pooled != null")
    layers = [
        pooled.mark_tick(
            color=style.PROGRAM, thickness=1.2, height=STEP - 4, opacity=0.7, aria=False
        ).encode(x=lanes.x("x_centre")),
        raw.mark_rule(color=style.SOFT, strokeWidth=1.1, yOffset=-APART, aria=False).encode(
            x=lanes.x("x_raw_low"), x2="x_raw_high"
        ),
        raw.mark_point(**_ring(), yOffset=-APART).encode(x=lanes.x("x_raw")),
        pooled.mark_rule(
            color=style.MUNICIPALITY, strokeWidth=2.2, yOffset=APART, aria=False
        ).encode(x=lanes.x("x_low"), x2="x_high"),
        pooled.transform_filter("!datum.predicted")
        .mark_point(**_dot(), yOffset=APART)
        .encode(x=lanes.x("x")),
        pooled.transform_filter("datum.predicted")
        .mark_point(**_diamond(), yOffset=APART)
        .encode(x=lanes.x("x")),
        base.mark_text(align="left", color=style.INK, aria=False).encode(
            x=lanes.x("x_number"), text="written:N"
        ),
        *_key(data, lanes, t),
    ]
    return lanes.chart(layers, description)


def _ring() -> dict[str, Any]:
    return {
        "shape": "circle", "size": 42, "opacity": 1, "filled": True, "fill": style.PAPER,
        "stroke": style.SOFT, "strokeWidth": 1.4,
    }  # fmt: skip


def _dot() -> dict[str, Any]:
    return {
        "shape": "circle", "size": 62, "opacity": 1, "filled": True, "fill": style.MUNICIPALITY,
        "stroke": style.MUNICIPALITY, "strokeWidth": 1.4,
    }  # fmt: skip


def _diamond() -> dict[str, Any]:
    return {**_dot(), "shape": "diamond", "fill": style.PAPER, "size": 80}


def _key(data: pl.DataFrame, lanes: Lanes, t: Translator) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    y = -lanes.heading_height - 16
    entries = [(_ring(), t("the group alone")), (_dot(), t("partially pooled"))]
    if data["predicted"].any():
        entries.append((_diamond(), t("predicted: no answers")))
    layers, left = [], 6
    for symbol, words in entries:
        entry = Chart(pl.DataFrame({"key": [words]}))
        at = {"x": alt.value(left), "y": alt.value(y)}
        layers.append(entry.mark_point(**symbol, aria=False).encode(**at))
        text = entry.mark_text(align="left", fontSize=style.SMALL, aria=False)
        layers.append(text.encode(x=alt.value(left + 12), y=alt.value(y), text="key:N"))
        left += 36 + round(text_width(words, style.SMALL))
    return layers


def _sentence(row: dict[str, Any], t: Translator, means: bool) -> str:
    def say(value: float) -> str:
        return written(value, t.language, means, 1)

    if row["pooled"] is None:
        return (
            "" if row["raw"] is None else t("raw {raw} (n = {n})", raw=say(row["raw"]), n=row["n"])
        )
    if row["predicted"]:
        return t(
            "no answers; predicted {pooled}, 95% interval {low} to {high}",
            pooled=say(row["pooled"]),
            low=say(row["low"]),
            high=say(row["high"]),
        )
    return t(
        "raw {raw} (n = {n}), pooled {pooled}, 95% interval {low} to {high}",
        raw=say(row["raw"]),
        n=row["n"],
        pooled=say(row["pooled"]),
        low=say(row["low"]),
        high=say(row["high"]),
    )


def _alt(data: pl.DataFrame, t: Translator, means: bool) -> str:
    panels, rows = data["panel"].n_unique(), data["row"].n_unique()
    sentences = [
        t(WRITTEN_OUT, panels=panels, rows=rows) if panels > 1 else t(ONE_PANEL, rows=rows)
    ]
    known = data.filter(~pl.col("predicted"), pl.col("pooled").is_not_null())
    if known.is_empty():
        return sentences[0]

    def say(value: float) -> str:
        return written(value, t.language, means)

    ordered = known.sort("pooled", maintain_order=True).to_dicts()
    low, high = ordered[0], ordered[-1]
    sentences += [
        t(
            "Raw numbers run from {raw_low} to {raw_high}, pooled ones from {low} to {high}.",
            raw_low=say(known["raw"].min()),  # type: ignore[arg-type]
            raw_high=say(known["raw"].max()),  # type: ignore[arg-type]
            low=say(low["pooled"]),
            high=say(high["pooled"]),
        ),
        t(
            "Highest pooled: {high}. Lowest: {low}.",
            high=_place(high, t, panels),
            low=_place(low, t, panels),
        ),
    ]
    outstanding = known.filter(pl.col("stands_out") != "").to_dicts()
    if panels == 1:
        names = listed([quoted(row["row"], t) for row in outstanding[:NAMED]], t)
        sentences.append(
            t("Surely apart from the mean of the groups: {names}.", names=names)
            if 0 < len(outstanding) <= NAMED
            else t(
                "Surely apart from the mean of the groups: {n} of {k}.",
                n=len(outstanding),
                k=known.height,
            )
        )
    return " ".join(sentences)


def _place(row: dict[str, Any], t: Translator, panels: int) -> str:
    if panels == 1:
        return quoted(row["row"], t)
    return t("{row} in {panel}", row=quoted(row["row"], t), panel=quoted(row["panel"], t))
