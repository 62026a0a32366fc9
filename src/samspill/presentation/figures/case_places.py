"""Where the cases stand in size and centrality, among the units of the frame where these are
known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal

import polars as pl

from samspill.language import Translator, format_number, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import LacksAnswers
from samspill.presentation.tables.words import listed, message, quoted
from samspill.selection.standard import standard_attributes

NUMBER = "case_places"
SIZE, LEVEL = "population", "centrality_level"
PLACES = (SIZE, LEVEL)
TITLE = message("Where do the cases stand in size and centrality?")
LEFT, RIGHT, LANE, STRIP, AXIS = 92, 30, 20, 14, 26
RADIUS = 5
Row = dict[str, Any]


def case_places_figure(
    cases: pl.DataFrame,
    language: str,
    units: pl.DataFrame | None = None,
    *,
    provenance: str = "observed",
) -> Figure:
    """Every case by its inhabitants (on a scale where each step is a tenfold) and its level of
    centrality, with its name; the frame's other units as rings where they are known.

    ``cases`` has ``case``, ``population`` and ``centrality_level``; ``units`` has ``unit`` and the
    same two, or is left out. Raises LacksAnswers where the cases have not both.
    """
    t = translator(language)
    data = case_places(cases, units)
    chosen = data.filter("chosen")
    alt, title = _alt(chosen, data.height - chosen.height, t), t(TITLE)
    note = t("Cases are chosen and not drawn at random, so there is no interval.")
    left = data.height - chosen.height
    subtitle = (
        t("{n} cases among {all} units, by inhabitants and level of centrality.",
          n=chosen.height, all=data.height)
        if left
        else t("{n} cases, by inhabitants and level of centrality. How the other units of the "
               "frame stand is not known here.", n=chosen.height)
    )  # fmt: skip
    return Figure(
        number=NUMBER,
        title=title,
        subtitle=subtitle,
        alt=alt,
        note=note,
        provenance=provenance,
        n=chosen.height,
        language=language,
        chart=_chart(data, alt, t),
        data=data,
        table=_table(data, title, f"{subtitle} {note}", provenance, t),
    )


def case_places(cases: pl.DataFrame, units: pl.DataFrame | None = None) -> pl.DataFrame:
    """``name``, ``population``, ``centrality_level`` and ``chosen``: the cases from the largest,
    then the other units. Raises LacksAnswers where the cases have not both attributes."""
    if not {"case", *PLACES} <= set(cases.columns):
        raise LacksAnswers(
            "The cases do not say how many inhabitants they have and how central they are.",
            "Give the table of cases both, or see what the cases cover.",
        )
    found = [_known(cases.rename({"case": "name"}), chosen=True)]
    if units is not None and {"unit", *PLACES} <= set(units.columns):
        others = units.filter(~pl.col("unit").is_in(cases["case"].to_list()))
        found.append(_known(others.rename({"unit": "name"}), chosen=False))
    data = pl.concat(found)
    if not data["chosen"].any():
        raise LacksAnswers(
            "No case has both a number of inhabitants and a level of centrality.",
            "Give the table of cases both, or see what the cases cover.",
        )
    return data


def _known(frame: pl.DataFrame, *, chosen: bool) -> pl.DataFrame:
    return (
        frame.select(
            pl.col("name").cast(pl.String),
            pl.col(SIZE).cast(pl.Float64, strict=False),
            pl.col(LEVEL).cast(pl.Int64, strict=False),
            pl.lit(chosen).alias("chosen"),
        )
        .filter(pl.col(SIZE) > 0, pl.col(LEVEL).is_not_null())
        .sort(pl.col(SIZE), "name", descending=[True, False])
    )


def _levels(data: pl.DataFrame) -> list[int]:
    known = [int(each) for each in standard_attributes()[LEVEL].attribute.categories]
    return sorted({*known, *data[LEVEL]})


def _alt(chosen: pl.DataFrame, left: int, t: Translator) -> str:
    largest, smallest = chosen.row(0, named=True), chosen.row(-1, named=True)
    empty = [str(level) for level in _levels(chosen) if level not in set(chosen[LEVEL])]
    sentences = [
        t("Dots in rows, one row for each level of centrality, from few inhabitants to many."),
        t(
            "The largest case is {largest} with {most} inhabitants, the smallest {smallest} with "
            "{least}.",
            largest=quoted(largest["name"], t), most=_people(largest, t),
            smallest=quoted(smallest["name"], t), least=_people(smallest, t),
        ),
    ]  # fmt: skip
    if empty:
        sentences.append(t("Levels without a case: {levels}.", levels=listed(empty, t)))
    if left:
        sentences.append(t("Rings are the {n} units that are no cases.", n=left))
    return " ".join(sentences)


def _people(row: Row, t: Translator) -> str:
    return format_number(row[SIZE], 0, t.language)


def _table(data: pl.DataFrame, title: str, note: str, provenance: str, t: Translator) -> Table:
    columns = (
        Column("name", t("Municipality or city district")),
        Column(SIZE, t("Inhabitants"), "integer"),
        Column(LEVEL, t("Centrality level"), "integer"),
        Column("case", t("Case")),
    )
    said = pl.when("chosen").then(pl.lit(t("yes"))).otherwise(pl.lit(t("no")))
    frame = data.with_columns(case=said).select(column.name for column in columns)
    return Table(NUMBER, title, note, columns, frame, t.language, provenance)


def _chart(data: pl.DataFrame, description: str, t: Translator) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    dots, rings, rows, ticks, height = _layout(data, t)
    x = alt.Scale(domain=[0, style.WIDTH], nice=False)
    y = alt.Scale(domain=[height, 0], nice=False)

    def at(**places: str) -> Row:
        kinds = {"x": (alt.X, x), "y": (alt.Y, y)}
        return {
            channel: kinds[channel][0](f"{name}:Q", scale=kinds[channel][1], axis=None)
            for channel, name in places.items()
        }

    text: Row = {"fontSize": style.SMALL, "aria": False, "baseline": "middle"}
    layers = [
        Chart(pl.DataFrame(ticks)).mark_rule(stroke=style.LINE).encode(
            **at(x="x", y="top"), y2="bottom"
        ),
        Chart(pl.DataFrame(ticks)).mark_text(**text, dy=14).encode(
            **at(x="x", y="bottom"), text="text:N"
        ),
        Chart(pl.DataFrame(rows)).mark_rule(stroke=style.LINE).encode(
            **at(x="left", y="bottom"), x2="right"
        ),
        Chart(pl.DataFrame(rows)).mark_text(**text, align="left", fontWeight="bold").encode(
            **at(x="left", y="middle"), text="text:N"
        ),
    ]  # fmt: skip
    if rings:
        layers.append(
            Chart(pl.DataFrame(rings))
            .mark_point(shape="circle", size=28, filled=False, stroke=style.SOFT)
            .encode(**at(x="x", y="y"), tooltip=[alt.Tooltip("name:N"), alt.Tooltip("told:N")])
        )
    marks = Chart(pl.DataFrame(dots))
    layers.append(
        marks.mark_point(shape="circle", size=70, filled=True, fill=style.MUNICIPALITY, opacity=1)
        .encode(**at(x="x", y="y"), tooltip=[alt.Tooltip("name:N"), alt.Tooltip("told:N")])
    )  # fmt: skip
    sides: tuple[tuple[str, Literal["left", "right"]], ...] = (("right", "left"), ("left", "right"))
    for side, align in sides:
        layers.append(
            marks.transform_filter(f"datum.side === '{side}'")
            .mark_text(**text, align=align, dx=9 if side == "right" else -9)
            .encode(**at(x="x", y="y"), text="name:N")
        )
    return alt.layer(*layers).properties(
        width=style.WIDTH, height=height, description=description, config=style.config(),
        padding=0,
    )  # fmt: skip


def _layout(
    data: pl.DataFrame, t: Translator
) -> tuple[list[Row], list[Row], list[Row], list[Row], float]:
    """Everything in pixels: a row for each level, as many lanes in it as names need."""
    low, high = _ends(data[SIZE].to_list())
    plot = style.WIDTH - LEFT - RIGHT

    def across(people: float) -> float:
        return LEFT + plot * (math.log10(people) - low) / (high - low)

    strip = STRIP if not data["chosen"].all() else 0
    dots: list[Row] = []
    rings: list[Row] = []
    rows: list[Row] = []
    top = 0.0
    for level in _levels(data):
        here = [
            {**row, "x": across(row[SIZE]), "told": _people(row, t)}
            for row in data.filter(pl.col(LEVEL) == level).iter_rows(named=True)
        ]
        chosen = sorted((row for row in here if row["chosen"]), key=lambda row: float(row["x"]))
        lanes = _in_lanes(chosen)
        height = LANE * max(1, lanes) + strip + 8
        dots += [{**row, "y": top + 4 + LANE * (row["lane"] + 0.5)} for row in chosen]
        rings += [{**row, "y": top + height - 4 - strip / 2} for row in here if not row["chosen"]]
        rows.append(
            {"left": 0, "right": style.WIDTH, "bottom": top + height, "middle": top + height / 2,
             "text": t("Centrality {level}", level=level)}
        )  # fmt: skip
        top += height
    ticks = [
        {"x": across(people), "top": 0, "bottom": top, "text": format_number(people, 0, t.language)}
        for people in (10**power for power in range(math.ceil(low), math.floor(high) + 1))
    ]
    rows.append(
        {"left": 0, "right": 0, "bottom": top, "middle": top + 14, "text": t("Inhabitants")}
    )
    return dots, rings, rows, ticks, top + AXIS


def _ends(sizes: Sequence[float]) -> tuple[float, float]:
    """Powers of ten that hold every size with some room."""
    low, high = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)) + 0.05)
    return float(low), float(max(high, low + 1))


def _in_lanes(row: list[Row]) -> int:
    """Give each dot of a row a lane and a side for its name, so that no name meets another; the
    number of lanes."""
    ends: list[float] = []
    for dot in row:
        width = text_width(dot["name"], style.SMALL) + 2 * RADIUS + 6
        right = dot["x"] + width <= style.WIDTH
        start, end = (dot["x"] - RADIUS, dot["x"] + width) if right else (
            dot["x"] - width, dot["x"] + RADIUS
        )  # fmt: skip
        lane = next((n for n, taken in enumerate(ends) if taken < start), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = end
        dot |= {"lane": lane, "side": "right" if right else "left"}
    return len(ends)
