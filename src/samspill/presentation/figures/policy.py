"""Figures by policy: two groups in every row, each a point with its interval and its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from samspill.language import Translator, format_percent, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.bars import share_lanes, share_words, tooltips
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.registry import FigureSpec
from samspill.presentation.figures.shares import (
    extremes,
    fields_of,
    heads,
    in_order,
    labelled,
    note_text,
    terms_of,
)
from samspill.presentation.figures.svg import text_width
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import (
    POLICY,
    Analysis,
    LacksAnswers,
    Term,
    shares_of,
    splits_by_policy,
    weakest,
)
from samspill.presentation.tables.weighted import share_columns
from samspill.presentation.tables.words import (
    base_range,
    in_words,
    listed,
    message,
    quoted,
    star_sentence,
)
from samspill.statistics import stars

STEP = 42
NUMBER_ROOM = 0.62
GROUPS = {
    "no": message("without a volunteer policy"),
    "yes": message("with a volunteer policy"),
}


def policy_figure(analysis: Analysis, spec: FigureSpec, language: str) -> Figure:
    """A figure of shape ``policy``."""
    t = translator(language)
    if not splits_by_policy(analysis):
        raise _lacking()
    indicators = terms_of(analysis, spec, language)
    fields = fields_of(analysis, spec, language) or ()
    shares = shares_of(analysis, indicators, fields, by=POLICY)
    data = _with_stars(shares, analysis, indicators).sort(
        pl.col("group") == "yes", maintain_order=True
    )
    data = labelled(data, indicators, fields, spec)
    panels = in_order(data, "panel")
    lanes = share_lanes(
        panels,
        in_order(data, "row"),
        language,
        step=STEP,
        after=NUMBER_ROOM,
        headings=[[panel] for panel in panels] if len(panels) > 1 else None,
    )
    title, alt = t(spec.title), alt_text(data, t)
    note = " ".join([note_text(analysis, spec, data, t), star_sentence(t)])
    return Figure(
        number=spec.number,
        title=title,
        subtitle=t("Share of {groups}.", groups=listed(_groups(data, t), t)),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=_total(data),
        language=language,
        chart=paired_chart(data, lanes, heads(spec, t), language, alt),
        data=data,
        table=policy_table(spec, title, note, data, t),
    )


def _with_stars(
    shares: pl.DataFrame, analysis: Analysis, indicators: Sequence[Term]
) -> pl.DataFrame:
    found = [analysis.differences(term.identifier, by=POLICY).frame for term in indicators]
    tests = pl.concat([frame.select("indicator", "field", "difference", "p") for frame in found])
    marked = tests.with_columns(pl.Series("stars", [stars(p) for p in tests["p"]], dtype=pl.String))
    pairs = shares.join(marked, on=["indicator", "field"], how="inner", maintain_order="left")
    if pairs.is_empty():
        raise _lacking()
    return pairs


def _lacking() -> LacksAnswers:
    return LacksAnswers(
        "The study has no comparisons by volunteer policy for this figure.",
        "Choose a figure or table whose questions the study asked.",
    )


def _total(data: pl.DataFrame) -> int:
    totals = data.group_by("indicator", "field").agg(pl.col("n").sum())
    return int(totals["n"].max())  # type: ignore[arg-type]


def _groups(data: pl.DataFrame, t: Translator) -> list[str]:
    return [
        t(
            "{n} units {group}",
            n=base_range(data.filter(pl.col("group") == group)["n"].to_list()),
            group=t(words),
        )
        for group, words in GROUPS.items()
    ]


def paired_chart(
    data: pl.DataFrame, lanes: Lanes, heads: tuple[str, str], language: str, description: str
) -> Any:
    """A hollow square and a filled circle in every row, so that grey print keeps them apart."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    written = share_words(data, language).with_columns(
        pl.when(pl.col("group") == "yes")
        .then(pl.col("written") + " " + pl.col("stars"))
        .otherwise(pl.col("written"))
        .alias("written"),
    )
    placed = lanes.place(written, x="share", x_low="low", x_high="high").with_columns(
        (pl.col("x_start") + (lanes.high - lanes.low) * 1.07).alias("x_number")
    )
    base = Chart(placed).encode(
        y=lanes.y(),
        yOffset=alt.YOffset("group:N", sort=list(GROUPS), scale=alt.Scale(paddingOuter=0.35)),
        tooltip=tooltips(heads, language),
    )
    layers = []
    for group in GROUPS:
        layers += _marks(base.transform_filter(f"datum.group == '{group}'"), lanes, group == "yes")
    layers += _key(data, lanes, translator(language))
    return lanes.chart(layers, description)


