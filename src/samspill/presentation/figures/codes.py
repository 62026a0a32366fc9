"""A code × attribute matrix as a heat table: the number in every cell, and how dark it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.errors import SamspillError
from samspill.language import Translator, format_number, format_percent, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.svg import text_width, wrap
from samspill.presentation.tables.codes import (
    MEASURES,
    NUMBER,
    code_labels,
    column_labels,
    dimension_words,
    matrix_note,
    matrix_table,
    matrix_title,
    provenance_of,
)
from samspill.presentation.tables.words import base_range, quoted

if TYPE_CHECKING:
    from samspill.qualitative.queries import Matrix

STEP = 26
LINE = 12
INDENT = "› "
LABELS = 250
NARROWEST = 46
MOST = 60
EMPTY = "–"
LIGHTEST, DARKEST = "#f1f5f9", style.MUNICIPALITY
BLACK = "#000000"


def matrix_figure(matrix: Matrix, language: str) -> Figure:
    """A matrix drawn as a table whose cells are the darker the more they hold.

    ``data``: ``row``, ``panel`` (labels), ``value`` (of the measure), ``written``, ``n``, ``depth``
    (of the code in its tree) and ``empty`` (true where no source was asked).

    Raises SamspillError for a matrix without rows, or with more than 60 rows or columns.
    """
    t = translator(language)
    columns = column_labels(matrix, t, short=True)
    data = _data(matrix, columns, t)
    rows = data["row"].n_unique()
    if not 0 < rows <= MOST or len(columns) > MOST:
        raise SamspillError(
            f"A matrix of {rows} rows and {len(columns)} columns cannot be drawn.",
            f"Choose some of the codes, so that there are at most {MOST}, or take the table.",
        )
    alt = _alt(data, columns, t)
    return Figure(
        number=NUMBER,
        title=matrix_title(matrix, t),
        subtitle=_subtitle(matrix, t),
        alt=alt,
        note=matrix_note(matrix, t),
        provenance=provenance_of(matrix.tables),
        n=int(matrix.totals["n"][-1]) if matrix.totals.height else 0,
        language=language,
        chart=_chart(data, columns, alt, t, matrix),
        data=data.drop("dark"),
        table=matrix_table(matrix, language),
    )


def fill(part: float) -> str:
    """The colour of a cell that holds this part (0 to 1) of the most that any cell holds."""
    ends = zip(*(_channels(colour) for colour in (LIGHTEST, DARKEST)), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in ends)


def white_on(colour: str) -> bool:
    """Whether white is read better on this colour than black; the better one has 4.5 or more."""
    return style.contrast(style.PAPER, colour) > style.contrast(BLACK, colour)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _data(matrix: Matrix, columns: list[str], t: Translator) -> pl.DataFrame:
    names = code_labels(matrix.tables, t.language)
    depth = dict(matrix.tables.codes.select("code", "depth").iter_rows())
    asked = pl.when(pl.col("n") > 0).then(pl.col(matrix.value).cast(pl.Float64))
    values = matrix.frame.select(asked.alias("value"))["value"]
    most: float = max((value for value in values if value is not None), default=0.0) or 1.0
    codes = matrix.frame["code"].to_list()
    return pl.DataFrame(
        {
            "row": [names[code] for code in codes],
            "panel": columns * (len(codes) // max(1, len(columns))),
            "value": values,
            "written": [_written(value, matrix, t) for value in values],
            "n": matrix.frame["n"],
            "depth": [depth.get(code, 0) for code in codes],
            "empty": matrix.frame["n"] == 0,
            "dark": [white_on(fill((value or 0.0) / most)) for value in values],
        },
        schema_overrides={"row": pl.String, "panel": pl.String, "written": pl.String},
    )


def _written(value: float | None, matrix: Matrix, t: Translator) -> str:
    if value is None:
        return EMPTY
    if matrix.value == "share":
        return format_percent(value, 0, t.language)
    return format_number(round(value), 0, t.language)


def _chart(
    data: pl.DataFrame, columns: list[str], description: str, t: Translator, matrix: Matrix
) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    rows = data.select("row", "depth").unique(maintain_order=True)
    shown = {row: INDENT * depth + row for row, depth in rows.iter_rows()}
    room = min(LABELS, 12 + max(text_width(label, style.LABEL) for label in shown.values()))
    words = [word for column in columns for word in column.split()]
    widest = 10 + max(text_width(word, style.SMALL) for word in words)
    step = max(NARROWEST, widest, min(150, (style.WIDTH - room) / len(columns)))
    heads = {column: wrap(column, step - 6, style.SMALL) for column in columns}
    y = alt.Y(
        "row:N",
        sort=list(shown),
        axis=alt.Axis(
            labelExpr=_lookup(shown), labelLimit=LABELS, labelAlign="left", labelPadding=room - 6
        ),
    )
    x = alt.X(
        "panel:N",
        sort=columns,
        axis=alt.Axis(
            orient="top",
            labelExpr=_lookup(heads),
            labelAngle=0,
            labelFontSize=style.SMALL,
            labelLimit=0,
            labelPadding=6 + LINE * (max(len(lines) for lines in heads.values()) - 1),
        ),
    )
    base = Chart(data).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("row:N", title=t("Theme")),
            alt.Tooltip("panel:N", title=dimension_words(matrix.dimensions, t).capitalize()),
            alt.Tooltip("written:N", title=t(MEASURES[matrix.measure]).capitalize()),
            alt.Tooltip("n:Q", title=t("n")),
        ],
    )
    top = float(data["value"].max() or 1)  # type: ignore[arg-type]
    cells = base.transform_filter("!datum.empty").mark_rect(stroke=style.PAPER, strokeWidth=2)
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(domain=[0, top], range=[LIGHTEST, DARKEST], interpolate="rgb"),
        legend=None,
    )
    numbers = base.mark_text(fontSize=style.SMALL, aria=False).encode(
        text="written:N",
        color=alt.condition("datum.dark", alt.value(style.PAPER), alt.value(BLACK)),
    )
    layered = alt.layer(cells.encode(color=colour), numbers)
    return layered.properties(
        width=step * len(columns), height=STEP * len(shown), description=description
    ).configure(**style.config())


def _lookup(labels: dict[str, Any]) -> str:
    """A Vega expression that gives the label of an axis' value."""
    import json

    return f"({json.dumps(labels, ensure_ascii=False)})[datum.value]"


