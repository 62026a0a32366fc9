"""The comparisons by policy that readers of the report never saw: differences with intervals."""

from __future__ import annotations

import math
from collections.abc import Set
from typing import Any, Literal

import polars as pl

from samspill.language import Translator, format_number, format_p, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.registry import FigureSpec
from samspill.presentation.figures.shares import fields_of, in_order
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables.policy import effects_table
from samspill.presentation.tables.source import (
    Analysis,
    LacksAnswers,
    indicator_terms,
    policy_family,
    weakest,
)
from samspill.presentation.tables.words import (
    base_range,
    listed,
    message,
    provenance_sentence,
    quoted,
)

STEP = 25
LEVEL = 0.05
NORMAL = 1.959963984540054
NUMBER_ROOM = 0.17

Scale = Literal["points", "odds"]
Correction = Literal["bh", "holm", "none"]


def effects_figure(
    analysis: Analysis,
    spec: FigureSpec,
    language: str,
    *,
    scale: Scale = "points",
    correction: Correction = "bh",
    hidden: Set[tuple[str, str]] = frozenset(),
) -> Figure:
    """A figure of shape ``effects``.

    ``scale`` draws differences in percentage points, or odds ratios on a logarithmic axis.
    ``correction`` says by which method the rings are drawn; ``hidden`` names indicators and
    fields to leave out, which still count among the tests corrected for.
    """
    t = translator(language)
    data = _data(analysis, spec, language, scale, correction, hidden)
    alt = _alt(data, t, scale, correction)
    title = t(spec.title)
    note = _note(data, t, scale, correction)
    totals = data["n_reference"] + data["n_comparison"]
    return Figure(
        number=spec.number,
        title=title,
        subtitle=t(
            SUBTITLES[scale],
            with_policy=base_range(data["n_comparison"].to_list()),
            without=base_range(data["n_reference"].to_list()),
        ),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(totals.max()),  # type: ignore[arg-type]
        language=language,
        chart=_chart(data, language, alt, scale, correction),
        data=data,
        table=effects_table(spec.number, title, note, data, t, "panel"),
    )


SUBTITLES = {
    "points": message(
        "Difference in share between {with_policy} units with and {without} without a "
        "volunteer policy, in percentage points."
    ),
    "odds": message(
        "Odds ratio between {with_policy} units with and {without} without a volunteer policy, "
        "on a logarithmic scale."
    ),
}


def _data(
    analysis: Analysis,
    spec: FigureSpec,
    language: str,
    scale: Scale,
    correction: Correction,
    hidden: Set[tuple[str, str]],
) -> pl.DataFrame:
    fields = fields_of(analysis, spec, language) or ()
    labels = {term.identifier: term.label for term in fields}
    frame = policy_family(analysis).filter(pl.col("field").is_in(list(labels)))
    tests = frame.height
    left = [pair not in hidden for pair in frame.select("indicator", "field").iter_rows()]
    frame = frame.filter(pl.Series(left, dtype=pl.Boolean))
    if frame.is_empty():
        raise LacksAnswers(
            "The study has no comparisons by volunteer policy in fields studied in depth.",
            "Choose a figure or table whose questions the study asked.",
        )
    names = frame["indicator"].unique(maintain_order=True).to_list()
    rows = {term.identifier: term.label for term in indicator_terms(analysis, names, language)}
    rank = pl.col("field").replace_strict(list(labels), range(len(labels)))
    printed = pl.col("printed_stars").fill_null("")
    known = frame["printed_stars"].drop_nulls().len() > 0
    return (
        frame.with_columns(
            pl.col("indicator").replace_strict(rows).alias("row"),
            pl.col("field").replace_strict(labels).alias("panel"),
            (printed if known else pl.col("stars")).str.contains("*", literal=True).alias("marked"),
            (
                pl.lit(value=False)
                if correction == "none"
                else pl.col(f"p_{correction}").is_not_null() & (pl.col(f"p_{correction}") < LEVEL)
            ).alias("survives"),
            pl.lit(tests).alias("tests"),
            *_drawn(scale),
        )
        .with_columns(rank.alias("rank"))
        .sort("rank", maintain_order=True)
        .drop("rank")
    )


def _drawn(scale: Scale) -> list[pl.Expr]:
    """``value`` with its interval ``from`` and ``to``: as drawn, zero where nothing differs."""
    if scale == "points":
        return [
            pl.col("difference").alias("value"),
            pl.col("low").alias("from"),
            pl.col("high").alias("to"),
        ]
    estimate, half = pl.col("log_odds_ratio"), NORMAL * pl.col("standard_error")
    return [
        estimate.alias("value"),
        (estimate - half).alias("from"),
        (estimate + half).alias("to"),
    ]


