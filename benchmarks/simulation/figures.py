"""The pictures of what the draws say, as framed SVG files that stand alone."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl
import vl_convert

from samspill.presentation.figures import style
from samspill.presentation.figures.svg import accessible, frame

NOMINAL, SHOWN_FROM, ROW = 0.95, 0.80, 18
INTERVAL = 1.96
WIDTH = 300


def coverage(results: pl.DataFrame) -> str:
    """How often each method's interval holds the truth, by question and situation."""
    data = results.with_columns(
        (pl.col("coverage") - INTERVAL * pl.col("coverage_error")).alias("from"),
        (pl.col("coverage") + INTERVAL * pl.col("coverage_error"))
        .clip(upper_bound=1.0)
        .alias("to"),
    )
    parts = _situations(data)
    right = data.filter((pl.col("from") <= NOMINAL) & (pl.col("to") >= NOMINAL)).height
    chart = alt.vconcat(*[_panel(part, part is parts[-1]) for part in parts], spacing=14)
    return _framed(
        chart,
        "coverage",
        "Do 95 % intervals hold the truth in 95 % of the draws?",
        "Share of draws whose interval holds the truth, with twice its Monte Carlo error. The line "
        "is at 95 %. An arrow stands for less than 80 %.",
        f"{data.height} combinations of situation and method; in {right} of them the share of "
        "draws is 95 % within its error. All numbers stand in the table.",
    )


def _situations(data: pl.DataFrame) -> list[pl.DataFrame]:
    return data.partition_by("question", "situation", maintain_order=True)


def _panel(part: pl.DataFrame, last: bool) -> Any:
    shown = part.with_columns(
        pl.col("coverage", "from", "to").clip(lower_bound=SHOWN_FROM),
        (pl.col("coverage") < SHOWN_FROM).alias("off"),
        pl.col("coverage").map_elements(lambda v: f"{100 * v:.1f} %", pl.String).alias("written"),
    )
    scale = alt.Scale(domain=[SHOWN_FROM, 1.0])
    base = alt.Chart(shown).encode(
        y=alt.Y(
            "method:N",
            sort=part["method"].to_list(),
            axis=alt.Axis(labelLimit=320, labelPadding=8, minExtent=250),
        )
    )
    axis = alt.Axis(values=[0.8, 0.85, 0.9, 0.95, 1], format=".0%") if last else None
    line = alt.Chart(pl.DataFrame({"x": [NOMINAL]})).mark_rule(color=style.SOFT)
    return alt.layer(
        line.encode(x=alt.X("x:Q", scale=scale, axis=axis)),
        base.mark_rule(strokeWidth=1.6, color=style.INK).encode(
            x=alt.X("from:Q", scale=scale), x2="to:Q"
        ),
        base.mark_point(filled=True, opacity=1, size=52, color=style.MUNICIPALITY).encode(
            x=alt.X("coverage:Q", scale=scale),
            shape=alt.condition("datum.off", alt.value("triangle-left"), alt.value("circle")),
        ),
        base.mark_text(align="left").encode(x=alt.value(WIDTH + 12), text="written:N"),
    ).properties(
        width=WIDTH,
        height=ROW * part.height,
        title=alt.TitleParams(
            f"{part['question'][0]}: {part['situation'][0]}",
            anchor="start",
            frame="bounds",
            fontSize=12,
            font=style.FONT,
            color=style.INK,
        ),
    )


