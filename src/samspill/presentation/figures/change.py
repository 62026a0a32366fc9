"""Shares or means in two waves: where each stood, where it stands, and the change."""

from __future__ import annotations

import math
from collections.abc import Set
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.analysis.change.series import mean_limits
from samspill.language import Translator, format_number, format_percent, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.bars import share_lanes
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import LacksAnswers, weakest
from samspill.presentation.tables.words import (
    base_range,
    in_words,
    listed,
    message,
    provenance_sentence,
    quoted,
)
from samspill.statistics import adjust
from samspill.statistics.intervals import wilson

if TYPE_CHECKING:
    from samspill.analysis.change import Waves

NUMBER = "change"
STEP = 40
LEVEL = 0.05
ROOM = 0.95
METHODS = {
    "welch": message("Welch's interval"),
    "paired_t": message("the paired t interval"),
    "overlap_t": message("the t interval for partly the same units"),
    "newcombe": message("Newcombe's interval for independent groups"),
    "newcombe_paired": message("Newcombe's interval for pairs, method 10"),
    "newcombe_overlap": message("Newcombe's interval with the covariance of the units in common"),
    "tango": message("Tango's score interval"),
    "full count": message("no interval, for every unit answered"),
}


def change_figure(
    waves: Waves,
    indicator: str,
    language: str,
    *,
    basis: str = "all",
    before: str = "",
    after: str = "",
    hidden: Set[tuple[str, str]] = frozenset(),
    small: int = 0,
) -> Figure:
    """Each field's share or mean in two waves (by default the first and the last) and its change.

    ``hidden`` names indicators and fields to leave out; ``small`` is as in ``Waves.change``.
    Raises LacksAnswers where no field has answers in both.
    """
    t = translator(language)
    first, last = before or waves.names[0], after or waves.names[-1]
    data = _data(waves, indicator, language, basis, first, last, hidden, small)
    title = t(
        "{indicator}: has it changed from {before} to {after}?",
        indicator=waves.last.label(indicator, language),
        before=first,
        after=last,
    )
    note = _note(data, waves, t)
    means = is_mean(data)
    alt = _alt(data, first, last, t)
    lanes = (
        number_lanes(["all"], data, ["before_high", "after_high"], language, step=STEP, after=ROOM)
        if means
        else share_lanes(["all"], data["row"].to_list(), language, step=STEP, after=ROOM)
    )
    spread = {
        "before": base_range(data["n_before"].to_list()),
        "first": first,
        "after": base_range(data["n_after"].to_list()),
        "last": last,
        "both": base_range(data["n_both"].to_list()),
    }
    return Figure(
        number=NUMBER,
        title=title,
        subtitle=t(
            "Mean of {before} units in {first} and {after} in {last}; {both} answered both times.",
            **spread,
        )
        if means
        else t(
            "Share of {before} units in {first} and {after} in {last}; {both} answered both times.",
            **spread,
        ),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(max(data["n_after"].to_list())),
        language=language,
        chart=_chart(data, lanes, first, last, language, alt),
        data=data,
        table=change_table(data, title, note, first, last, t),
    )


def _data(
    waves: Waves,
    indicator: str,
    language: str,
    basis: str,
    first: str,
    last: str,
    hidden: Set[tuple[str, str]],
    small: int,
) -> pl.DataFrame:
    frame = waves.change(indicator, basis=basis, against="both", small=small).frame.filter(
        pl.col("against") == first, pl.col("wave") == last
    )
    kept = [
        pair not in hidden and ("*", "*") not in hidden
        for pair in frame.select("indicator", "field").iter_rows()
    ]
    frame = frame.filter(pl.Series(kept, dtype=pl.Boolean), pl.col("difference").is_not_null())
    if frame.is_empty():
        raise LacksAnswers(
            f"No field has answers to '{indicator}' in both waves that may be shown.",
            "Choose another indicator.",
        )
    limits = (
        _limits_of_means(waves, indicator, frame, {"before": first, "after": last})
        if is_mean(frame)
        else {
            name: wilson(frame[name].to_numpy(), 1 / frame[f"n_{name}"].to_numpy(), 0.95)
            for name in ("before", "after")
        }
    )
    label = waves.last.label
    return frame.with_columns(
        pl.Series("p_bh", adjust(frame["p"], "benjamini_hochberg")).fill_nan(None)
    ).with_columns(
        pl.Series("row", [label(f or indicator, language) for f in frame["field"]]),
        pl.lit("all").alias("panel"),
        *[
            pl.Series(f"{name}_{end}", values, dtype=pl.Float64)
            for name, (low, high) in limits.items()
            for end, values in (("low", low), ("high", high))
        ],
        (pl.col("p_bh").fill_null(1.0) < LEVEL).alias("stands"),
    )


def is_mean(data: pl.DataFrame) -> bool:
    """Whether the rows of a change are means and not shares."""
    return data["kind"].to_list() == ["mean"] * data.height