def _marks(base: Any, lanes: Lanes, filled: bool) -> list[Any]:
    colour = style.MUNICIPALITY if filled else style.SOFT
    line = base.mark_rule(strokeWidth=2 if filled else 1.4, color=colour, aria=False)
    numbers = base.mark_text(
        align="left", aria=False, fontWeight="bold" if filled else "normal", color=style.INK
    )
    return [
        line.encode(x=lanes.x("x_low"), x2="x_high"),
        base.mark_point(**_symbol(filled)).encode(x=lanes.x("x")),
        numbers.encode(x=lanes.x("x_number"), text="written:N"),
    ]


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


def _key(data: pl.DataFrame, lanes: Lanes, t: Translator) -> list[Any]:
    """Which symbol is which group, above the lanes and in their own symbols."""
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    y = -(lanes.heading_height if lanes.headings else 0) - 16
    layers, left = [], 6
    for group, words in zip(GROUPS, _groups(data, t), strict=True):
        entry = Chart(pl.DataFrame({"key": [words]}))
        filled = group == "yes"
        layers.append(
            entry.mark_point(**_symbol(filled), aria=False).encode(
                x=alt.value(left), y=alt.value(y)
            )
        )
        layers.append(
            entry.mark_text(
                align="left",
                fontSize=style.LABEL,
                fontWeight="bold" if filled else "normal",
                aria=False,
            ).encode(x=alt.value(left + 10), y=alt.value(y), text="key:N")
        )
        left += 34 + round(text_width(words, style.LABEL, bold=True))
    return layers


def alt_text(data: pl.DataFrame, t: Translator) -> str:
    """Extent, extremes, the direction of the differences and which are marked."""
    data = data.with_columns(several=data["panel"].n_unique() > 1)
    pairs = data.filter(pl.col("group") == "yes")
    higher = pairs.filter(pl.col("difference") > 0).height
    intro = t(
        "Points with intervals for {pairs} comparisons of {groups}.",
        pairs=pairs.height,
        groups=listed(_groups(data, t), t),
    )
    direction = t(
        "In {higher} of {pairs} the share is higher with a policy.",
        higher=higher,
        pairs=pairs.height,
    )
    widest = pairs.sort(pl.col("difference").abs(), descending=True).row(0, named=True)
    without = data.filter(
        pl.col("group") == "no",
        pl.col("indicator") == widest["indicator"],
        pl.col("field") == widest["field"],
    ).row(0, named=True)
    largest = t(
        "Largest difference: {place}, {without} without and {with_policy} with.",
        place=place(widest, t),
        without=format_percent(without["share"], 0, t.language),
        with_policy=format_percent(widest["share"], 0, t.language),
    )
    return " ".join([intro, extremes(data, t), direction, largest, _marked(pairs, t)])


def place(row: dict[str, Any], t: Translator) -> str:
    """A row and its panel in words; the row alone where there is but one panel."""
    if not row["several"]:
        return quoted(row["row"], t)
    return t("{row} in {panel}", row=quoted(row["row"], t), panel=quoted(row["panel"], t))


def _marked(pairs: pl.DataFrame, t: Translator) -> str:
    marked = pairs.filter(pl.col("stars") != "")
    if marked.is_empty():
        return t("No difference is marked as significant.")
    names = [f"{place(row, t)} {row['stars']}" for row in marked.iter_rows(named=True)]
    return t("Marked as significant: {names}.", names=listed(names, t))


def policy_table(
    spec: FigureSpec, title: str, note: str, data: pl.DataFrame, t: Translator
) -> Table:
    """The numbers of a figure by policy, one row per point."""
    row, panel = heads(spec, t)
    columns = (
        Column("row", row),
        Column("panel", panel),
        Column("group_label", t("Group")),
        Column("count", t("Count"), "integer"),
        Column("n", t("n"), "integer"),
        Column("share", t("Share"), "share", 1),
        Column("low", t("95% interval from"), "share", 1),
        Column("high", t("95% interval to"), "share", 1),
        *share_columns(data, t),
        Column("stars", t("Mark")),
        Column("provenance", t("Provenance")),
    )
    words = {group: t(text) for group, text in GROUPS.items()}
    written = data.with_columns(
        pl.col("group").replace_strict(words).alias("group_label"),
        in_words(data["provenance"], t),
    )
    provenance = weakest(data["provenance"].to_list())
    return Table(spec.number, title, note, columns, written, t.language, provenance)
