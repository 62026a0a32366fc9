"""How different the silent would have to be: tipping points of the differences by policy."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from samspill.language import Translator, format_number, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.effects import LEVEL, points
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.registry import FigureSpec
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables.model import Column, Table
from samspill.presentation.tables.source import (
    POLICY,
    Analysis,
    LacksAnswers,
    field_terms,
    indicator_terms,
    policy_family,
    weakest,
)
from samspill.presentation.tables.weighted import tipping_columns
from samspill.presentation.tables.words import (
    in_words,
    listed,
    message,
    provenance_sentence,
    quoted,
)

STEP = 27
TICK = 0.2

DIVIDED = message(
    "Silent units whose policy is not known are taken to be divided as those who answered."
)
WEIGHTS_SAY = message(
    "The figure is of the unweighted answers. Weights say something of the silent already; the "
    "table gives how far from that they would have to be."
)
MOVED = message("The limits of Newcombe's interval move with the difference.")


def tipping_figure(
    analysis: Analysis,
    spec: FigureSpec,
    language: str,
    *,
    hidden: frozenset[tuple[str, str]] = frozenset(),
) -> Figure:
    """A figure of shape ``tipping``: the differences below the 5 per cent level, each with the
    difference among the silent at which its interval reaches zero and at which its sign turns."""
    t = translator(language)
    data = tipping_data(analysis, language, hidden)
    silent = int(data["silent"].max())  # type: ignore[arg-type]
    title, alt = t(spec.title), _alt(data, t)
    sentences = [*_assumed(analysis, t), t(MOVED), _weighted(data, t), provenance_sentence(data, t)]
    note = " ".join(filter(None, sentences))
    return Figure(
        number=spec.number,
        title=title,
        subtitle=t(
            "Difference in share between units with and without a volunteer policy, in percentage "
            "points, among the {silent} units that did not answer.",
            silent=silent,
        ),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int((data["n_reference"] + data["n_comparison"]).max()),  # type: ignore[arg-type]
        language=language,
        chart=_chart(data, t, alt),
        data=data,
        table=_table(spec.number, title, note, data, t),
    )


def tipping_data(
    analysis: Analysis, language: str, hidden: frozenset[tuple[str, str]] = frozenset()
) -> pl.DataFrame:
    """Tipping points of the differences below the 5 per cent level, with labels.

    Columns of ``StudyAnalysis.sensitivity`` and ``row`` (indicator and field), ``p``. Raises
    LacksAnswers where there are none, or nobody is silent.
    """
    family = policy_family(analysis)
    chosen = family.filter(pl.col("p").is_not_null() & (pl.col("p") < LEVEL))
    left = [pair not in hidden for pair in chosen.select("indicator", "field").iter_rows()]
    chosen = chosen.filter(pl.Series(left, dtype=pl.Boolean))
    fields = {
        term.identifier: term.label for term in field_terms(analysis, language, in_depth=True)
    }
    chosen = chosen.filter(pl.col("field").is_in(list(fields)))
    if chosen.is_empty():
        raise LacksAnswers(
            "No difference by volunteer policy is below the 5 per cent level.",
            "Choose another figure; what the silence could do to shares is told without it.",
        )
    names = chosen["indicator"].unique(maintain_order=True).to_list()
    found = analysis.sensitivity(
        names, by=POLICY, fields=chosen["field"].unique(maintain_order=True).to_list()
    ).frame
    labels = {term.identifier: term.label for term in indicator_terms(analysis, names, language)}
    data = chosen.select("indicator", "field", "p").join(
        found, on=["indicator", "field"], how="inner", maintain_order="left"
    )
    data = data.filter(pl.col("silent") > 0)
    if data.is_empty():
        raise LacksAnswers(
            "Everyone answered, so there is no silence to weigh.", "Choose another figure."
        )
    rows = [
        f"{labels[name]}: {_mid(fields[field])}"
        for name, field in data.select("indicator", "field").iter_rows()
    ]
    return data.with_columns(pl.Series("row", rows)).sort(
        pl.col("silent_difference_interval").fill_null(-2.0), "row", maintain_order=True
    )


def _assumed(analysis: Analysis, t: Translator) -> list[str]:
    units = analysis.study.units
    whole = units.height == analysis.study.population_size and not units[POLICY].null_count()
    return [] if whole else [t(DIVIDED)]


def _weighted(data: pl.DataFrame, t: Translator) -> str:
    """What the figure leaves to its table, where the study weights its answers."""
    return t(WEIGHTS_SAY) if tipping_columns(data, t) else ""


def _mid(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _chart(data: pl.DataFrame, t: Translator, description: str) -> Any:
    from samspill.presentation.figures.charts import Chart

    lanes = _lanes(data, t)
    known = data.with_columns(
        pl.lit("").alias("panel"),
        pl.col("silent_difference_sign")
        .fill_null(pl.when(pl.col("difference") > 0).then(lanes.low).otherwise(lanes.high))
        .alias("end"),
        pl.Series("told", [_told(row, t) for row in data.to_dicts()]),
        pl.Series("written", [points(value, t, 0) for value in data["difference"]]),
        pl.Series(
            "turned",
            [
                "" if value is None else points(value, t, 0)
                for value in data["silent_difference_sign"]
            ],
        ),
    )
    placed = lanes.place(
        known,
        x="difference",
        x_end_of="end",
        x_interval="silent_difference_interval",
        x_sign="silent_difference_sign",
    )
    import altair as alt

    tooltip = [
        alt.Tooltip("row:N", title=t("Difference")),
        alt.Tooltip("told:N", title=t("Holds unless")),
    ]
    base = Chart(placed).encode(y=lanes.y(), tooltip=tooltip)
    sure = base.transform_filter("isValid(datum.x_interval)")
    turning = base.transform_filter("isValid(datum.x_sign)")
    layers = [
        base.mark_rule(color=style.MUNICIPALITY_LIGHT, strokeWidth=1.6, aria=False).encode(
            x=lanes.x("x"), x2="x_end_of"
        ),
        sure.mark_rule(color=style.MUNICIPALITY, strokeWidth=4, aria=False).encode(
            x=lanes.x("x"), x2="x_interval"
        ),
        base.mark_point(**_answered(), aria=True).encode(x=lanes.x("x")),
        sure.mark_point(**_interval(), aria=False).encode(x=lanes.x("x_interval")),
        turning.mark_point(**_turned(), aria=False).encode(x=lanes.x("x_sign")),
        base.mark_text(align="left", dx=10, aria=False, fontWeight="bold").encode(
            x=lanes.x("x"), text="written:N"
        ),
        turning.mark_text(align="right", dx=-9, aria=False).encode(
            x=lanes.x("x_sign"), text="turned:N"
        ),
        *_key(t),
    ]
    return lanes.chart(layers, description)


def _answered() -> dict[str, Any]:
    return {
        "shape": "circle",
        "size": 80,
        "filled": True,
        "color": style.MUNICIPALITY,
        "opacity": 1,
    }


def _interval() -> dict[str, Any]:
    return {
        "shape": "stroke", "angle": 90, "size": 190, "stroke": style.INK, "strokeWidth": 2.4,
        "opacity": 1,
    }  # fmt: skip


def _turned() -> dict[str, Any]:
    return {
        "shape": "diamond", "size": 85, "filled": True, "fill": style.PAPER,
        "stroke": style.WARNING, "strokeWidth": 1.8, "opacity": 1,
    }  # fmt: skip


def _key(t: Translator) -> list[Any]:
    """What the marks mean, in two lines, since long labels leave little width."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    interval = t("the interval reaches zero")
    after = 46 + round(text_width(interval, style.SMALL))
    entries = (
        (_answered(), t("as among those who answered"), 6, -42),
        (_interval(), interval, 6, -22),
        (_turned(), t("the sign turns"), after, -22),
    )
    layers: list[Any] = []
    for symbol, words, x, y in entries:
        entry = Chart(pl.DataFrame({"key": [words]}))
        at = {"x": alt.value(x), "y": alt.value(y)}
        layers.append(entry.mark_point(**symbol, aria=False).encode(**at))
        text = entry.mark_text(align="left", fontSize=style.SMALL, aria=False)
        layers.append(text.encode(x=alt.value(x + 13), y=alt.value(y), text="key:N"))
    return layers


