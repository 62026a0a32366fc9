"""Appendix table 1.1: every indicator regressed on the policy, and the comparisons behind it."""

from __future__ import annotations

import polars as pl

from samspill.language import Translator, translator
from samspill.presentation.tables.model import Column, Table
from samspill.presentation.tables.source import (
    POLICY,
    Analysis,
    field_terms,
    indicator_terms,
    modelled_fields,
    policy_family,
    weakest,
)
from samspill.presentation.tables.weighted import model_columns
from samspill.presentation.tables.words import in_words, provenance_sentence, star_sentence

COUNTED = "number_of_relations"


def appendix_table(analysis: Analysis, number: str, language: str) -> Table:
    """Constant and coefficient of every model, logit for shares and least squares for numbers."""
    t = translator(language)
    family = policy_family(analysis)
    names = family["indicator"].unique(maintain_order=True).to_list()
    fits = [
        _models(analysis.logit(name, by=POLICY, fields=_fields(family, name)).frame, "logit")
        for name in names
    ]
    of_family = family["field"].unique(maintain_order=True).to_list()
    fields = modelled_fields(analysis, COUNTED, of_family)
    if fields:
        counted = _models(analysis.ols(COUNTED, by=POLICY, fields=fields).frame, "ols")
        fits.insert(1, counted)
        names.insert(1, COUNTED)
    frame = _labelled(analysis, pl.concat(fits, how="diagonal"), names, t)
    note = " ".join(
        [
            t("Logit for shares (coefficients are log odds), least squares for numbers."),
            star_sentence(t),
            provenance_sentence(frame, t, "row"),
        ]
    )
    title = t("A volunteer policy and indicators of collaboration: regressions")
    provenance = weakest(frame["provenance"].to_list())
    written = frame.with_columns(in_words(frame["provenance"], t))
    return Table(number, title, note, _columns(written, t), written, language, provenance)


def _fields(family: pl.DataFrame, name: str) -> list[str]:
    fields: list[str] = family.filter(pl.col("indicator") == name)["field"].to_list()
    return fields


def _models(frame: pl.DataFrame, model: str) -> pl.DataFrame:
    """One row per field: the intercept's and the policy's rows side by side."""
    parts = ("estimate", "standard_error", "p", "stars")
    weighted = [
        name
        for name in ("estimate_weighted", "standard_error_weighted", "p_weighted")
        if name in frame.columns
    ]
    keys = ["indicator", "field"]
    constant = pl.col("term") == "intercept"
    left = frame.filter(constant).select(
        *keys, *[pl.col(part).alias(f"constant_{part}") for part in (*parts, *weighted[:1])]
    )
    extra = [name for name in ("r_squared",) if name in frame.columns]
    right = frame.filter(~constant).select(*keys, *parts, *weighted, "n", "provenance", *extra)
    return left.join(right, on=keys, maintain_order="left").with_columns(
        pl.lit(model).alias("model")
    )


def _labelled(
    analysis: Analysis, frame: pl.DataFrame, names: list[str], t: Translator
) -> pl.DataFrame:
    rows = {term.identifier: term.label for term in indicator_terms(analysis, names, t.language)}
    fields = field_terms(analysis, t.language, in_depth=False)
    panels = {term.identifier: term.label for term in fields}
    models = {"logit": t("logit"), "ols": t("least squares")}
    order = {term.identifier: position for position, term in enumerate(fields)}
    if "r_squared" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, pl.Float64).alias("r_squared"))
    return frame.with_columns(
        pl.col("indicator").replace_strict(rows).alias("row"),
        pl.col("field").replace_strict(panels).alias("panel"),
        pl.col("model").replace_strict(models),
    ).sort(
        pl.col("indicator").replace_strict(names, range(len(names))),
        pl.col("field").replace_strict(order, return_dtype=pl.Int64),
    )


def _columns(data: pl.DataFrame, t: Translator) -> tuple[Column, ...]:
    return (
        Column("row", t("Indicator")),
        Column("panel", t("Field")),
        Column("model", t("Model")),
        Column("constant_estimate", t("Constant"), "number", 2),
        Column("constant_stars", t("Mark of the constant")),
        Column("estimate", t("Volunteer policy"), "number", 2),
        Column("stars", t("Mark")),
        Column("standard_error", t("Standard error"), "number", 2),
        Column("p", t("p"), "p"),
        *model_columns(data, t),
        Column("r_squared", t("R²"), "number", 2),
        Column("n", t("n"), "integer"),
        Column("provenance", t("Provenance")),
    )


def comparisons_table(analysis: Analysis, number: str, language: str) -> Table:
    """All comparisons by policy, as differences, with corrected and exact p-values."""
    from samspill.presentation.tables.policy import effects_table

    t = translator(language)
    family = policy_family(analysis)
    names = family["indicator"].unique(maintain_order=True).to_list()
    rows = {term.identifier: term.label for term in indicator_terms(analysis, names, language)}
    fields = field_terms(analysis, language, in_depth=False)
    panels = {term.identifier: term.label for term in fields}
    frame = family.with_columns(
        pl.col("indicator").replace_strict(rows).alias("row"),
        pl.col("field").replace_strict(panels).alias("panel"),
    )
    note = " ".join(
        [
            t(
                "Differences with Newcombe's 95% intervals; corrections are for {n} tests.",
                n=frame.height,
            ),
            provenance_sentence(frame, t, "row"),
        ]
    )
    title = t("Every comparison by volunteer policy")
    return effects_table(number, title, note, frame, t, "row")
