"""What a next wave could show: the changes too small to be found, around each field's share."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.language import Translator, format_number, format_percent, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.bars import share_lanes
from samspill.presentation.figures.lanes import Lanes
from samspill.presentation.figures.model import Figure
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import PROVENANCES, LacksAnswers, weakest
from samspill.presentation.tables.words import base_range, in_words, provenance_sentence, quoted

if TYPE_CHECKING:
    from samspill.analysis import StudyAnalysis

NUMBER = "next_wave"
STEP = 34
ROOM = 0.62
PLANS = ("others", "all_again", "some_again")


@dataclass(frozen=True, slots=True)
class NextWave:
    """The plan of a next wave: answers, how many of the same units, and how many answers change.

    ``answers`` None is as many as now, ``both`` None what chance gives where both are samples of
    the frame: n₁n₂/N.
    """

    answers: int | None = None
    both: int | None = None
    turnover: float = 0.2
    power: float = 0.8


def hardest_indicator(analysis: StudyAnalysis, fields: Sequence[str]) -> str | None:
    """The yes-or-no indicator per field whose shares lie nearest to one half, where changes are
    hardest to find, among those known best in most fields; None where there is none."""
    names = [
        name
        for name, definition in analysis.definitions.items()
        if definition.per_field and analysis.is_binary(name)
    ]
    if not names or not fields:
        return None
    frame = analysis.shares(names, fields=fields).frame.filter(pl.col("n") > 1)
    if frame.is_empty():
        return None
    rank = pl.col("provenance").replace_strict(
        {kind: place for place, kind in enumerate(PROVENANCES)}, default=len(PROVENANCES),
        return_dtype=pl.Int64,
    )  # fmt: skip
    ordered = (
        frame.group_by("indicator", maintain_order=True)
        .agg(
            pl.len().alias("fields"),
            rank.max().alias("rank"),
            (pl.col("share") - 0.5).abs().mean().alias("far"),
        )
        .sort("fields", "rank", "far", descending=[True, False, False], maintain_order=True)
    )
    return str(ordered["indicator"][0])


def next_wave_data(
    analysis: StudyAnalysis,
    indicator: str,
    fields: Sequence[str],
    plan: NextWave,
    hidden: Set[tuple[str, str]] = frozenset(),
) -> pl.DataFrame:
    """One row per field and design (``others``, ``all_again``, ``some_again``): columns of
    ``statistics.power.Power`` with indicator, field and provenance."""
    from samspill.analysis.change import detectable_changes

    parts = []
    population = analysis.study.population_size
    for field in fields:
        if (indicator, field) in hidden or ("*", "*") in hidden:
            continue
        now = analysis.shares(indicator, fields=[field] if field else None).frame
        row = now.row(0, named=True)
        n = int(row["n"])
        if n < 4:
            continue
        later = plan.answers or n
        chance = round(n * later / max(population, n, later))
        again = min(max(plan.both or chance, 2), n, later)
        for both in dict.fromkeys((min(n, later), again)):
            found = detectable_changes(
                analysis,
                indicator,
                fields=[field] if field else None,
                n_next=later,
                n_both=both,
                turnover=plan.turnover,
                power=plan.power,
            ).frame
            name = "all_again" if both == min(n, later) else "some_again"
            if name == "all_again":
                parts.append(
                    found.filter(
                        pl.col("design") == "independent", pl.col("population").is_null()
                    ).with_columns(pl.lit("others").alias("plan"))
                )
            parts.append(
                found.filter(pl.col("design") == "paired").with_columns(pl.lit(name).alias("plan"))
            )
    if not parts:
        raise LacksAnswers(
            f"The study has no answers to '{indicator}' that may be shown.",
            "Choose another indicator.",
        )
    return pl.concat(parts)


def next_wave_figure(
    analysis: StudyAnalysis,
    language: str,
    *,
    indicator: str = "",
    plan: NextWave | None = None,
    hidden: Set[tuple[str, str]] = frozenset(),
) -> Figure:
    """Around each field's share the changes that a next wave would miss, for two or three designs.

    ``indicator`` is by default the one whose shares lie nearest to one half. Raises LacksAnswers
    where the study has no such indicator.
    """
    t, given = translator(language), plan or NextWave()
    fields = analysis.fields or analysis.all_fields
    name = indicator or hardest_indicator(analysis, fields)
    if name is None:
        raise LacksAnswers(
            "The study has no yes-or-no indicator per field.", "Choose another figure."
        )
    if not analysis.definition(name).per_field:
        fields = ("",)
    found = next_wave_data(analysis, name, fields, given, hidden)
    panels = panel_words(found, t)
    data = found.with_columns(
        pl.Series(
            "row", [analysis.label(f or name, language) for f in found["field"]], dtype=pl.String
        ),
        pl.col("plan").replace_strict(panels).alias("panel"),
        (pl.col("before") - pl.col("decrease").fill_null(pl.col("before"))).alias("low"),
        (pl.col("before") + pl.col("increase").fill_null(1 - pl.col("before"))).alias("high"),
    )
    lanes = share_lanes(
        list(panels.values()),
        data["row"].unique(maintain_order=True).to_list(),
        language,
        step=STEP,
        after=ROOM,
        headings=[words.split("\n") for words in panels.values()],
    )
    title = t(
        "{indicator}: how large must a change be to be found?",
        indicator=analysis.label(name, language),
    )
    note = _note(data, given, t)
    alt = _alt(data, panels, t)
    return Figure(
        number=NUMBER,
        title=title,
        subtitle=t(
            "Today's share of {n} units, and around it the changes that would be missed.",
            n=base_range(data["n_before"].to_list()),
        ),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(max(data["n_before"].to_list())),
        language=language,
        chart=_chart(data, lanes, language, alt),
        data=data,
        table=_table(data, title, note, t),
    )


def panel_words(data: pl.DataFrame, t: Translator) -> dict[str, str]:
    """What each design is called, in two lines."""
    later = base_range(data["n_after"].to_list())
    words = {"others": t("Others answer:\n{n}", n=later)}
    for name in ("all_again", "some_again"):
        own = data.filter(pl.col("plan") == name)["n_both"].to_list()
        if own:
            words[name] = t("The same answer again:\n{n}", n=base_range(own))
    return words


def _chart(data: pl.DataFrame, lanes: Lanes, language: str, description: str) -> Any:
    import altair as alt

    from samspill.presentation.figures.charts import Chart

    t = translator(language)
    written = data.with_columns(
        pl.Series("written", [change_words(row, t) for row in data.to_dicts()], dtype=pl.String)
    )
    placed = lanes.place(written, x="before", x_low="low", x_high="high").with_columns(
        (pl.col("x_start") + 1.05).alias("x_number")
    )
    base = Chart(placed).encode(
        y=lanes.y(),
        tooltip=[
            alt.Tooltip("row:N", title=t("Field")),
            alt.Tooltip("written:N", title=t("Smallest change found, points")),
        ],
    )
    return lanes.chart(
        [
            base.mark_rule(strokeWidth=8, color=style.MUNICIPALITY_LIGHT, aria=False).encode(
                x=lanes.x("x_low"), x2="x_high"
            ),
            base.mark_point(
                shape="circle", size=50, filled=True, opacity=1, color=style.MUNICIPALITY
            ).encode(x=lanes.x("x")),
            base.mark_text(align="left", aria=False, color=style.INK, fontSize=style.SMALL).encode(
                x=lanes.x("x_number"), text="written:N"
            ),
        ],
        description,
    )


def change_words(row: dict[str, Any], t: Translator) -> str:
    """The smallest fall and rise found, in whole percentage points, rounded up: ``−9 / +10``."""
    return " / ".join(
        "–"
        if row[name] is None
        else format_number(sign * math.ceil(100 * row[name] - 1e-6), 0, t.language, sign=True)
        for name, sign in (("decrease", -1), ("increase", 1))
    )


def _note(data: pl.DataFrame, plan: NextWave, t: Translator) -> str:
    return " ".join(
        [
            t(
                "A change that ends inside the band would be missed more often than {missed} of "
                "the time by a two-sided test at 5%; one that ends outside it is found at least "
                "{power} of the time.",
                missed=format_percent(1 - plan.power, 0, t.language),
                power=format_percent(plan.power, 0, t.language),
            ),
            t(
                "Where the same units answer again, {turnover} of them are taken to answer "
                "otherwise than before, or as many as the change itself needs. That is assumed.",
                turnover=format_percent(plan.turnover, 0, t.language),
            ),
            t("A dash is a change that no share can make.")
            if data.select(pl.any_horizontal(pl.col("increase", "decrease").is_null()).any()).item()
            else "",
            provenance_sentence(data, t),
        ]
    ).replace("  ", " ")


def _alt(data: pl.DataFrame, panels: dict[str, str], t: Translator) -> str:
    sentences = [
        t(
            "A point for today's share and a band of missed changes in {rows} rows and {panels} "
            "panels.",
            rows=data["row"].n_unique(),
            panels=len(panels),
        )
    ]
    for name, words in panels.items():
        own = data.filter(pl.col("plan") == name).to_dicts()
        parts = [
            t(
                "{field} {share}, found from {changes} points",
                field=quoted(row["row"], t),
                share=format_percent(row["before"], 0, t.language),
                changes=change_words(row, t),
            )
            for row in own
        ]
        heading = words.replace("\n", " ")
        sentences.append(f"{heading}: {'; '.join(parts)}.")
    return " ".join(sentences)


def _table(data: pl.DataFrame, title: str, note: str, t: Translator) -> Table:
    columns = (
        Column("panel", t("Next wave")),
        Column("row", t("Field")),
        Column("n_before", t("n now"), "integer"),
        Column("n_after", t("n next"), "integer"),
        Column("n_both", t("Both times"), "integer"),
        Column("before", t("Share now"), "share", 1),
        Column("fall", t("Smallest fall found, points"), "points", 1),
        Column("increase", t("Smallest rise found, points"), "points", 1),
        Column("provenance", t("Provenance")),
    )
    shown = data.sort(
        pl.col("plan").replace_strict(PLANS, range(len(PLANS)), return_dtype=pl.Int64),
        maintain_order=True,
    )
    shown = shown.with_columns(
        pl.col("panel").str.replace("\n", " "),
        (-pl.col("decrease")).alias("fall"),
        in_words(shown["provenance"], t),
    )
    return Table(
        NUMBER,
        title,
        note,
        columns,
        shown,
        t.language,
        weakest(data["provenance"].to_list()),
        "panel",
    )
