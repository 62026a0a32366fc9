"""The drawing of the map of a typology."""

from __future__ import annotations

from typing import Any

import polars as pl

from samspill.language import Translator
from samspill.presentation.figures import style
from samspill.presentation.figures.labelling import Box, Line, Point, lay_out
from samspill.presentation.figures.svg import text_width
from samspill.vocabulary import Vocabulary

HEIGHT = 460
ROOM, HEADROOM = 0.05, 0.13
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
PLOT = style.WIDTH - style.PADDING["left"] - 20
"""The width of the square, px: beside it stand the names of the poles."""
MARK = 8
"""Half of a mark's width, px."""
TITLE_ROOM = 26
"""From an edge of the square to the other side of a type's name, px."""


def placement_chart(
    data: pl.DataFrame, typology: str, words: Vocabulary, alt_text: str, t: Translator
) -> Any:
    import altair as alt

    drawn = data.filter(~pl.col("status").is_in(["not_enough_evidence"]))
    layers = [*_square(typology, words, t)]
    if not drawn.is_empty():
        judged = _judgements(drawn.filter(pl.col("judged").is_not_null()), typology, words, t)
        layers += _points(drawn, data)
        layers += _rings(judged)
        layers += _names(drawn, judged, _titles(typology, words, t))
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
    return [across, down, point]


def _shape(names: list[str]) -> Any:
    import altair as alt

    marks = [SHAPES[i % len(SHAPES)] for i in range(len(names))]
    return alt.Shape("label:N", scale=alt.Scale(domain=names, range=marks), legend=None)


def _judgements(
    judged: pl.DataFrame, typology: str, words: Vocabulary, t: Translator
) -> list[dict[str, Any]]:
    """Where a person's judgement stands: in the quarter of the type chosen."""
    scheme = words.schemes[typology]
    rows_axis, columns_axis = scheme.axes
    rows = []
    for k, row in enumerate(judged.iter_rows(named=True)):
        poles = scheme[row["judged_type"]].attributes
        i = [p.identifier for p in rows_axis.narrower].index(str(poles[rows_axis.identifier]))
        j = [p.identifier for p in columns_axis.narrower].index(str(poles[columns_axis.identifier]))
        text = t("{name} (judged by a person)", name=row["label"])
        rows.append({"x": 0.25 + j / 2, "y": 0.25 + i / 2 + 0.06 * k, "label": text})
    return rows


def _rings(judged: list[dict[str, Any]]) -> list[Any]:
    """Open marks for a person's judgements."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    if not judged:
        return []
    ring = Chart(pl.DataFrame(judged)).mark_point(
        size=150, color=style.PROGRAM, strokeWidth=2.5, fill=style.PAPER
    )
    return [ring.encode(x=_x("x"), y=_y("y"), tooltip=[alt.Tooltip("label:N")])]


def _names(drawn: pl.DataFrame, judged: list[dict[str, Any]], taken: list[Box]) -> list[Any]:
    """The names of the points and of the judgements, with lines to those that are moved."""
    from samspill.presentation.figures.charts import Chart

    points = [
        Point(*_pixels(row["x"], row["y"]), row["label"], "evidence")
        for row in drawn.iter_rows(named=True)
    ]
    points += [
        Point(*_pixels(row["x"], row["y"]), row["label"], "judged", style.SMALL, bold=False)
        for row in judged
    ]
    labels = lay_out(
        points, width=PLOT, height=HEIGHT, radius=MARK, taken=taken, lines=_lines(drawn)
    )
    written = [
        {"x": label.x, "y": y, "label": name, "kind": label.kind, "align": label.align}
        for label in labels
        for name, y in label.lines()
    ]
    layers = []
    moved = [label.leader for label in labels if label.leader is not None]
    if moved:
        frame = pl.DataFrame([{"x": m.x, "y": m.y, "x2": m.x2, "y2": m.y2} for m in moved])
        rule = Chart(_shares(frame)).mark_rule(strokeWidth=1, color=style.INK, aria=False)
        layers.append(rule.encode(x=_x("x"), x2="x2", y=_y("y"), y2="y2"))
    looks: dict[str, dict[str, Any]] = {
        "evidence": {"fontSize": style.LABEL, "fontWeight": "bold"},
        "judged": {"fontSize": style.SMALL, "color": style.PROGRAM},
    }
    base = Chart(_shares(pl.DataFrame(written)))
    aligns: dict[Any, None] = dict.fromkeys((label.kind, label.align) for label in labels)
    for kind, align in aligns:
        chosen = base.transform_filter(f"datum.kind === '{kind}' && datum.align === '{align}'")
        text = chosen.mark_text(align=align, baseline="middle", aria=False, **looks[kind])
        layers.append(text.encode(x=_x("x"), y=_y("y"), text="label:N"))
    return layers


def _lines(drawn: pl.DataFrame) -> list[Line]:
    """What is drawn through the square: its middle, and the intervals."""
    middle = [Line(*_pixels(0.5, -1), *_pixels(0.5, 2)), Line(*_pixels(-1, 0.5), *_pixels(2, 0.5))]
    intervals = []
    for row in drawn.iter_rows(named=True):
        x, y = row["x"], row["y"]
        for one, other in (
            ((row["x_low"], y), (row["x_high"], y)),
            ((x, row["y_low"]), (x, row["y_high"])),
        ):
            if None not in (*one, *other):
                intervals.append(Line(*_pixels(*one), *_pixels(*other)))
    return [*middle, *intervals]


def _titles(typology: str, words: Vocabulary, t: Translator) -> list[Box]:
    """The room of the types' names, at the top and the bottom of the square."""
    scheme = words.schemes[typology]
    rows_axis, columns_axis = scheme.axes
    boxes = []
    for i, row in enumerate(rows_axis.narrower):
        for j, column in enumerate(columns_axis.narrower):
            types = scheme.having(
                **{rows_axis.identifier: row.identifier, columns_axis.identifier: column.identifier}
            )
            name = types[0].label(t.language) if types else t("Not found in the founding study")
            half = text_width(name, style.LABEL + 1, bold=True) / 2
            middle = (1 + 2 * j) * PLOT / 4
            top = 0 if i == 0 else HEIGHT - TITLE_ROOM
            boxes.append(Box(middle - half, top, middle + half, top + TITLE_ROOM))
    return boxes


def _pixels(x: float, y: float) -> tuple[float, float]:
    """A place in the square, px from its upper left corner."""
    return (x + ROOM) / (1 + 2 * ROOM) * PLOT, (y + HEADROOM) / (1 + 2 * HEADROOM) * HEIGHT


def _shares(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns of pixels as shares of the axes, which ``_pixels`` undoes."""
    across = [pl.col(c) / PLOT * (1 + 2 * ROOM) - ROOM for c in ("x", "x2") if c in frame.columns]
    down = [
        pl.col(c) / HEIGHT * (1 + 2 * HEADROOM) - HEADROOM
        for c in ("y", "y2")
        if c in frame.columns
    ]
    return frame.with_columns(*across, *down)
