"""The map of coverage: every category of every attribute, with the cases that have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from samspill.language import Translator, translator
from samspill.presentation.figures import style
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.svg import text_width, wrap
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.words import listed, quoted
from samspill.selection import Coverage
from samspill.selection.coverage import SEPARATOR

NUMBER = "case_coverage"
GAP = 6
LINE = 14
HEAD = 26
MOST_NAMES = 12
LEAST_BOX = 74


@dataclass(frozen=True, slots=True)
class CoverageWords:
    """How attributes and categories are called; identifiers are used where one has no label."""

    attributes: Mapping[str, str]
    categories: Mapping[tuple[str, str], str]

    def attribute(self, name: str) -> str:
        return self.attributes.get(name, name)


NO_WORDS = CoverageWords({}, {})


def coverage_figure(
    coverage: Coverage,
    language: str,
    words: CoverageWords = NO_WORDS,
    *,
    provenance: str = "observed",
) -> Figure:
    """What cases cover, drawn: a row an attribute, a box a category, with its cases named.

    A box without a case has a broken line and says so. Where a frame is known a box says how many
    of its units have the category.
    """
    t = translator(language)
    data = _data(coverage, words, t)
    table = coverage_table(coverage, language, words, provenance=provenance)
    alt = _alt(coverage, data, t)
    return Figure(
        number=NUMBER,
        title=table.title,
        subtitle=_subtitle(coverage, t),
        alt=alt,
        note=table.note,
        provenance=provenance,
        n=len(coverage.cases),
        language=language,
        chart=_chart(data, alt, t),
        data=data,
        table=table,
    )


def coverage_table(
    coverage: Coverage,
    language: str,
    words: CoverageWords = NO_WORDS,
    *,
    provenance: str = "observed",
) -> Table:
    """Every category with the number of cases that have it, and their names."""
    t = translator(language)
    data = _data(coverage, words, t)
    columns = [Column("attribute", t("Attribute")), Column("label", t("Category"))]
    if coverage.population is not None:
        columns.append(Column("units", t("Units in the frame"), "integer"))
    columns += [Column("cases", t("Number of cases"), "integer"), Column("shown", t("Cases"))]
    return Table(
        NUMBER, t("What do the cases cover?"), _note(coverage, t), tuple(columns),
        data.with_columns(shown=pl.col("names").list.join(", ")).select(c.name for c in columns),
        language, provenance,
    )  # fmt: skip


def _data(coverage: Coverage, words: CoverageWords, t: Translator) -> pl.DataFrame:
    known = {a.name: a for a in coverage.attributes}
    rows = [
        {
            "attribute": words.attribute(row["attribute"]),
            "label": words.categories.get((row["attribute"], row["category"]))
            or _category(known[row["attribute"]].label(row["category"], t.language), t),
            "units": row["units"],
            "cases": row["cases"],
            "names": sorted(row["names"].split(SEPARATOR)) if row["names"] else [],
        }
        for row in coverage.frame.iter_rows(named=True)
    ]
    schema = {
        "attribute": pl.String, "label": pl.String, "units": pl.Int64, "cases": pl.Int64,
        "names": pl.List(pl.String),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _category(value: str, t: Translator) -> str:
    return t(value) if value in ("yes", "no") else value


def _subtitle(coverage: Coverage, t: Translator) -> str:
    covered, of = coverage.categories_covered
    pairs, of_pairs = coverage.pairs_covered
    return t(
        "{n} cases; {covered} of {all} categories and {pairs} of {all_pairs} pairs of categories "
        "have a case.",
        n=len(coverage.cases), covered=covered, all=of, pairs=pairs, all_pairs=of_pairs,
    )  # fmt: skip


def _note(coverage: Coverage, t: Translator) -> str:
    if coverage.population is None:
        return t(
            "Coverage is of the categories that can be. How many of all units have each is not "
            "known here, so nothing is said of how well the cases stand for them."
        )
    return t(
        "Coverage is of the categories that some of the {n} units have.", n=coverage.population
    )


def _alt(coverage: Coverage, data: pl.DataFrame, t: Translator) -> str:
    sentences = [
        t(
            "Rows of boxes, one row for each of {n} attributes and one box a category, with the "
            "names of the cases in them.",
            n=data["attribute"].n_unique(),
        ),
        _subtitle(coverage, t),
    ]
    missed = data.filter(pl.col("cases") == 0)
    if missed.is_empty():
        sentences.append(t("Every category has a case."))
    else:
        names = [
            f"{row['attribute']}: {quoted(row['label'], t)}" for row in missed.iter_rows(named=True)
        ]
        sentences.append(t("Without a case: {names}.", names=listed(names, t)))
    return " ".join(sentences)


def _chart(data: pl.DataFrame, description: str, t: Translator) -> Any:
    import altair as alt

    boxes, heads, height = _layout(data, t)
    x = alt.Scale(domain=[0, style.WIDTH], nice=False)
    y = alt.Scale(domain=[height, 0], nice=False)
    from samspill.presentation.figures.charts import Chart

    def at(name: str, scale: Any, kind: Any) -> Any:
        return kind(f"{name}:Q", scale=scale, axis=None)

    box = Chart(pl.DataFrame(boxes))
    place = {"x": at("left", x, alt.X), "y": at("top", y, alt.Y)}
    ends = {"x2": "right", "y2": "bottom"}
    covered = (
        box.transform_filter("datum.cases > 0")
        .mark_rect(fill=style.MUNICIPALITY_SOFT, stroke=style.MUNICIPALITY, strokeWidth=1)
        .encode(**place, **ends, tooltip=[alt.Tooltip("label:N"), alt.Tooltip("told:N")])
    )
    missed = (
        box.transform_filter("datum.cases === 0")
        .mark_rect(fill=style.PAPER, stroke=style.WARNING, strokeWidth=1.4, strokeDash=[4, 3])
        .encode(**place, **ends, tooltip=[alt.Tooltip("label:N"), alt.Tooltip("told:N")])
    )
    words = {"align": "left", "baseline": "top", "dx": 6, "lineHeight": LINE, "aria": False}
    labels = box.mark_text(**words, dy=6, fontWeight="bold", fontSize=style.SMALL).encode(
        **place, text="head:N"
    )
    names = (
        box.transform_filter("datum.cases > 0")
        .mark_text(**words, fontSize=style.SMALL)
        .encode(x=at("left", x, alt.X), y=at("below", y, alt.Y), text="lines:N")
    )
    none = (
        box.transform_filter("datum.cases === 0")
        .mark_text(**words, fontSize=style.SMALL, color=style.WARNING)
        .encode(x=at("left", x, alt.X), y=at("below", y, alt.Y), text="lines:N")
    )
    titles = (
        Chart(pl.DataFrame(heads))
        .mark_text(
            align="left", baseline="bottom", dy=-5, fontWeight="bold", fontSize=style.LABEL,
            aria=False,
        )
        .encode(**place, text="text:N")
    )  # fmt: skip
    return alt.layer(covered, missed, labels, names, none, titles).properties(
        width=style.WIDTH, height=height, description=description, config=style.config(),
        padding={"left": 2, "right": 2, "top": 4, "bottom": 4},
    )  # fmt: skip


def _layout(
    data: pl.DataFrame, t: Translator
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Boxes in pixels: as many in a line as there is room for, the rest on the next."""
    boxes: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    top = 0.0
    for (attribute,), rows in data.group_by("attribute", maintain_order=True):
        top += HEAD
        heads.append({"left": 0, "top": top, "text": attribute})
        categories = rows.to_dicts()
        per_line = max(1, min(len(categories), int((style.WIDTH + GAP) / (LEAST_BOX + GAP))))
        width = (style.WIDTH - GAP * (per_line - 1)) / per_line
        for start in range(0, len(categories), per_line):
            line = [_box(row, width, t) for row in categories[start : start + per_line]]
            height = max(box["height"] for box in line)
            headroom = max(len(box["head"]) for box in line) * LINE
            for place, box in enumerate(line):
                left = place * (width + GAP)
                boxes.append(
                    {**box, "left": left, "right": left + width, "top": top,
                     "bottom": top + height, "below": top + headroom + 8}
                )  # fmt: skip
            top += height + GAP
        top += 8
    return boxes, heads, top


def _box(row: dict[str, Any], width: float, t: Translator) -> dict[str, Any]:
    head = wrap(row["label"], width - 12, style.SMALL, bold=True)
    if row["units"] is not None:
        head += wrap(t.plural("{n} unit", "{n} units", row["units"]), width - 12, style.SMALL)
    shown = row["names"][:MOST_NAMES]
    lines = _in_columns(shown, width)
    if len(row["names"]) > MOST_NAMES:
        lines.append(t("and {n} more", n=len(row["names"]) - MOST_NAMES))
    if not shown:
        lines = wrap(t("no case"), width - 12, style.SMALL)
    told = ", ".join(row["names"]) or t("no case")
    height = (len(head) + len(lines)) * LINE + 18
    return {
        "label": row["label"], "cases": row["cases"], "head": head, "lines": lines, "told": told,
        "height": height,
    }  # fmt: skip


def _in_columns(names: list[str], width: float) -> list[str]:
    """Names one to a line where the box is narrow, running on with commas where it is wide."""
    if not names:
        return []
    widest = max(text_width(name, style.SMALL) for name in names)
    if widest * 2 < width:
        return wrap(", ".join(names), width - 12, style.SMALL)
    return [line for name in names for line in wrap(name, width - 12, style.SMALL)]