def _subtitle(matrix: Matrix, t: Translator) -> str:
    bases = [n for n in matrix.frame["n"].to_list() if n]
    across = dimension_words(matrix.dimensions, t) or t("All")
    return t(
        "{measure} by {across}; n = {n} sources in a column, {all} in all.",
        measure=t(MEASURES[matrix.measure]).capitalize(),
        across=across,
        n=base_range(bases) if bases else "0",
        all=matrix.totals["n"][-1],
    )


def _alt(data: pl.DataFrame, columns: list[str], t: Translator) -> str:
    sentences = [
        t(
            "Table of {rows} themes by {columns} columns, darker where there is more: {names}.",
            rows=data["row"].n_unique(),
            columns=len(columns),
            names=", ".join(columns),
        )
    ]
    asked = data.filter(~pl.col("empty"))
    if not asked.is_empty():
        top = asked.sort("value", descending=True, maintain_order=True).row(0, named=True)
        sentences.append(
            t(
                "Most: {row} in {panel}, {value}.",
                row=quoted(top["row"], t),
                panel=quoted(top["panel"], t),
                value=top["written"],
            )
        )
        none = asked.filter(pl.col("value") == 0).height
        sentences.append(t("{none} of {cells} cells are empty.", none=none, cells=asked.height))
    missing = data.filter("empty")["panel"].unique(maintain_order=True).to_list()
    if missing:
        sentences.append(t("Nobody was asked in: {names}.", names=", ".join(missing)))
    return " ".join(sentences)
