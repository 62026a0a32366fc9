"""The drawing of the process map."""

from __future__ import annotations

import math
from itertools import accumulate, pairwise
from typing import Any

import polars as pl

from samspill.language import Translator, format_percent
from samspill.presentation.figures import style
from samspill.presentation.figures.svg import text_width, wrap

HEIGHT = 190
BAR = 0.62
GAP = 0.4
LANE = 28
LEVEL = 27
NAME_LINE = 13
HEADROOM = 46


def process_chart(
    data: pl.DataFrame, heaviest: str, centre: float, description: str, t: Translator
) -> Any:
    """Bars along the process, steps of the phases behind, centre of gravity and money below."""
    import altair as alt

    placed = _places(data, t)
    phases = _phases(data, placed, heaviest, t)
    domain = [min(phases["left"].to_list()) - 0.02, max(phases["right"].to_list()) + 0.02]
    scale = alt.Scale(domain=domain, nice=False)
    highest = max(*phases["share"].to_list(), *placed["share"].to_list(), 0.1)
    top = highest * HEIGHT / (HEIGHT - HEADROOM)
    layers = [
        *_steps(phases, scale, top),
        *_bars(placed, scale, top),
        *_centre(placed, centre, scale, t),
        *_economic(data, phases, HEIGHT + _names_height(placed) + 64, scale, t),
    ]
    return alt.layer(*layers).properties(
        width=style.WIDTH,
        height=HEIGHT,
        description=description,
        padding=style.PADDING,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        config=style.config(),
    )


def _x(name: str, scale: Any) -> Any:
    import altair as alt

    return alt.X(f"{name}:Q", scale=scale, axis=None)


def _y(name: str, top: float) -> Any:
    import altair as alt

    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=None)


def _places(data: pl.DataFrame, t: Translator) -> pl.DataFrame:
    """Forms with their stretch of the x scale and their wrapped names."""
    forms = data.filter(pl.col("kind") == "form").to_dicts()
    breaks = [a["phase"] != b["phase"] for a, b in pairwise(forms)]
    slot = style.WIDTH / (len(forms) + GAP * sum(breaks) + 0.3)
    starts = accumulate((1 + GAP * new for new in breaks), initial=0.0)
    rows = [
        {
            **row,
            "left": x + (1 - BAR) / 2,
            "right": x + (1 + BAR) / 2,
            "middle": x + 0.5,
            "lines": wrap(row["row"], slot * 0.95, style.SMALL),
            **_words(row, t),
            "zero": 0.0,
        }
        for row, x in zip(forms, starts, strict=True)
    ]
    return pl.DataFrame(rows).with_columns(pl.Series("level", _levels(rows, slot)))


def _words(row: dict[str, Any], t: Translator) -> dict[str, str]:
    written = format_percent(row["share"], 0, t.language)
    tooltip = t("{share} ({count} of {n})", share=written, count=row["count"], n=row["n"])
    return {"written": written, "tooltip": tooltip}


def _levels(rows: list[dict[str, Any]], slot: float) -> list[int]:
    """On which of two levels each name stands, so that none runs into its neighbour."""
    levels, ends = [], [-math.inf, -math.inf]
    for row in rows:
        half = max(text_width(line, style.SMALL) for line in row["lines"]) / 2
        at = row["middle"] * slot
        level = 0 if at - half > ends[0] + 4 else 1
        ends[level] = at + half
        levels.append(level)
    return levels


def _phases(data: pl.DataFrame, placed: pl.DataFrame, heaviest: str, t: Translator) -> pl.DataFrame:
    ends = placed.group_by("phase", maintain_order=True).agg(
        (pl.col("middle").min() - 0.6).alias("left"), (pl.col("middle").max() + 0.6).alias("right")
    )
    phases = data.filter(pl.col("kind") == "phase").join(ends, on="phase", maintain_order="left")
    rows = []
    for row in phases.iter_rows(named=True):
        share = format_percent(row["share"], 0, t.language)
        heavy = row["phase"] == heaviest
        text = t("{phase}: {share}", phase=row["row"], share=share)
        lines = [text, t("The weight lies here")] if heavy else [text]
        rows.append({**row, "heavy": heavy, "lines": lines, "zero": 0.0})
    return pl.DataFrame(rows)


def _steps(phases: pl.DataFrame, scale: Any, top: float) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    base = Chart(phases)
    heavy = alt.condition(
        "datum.heavy", alt.value(style.MUNICIPALITY_LIGHT), alt.value(style.MUNICIPALITY_SOFT)
    )
    step = base.mark_rect(aria=False).encode(
        x=_x("left", scale), x2="right", y=_y("share", top), y2="zero", color=heavy
    )
    edge = base.mark_rule(strokeWidth=2.5, color=style.MUNICIPALITY, aria=False).encode(
        x=_x("left", scale),
        x2="right",
        y=_y("share", top),
        strokeDash=alt.condition("datum.heavy", alt.value([1, 0]), alt.value([4, 3])),
    )
    names = base.mark_text(align="left", baseline="bottom", dy=-5, fontSize=style.LABEL, aria=False)
    heavy_names = base.mark_text(
        align="left",
        baseline="bottom",
        dy=-20,
        fontSize=style.LABEL,
        fontWeight="bold",
        lineHeight=15,
        aria=False,
    )
    at = {"x": _x("left", scale), "y": _y("share", top), "text": "lines:N"}
    return [
        step,
        edge,
        names.transform_filter("!datum.heavy").encode(**at),
        heavy_names.transform_filter("datum.heavy").encode(**at),
    ]


