"""Tables 1.1 and 1.2: the case municipalities, and who was interviewed there."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.language import Translator, translator
from samspill.presentation.tables.model import Column, Table
from samspill.presentation.tables.source import INVENTED, YES, Analysis, LacksAnswers

NO = {"0", "no", "false"}
SIDES = ("interviews_municipality", "interviews_organisations")


def cases_table(analysis: Analysis, number: str, language: str) -> Table:
    """Table 1.1: size, centrality, density of organisations and policy of every case."""
    t = translator(language)
    columns = (
        Column("population", t("Inhabitants"), "integer"),
        Column("centrality_level", t("Centrality level"), "integer"),
        Column(
            "organisations_per_100_inhabitants",
            t("Organisations per 100 inhabitants"),
            "number",
            2,
        ),
        Column("has_policy", t("Volunteer policy")),
    )
    return selected_table(
        _cases(analysis, number),
        columns,
        language,
        number=number,
        note=t("Centrality runs from 1 (most central) to 6. A policy may be adopted or under way."),
        provenance=_provenance(analysis),
    )


def selected_table(
    cases: pl.DataFrame,
    columns: Sequence[Column],
    language: str,
    *,
    number: str = "1.1",
    note: str = "",
    provenance: str = "observed",
) -> Table:
    """Table 1.1 of any selection: a row a case, a column an attribute.

    ``cases`` has ``case``, what it is called, and the columns that ``columns`` names. Text that
    says yes or no is written in the language.
    """
    t = translator(language)
    plain = [c.name for c in columns if c.kind == "text"]
    frame = cases.with_columns(_yes_or_no(name, t) for name in plain)
    named = Column("case", t("Municipality or city district"))
    title = t("The case municipalities")
    return Table(number, title, note, (named, *columns), frame, language, provenance)


def _yes_or_no(name: str, t: Translator) -> pl.Expr:
    written = pl.col(name).cast(pl.String)
    said = written.str.to_lowercase()
    return (
        pl.when(said.is_in(list(YES)))
        .then(pl.lit(t("yes")))
        .when(said.is_in(list(NO)))
        .then(pl.lit(t("no")))
        .otherwise(written)
        .alias(name)
    )


def interviews_table(analysis: Analysis, number: str, language: str) -> Table:
    """Table 1.2: interviews by case and side, with sums."""
    t = translator(language)
    cases = _cases(analysis, number).select("case", *SIDES)
    total = cases.select(pl.lit(t("All")).alias("case"), *[pl.col(side).sum() for side in SIDES])
    frame = pl.concat([cases, total], how="vertical_relaxed").with_columns(
        pl.sum_horizontal(*SIDES).alias("all")
    )
    columns = (
        Column("case", t("Municipality or city district")),
        Column(SIDES[0], t("Interviews with the municipality's side"), "integer"),
        Column(SIDES[1], t("Interviews with the organisations' side"), "integer"),
        Column("all", t("All"), "integer"),
    )
    note = t("Interviews in {n} cases.", n=cases.height)
    title = t("Interviews by case and side")
    return Table(number, title, note, columns, frame, language, _provenance(analysis))


def _provenance(analysis: Analysis) -> str:
    """Cases have no provenance of their own: they are invented where anything in the study is."""
    return INVENTED if INVENTED in analysis.study.provenance["provenance"] else "observed"


def _cases(analysis: Analysis, number: str) -> pl.DataFrame:
    cases = analysis.study.cases
    if cases is None or cases.is_empty():
        raise LacksAnswers(
            f"The study has no case municipalities for table {number}.",
            "Give it a table of cases, or choose another table.",
        )
    return cases
