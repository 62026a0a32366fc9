"""The weights that a study declares: a part of the chapter on who is missing."""

from __future__ import annotations

from samspill.errors import SamspillError
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.document import (
    Block,
    Callout,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)
from samspill.presentation.tables.weighted import category_words
from samspill.statistics.weighting import Weights
from samspill.study.weighting import Weighting


def section(m: Material) -> Section | None:
    """How the answers are weighted, and what it costs; None for a study that weights nothing."""
    declared = m.study.weighting
    if declared is None:
        return None
    try:
        weights = m.analysis.weights
    except SamspillError as error:
        return Section("weights", "", _title(m), (_impossible(m, error),))
    if weights is None:
        return None
    blocks: list[Block] = [_opening(m, declared, weights), _choice(m, declared), _cost(m, weights)]
    if weights.margins.height:
        blocks.append(_totals(m, declared, weights))
    return Section("weights", "", _title(m), tuple(blocks))


def _title(m: Material) -> str:
    return m.word("How are the answers weighted?")


def _impossible(m: Material, error: SamspillError) -> Callout:
    text = m.paragraph(
        "The study declares weights that cannot be computed: {why}", why=error.message
    )
    return Callout("caution", m.word("No weights"), (text,))


def method_name(m: Material, declared: Weighting) -> str:
    """A method of weighting in words."""
    if declared.method == "post_stratification":
        return m.word("post-stratification")
    if declared.method == "raking":
        return m.word("raking")
    if declared.method == "calibration":
        return m.word("calibration")
    return m.word("response propensity")


def _opening(m: Material, declared: Weighting, weights: Weights) -> Paragraph:
    row = weights.diagnostics.row(0, named=True)
    return m.paragraph(
        "Every answer has a weight, so that those who answered make up the whole frame in "
        "{variables}, by {method}. The weights go from {smallest} to {largest}, where {mean} is "
        "the mean.",
        variables=m.joined([m.mid(name) for name in declared.variables]),
        method=method_name(m, declared),
        smallest=m.number(row["smallest"], 2),
        largest=m.number(row["largest"], 2),
        mean=m.number(row["mean"], 2),
    )


def _choice(m: Material, declared: Weighting) -> Paragraph:
    headline = (
        m.paragraph(
            "Sentences use the weighted numbers, but where many differences are tested: stars and "
            "corrections are of the answers as given. Tables give both."
        )
        if declared.headline == "weighted"
        else m.paragraph("Sentences use the unweighted numbers; tables give both.")
    )
    if not declared.chosen_by:
        return headline
    chosen = (
        m.say(
            " This was chosen by {who} on {day}: {why}",
            who=declared.chosen_by,
            day=declared.chosen_on or "–",
            why=declared.reason,
        )
        if declared.reason
        else m.say(
            " This was chosen by {who} on {day}; no reason is recorded.",
            who=declared.chosen_by,
            day=declared.chosen_on or "–",
        )
    )
    return Paragraph((*headline.runs, *chosen))


def _cost(m: Material, weights: Weights) -> Paragraph:
    row = weights.diagnostics.row(0, named=True)
    told = {
        "n": m.number(row["n"]),
        "effective": Number(m.number(row["n_effective"], 0), "table-totals")
        if weights.margins.height
        else m.number(row["n_effective"], 0),
        "deff": m.number(row["deff"], 2),
    }
    if not row["trimmed"]:
        return m.paragraph(
            "Unequal weights cost precision: {n} answers are worth as many as {effective} equal "
            "ones at worst (design effect {deff}). No weight was trimmed.",
            **told,
        )
    return m.paragraph(
        "Unequal weights cost precision: {n} answers are worth as many as {effective} equal ones "
        "at worst (design effect {deff}). The weights of {trimmed} of the units were trimmed, "
        "which moved {moved} of all weight.",
        **told,
        trimmed=m.percent(row["trimmed"], 1),
        moved=m.percent(row["trimmed_weight"], 1),
    )


def _totals(m: Material, declared: Weighting, weights: Weights) -> TableBlock:
    rows = tuple(
        Row(
            (
                category_words(m.analysis.labels, row["category"], m.language),
                m.number(row["n"]),
                m.number(row["before"], 1),
                m.number(row["known"], 1),
                m.number(row["after"], 1),
            )
        )
        for row in weights.margins.iter_rows(named=True)
    )
    sources = [margin.source for margin in declared.margins if margin.source]
    counted = any(margin.totals is None for margin in declared.margins)
    note = m.word("The known totals are counted in the study's own frame.") if counted else ""
    if sources:
        given = m.word("Known totals are from: {sources}.", sources=m.joined(sources))
        note = f"{note} {given}".strip()
    return table_of_numbers(
        m,
        "table-totals",
        m.word("Known totals, and what the answers add up to"),
        [
            m.word("Group"),
            m.word("Answered"),
            m.word("Unweighted,\nscaled up"),
            m.word("Known"),
            m.word("Weighted"),
        ],
        rows,
        note=note,
    )
