"""Chapter: the number of relations and the volunteer policy (least squares)."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.document import Block, Column, Number, Row, Section, TableBlock


def chapter(m: Material) -> Section | None:
    if not m.effects or not m.has("number_of_relations"):
        return None
    models = m.analysis.ols("number_of_relations", by="has_policy", fields=m.fields)
    rows = models.frame.to_dicts()
    slopes = [row for row in rows if row["term"] != "intercept"]
    means = {row["field"]: row for row in rows if row["term"] == "intercept"}
    if not slopes:
        return None
    passing = [row for row in slopes if row["p"] < 0.05]
    most = max(slopes, key=lambda row: row["estimate"])
    least = min(slopes, key=lambda row: row["estimate"])
    opening = m.paragraph(
        "Between municipalities with and without a policy the mean category differs by {most} in "
        "{field}, where the difference is largest, and by {least} in {other}, where it is "
        "smallest. It passes the 5 per cent level in {passing} of {k} fields.",
        passing=Number(m.number(len(passing)), "table-relations"),
        k=m.number(len(slopes)),
        most=_pointed(m, most),
        field=m.mid(most["field"]),
        least=_pointed(m, least),
        other=m.mid(least["field"]),
    )
    reading = m.paragraph(
        "The answer is an ordered category and not a number of organisations, so a difference of "
        "1 means one category. Between {low} and {high} of the variation in the categories goes "
        "with the policy. Only those who answered on the field are counted, and so n is lower than "
        "elsewhere in this report.",
        low=m.percent(min(row["r_squared"] for row in slopes)),
        high=m.percent(max(row["r_squared"] for row in slopes)),
    )
    blocks: list[Block] = [opening, _table(m, slopes, means), reading]
    if any(row["provenance"] == "consistent with what is printed" for row in slopes):
        blocks.append(
            m.paragraph(
                "The answers behind these models are consistent with what is printed, and not "
                "unique: standard errors and intervals are those of one of several possible sets "
                "of answers."
            )
        )
    return Section("relations", "", m.word("Do they have more relations?"), tuple(blocks))


def _pointed(m: Material, row: Values) -> Number:
    return Number(m.number(row["estimate"], 2, sign=True), f"ols-{row['field']}")


def _table(m: Material, slopes: list[Values], means: dict[str, Values]) -> TableBlock:
    rows = tuple(
        Row(
            (
                m.label(row["field"]),
                m.number(row["n"]),
                m.number(means[row["field"]]["estimate"], 2),
                m.number(row["estimate"], 2, sign=True),
                m.word(
                    "{low} to {high}", low=m.number(row["low"], 2), high=m.number(row["high"], 2)
                ),
                m.number(row["standard_error"], 3),
                m.p(row["p"]),
                m.number(row["r_squared"], 2),
            ),
            f"ols-{row['field']}",
        )
        for row in slopes
    )
    return TableBlock(
        id="table-relations",
        label=m.table_label(),
        title=m.word("Category of number of relations by policy, least squares"),
        columns=(
            Column(m.word("Field"), flexible=True),
            Column("n", "right"),
            Column(m.word("Mean without"), "right"),
            Column(m.word("Difference"), "right"),
            Column(m.word("95% interval"), "right"),
            Column(m.word("Std. error"), "right"),
            Column("p", "right"),
            Column("R²", "right"),
        ),
        rows=rows,
        basis=m.basis(slopes),
    )
