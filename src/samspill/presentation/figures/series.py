"""A share or a mean in every wave: a point with its interval, and that of the units which answered
every time."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.language import Translator, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.bars import share_lanes
from samspill.presentation.figures.change import is_mean, number_lanes, written_value
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import LacksAnswers, weakest
from samspill.presentation.tables.words import base_range, in_words, provenance_sentence

if TYPE_CHECKING:
    from samspill.analysis.change import Waves

NUMBER = "series"
STEP = 34
MOST_LANES = 4
ROOM = 0.4
PANEL = ("n_panel", "total_panel", "panel", "panel_low", "panel_high")


def series_figure(
    waves: Waves,
    indicator: str,
    language: str,
    *,
    hidden: Set[tuple[str, str]] = frozenset(),
    small: int = 0,
) -> Figure:
    """An indicator's share or mean in every wave, by field.

    ``hidden`` names indicators and fields to leave out. Where a group of one to ``small`` less one
    units, answering yes or no every time or only some times, could be told from the numbers of
    the units that answered every time, those are left out. Raises LacksAnswers where no field has
    answers.
    """
    t = translator(language)
    data = _data(waves, indicator, language, hidden, small)
    means = is_mean(data)
    label = waves.last.label(indicator, language)
    names = ", ".join(waves.names)
    note = _note(data, waves, t)
    alt = _alt(data, t)
    title = t("{indicator}: {waves}", indicator=label, waves=names)
    n = base_range(data["n"].to_list())
    return Figure(
        number=NUMBER,
        title=title,
        subtitle=t("Mean of {n} units in each wave.", n=n)
        if means
        else t("Share of {n} units in each wave.", n=n),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(max(data["n"].to_list())),
        language=language,
        chart=_chart(data, _lanes(data, means, language), alt, t),
        data=data,
        table=series_table(data, title, note, t),
    )


def _data(
    waves: Waves, indicator: str, language: str, hidden: Set[tuple[str, str]], small: int
) -> pl.DataFrame:
    frame = waves.series(indicator).frame
    kept = [
        (indicator, field) not in hidden and ("*", "*") not in hidden for field in frame["field"]
    ]
    frame = frame.filter(pl.Series(kept, dtype=pl.Boolean))
    if small and not frame.is_empty():
        frame = _without_small(frame, small)
    if frame.is_empty():
        raise LacksAnswers(
            f"No field has answers to '{indicator}' that may be shown.", "Choose another indicator."
        )
    label = waves.last.label
    places = [label(field or indicator, language) for field in frame["field"]]
    several = len(waves.names) > MOST_LANES
    rows = [
        f"{place} · {wave}" if several else place
        for place, wave in zip(places, frame["wave"], strict=True)
    ]
    return frame.with_columns(
        pl.Series("place", places, dtype=pl.String),
        pl.Series("row", rows, dtype=pl.String),
        pl.lit("").alias("panel_label") if several else pl.col("wave").alias("panel_label"),
    )


def _without_small(frame: pl.DataFrame, small: int) -> pl.DataFrame:
    """Fields of real answers without what tells of fewer than ``small`` units: means of so few, and
    numbers of the units that answered every time, in all waves together."""

    def few(count: pl.Expr) -> pl.Expr:
        return (count > 0) & (count < small)

    share = pl.col("kind") == "share"
    n, panel, rest = pl.col("n"), pl.col("n_panel"), pl.col("n") - pl.col("n_panel")
    yes, panel_yes = pl.col("total"), pl.col("total_panel")
    rest_yes = yes - panel_yes
    counts = (panel_yes, panel - panel_yes, rest_yes, rest - rest_yes)
    telling = few(panel) | few(rest) | (share & pl.any_horizontal(*map(few, counts)))
    kept = frame.filter(~(few(n) | (share & (few(yes) | few(n - yes)))).any().over("field"))
    hushed = telling.any().over("field")
    return kept.with_columns(
        pl.when(hushed).then(None).otherwise(pl.col(name)).alias(name) for name in PANEL
    )


def _lanes(data: pl.DataFrame, means: bool, language: str) -> Lanes:
    panels = data["panel_label"].unique(maintain_order=True).to_list()
    headings = [[panel] for panel in panels] if len(panels) > 1 else None
    rows = data["row"].unique(maintain_order=True).to_list()
    if means:
        ends = ["estimate", "high", "panel", "panel_high"]
        return number_lanes(panels, data, ends, language, step=STEP, after=ROOM, headings=headings)
    return share_lanes(panels, rows, language, step=STEP, after=ROOM, headings=headings)


def _chart(data: pl.DataFrame, lanes: Lanes, description: str, t: Translator) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    rows = data.to_dicts()
    told = data.with_columns(
        pl.col("panel").alias("again"),
        pl.col("panel_label").alias("panel"),
        pl.Series("written", [written_value(row, "estimate", t) for row in rows]),
        pl.Series("tooltip", [_sentence(row, t) for row in rows]),
    )
    placed = lanes.place(
        told, x="estimate", x_low="low", x_high="high",
        x_again="again", x_again_low="panel_low", x_again_high="panel_high",
    ).with_columns(
        (pl.col("x_start") + 1.04 * (lanes.high - lanes.low)).alias("x_number")
    )  # fmt: skip
    base = Chart(placed).encode(
        y=lanes.y(),
        tooltip=[
            alt.Tooltip("place:N", title=t("Field")),
            alt.Tooltip("tooltip:N", title=t("In the wave")),
        ],
    )
    again = base.transform_filter("isValid(datum.x_again)")
    layers = [
        base.mark_rule(strokeWidth=2, color=style.MUNICIPALITY, yOffset=-5, aria=False).encode(
            x=lanes.x("x_low"), x2="x_high"
        ),
        base.mark_point(**_symbol(True), yOffset=-5).encode(x=lanes.x("x")),
        again.mark_rule(strokeWidth=1.4, color=style.SOFT, yOffset=6, aria=False).encode(
            x=lanes.x("x_again_low"), x2="x_again_high"
        ),
        again.mark_point(**_symbol(False), yOffset=6).encode(x=lanes.x("x_again")),
        base.mark_text(align="left", aria=False, color=style.INK, yOffset=-5).encode(
            x=lanes.x("x_number"), text="written:N"
        ),
        *_key(lanes, t),
    ]
    return lanes.chart(layers, description)


def _symbol(everyone: bool) -> dict[str, Any]:
    return {
        "shape": "circle" if everyone else "square",
        "size": 62 if everyone else 42,
        "opacity": 1,
        "filled": True,
        "fill": style.MUNICIPALITY if everyone else style.PAPER,
        "stroke": style.MUNICIPALITY if everyone else style.SOFT,
        "strokeWidth": 1.4,
    }


def _key(lanes: Lanes, t: Translator) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    layers, left, y = [], 6, -lanes.heading_height - 16
    words = (t("all that answered"), True), (t("those that answered every time"), False)
    for text, everyone in words:
        entry = Chart(pl.DataFrame({"key": [text]}))
        at = {"x": alt.value(left), "y": alt.value(y)}
        layers.append(entry.mark_point(**_symbol(everyone), aria=False).encode(**at))
        label = entry.mark_text(align="left", fontSize=style.SMALL, aria=False)
        layers.append(label.encode(x=alt.value(left + 12), y=alt.value(y), text="key:N"))
        left += 36 + round(text_width(text, style.SMALL))
    return layers


def _sentence(row: dict[str, Any], t: Translator) -> str:
    told = {"wave": row["wave"], "value": written_value(row, "estimate", t), "n": row["n"]}
    if row["low"] is None:
        return t("{wave}: {value} (n = {n})", **told)
    return t(
        "{wave}: {value} (n = {n}, 95% interval {low} to {high})",
        **told,
        low=written_value(row, "low", t),
        high=written_value(row, "high", t),
    )


def _alt(data: pl.DataFrame, t: Translator) -> str:
    parts = []
    for place in data["place"].unique(maintain_order=True):
        own = [_sentence(row, t) for row in data.filter(pl.col("place") == place).to_dicts()]
        parts.append(f"{place}: {'; '.join(own)}")
    return " ".join(
        [
            t(
                "A point with its interval in each wave, for {n} fields, and beside it that of the "
                "units that answered every time.",
                n=data["place"].n_unique(),
            ),
            *(f"{part}." for part in parts),
        ]
    )


def _note(data: pl.DataFrame, waves: Waves, t: Translator) -> str:
    known = data["n_panel"].drop_nulls().to_list()
    sentences = [
        t("Lines are 95% intervals of each wave (Student's interval).")
        if is_mean(data)
        else t("Lines are 95% intervals of each wave (Wilson's interval)."),
        t(
            "Squares are the {n} units that could be followed and answered the question every "
            "time.",
            n=base_range(known),
        )
        if known
        else t("The units that answered every time are not shown apart: some groups are few."),
        waves.design.caution(t),
        provenance_sentence(data.with_columns(pl.col("place").alias("row")), t),
    ]
    return " ".join(sentences)


def series_table(data: pl.DataFrame, title: str, note: str, t: Translator) -> Table:
    """The numbers of the figure, with the weighted ones of waves that are weighted."""
    value: tuple[Any, int] = ("number", 2) if is_mean(data) else ("share", 1)
    name = t("Mean") if is_mean(data) else t("Share")
    weighted = (
        (
            Column("estimate_weighted", t("{value}, weighted", value=name), *value),
            Column("low_weighted", t("Weighted, 95% interval from"), *value),
            Column("high_weighted", t("Weighted, 95% interval to"), *value),
        )
        if data["estimate_weighted"].drop_nulls().len()
        else ()
    )
    columns = (
        Column("place", t("Field")),
        Column("wave", t("Wave")),
        Column("n", t("n"), "integer"),
        Column("estimate", name, *value),
        Column("low", t("95% interval from"), *value),
        Column("high", t("95% interval to"), *value),
        *weighted,
        Column("n_panel", t("Answered every time"), "integer"),
        Column("panel", t("{value}, these alone", value=name), *value),
        Column("panel_low", t("95% interval from"), *value),
        Column("panel_high", t("95% interval to"), *value),
        Column("provenance", t("Provenance")),
    )
    shown = data.with_columns(in_words(data["provenance"], t))
    known = weakest(data["provenance"].to_list())
    return Table(NUMBER, title, note, columns, shown, t.language, known)
