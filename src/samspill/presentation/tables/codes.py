"""A code × attribute matrix as a table, and the words that it shares with its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import polars as pl

from samspill.language import Translator, translator
from samspill.presentation.tables.model import Column, Kind, Table
from samspill.presentation.tables.source import INVENTED
from samspill.presentation.tables.words import message
from samspill.vocabulary import Concept, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samspill.qualitative.queries import Matrix
    from samspill.qualitative.tables import Tables

NUMBER = "code_matrix"
TOTAL = "total"
KINDS: dict[str, Kind] = {"share": "share"}

TITLES = {
    "codings": message("How many passages are coded with each theme?"),
    "sources": message("In how many sources is each theme brought up?"),
    "share_of_sources": message("In what share of the sources is each theme brought up?"),
    "characters": message("How much of the text is about each theme?"),
}
MEASURES = {
    "codings": message("codings"),
    "sources": message("sources"),
    "share_of_sources": message("share of sources"),
    "characters": message("characters"),
}
DIMENSIONS = {
    "field": message("field"),
    "side": message("side"),
    "unit": message("unit"),
    "coder": message("coder"),
    "source": message("source"),
}
OVERLAP = message(
    "A source with several fields counts in each of them, so that a total is not a sum."
)
BELOW = message("Passages coded with a theme below another count for that too.")
CHOSEN = message("The intervals tell of chance alone: informants were chosen, not drawn.")


def code_labels(tables: Tables, language: str) -> dict[str | None, str]:
    """The label of each code: of the concept that it stands for, in the language, or its own name;
    told apart by a number where two are alike."""
    concepts = _concepts()
    taken: dict[str, int] = {}
    labels: dict[str | None, str] = {}
    for code, name, concept in tables.codes.select("code", "name", "concept").iter_rows():
        label = concepts[concept].label(language) if concept in concepts else name
        taken[label] = taken.get(label, 0) + 1
        labels[code] = label if taken[label] == 1 else f"{label} ({taken[label]})"
    t = translator(language)
    labels[None] = t("(unknown code)")
    return labels


def _concepts() -> dict[str, Concept]:
    """The concepts of the vocabulary by their path, such as ``barriers/coordination``."""
    found: dict[str, Concept] = {}
    waiting = [
        (scheme.identifier, concept)
        for scheme in load().schemes.values()
        for concept in (*scheme.concepts, *scheme.axes)
    ]
    while waiting:
        above, concept = waiting.pop()
        path = f"{above}/{concept.identifier}"
        found[path] = concept
        waiting += [(path, narrower) for narrower in concept.narrower]
    return found


def value_label(dimension: str, value: str | None, t: Translator, *, short: bool = False) -> str:
    """A value of an attribute in the language: of the vocabulary where it is one of its."""
    if value is None:
        return t("not known")
    schemes = load().schemes
    scheme = schemes.get(f"{dimension}s")
    if scheme is None or value not in scheme:
        return value
    concept = scheme[value]
    return concept.short_label(t.language) if short else concept.label(t.language)


def column_labels(matrix: Matrix, t: Translator, *, short: bool = False) -> list[str]:
    """The columns of a matrix in order, crossed values with a dot between."""
    if not matrix.dimensions:
        return [t("All")]
    rows = matrix.frame.select(matrix.dimensions).unique(maintain_order=True).iter_rows()
    return [
        " · ".join(
            value_label(name, value, t, short=short)
            for name, value in zip(matrix.dimensions, row, strict=True)
        )
        for row in rows
    ]


def provenance_of(tables: Tables) -> str:
    """``invented`` where any source is, otherwise ``observed``."""
    return INVENTED if tables.sources["invented"].any() else "observed"


def matrix_note(matrix: Matrix, t: Translator) -> str:
    sentences = [t(BELOW)] if matrix.with_descendants else []
    if "field" in matrix.dimensions:
        sentences.append(t(OVERLAP))
    if matrix.measure == "share_of_sources":
        sentences.append(t(CHOSEN))
    return " ".join(sentences)


def matrix_title(matrix: Matrix, t: Translator) -> str:
    return t(TITLES[matrix.measure])


def dimension_words(names: Sequence[str], t: Translator) -> str:
    return " × ".join(t(DIMENSIONS[name]) if name in DIMENSIONS else name for name in names)


def matrix_table(matrix: Matrix, language: str, layout: Literal["wide", "long"] = "wide") -> Table:
    """A matrix as a table, to be written as HTML, CSV or XLSX.

    ``wide`` has one row a code and one column a value, each with its number of sources (empty
    where there is none), and a total; ``long`` one row a cell with codings, sources, n, share
    and interval.
    """
    t = translator(language)
    build = _wide if layout == "wide" else _long
    columns, frame = build(matrix, t)
    title, note = matrix_title(matrix, t), matrix_note(matrix, t)
    provenance = provenance_of(matrix.tables)
    return Table(NUMBER, title, note, columns, frame, language, provenance)


def _wide(matrix: Matrix, t: Translator) -> tuple[tuple[Column, ...], pl.DataFrame]:
    labels = column_labels(matrix, t)
    names = code_labels(matrix.tables, t.language)
    codes = matrix.frame["code"].unique(maintain_order=True)
    asked = pl.when(pl.col("n") > 0).then(pl.col(matrix.value))
    values = matrix.frame.select(asked.alias("value"))["value"].to_list()
    bases = matrix.frame["n"].to_list()
    width = len(labels)
    frame = pl.DataFrame(
        {
            "code": [names[code] for code in codes],
            **{str(i): pl.Series(values[i::width]) for i in range(width)},
        },
        schema_overrides={"code": pl.String},
    )
    kind: Kind = KINDS.get(matrix.value, "integer")
    columns = [Column("code", t("Theme"))]
    columns += [
        Column(str(i), t("{label} (n = {n})", label=label, n=bases[i] if bases else 0), kind)
        for i, label in enumerate(labels)
    ]
    if matrix.dimensions:
        totals = matrix.totals.filter(pl.col("of") == "row")
        frame = frame.with_columns(totals[matrix.value].alias(TOTAL))
        n = totals["n"][0] if totals.height else 0
        columns.append(Column(TOTAL, t("{label} (n = {n})", label=t("All"), n=n), kind))
    return tuple(columns), frame


def _long(matrix: Matrix, t: Translator) -> tuple[tuple[Column, ...], pl.DataFrame]:
    names = code_labels(matrix.tables, t.language)
    labelled = matrix.frame.with_columns(
        pl.Series("code", [names[code] for code in matrix.frame["code"]], pl.String),
        *[
            pl.Series(name, [value_label(name, v, t) for v in matrix.frame[name]], pl.String)
            for name in matrix.dimensions
        ],
    )
    columns = (
        Column("code", t("Theme")),
        *[Column(name, dimension_words([name], t).capitalize()) for name in matrix.dimensions],
        Column("codings", t(MEASURES["codings"]).capitalize(), "integer"),
        Column("sources", t(MEASURES["sources"]).capitalize(), "integer"),
        Column("n", t("n"), "integer"),
        Column("share", t("Share"), "share", 1),
        Column("low", t("95% interval from"), "share", 1),
        Column("high", t("95% interval to"), "share", 1),
    )
    if matrix.measure == "characters":
        columns += (Column("characters", t(MEASURES["characters"]).capitalize(), "integer"),)
    return columns, labelled
