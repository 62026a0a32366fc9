"""The drawing of the map of a typology."""

from __future__ import annotations

from typing import Any

import polars as pl

from samspill.language import Translator
from samspill.presentation.figures import style
from samspill.vocabulary import Vocabulary

HEIGHT = 460
ROOM, HEADROOM = 0.05, 0.13
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
NEAR_X, NEAR_Y, STEP = 0.3, 0.05, 0.045


def placement_chart(
    data: pl.DataFrame, typology: str, words: Vocabulary, alt_text: str, t: Translator
) -> Any:
    import altair as alt

    drawn = _places(data.filter(~pl.col("status").is_in(["not_enough_evidence"])))
    layers = [*_square(typology, words, t)]
    if not drawn.is_empty():
        layers += _points(drawn, data)
        layers += _judged(drawn.filter(pl.col("judged").is_not_null()), typology, words, t)
    return alt.layer(*layers).properties(
        width=style.WIDTH,
        height=HEIGHT,
        description=alt_text,
        padding=style.PADDING,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        config=style.config(),
    )


def _x(name: str) -> Any:
    import altair as alt

    return alt.X(f"{name}:Q", scale=alt.Scale(domain=[-ROOM, 1 + ROOM], nice=False), axis=None)


def _y(name: str) -> Any:
    import altair as alt

    scale = alt.Scale(domain=[1 + HEADROOM, -HEADROOM], nice=False)
    return alt.Y(f"{name}:Q", scale=scale, axis=None)


