"""Part: the number of relations by its order alone, beside the line through its categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samspill.analysis.ordering import OrderedReading
from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.weighted_tables import none_ordered
from samspill.presentation.report.document import (
    Block,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)
from samspill.presentation.tables.source import modelled_fields

ANSWER = "number_of_relations"
POLICY = "has_policy"
LEVEL = 0.05


def ordered_answers(m: Material) -> Section | None:
    """None where the study has no ordered number of relations in units with and without policy."""
    fields = modelled_fields(m.analysis, ANSWER, m.fields)
    if not m.effects or not fields or len(m.analysis.categories(ANSWER)) < 3:
        return None
    result = m.analysis.ordered(ANSWER, by=POLICY, fields=fields)
    rows = [row for row in result.frame.to_dicts() if row["term"]]
    if not rows:
        return None
    readings: Mapping[str, OrderedReading] = result.details
    blocks: list[Block] = [
        _agreement(m, rows),
        _table(m, rows),
        _distances(m, rows, readings),
        *_proportional(m, rows),
        *_consistent(m, rows),
        _effects(m, readings, rows),
        *none_ordered(m),
    ]
    title = m.word("Does it matter that the number of relations is only ordered?")
    return Section("ordered", "", title, tuple(blocks))


def _agreement(m: Material, rows: Sequence[Values]) -> Paragraph:
    same = [row for row in rows if row["same_sign"] and row["same_verdict"]]
    if len(rows) == 1:
        return _one_agreement(m, rows[0], agrees=bool(same))
    most = max(rows, key=lambda row: row["odds_ratio"])
    told: dict[str, Number | str] = {
        "same": Number(m.number(len(same)), "table-ordered"),
        "k": m.number(len(rows)),
        "ratio": Number(m.number(most["odds_ratio"], 1), f"ordered-{most['field']}"),
        "field": m.mid(most["field"]),
    }
    if len(same) == len(rows):
        return m.paragraph(
            "No. The line through the categories and the ordered logit, which uses their order "
            "alone, point the same way and give the same verdict at the 5 per cent level in all "
            "{k} fields. By the ordered logit the odds of a higher category are up to {ratio} "
            "times as high with a policy as without ({field}).",
            **{name: value for name, value in told.items() if name != "same"},
        )
    return m.paragraph(
        "In part. The line through the categories and the ordered logit, which uses their order "
        "alone, point the same way and give the same verdict at the 5 per cent level in {same} of "
        "{k} fields. By the ordered logit the odds of a higher category are up to {ratio} times "
        "as high with a policy as without ({field}).",
        **told,
    )


def _one_agreement(m: Material, row: Values, *, agrees: bool) -> Paragraph:
    told: dict[str, Number | str] = {
        "field": m.mid(row["field"]),
        "ratio": Number(m.number(row["odds_ratio"], 1), f"ordered-{row['field']}"),
    }
    if agrees:
        return m.paragraph(
            "No. In {field} the line through the categories and the ordered logit, which uses "
            "their order alone, point the same way and give the same verdict at the 5 per cent "
            "level. By the ordered logit the odds ratio of a higher category with a policy is "
            "{ratio}.",
            **told,
        )
    return m.paragraph(
        "Yes. In {field} the line through the categories and the ordered logit, which uses their "
        "order alone, do not give the same verdict at the 5 per cent level. By the ordered logit "
        "the odds ratio of a higher category with a policy is {ratio}.",
        **told,
    )


def _distances(
    m: Material, rows: Sequence[Values], readings: Mapping[str, OrderedReading]
) -> Paragraph:
    """What the line takes for granted, and how far off that is."""
    uneven: list[tuple[float, str]] = []
    gaps: list[float] = []
    outside = 0
    for row in rows:
        beside = readings[row["field"]].beside
        widths = beside.widths["width"].to_list()
        if len(widths) > 1:
            uneven.append((max(widths) / min(widths), row["field"]))
        means = beside.means
        gaps += [abs(a - b) for a, b in zip(means["ols"], means["ordered"], strict=True)]
        outside += int(means["outside"].sum())
    stays = (
        m.word("The line's means stay within the scale.")
        if not outside
        else m.word("{n} of the line's means lie outside the scale.", n=outside)
    )
    gap = m.number(max(gaps), 2)
    if not uneven:
        return m.paragraph(
            "The line takes every step between two categories as equally long. The means that the "
            "two models predict differ by {gap} of a category at most. {stays}",
            gap=Number(gap, "table-ordered"),
            stays=stays,
        )
    ratio, field = max(uneven)
    return m.paragraph(
        "The line takes every step between two categories as equally long. The ordered logit finds "
        "the boundaries by itself: in {field} the widest of the inner categories is {ratio} times "
        "as wide as the narrowest. The means that the two models predict nevertheless differ by "
        "{gap} of a category at most. {stays}",
        field=m.mid(field),
        ratio=m.number(ratio, 1),
        gap=Number(gap, "table-ordered"),
        stays=stays,
    )


def _proportional(m: Material, rows: Sequence[Values]) -> list[Block]:
    tested = [row for row in rows if row["p_proportional"] is not None]
    if not tested:
        return []
    failing = [row for row in tested if row["p_proportional"] < LEVEL]
    least = min(tested, key=lambda row: row["p_proportional"])
    told: dict[str, Number | str] = {
        "k": m.number(len(tested)),
        "p": Number(m.p(least["p_proportional"]), f"ordered-{least['field']}"),
        "field": m.mid(least["field"]),
    }
    if len(tested) == 1:
        return [
            m.paragraph(
                "One odds ratio stands for every boundary between the categories. Brant's test of "
                "that gives p = {p}; with so few answers it would not find a small breach.",
                p=told["p"],
            )
        ]
    if not failing:
        return [
            m.paragraph(
                "One odds ratio stands for every boundary between the categories. Brant's test "
                "finds no sign against that in any of {k} fields (the smallest p is {p}, in "
                "{field}); with so few answers it would not find a small breach.",
                **told,
            )
        ]
    return [
        m.paragraph(
            "One odds ratio stands for every boundary between the categories. Brant's test speaks "
            "against that in {failing} of {k} fields (the smallest p is {p}, in {field}); there "
            "the odds ratio is a mean of several, and the table of the categories should be read "
            "first.",
            failing=m.number(len(failing)),
            **told,
        )
    ]


def _consistent(m: Material, rows: Sequence[Values]) -> list[Block]:
    if all(row["provenance"] != "consistent with what is printed" for row in rows):
        return []
    return [
        m.paragraph(
            "The counts in each category are consistent with what is printed, but not the only "
            "ones possible. The line's numbers do not depend on which are chosen; those of the "
            "ordered logit do."
        )
    ]


def _table(m: Material, rows: Sequence[Values]) -> TableBlock:
    written = tuple(
        Row(
            (
                m.label(row["field"]),
                m.number(row["n"]),
                m.number(row["ols"], 2, sign=True),
                _span(m, row["ols_low"], row["ols_high"]),
                m.p(row["ols_p"]),
                m.number(row["odds_ratio"], 2),
                _ratio_span(m, row),
                m.p(row["p"]),
                m.p(row["p_proportional"]),
            ),
            f"ordered-{row['field']}",
            source=f"ols-{row['field']}",
        )
        for row in rows
    )
    return table_of_numbers(
        m,
        "table-ordered",
        m.word("Number of relations by policy: least squares and ordered logit"),
        [
            m.word("Field"),
            "n",
            m.word("Difference,\ncategories"),
            m.word("95% interval"),
            "p",
            m.word("Odds\nratio"),
            m.word("95% interval"),
            "p",
            m.word("p,\nBrant"),
        ],
        written,
        note=m.word(
            "Odds ratio of a higher category with a policy against without: ordered logit "
            "(proportional odds), interval from the profile likelihood. Brant: test that the odds "
            "ratio is the same at every boundary."
        ),
        basis=m.basis(rows),
    )


def _effects(
    m: Material, readings: Mapping[str, OrderedReading], rows: Sequence[Values]
) -> TableBlock:
    """How the share of each category differs, in percentage points."""
    written = []
    for row in rows:
        field = row["field"]
        for effect in readings[field].effects.frame.to_dicts():
            label = m.analysis.labels.category(ANSWER, effect["category"], m.language)
            written.append(
                Row(
                    (
                        label,
                        m.points(effect["estimate"]),
                        m.points_span(effect["low"], effect["high"]),
                        m.p(effect["p"]),
                    ),
                    f"ordered-{field}-{effect['category']}",
                    m.label(field),
                    f"ordered-{field}",
                )
            )
    return table_of_numbers(
        m,
        "table-ordered-effects",
        m.word("How the share of each category differs by policy, by the ordered logit"),
        [m.word("Category"), m.word("Difference,\npoints"), m.word("95% interval"), "p"],
        tuple(written),
        basis=m.basis(rows),
    )


def _span(m: Material, low: float, high: float) -> str:
    return m.word("{low} to {high}", low=m.number(low, 2), high=m.number(high, 2))


def _ratio_span(m: Material, row: Values) -> str:
    from math import exp

    return _span(m, exp(row["low"]), exp(row["high"]))