def bias(results: pl.DataFrame, question: str) -> str:
    """How far the mean estimate is off, with each draw's spread."""
    data = results.filter(pl.col("question") == question).with_columns(
        pl.col("bias") * 100,
        ((pl.col("bias") - pl.col("spread")) * 100).alias("from"),
        ((pl.col("bias") + pl.col("spread")) * 100).alias("to"),
        (pl.col("bias") * 100).map_elements(lambda v: f"{v:+.1f}", pl.String).alias("written"),
    )
    low, high = min(-2.0, float(data["from"].min())), float(data["to"].max()) + 1  # type: ignore[arg-type]
    scale = alt.Scale(domain=[low, high])
    panels = []
    parts = _situations(data)
    for part in parts:
        base = alt.Chart(part).encode(
            y=alt.Y(
                "method:N",
                sort=part["method"].to_list(),
                axis=alt.Axis(labelLimit=320, labelPadding=8, minExtent=250),
            )
        )
        axis = alt.Axis(format="+.0f") if part is parts[-1] else alt.Axis(labels=False)
        zero = alt.Chart(pl.DataFrame({"x": [0.0]})).mark_rule(color=style.SOFT)
        panels.append(
            alt.layer(
                zero.encode(x=alt.X("x:Q", scale=scale, axis=axis)),
                base.mark_rule(strokeWidth=1.6, color=style.INK).encode(
                    x=alt.X("from:Q", scale=scale), x2="to:Q"
                ),
                base.mark_point(filled=True, opacity=1, size=52, color=style.ORGANISATION).encode(
                    x=alt.X("bias:Q", scale=scale)
                ),
                base.mark_text(align="left").encode(x=alt.value(WIDTH + 12), text="written:N"),
            ).properties(
                width=WIDTH,
                height=ROW * part.height,
                title=alt.TitleParams(
                    part["situation"][0],
                    anchor="start",
                    frame="bounds",
                    fontSize=12,
                    font=style.FONT,
                    color=style.INK,
                ),
            )
        )
    worst = data.row(int(data["bias"].abs().arg_max() or 0), named=True)
    return _framed(
        alt.vconcat(*panels, spacing=14),
        "bias",
        "How far off is a share when some do not respond, before and after weighting?",
        "Mean of estimate less truth over the draws, in percentage points; the line is one "
        "standard deviation to each side.",
        f"{data.height} estimates. Furthest off is {worst['method']}, {worst['situation']}: "
        f"{worst['bias']:+.1f} percentage points.",
    )


def power(results: pl.DataFrame) -> str:
    """How often a difference is found, by its true size."""
    data = results.with_columns(
        (pl.col("found") - INTERVAL * pl.col("found_error")).clip(0, 1).alias("from"),
        (pl.col("found") + INTERVAL * pl.col("found_error")).clip(0, 1).alias("to"),
    )
    situation = data["situation"][0]
    x = alt.X(
        "difference:Q",
        axis=alt.Axis(
            values=data["difference"].unique().sort().to_list(),
            labelExpr="format(100 * datum.value, '.0f')",
            title="true difference, percentage points",
            titleFontWeight="normal",
        ),
    )
    y = alt.Y("found:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", grid=True))
    ends = alt.Scale(
        domain=data["method"].unique(maintain_order=True).to_list(),
        range=[style.MUNICIPALITY, style.ORGANISATION, style.PROGRAM, style.INK],
    )
    colour = alt.Color("method:N", scale=ends, legend=alt.Legend(title=None, orient="top"))
    base = alt.Chart(data).encode(x=x, color=colour)
    lines = base.mark_line(strokeWidth=1.6).encode(
        y=y, strokeDash=alt.StrokeDash("method:N", legend=None, scale=alt.Scale(domain=ends.domain))
    )
    points = base.mark_point(filled=True, opacity=1, size=46).encode(
        y=y, shape=alt.Shape("method:N", legend=None, scale=alt.Scale(domain=ends.domain))
    )
    bars = base.mark_rule().encode(y=alt.Y("from:Q"), y2="to:Q")
    target = alt.Chart(pl.DataFrame({"y": [0.05, 0.8]})).mark_rule(
        color=style.SOFT, strokeDash=[3, 3]
    )
    planned = alt.Chart(data.drop_nulls("planned")).mark_line(
        color=style.MUNICIPALITY_LIGHT, strokeWidth=6
    )
    layers = (target.encode(y="y:Q"), planned.encode(x=x, y="planned:Q"), bars, lines, points)
    chart = alt.layer(*layers).properties(width=560, height=300)
    return _framed(
        chart,
        "power",
        "How often is a difference found that is there?",
        f"{situation[0].upper()}{situation[1:]}; two-sided tests at 5 %. Bars are twice the Monte "
        "Carlo error; the broad line is the score test's power computed beforehand, dashed ones "
        "are at 5 % and 80 %.",
        "; ".join(
            f"{row['method']}, truly {row['difference']:.0%}: found in {row['found']:.0%}"
            for row in data.iter_rows(named=True)
        )
        + ".",
    )


def _framed(chart: Any, name: str, title: str, subtitle: str, words: str) -> str:
    whole = chart.properties(padding=style.PADDING).configure(**style.config())
    drawn = vl_convert.vegalite_to_svg(whole.to_dict())
    note = "Invented data, drawn as docs/simulation.md says."
    return accessible(frame(drawn, title, subtitle, note), f"simulation-{name}", title, words, "en")
