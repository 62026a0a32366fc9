"""Appendix: the models of the founding report, recomputed."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material, Values, model_row
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.tables import group_basis
from samspill.presentation.report.content.weighted_tables import coefficients
from samspill.presentation.report.document import (
    Column,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)


def appendix(m: Material) -> Section | None:
    if not m.effects:
        return None
    opening = _opening(m)
    reading = m.paragraph(
        "All else in the tables follows from the counts. The odds ratio is above 1 where the share "
        "is higher with a policy. Fisher's exact p-value does not rest on large numbers and is the "
        "one to use where a count is small."
    )
    tables = (_counts(m), _coefficients(m))
    return Section(
        "models",
        "",
        m.word("The models, recomputed"),
        (opening, reading, *tables, *coefficients(m)),
    )


def _opening(m: Material) -> Paragraph:
    k = Number(m.number(len(m.effects)), "table-models")
    if not m.stars_printed:
        return m.paragraph(
            "There are {k} logit models: for each indicator in each field, one with the volunteer "
            "policy as the only predictor.",
            k=k,
        )
    same = [row for row in m.effects if (row["printed_stars"] or "") == (row["stars"] or "")]
    return m.paragraph(
        "There are {k} logit models: for each indicator in each field, one with the volunteer "
        "policy as the only predictor. In {same} of them the stars come out as printed.",
        k=k,
        same=Number(m.number(len(same)), "table-models"),
    )


def _counts(m: Material) -> TableBlock:
    rows = tuple(
        Row(
            (
                m.label(row["field"]),
                m.number(row["count_reference"]),
                m.number(row["n_reference"]),
                m.number(row["count_comparison"]),
                m.number(row["n_comparison"]),
            ),
            model_row(row),
            m.label(row["indicator"]),
            m.printed_row(row),
        )
        for row in m.effects
    )
    return table_of_numbers(
        m,
        "table-counts",
        m.word("Counts behind the models"),
        [
            m.word("Field"),
            m.word("Yes, without"),
            m.word("n, without"),
            m.word("Yes, with"),
            m.word("n, with"),
        ],
        rows,
        basis=group_basis(m, m.effects),
    )


def _coefficients(m: Material) -> TableBlock:
    return TableBlock(
        id="table-models",
        label=m.table_label(),
        title=m.word("Logit coefficients of having a policy"),
        columns=(
            Column(m.word("Field"), flexible=True),
            Column(m.word("Log odds\nratio"), "right"),
            Column(m.word("Standard\nerror"), "right"),
            Column(m.word("Odds\nratio"), "right"),
            Column("p", "right"),
            Column(m.word("p,\nFisher"), "right"),
            Column(m.word("Stars")),
            *([Column(m.word("Stars\nin print"))] if m.stars_printed else []),
        ),
        rows=tuple(
            Row(_coefficient(m, row), "", m.label(row["indicator"]), model_row(row))
            for row in m.effects
        ),
        note=_note(m),
        basis=group_basis(m, m.effects),
    )


def _note(m: Material) -> str:
    stars = m.word(
        "Stars: * below 0.05, ** below 0.01, *** below 0.001, without correction for the "
        "number of tests."
    )
    if all(row["method"] != "firth" for row in m.effects):
        return stars
    firth = m.word(
        "Where all in a group gave the same answer, the coefficient is that of Firth's "
        "penalised likelihood."
    )
    return f"{stars} {firth}"


def _coefficient(m: Material, row: Values) -> tuple[str, ...]:
    return (
        m.label(row["field"]),
        m.number(row["log_odds_ratio"], 2),
        m.number(row["standard_error"], 3),
        m.number(row["odds_ratio"], 2),
        m.p(row["p"]),
        m.p(row["p_fisher"]),
        row["stars"] or "",
        *([row["printed_stars"] or ""] if m.stars_printed else []),
    )