def _lanes(data: pl.DataFrame, t: Translator) -> Lanes:
    values = [
        value
        for name in ("difference", "silent_difference_interval", "silent_difference_sign")
        for value in data[name].drop_nulls()
    ]
    low = min(-0.2, math.floor((min(values) - 0.06) * 10) / 10)
    high = max(0.2, math.ceil((max(values) + 0.06) * 10) / 10)
    ticks = range(math.ceil(low / TICK - 1e-9), math.floor(high / TICK + 1e-9) + 1)
    return Lanes(
        ("",),
        tuple(data["row"]),
        low=low,
        high=high,
        after=0.0,
        ticks={
            round(TICK * i, 10) + 0.0: format_number(
                round(100 * TICK * i), 0, t.language, sign=True
            )
            for i in ticks
        },
        step=STEP,
    )


def _told(row: dict[str, Any], t: Translator) -> str:
    interval, sign = row["silent_difference_interval"], row["silent_difference_sign"]
    if interval is None or sign is None:
        return t("nothing that the silent could answer would turn it")
    return t(
        "{difference} points among those who answered; the interval reaches zero at {interval} "
        "among the silent, and the sign turns at {sign}",
        difference=points(row["difference"], t),
        interval=points(interval, t),
        sign=points(sign, t),
    )