def _square(typology: str, words: Vocabulary, t: Translator) -> list[Any]:
    """The four quarters with their types' names; the one not found is empty and dashed."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    scheme = words.schemes[typology]
    rows_axis, columns_axis = scheme.axes
    empty = [dict(cell) for cell in scheme.empty_cells]
    quarters = []
    for i, row in enumerate(rows_axis.narrower):
        for j, column in enumerate(columns_axis.narrower):
            poles = {
                rows_axis.identifier: row.identifier,
                columns_axis.identifier: column.identifier,
            }
            types = scheme.having(**poles)
            found = poles not in empty
            name = types[0].label(t.language) if types else t("Not found in the founding study")
            quarters.append(
                {
                    "left": j / 2 - (0 if j else ROOM), "right": (j + 1) / 2 + (ROOM if j else 0),
                    "top": i / 2 - (0 if i else HEADROOM),
                    "bottom": (i + 1) / 2 + (HEADROOM if i else 0),
                    "middle": 0.25 + j / 2 + (ROOM / 2 if j else -ROOM / 2),
                    "name_y": -HEADROOM if i == 0 else 1 + HEADROOM, "lower": i, "name": name,
                    "found": found,
                }
            )  # fmt: skip
    frame = Chart(pl.DataFrame(quarters))
    white = alt.value(style.PAPER)
    box = frame.mark_rect(stroke=style.SOFT, aria=False).encode(
        x=_x("left"), x2="right", y=_y("top"), y2="bottom",
        color=alt.condition("datum.found", alt.value(style.MUNICIPALITY_SOFT), white),
        strokeDash=alt.condition("datum.found", alt.value([1, 0]), alt.value([5, 4])),
    )  # fmt: skip
    ink = alt.condition("datum.found", alt.value(style.INK), alt.value(style.SOFT))
    named = {"x": _x("middle"), "y": _y("name_y"), "text": "name:N", "color": ink}
    upper = frame.transform_filter("datum.lower === 0").mark_text(
        fontSize=style.LABEL + 1, fontWeight="bold", baseline="top", dy=10, aria=False
    )
    lower = frame.transform_filter("datum.lower === 1").mark_text(
        fontSize=style.LABEL + 1, fontWeight="bold", baseline="bottom", dy=-10, aria=False
    )
    texts = [upper.encode(**named), lower.encode(**named)]
    below = pl.DataFrame(
        {"at": [0.25, 0.75], "name": [p.label(t.language) for p in columns_axis.narrower]}
    )
    columns = Chart(below).mark_text(baseline="top", dy=8, color=style.INK, aria=False).encode(
        x=_x("at"), y=alt.value(HEIGHT), text="name:N"
    )  # fmt: skip
    sides = pl.DataFrame(
        {"at": [0.25, 0.75], "name": [p.label(t.language) for p in rows_axis.narrower]}
    )
    rows = Chart(sides).mark_text(
        angle=270, baseline="bottom", dy=-8, color=style.INK, aria=False
    ).encode(x=alt.value(0), y=_y("at"), text="name:N")  # fmt: skip
    return [box, *texts, columns, rows]


def _places(drawn: pl.DataFrame) -> pl.DataFrame:
    """With a place for each label, moved down where it would run into an earlier one."""
    taken: list[tuple[float, float]] = []
    rows = []
    for row in drawn.sort("y", "x").iter_rows(named=True):
        y = row["y"]
        while any(abs(row["x"] - a) < NEAR_X and abs(y - b) < NEAR_Y for a, b in taken):
            y += STEP
        taken.append((row["x"], y))
        rows.append({**row, "label_y": y, "right_side": row["x"] > 0.6})
    added = {"label_y": pl.Float64(), "right_side": pl.Boolean()}
    return pl.DataFrame(rows, schema={**drawn.schema, **added})


def _points(drawn: pl.DataFrame, every: pl.DataFrame) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    base = Chart(drawn)
    names = every["label"].unique(maintain_order=True).to_list()
    line = base.mark_rule(strokeWidth=1.5, color=style.SOFT, aria=False)
    across = line.encode(x=_x("x_low"), x2="x_high", y=_y("y"))
    down = line.encode(x=_x("x"), y=_y("y_low"), y2="y_high")
    point = base.mark_point(
        filled=True,
        size=150,
        opacity=1,
        color=style.MUNICIPALITY,
        stroke=style.PAPER,
        strokeWidth=1,
    ).encode(
        x=_x("x"), y=_y("y"), shape=_shape(names),
        tooltip=[alt.Tooltip("label:N"), alt.Tooltip("said:N")],
    )  # fmt: skip
    at = {"x": _x("x"), "y": _y("label_y"), "text": "label:N"}
    left = base.transform_filter("!datum.right_side").mark_text(
        align="left", dx=4, dy=-11, fontSize=style.LABEL, fontWeight="bold", aria=False
    )
    right = base.transform_filter("datum.right_side").mark_text(
        align="right", dx=-4, dy=-11, fontSize=style.LABEL, fontWeight="bold", aria=False
    )
    labels = [left.encode(**at), right.encode(**at)]
    return [across, down, point, *labels]


def _shape(names: list[str]) -> Any:
    import altair as alt

    marks = [SHAPES[i % len(SHAPES)] for i in range(len(names))]
    return alt.Shape("label:N", scale=alt.Scale(domain=names, range=marks), legend=None)


def _judged(judged: pl.DataFrame, typology: str, words: Vocabulary, t: Translator) -> list[Any]:
    """Open marks in the quarter of the type that a person chose."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    if judged.is_empty():
        return []
    scheme = words.schemes[typology]
    rows_axis, columns_axis = scheme.axes
    rows = []
    for k, row in enumerate(judged.iter_rows(named=True)):
        poles = scheme[row["judged_type"]].attributes
        i = [p.identifier for p in rows_axis.narrower].index(str(poles[rows_axis.identifier]))
        j = [p.identifier for p in columns_axis.narrower].index(str(poles[columns_axis.identifier]))
        text = t("{name} (judged by a person)", name=row["label"])
        rows.append({"x": 0.25 + j / 2, "y": 0.25 + i / 2 + 0.06 * k, "label": text})
    base = Chart(pl.DataFrame(rows))
    ring = base.mark_point(size=150, color=style.PROGRAM, strokeWidth=2.5, fill=style.PAPER).encode(
        x=_x("x"), y=_y("y"), tooltip=[alt.Tooltip("label:N")]
    )
    name = base.mark_text(dy=-13, fontSize=style.SMALL, color=style.PROGRAM, aria=False).encode(
        x=_x("x"), y=_y("y"), text="label:N"
    )
    return [ring, name]