def _limits_of_means(
    waves: Waves, indicator: str, frame: pl.DataFrame, names: dict[str, str]
) -> dict[str, tuple[list[float | None], list[float | None]]]:
    """Student's limits of each wave's mean."""
    rows = waves.rows([indicator], frame["field"].to_list())
    found: dict[str, tuple[list[float | None], list[float | None]]] = {}
    for name, wave in names.items():
        limits = [
            mean_limits(rows.filter(pl.col("field") == field)[wave].drop_nulls().to_numpy())
            for field in frame["field"]
        ]
        found[name] = ([low for low, _ in limits], [high for _, high in limits])
    return found


def number_lanes(
    panels: list[str],
    data: pl.DataFrame,
    ends: list[str],
    language: str,
    *,
    step: int,
    after: float,
    headings: list[list[str]] | None = None,
) -> Lanes:
    """Lanes from 0 to beyond the largest value of the columns ``ends``, in whole numbers;
    ``after`` is the room for labels as a part of the lane."""
    largest = max((value for name in ends for value in data[name].drop_nulls()), default=1.0)
    top = float(max(1, math.ceil(largest)))
    middle = {} if top % 2 else {top / 2: format_number(top / 2, 0, language)}
    return Lanes(
        tuple(panels),
        tuple(data["row"].unique(maintain_order=True)),
        low=0.0,
        high=top,
        after=after * top / (3 if len(panels) == 1 else 1),
        ticks={0.0: "0", **middle, top: format_number(top, 0, language)},
        step=step,
        headings=tuple(tuple(lines) for lines in headings or ()),
    )


def written_change(row: dict[str, Any], name: str, t: Translator, decimals: int = 1) -> str:
    """A change of a share in percentage points or of a mean, with its sign; a dash for none."""
    if row[name] is None:
        return "–"
    if row["kind"] == "mean":
        return format_number(row[name], 2, t.language, sign=True)
    return written_points(row[name], t, decimals)


def written_value(row: dict[str, Any], name: str, t: Translator) -> str:
    """A share as per cent, or a mean with two decimals."""
    if row["kind"] == "mean":
        return format_number(row[name], 2, t.language)
    return format_percent(row[name], 1, t.language)


def written_points(value: float, t: Translator, decimals: int = 1) -> str:
    """A change of a share in percentage points, with its sign."""
    return format_number(100 * value, decimals, t.language, sign=True)


def _chart(
    data: pl.DataFrame, lanes: Lanes, first: str, last: str, language: str, description: str
) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    t = translator(language)
    rows = data.to_dicts()
    told = data.with_columns(
        pl.Series(
            "written",
            [
                t(
                    "{points} ({low} to {high})",
                    points=written_change(row, "difference", t, 0),
                    low=written_change(row, "low", t, 0),
                    high=written_change(row, "high", t, 0),
                )
                for row in rows
            ],
            dtype=pl.String,
        ),
        pl.Series("tooltip", [_sentence(row, first, last, t) for row in rows], dtype=pl.String),
    )
    points = pl.concat(
        [
            told.with_columns(
                pl.lit(wave).alias("at"),
                pl.col(name).alias("share"),
                pl.col(f"{name}_low").alias("from"),
                pl.col(f"{name}_high").alias("to"),
            )
            for wave, name in (("before", "before"), ("after", "after"))
        ]
    )
    placed = lanes.place(points, x="share", x_low="from", x_high="to", x1="before", x2="after")
    end = lanes.high - lanes.low
    placed = placed.with_columns((pl.col("x_start") + 1.06 * end).alias("x_number"))
    tooltip = [
        alt.Tooltip("row:N", title=t("Field")),
        alt.Tooltip("tooltip:N", title=t("Change")),
    ]
    base = Chart(placed).encode(y=lanes.y(), tooltip=tooltip)
    offset = alt.YOffset("at:N", sort=["before", "after"], scale=alt.Scale(paddingOuter=0.5))
    layers = []
    for at, filled in (("before", False), ("after", True)):
        own = base.transform_filter(f"datum.at == '{at}'").encode(yOffset=offset)
        colour = style.MUNICIPALITY if filled else style.SOFT
        layers += [
            own.mark_rule(strokeWidth=2 if filled else 1.4, color=colour, aria=False).encode(
                x=lanes.x("x_low"), x2="x_high"
            ),
            own.mark_point(**_symbol(filled)).encode(x=lanes.x("x")),
        ]
    numbers = base.transform_filter("datum.at == 'after'").mark_text(
        align="left", aria=False, color=style.INK
    )
    for stands, weight in ((True, "bold"), (False, "normal")):
        layers.append(
            numbers.transform_filter(f"datum.stands == {str(stands).lower()}")
            .mark_text(align="left", aria=False, color=style.INK, fontWeight=weight)
            .encode(x=lanes.x("x_number"), text="written:N")
        )
    return lanes.chart([*layers, *_key(first, last, is_mean(data), t)], description)