def _bars(placed: pl.DataFrame, scale: Any, top: float) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    base = Chart(placed).encode(tooltip=[alt.Tooltip("row:N"), alt.Tooltip("tooltip:N")])
    bars = base.mark_rect(color=style.MUNICIPALITY).encode(
        x=_x("left", scale), x2="right", y=_y("share", top), y2="zero"
    )
    inside = base.mark_text(
        baseline="top", dy=6, fontWeight="bold", color=style.PAPER, aria=False
    ).encode(x=_x("middle", scale), y=_y("share", top), text="written:N")
    names = [
        base.transform_filter(f"datum.level === {level}")
        .mark_text(
            baseline="top",
            dy=7 + LEVEL * level,
            fontSize=style.SMALL,
            lineHeight=NAME_LINE,
            aria=False,
        )
        .encode(x=_x("middle", scale), y=_y("zero", top), text="lines:N")
        for level in (0, 1)
    ]
    return [bars, inside, *names]


def _economic(
    data: pl.DataFrame, phases: pl.DataFrame, top: float, scale: Any, t: Translator
) -> list[Any]:
    """Economic relations as lanes under their phases; a phase's width is 100 per cent."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    stretch = {row["phase"]: row for row in phases.iter_rows(named=True)}
    layers = []
    for lane, row in enumerate(data.filter(pl.col("kind") == "economic").iter_rows(named=True)):
        words = _words(row, t)
        rows = [
            {
                "row": row["row"],
                "share": row["share"],
                "label": t("{name} {share}", name=row["row"], share=words["written"]),
                "tooltip": words["tooltip"],
                "left": stretch[phase]["left"],
                "right": stretch[phase]["right"],
                "end": stretch[phase]["left"]
                + row["share"] * (stretch[phase]["right"] - stretch[phase]["left"]),
            }
            for phase in row["phases"].split(";")
        ]
        base = Chart(pl.DataFrame(rows))
        y = top + LANE * lane
        box = {"y": alt.value(y), "y2": alt.value(y + LANE - 8), "x": _x("left", scale)}
        layers += [
            base.mark_rect(color=style.PAPER, stroke=style.SOFT, aria=False).encode(
                **box, x2="right"
            ),
            base.mark_rect(color=style.MUNICIPALITY_LIGHT).encode(
                **box, x2="end", tooltip=[alt.Tooltip("row:N"), alt.Tooltip("tooltip:N")]
            ),
            base.mark_text(align="left", dx=6, aria=False).encode(
                x=_x("left", scale), y=alt.value(y + (LANE - 8) / 2), text="label:N"
            ),
        ]
    return [*layers, *_economic_heading(phases, top, scale, t)] if layers else []


def _economic_heading(phases: pl.DataFrame, top: float, scale: Any, t: Translator) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    left = min(phases["left"].to_list())
    frame = pl.DataFrame({"x": [left], "text": [t("Economic relations")]})
    words = Chart(frame).mark_text(
        align="left", baseline="bottom", dy=-8, fontSize=style.LABEL, fontWeight="bold", aria=False
    )
    return [words.encode(x=_x("x", scale), y=alt.value(top), text="text:N")]


def _names_height(placed: pl.DataFrame) -> int:
    """How far down the names under the bars reach."""
    reach: list[int] = [
        7 + LEVEL * row["level"] + NAME_LINE * len(row["lines"])
        for row in placed.iter_rows(named=True)
    ]
    return max(reach)


def _centre(placed: pl.DataFrame, centre: float, scale: Any, t: Translator) -> list[Any]:
    """The arrow of the process under the names, and the centre of gravity on it."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    left, right = min(placed["left"].to_list()), max(placed["right"].to_list())
    middles = placed.group_by("position").agg(pl.col("middle").mean()).sort("position")["middle"]
    at = float(middles[0]) + centre * (float(middles[-1]) - float(middles[0]))
    frame = pl.DataFrame(
        {"left": [left], "right": [right], "at": [at], "text": [t("Centre of gravity")]}
    )
    y, base = HEIGHT + _names_height(placed) + 14, Chart(frame)
    return [
        base.mark_rule(color=style.INK, strokeWidth=1.4, aria=False).encode(
            x=_x("left", scale), x2="right", y=alt.value(y)
        ),
        base.mark_point(
            shape="triangle-right", size=90, fill=style.INK, stroke=style.INK, aria=False
        ).encode(x=_x("right", scale), y=alt.value(y)),
        base.mark_point(
            shape="triangle-up",
            size=120,
            fill=style.PROGRAM,
            stroke=style.PAPER,
            opacity=1,
            aria=False,
        ).encode(x=_x("at", scale), y=alt.value(y + 8)),
        base.mark_text(
            baseline="top", dy=16, fontWeight="bold", color=style.PROGRAM, aria=False
        ).encode(x=_x("at", scale), y=alt.value(y), text="text:N"),
    ]
