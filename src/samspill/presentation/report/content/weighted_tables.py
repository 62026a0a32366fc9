"""Weighted numbers beside the report's tables whose rows have no room for them, and why others
have none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from samspill.presentation.report.content.material import Material, Values, model_row
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.tables import group_basis
from samspill.presentation.report.document import Block, Paragraph, Row


def coefficients(m: Material) -> list[Block]:
    """The logit coefficients of the policy, weighted; nothing for a study without weights."""
    rows = [row for row in m.effects if row.get("log_odds_ratio_weighted") is not None]
    if not rows:
        return []
    return [
        table_of_numbers(
            m,
            "table-models-weighted",
            m.word("Logit coefficients of having a policy, weighted"),
            [
                m.word("Field"),
                m.word("Log odds\nratio"),
                m.word("Standard\nerror"),
                m.word("Odds\nratio"),
                "p",
            ],
            tuple(
                Row(
                    (
                        m.label(row["field"]),
                        m.number(row["log_odds_ratio_weighted"], 2),
                        _number(m, row["standard_error_weighted"], 3),
                        m.number(math.exp(row["log_odds_ratio_weighted"]), 2),
                        "–" if row["p_weighted"] is None else m.p(row["p_weighted"]),
                    ),
                    "",
                    m.label(row["indicator"]),
                    model_row(row),
                )
                for row in rows
            ),
            note=m.word(
                "Standard errors by linearisation. A comparison where all in a group gave the same "
                "answer has no weighted coefficient. Stars and corrections for many tests are of "
                "the unweighted answers."
            ),
            basis=group_basis(m, rows),
        )
    ]


def least_squares(m: Material, rows: Sequence[Values]) -> list[Block]:
    """Rows of ``StudyAnalysis.ols``: the weighted means and differences by policy."""
    constants = {row["field"]: row for row in rows if row["term"] == "intercept"}
    slopes = [
        row
        for row in rows
        if row["term"] != "intercept" and row.get("estimate_weighted") is not None
    ]
    if not slopes:
        return []
    return [
        table_of_numbers(
            m,
            "table-relations-weighted",
            m.word("Category of number of relations by policy, weighted"),
            [
                m.word("Field"),
                "n",
                m.word("Mean\nwithout"),
                m.word("Difference"),
                m.word("95% interval"),
                m.word("Standard\nerror"),
                "p",
            ],
            tuple(
                Row(
                    (
                        m.label(row["field"]),
                        m.number(row["n"]),
                        m.number(constants[row["field"]]["estimate_weighted"], 2),
                        m.number(row["estimate_weighted"], 2, sign=True),
                        m.word(
                            "{low} to {high}",
                            low=m.number(row["low_weighted"], 2),
                            high=m.number(row["high_weighted"], 2),
                        ),
                        _number(m, row["standard_error_weighted"], 3),
                        "–" if row["p_weighted"] is None else m.p(row["p_weighted"]),
                    ),
                    source=f"ols-{row['field']}",
                )
                for row in slopes
            ),
            note=m.word("Weighted least squares, with standard errors by linearisation."),
            basis=m.basis(slopes),
        )
    ]


def extent(m: Material, rows: Sequence[Values]) -> list[Block]:
    """Rows of ``StudyAnalysis.distribution``: the weighted share of each category, by field."""
    cells = {
        (row["field"], row["value"]): row["share_weighted"]
        for row in rows
        if row.get("share_weighted") is not None
    }
    if not cells:
        return []
    values = dict.fromkeys(row["value"] for row in sorted(rows, key=lambda row: row["order"]))
    return [
        table_of_numbers(
            m,
            "table-extent-weighted",
            m.word("Number of relations, by field, weighted"),
            [m.word("Number of relations"), *(m.label(field) for field in m.fields)],
            tuple(
                Row(
                    (
                        m.analysis.labels.category("number_of_relations", value, m.language),
                        *(_percent(m, cells.get((field, value))) for field in m.fields),
                    )
                )
                for value in values
            ),
            basis=m.basis(list(rows)),
        )
    ]


def tipping(m: Material, rows: Sequence[Values], basis: str) -> list[Block]:
    """Rows of ``StudyAnalysis.sensitivity`` with a split: weighted differences and what the silent
    would have to be. ``basis`` is that of the unweighted table."""
    known = [row for row in rows if row.get("difference_weighted") is not None]
    if not known:
        return []
    return [
        table_of_numbers(
            m,
            "table-silence-weighted",
            m.word("What the silent would have to be, weighted"),
            [
                m.word("Field"),
                m.word("Weighted\ndifference"),
                m.word("95% interval"),
                m.word("Among the silent,\nby the weights"),
                m.word("Interval\nreaches zero"),
                m.word("Sign\nturns"),
                m.word("Smallest shift"),
            ],
            tuple(
                Row(
                    (
                        m.label(row["field"]),
                        m.points(row["difference_weighted"]),
                        m.points_span(row["low_weighted"], row["high_weighted"]),
                        _said(m, row),
                        _points(m, row["silent_difference_interval_weighted"]),
                        _points(m, row["silent_difference_sign_weighted"]),
                        _number(m, _scaled(row["shift_sign_weighted"]), 1),
                    ),
                    "",
                    m.label(row["indicator"]),
                )
                for row in known
            ),
            note=m.word(
                "Weights that add up to known totals say something of the silent already: the "
                "difference in the fourth column. The smallest shift is how far from that, in "
                "opposite directions in the two groups, they would have to be to turn the sign. A "
                "dash stands where the weights ask more of the silent than they could answer, or "
                "where no answers of theirs would do it."
            ),
            basis=basis,
        )
    ]


def bounds(m: Material, rows: Sequence[Values]) -> list[Block]:
    """Rows of ``StudyAnalysis.sensitivity`` without a split: weighted shares and the silent."""
    known = [row for row in rows if row.get("share_weighted") is not None]
    if not known:
        return []
    return [
        table_of_numbers(
            m,
            "table-bounds-weighted",
            m.word("At least one relation, weighted, and what the silent would change"),
            [
                m.word("Field"),
                "n",
                m.word("Weighted\nshare"),
                m.word("95% interval"),
                m.word("Among the silent,\nby the weights"),
                m.word("Shift that\nmakes it half"),
            ],
            tuple(
                Row(
                    (
                        m.label(row["field"]),
                        m.number(row["n"]),
                        m.percent(row["share_weighted"], 1),
                        m.span(row["low_weighted"], row["high_weighted"], 1),
                        _percent(m, row["silent_share_weighted"]),
                        _number(m, _scaled(row["shift_side_weighted"]), 1),
                    ),
                    source=f"bounds-{row['field']}",
                )
                for row in known
            ),
            note=m.word(
                "The shift is how many percentage points from what the weights say the share among "
                "the silent would have to be. A dash stands where nothing they could answer would "
                "do it."
            ),
            basis=m.basis(known),
        )
    ]


def none_printed(m: Material) -> list[Block]:
    """Why what stands in print has no weighted number."""
    return _where_weighted(
        m,
        m.paragraph(
            "What is recomputed here is unweighted, as what was printed is. The study's own tables "
            "give the weighted numbers beside."
        ),
    )


def none_pooled(m: Material) -> list[Block]:
    """Why pooled shares have no weighted number."""
    return _where_weighted(
        m,
        m.paragraph(
            "Groups are read together from the answers as given. The models count answers, and "
            "weights would let some count as several. The weighted shares stand in the tables of "
            "the other chapters."
        ),
    )


def none_ordered(m: Material) -> list[Block]:
    """Why ordered logit has no weighted number."""
    return _where_weighted(
        m,
        m.paragraph(
            "This comparison of two methods is of the answers as given, since it is about the "
            "method. The weighted means by policy stand with the number of relations."
        ),
    )


def none_compared(m: Material) -> list[Block]:
    """Why sources beside each other have no weighted number."""
    return _where_weighted(
        m,
        m.paragraph(
            "Sources are compared by the survey's counts of the answers as given. A code in an "
            "interview has no weight, and a weighted share beside it would look like the same kind "
            "of number."
        ),
    )


def none_changed(m: Material) -> list[Block]:
    """Why changes between waves have no weighted number."""
    return _where_weighted(
        m,
        m.paragraph(
            "Changes are of the answers as given. Each wave has weights of its own, or none, "
            "and a unit that answered twice may weigh otherwise each time."
        ),
    )


def _where_weighted(m: Material, said: Paragraph) -> list[Block]:
    return [] if m.study.weighting is None else [said]


def _said(m: Material, row: Values) -> str:
    shares = (row["silent_share_reference_weighted"], row["silent_share_comparison_weighted"])
    if shares[0] is None or shares[1] is None:
        return "–"
    return m.points(shares[1] - shares[0])


def _scaled(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _points(m: Material, value: float | None) -> str:
    return "–" if value is None else m.points(value)


def _percent(m: Material, value: float | None) -> str:
    return "–" if value is None else m.percent(value, 1)


def _number(m: Material, value: float | None, decimals: int) -> str:
    return "–" if value is None else m.number(value, decimals)
