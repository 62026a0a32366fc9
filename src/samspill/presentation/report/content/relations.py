"""Chapter: the number of relations and the volunteer policy (least squares)."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.weighted_tables import least_squares
from samspill.presentation.report.document import Block, Number, Row, Section, TableBlock
from samspill.presentation.tables.source import modelled_fields


def chapter(m: Material) -> Section | None:
    fields = modelled_fields(m.analysis, "number_of_relations", m.fields)
    if not m.effects or not fields:
        return None
    models = m.analysis.ols("number_of_relations", by="has_policy", fields=fields)
    rows = models.frame.to_dicts()
    slopes = [row for row in rows if row["term"] != "intercept"]
    means = {row["field"]: row for row in rows if row["term"] == "intercept"}
    if not slopes:
        return None
    blocks: list[Block] = [_difference(m, slopes), _table(m, slopes, means)]
    blocks += [*least_squares(m, rows), _reading(m, slopes)]
    blocks += _one_possibility(m, slopes)
    blocks += _codes(m)
    return Section("relations", "", m.word("Do they have more relations?"), tuple(blocks))


def _difference(m: Material, slopes: list[Values]) -> Block:
    """How the mean category differs, by how many fields there are and which way it goes."""
    most = max(slopes, key=lambda row: row["estimate"])
    least = min(slopes, key=lambda row: row["estimate"])
    if len(slopes) == 1:
        return m.paragraph(
            "In {field} the mean category differs by {most} between those with and those without "
            "a volunteer policy (p = {p}).",
            field=m.mid(most["field"]),
            most=_pointed(m, most),
            p=m.p(most["p"]),
        )
    passing = sum(row["p"] < 0.05 for row in slopes)
    extremes: dict[str, Number | str] = {
        "passing": Number(m.number(passing), "table-relations"),
        "k": m.number(len(slopes)),
        "most": _pointed(m, most),
        "field": m.mid(most["field"]),
        "least": _pointed(m, least),
        "other": m.mid(least["field"]),
    }
    if least["estimate"] <= 0:
        return m.paragraph(
            "The difference in mean category is largest in {field} ({most}) and smallest in "
            "{other} ({least}). It is below the 5 per cent level in {passing} of {k} fields.",
            **extremes,
        )
    return m.paragraph(
        "The mean category is higher where there is a volunteer policy. The difference is largest "
        "in {field} ({most}) and smallest in {other} ({least}), and it is below the 5 per cent "
        "level in {passing} of {k} fields.",
        **extremes,
    )


def _reading(m: Material, slopes: list[Values]) -> Block:
    """What a difference of one means, and who is counted."""
    if len(slopes) == 1:
        return m.paragraph(
            "The answer is an ordered category and not a number of organisations, so a difference "
            "of 1 is one category. Only those who stated a number in the field are counted."
        )
    return m.paragraph(
        "The answer is an ordered category and not a number of organisations, so a difference of "
        "1 is one category. By R², between {low} and {high} of the variation in the categories "
        "goes with having a policy or not. Only those who stated a number in the field are "
        "counted, and so n is lower than elsewhere.",
        low=m.percent(min(row["r_squared"] for row in slopes)),
        high=m.percent(max(row["r_squared"] for row in slopes)),
    )


def _one_possibility(m: Material, slopes: list[Values]) -> list[Block]:
    """A warning where the answers themselves are not known."""
    if all(row["provenance"] != "consistent with what is printed" for row in slopes):
        return []
    return [
        m.paragraph(
            "The answers behind these models are consistent with what is printed, but not the "
            "only ones possible. Means, differences and R² come out as printed whichever "
            "answers are chosen; the shares in each category do not, and should be read as one "
            "possibility among several."
        )
    ]


def _codes(m: Material) -> list[Block]:
    """What is known of the categories' codes, which the founding report does not print."""
    top = m.printed_row({"indicator": "more_than_20_relations", "field": "culture_leisure"})
    if not m.founding or not top:
        return []
    printed = next(r for r in m.checks if r["indicator"] == "more_than_20_relations")["printed"]
    return [
        m.paragraph(
            "The original report does not print the codes of the categories, nor what all of them "
            "were called. Only a highest code of 5 agrees at once with the means, with R² and with "
            "the {share} per cent that have more than 20 relations in {field}. The codes 1 to 5 "
            "are used here; 0 to 5 would agree as well.",
            share=Number(printed, top),
            field=m.mid("culture_leisure"),
        )
    ]


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
            source=m.printed_row(row),
        )
        for row in slopes
    )
    return table_of_numbers(
        m,
        "table-relations",
        m.word("Category of number of relations by policy, least squares"),
        [
            m.word("Field"),
            "n",
            m.word("Mean\nwithout"),
            m.word("Difference"),
            m.word("95% interval"),
            m.word("Standard\nerror"),
            "p",
            "R²",
        ],
        rows,
        basis=m.basis(slopes),
    )