def _alt(data: pl.DataFrame, t: Translator) -> str:
    rows = data.to_dicts()
    firm = [r for r in rows if _beyond_zero(r)]
    ordered = [r for r in rows if r["silent_difference_sign"] is not None]
    sentences = [t("{n} differences, each with two tipping points.", n=len(rows))]
    if ordered:
        far = max(ordered, key=lambda r: abs(r["silent_difference_sign"]))
        near = min(ordered, key=lambda r: abs(r["silent_difference_sign"]))
        sentences.append(
            t(
                "The sign turns last for {far}, at {far_points} percentage points among the "
                "silent, and first for {near}, at {near_points}.",
                far=quoted(far["row"], t),
                far_points=points(far["silent_difference_sign"], t),
                near=quoted(near["row"], t),
                near_points=points(near["silent_difference_sign"], t),
            )
        )
    sentences.append(
        t(
            "Clear of zero even if the silent do not differ by policy: {names}.",
            names=listed([quoted(r["row"], t) for r in firm], t),
        )
        if firm
        else t("No difference stays clear of zero if the silent do not differ by policy.")
    )
    return " ".join(sentences)


def _beyond_zero(row: dict[str, Any]) -> bool:
    """Whether the interval is clear of zero even where the silent do not differ."""
    tip = row["silent_difference_interval"]
    return bool(row["clear"]) and (tip is None or tip * row["difference"] <= 0)


def _table(number: str, title: str, note: str, data: pl.DataFrame, t: Translator) -> Table:
    columns = (
        Column("row", t("Difference")),
        Column("difference", t("Difference, percentage points"), "points", 1),
        Column("low", t("95% interval from"), "points", 1),
        Column("high", t("95% interval to"), "points", 1),
        Column("silent", t("Did not answer"), "integer"),
        Column("silent_difference_interval", t("Silent, interval reaches zero"), "points", 1),
        Column("silent_difference_sign", t("Silent, sign turns"), "points", 1),
        Column("shift_sign", t("Smallest shift, sign"), "points", 1),
        Column("bound_low", t("Bound from"), "points", 1),
        Column("bound_high", t("Bound to"), "points", 1),
        *tipping_columns(data, t),
        Column("provenance", t("Provenance")),
    )
    written = data.with_columns(in_words(data["provenance"], t))
    provenance = weakest(data["provenance"].to_list())
    return Table(number, title, note, columns, written, t.language, provenance)