def _lanes(data: pl.DataFrame, language: str, scale: Scale) -> Lanes:
    low, high, ticks = (_ticks if scale == "points" else _odds_ticks)(data, language)
    panels, rows = in_order(data, "panel"), in_order(data, "row")
    return Lanes(
        tuple(panels),
        tuple(rows),
        low=low,
        high=high,
        after=NUMBER_ROOM * (high - low) / 0.6,
        ticks=ticks,
        step=STEP,
        headings=tuple((panel,) for panel in panels),
    )


def _ticks(data: pl.DataFrame, language: str) -> tuple[float, float, dict[float, str]]:
    low = min(-0.1, math.floor(min(data["from"].to_list()) * 10) / 10)
    high = max(0.1, math.ceil(max(data["to"].to_list()) * 10) / 10)
    step = 0.2
    ticks = [step * i for i in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return (
        low,
        high,
        {
            round(tick, 10) + 0.0: format_number(round(100 * tick), 0, language, sign=True)
            for tick in ticks
        },
    )


def _odds_ticks(data: pl.DataFrame, language: str) -> tuple[float, float, dict[float, str]]:
    """Doublings of the odds, every one of them or every second."""
    low = min(-1, math.floor(min(data["from"].to_list()) / math.log(2)))
    high = max(1, math.ceil(max(data["to"].to_list()) / math.log(2)))
    every = 1 if high - low <= 4 else 2
    powers = [power for power in range(low, high + 1) if power % every == 0]
    return (
        low * math.log(2),
        high * math.log(2),
        {
            power * math.log(2): format_number(2**power, 0, language)
            if power >= 0
            else f"1/{2**-power}"
            for power in powers
        },
    )


def _chart(
    data: pl.DataFrame, language: str, description: str, scale: Scale, correction: Correction
) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    t = translator(language)
    lanes = _lanes(data, language, scale)
    rows = list(data.iter_rows(named=True))
    written = data.with_columns(
        pl.Series("written", [_number(row["value"], t, scale) for row in rows], dtype=pl.String),
        pl.Series("tooltip", [_sentence(row, t, scale) for row in rows]),
    )
    placed = lanes.place(written, x="value", x_low="from", x_high="to").with_columns(
        (pl.col("x_start") + (lanes.high - lanes.low) * 1.04).alias("x_number")
    )
    base = Chart(placed).encode(
        y=lanes.y(),
        tooltip=[
            alt.Tooltip("row:N", title=t("Indicator")),
            alt.Tooltip("panel:N", title=t("Field")),
            alt.Tooltip(
                "tooltip:N", title=t("Difference") if scale == "points" else t("Odds ratio")
            ),
        ],
    )
    layers = []
    for marked in (False, True):
        layers += _marks(
            base.transform_filter(f"datum.marked == {str(marked).lower()}"), lanes, marked
        )
    ring = base.transform_filter("datum.survives").mark_point(
        size=230, stroke=style.PROGRAM, strokeWidth=2, filled=False, opacity=1, aria=False
    )
    return lanes.chart(
        [*layers, ring.encode(x=lanes.x("x")), *_key(data, lanes, t, correction)], description
    )


def _marks(base: Any, lanes: Lanes, marked: bool) -> list[Any]:
    colour = style.MUNICIPALITY if marked else style.SOFT
    return [
        base.mark_rule(color=colour, strokeWidth=2.2 if marked else 1.2, aria=False).encode(
            x=lanes.x("x_low"), x2="x_high"
        ),
        base.mark_point(**_symbol(marked)).encode(x=lanes.x("x")),
        base.mark_text(
            align="left", aria=False, fontWeight="bold" if marked else "normal", color=style.INK
        ).encode(x=lanes.x("x_number"), text="written:N"),
    ]


def _symbol(marked: bool) -> dict[str, Any]:
    return {
        "shape": "circle",
        "size": 70 if marked else 44,
        "opacity": 1,
        "filled": True,
        "fill": style.MUNICIPALITY if marked else style.PAPER,
        "stroke": style.MUNICIPALITY if marked else style.SOFT,
        "strokeWidth": 1.3,
    }


def _key(data: pl.DataFrame, lanes: Lanes, t: Translator, correction: Correction) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    y = -lanes.heading_height - 16
    entries = (
        (
            True,
            False,
            t("marked as significant in print")
            if data["printed_stars"].drop_nulls().len()
            else t("below the 5% level, each taken alone"),
        ),
        (False, False, t("not marked")),
        (
            True,
            True,
            t("stands when corrected for {n} tests", n=data["tests"][0]),
        ),
    )
    layers, left = [], 6
    for marked, ring, words in entries[:2] if correction == "none" else entries:
        entry = Chart(pl.DataFrame({"key": [words]}))
        at = {"x": alt.value(left), "y": alt.value(y)}
        layers.append(entry.mark_point(**_symbol(marked), aria=False).encode(**at))
        if ring:
            circle = entry.mark_point(
                size=230, stroke=style.PROGRAM, strokeWidth=2, filled=False, opacity=1, aria=False
            )
            layers.append(circle.encode(**at))
        text = entry.mark_text(align="left", fontSize=style.SMALL, aria=False)
        layers.append(text.encode(x=alt.value(left + 13), y=alt.value(y), text="key:N"))
        left += 40 + round(text_width(words, style.SMALL))
    return layers


def points(difference: float, t: Translator, decimals: int = 1) -> str:
    """A difference of shares in percentage points, with its sign."""
    return format_number(100 * difference, decimals, t.language, sign=True)


def _number(value: float, t: Translator, scale: Scale) -> str:
    """What stands beside a point."""
    if scale == "points":
        return points(value, t, 0)
    return format_number(math.exp(value), 1, t.language)


def _sentence(row: dict[str, Any], t: Translator, scale: Scale) -> str:
    if scale == "points":
        return t(
            "{difference} percentage points, 95% interval {low} to {high}, p = {p}",
            difference=points(row["difference"], t),
            low=points(row["low"], t),
            high=points(row["high"], t),
            p=format_p(row["p"], t.language),
        )
    return t(
        "odds ratio {ratio}, 95% interval {low} to {high}, p = {p}",
        ratio=format_number(math.exp(row["value"]), 2, t.language),
        low=format_number(math.exp(row["from"]), 2, t.language),
        high=format_number(math.exp(row["to"]), 2, t.language),
        p=format_p(row["p"], t.language),
    )


def _alt(data: pl.DataFrame, t: Translator, scale: Scale, correction: Correction) -> str:
    marked, standing = data.filter("marked"), data.filter("survives")
    ordered = data.sort("value", maintain_order=True)
    low, high = ordered.row(0, named=True), ordered.row(-1, named=True)
    per_panel = [
        f"{panel} {marked.filter(pl.col('panel') == panel).height}"
        for panel in in_order(data, "panel")
    ]
    names = [_place(row, t) for row in standing.iter_rows(named=True)]
    sentences = [
        t(
            ALTERNATIVES[scale],
            n=data.height,
            panels=data["panel"].n_unique(),
            rows=data["row"].n_unique(),
        ),
        t(
            EXTREMES[scale],
            high=_place(high, t),
            high_points=_exact(high["value"], t, scale),
            low=_place(low, t),
            low_points=_exact(low["value"], t, scale),
        ),
        t("{n} are marked as significant: {panels}.", n=marked.height, panels=", ".join(per_panel)),
    ]
    if correction != "none":
        sentences.append(
            t(
                "After correction for {tests} tests {n} stand: {names}.",
                tests=data["tests"][0],
                n=standing.height,
                names=listed(names, t),
            )
            if names
            else t("After correction for {tests} tests none stands.", tests=data["tests"][0])
        )
    return " ".join(sentences)


ALTERNATIVES = {
    "points": message("{n} differences with intervals, in {panels} panels of {rows} rows."),
    "odds": message("{n} odds ratios with intervals, in {panels} panels of {rows} rows."),
}

EXTREMES = {
    "points": message(
        "Largest: {high}, {high_points} percentage points. Smallest: {low}, {low_points}."
    ),
    "odds": message("Largest: {high}, {high_points}. Smallest: {low}, {low_points}."),
}


def _exact(value: float, t: Translator, scale: Scale) -> str:
    if scale == "points":
        return points(value, t)
    return format_number(math.exp(value), 2, t.language)


def _place(row: dict[str, Any], t: Translator) -> str:
    return t("{row} in {panel}", row=quoted(row["row"], t), panel=quoted(row["panel"], t))


def _note(data: pl.DataFrame, t: Translator, scale: Scale, correction: Correction) -> str:
    provenance = "provenance" in data.columns
    sentences = [
        t(INTERVALS[scale]),
        t(RINGS[correction], n=data["tests"][0]) if correction != "none" else "",
        t("The survey cannot tell what came first."),
        provenance_sentence(data, t) if provenance else "",
    ]
    return " ".join(filter(None, sentences))


INTERVALS = {
    "points": message("Lines are 95% intervals for the difference (Newcombe's interval)."),
    "odds": message("Lines are 95% intervals for the odds ratio (Wald's interval)."),
}
RINGS = {
    "bh": message(
        "A ring marks what stands after Benjamini and Hochberg's correction for {n} tests at "
        "a false discovery rate of 5%."
    ),
    "holm": message("A ring marks what stands after Holm's correction for {n} tests at 5%."),
}