def _symbol(filled: bool) -> dict[str, Any]:
    return {
        "shape": "circle" if filled else "square",
        "size": 62 if filled else 46,
        "opacity": 1,
        "filled": True,
        "fill": style.MUNICIPALITY if filled else style.PAPER,
        "stroke": style.MUNICIPALITY if filled else style.SOFT,
        "strokeWidth": 1.4,
    }


def _key(first: str, last: str, means: bool, t: Translator) -> list[Any]:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    layers, left, y = [], 6, -16
    for words, filled in ((first, False), (last, True)):
        entry = Chart(pl.DataFrame({"key": [words]}))
        at = {"x": alt.value(left), "y": alt.value(y)}
        layers.append(entry.mark_point(**_symbol(filled), aria=False).encode(**at))
        text = entry.mark_text(
            align="left", fontSize=style.LABEL, fontWeight="bold" if filled else "normal",
            aria=False,
        )  # fmt: skip
        layers.append(text.encode(x=alt.value(left + 10), y=alt.value(y), text="key:N"))
        left += 40 + round(text_width(words, style.LABEL, bold=True))
    heading = (
        t("Change (95% interval)") if means else t("Change in percentage points (95% interval)")
    )
    head = Chart(pl.DataFrame({"key": [heading]}))
    layers.append(
        head.mark_text(align="left", fontSize=style.SMALL, color=style.SOFT, aria=False).encode(
            x=alt.value(left + 10), y=alt.value(y), text="key:N"
        )
    )
    return layers


def _sentence(row: dict[str, Any], first: str, last: str, t: Translator) -> str:
    told = {
        "before": written_value(row, "before", t),
        "first": first,
        "after": written_value(row, "after", t),
        "last": last,
        "change": written_change(row, "difference", t),
        "low": written_change(row, "low", t),
        "high": written_change(row, "high", t),
    }
    if row["kind"] == "mean":
        return t(
            "{before} in {first}, {after} in {last}: {change}, 95% interval {low} to {high}", **told
        )
    return t(
        "{before} in {first}, {after} in {last}: {change} percentage points, 95% interval {low} "
        "to {high}",
        **told,
    )


def _alt(data: pl.DataFrame, first: str, last: str, t: Translator) -> str:
    rows = data.to_dicts()
    stands = [quoted(row["row"], t) for row in rows if row["stands"]]
    parts = [f"{quoted(row['row'], t)}: {_sentence(row, first, last, t)}" for row in rows]
    return " ".join(
        [
            t(
                "Two points with intervals in each of {n} rows, for {first} and for {last}.",
                n=len(rows),
                first=first,
                last=last,
            ),
            "; ".join(parts) + ".",
            t("Changes that stand after correction: {names}.", names=listed(stands, t))
            if stands
            else t("No change stands after correction."),
        ]
    )


def _note(data: pl.DataFrame, waves: Waves, t: Translator) -> str:
    names = [name.partition(",")[0] for name in data["method"].unique(maintain_order=True)]
    methods = [t(METHODS[name]) if name in METHODS else name for name in dict.fromkeys(names)]
    sentences = [
        t("Lines are 95% intervals of each wave (Student's interval).")
        if is_mean(data)
        else t("Lines are 95% intervals of each wave (Wilson's interval)."),
        t("Intervals of the change: {methods}.", methods="; ".join(methods)),
        t(
            "Changes in bold stand after Benjamini and Hochberg's correction for {n} tests at 5%.",
            n=data.height,
        ),
        waves.design.caution(t),
        provenance_sentence(data, t),
    ]
    return " ".join(sentences)


def change_table(
    data: pl.DataFrame, title: str, note: str, first: str, last: str, t: Translator
) -> Table:
    """The numbers of the figure, with who gained and who lost among those that answered twice."""
    means = is_mean(data)
    value: tuple[Any, int] = ("number", 2) if means else ("share", 1)
    points: tuple[Any, int] = ("number", 2) if means else ("points", 1)
    columns = (
        Column("row", t("Field")),
        Column("n_before", t("n, {wave}", wave=first), "integer"),
        Column("before", first, *value),
        Column("n_after", t("n, {wave}", wave=last), "integer"),
        Column("after", last, *value),
        Column("difference", t("Change") if means else t("Change, points"), *points),
        Column("low", t("95% interval from"), *points),
        Column("high", t("95% interval to"), *points),
        Column("p", "p", "p"),
        Column("p_bh", t("p, BH"), "p"),
        Column("n_both", t("Both times"), "integer"),
        *(
            ()
            if means
            else (
                Column("gained", t("Gained"), "integer"),
                Column("lost", t("Lost"), "integer"),
            )
        ),
        Column("provenance", t("Provenance")),
    )
    shown = data.with_columns(in_words(data["provenance"], t))
    return Table(
        NUMBER, title, note, columns, shown, t.language, weakest(data["provenance"].to_list())
    )
