"""Chapter: who is missing, and what the silence could change."""

from __future__ import annotations

from collections.abc import Set

from samspill.analysis.silence import conditions as condition_of
from samspill.language import translator
from samspill.presentation.report.content import attributes, weighted_tables, weighting
from samspill.presentation.report.content.material import Material, Values, effect_row, share_row
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Number,
    Paragraph,
    Row,
    Runs,
    Section,
    TableBlock,
    Text,
)
from samspill.presentation.tables.conditions import condition_sentence
from samspill.presentation.tables.source import POLICY

LEVEL = 0.05
MOST_NAMED = 6
"""A sentence names no more comparisons than this; beyond, they are found in the table."""
Pairs = Set[tuple[str, str]]


def condition(m: Material, row: Values) -> str:
    """The condition of a difference by policy, as a sentence; empty where everyone answered."""
    found = condition_of(m.analysis, row["indicator"], row["field"])
    return condition_sentence(found, translator(m.language))


def chapter(m: Material, hidden: Pairs = frozenset()) -> Section | None:
    """The chapter; ``hidden`` are (indicator, field) whose numbers are not to be shown."""
    if m.population <= m.respondents:
        return None
    parts = (_known(m), weighting.section(m), _tipping(m, hidden), _shares(m, hidden))
    return Section(
        "missing",
        "",
        m.word("Who is missing, and what could the silence change?"),
        (_opening(m),),
        tuple(part for part in parts if part is not None),
    )


def _opening(m: Material) -> Paragraph:
    silent = m.population - m.respondents
    return m.paragraph(
        "{silent} of {population} units did not answer, or {rate}. Here stands what is known of "
        "them, and how different they would have to be for the conclusions to change.",
        silent=Number(m.number(silent), "response"),
        population=m.number(m.population),
        rate=m.percent(silent / m.population),
    )


def _known(m: Material) -> Section:
    blocks: list[Block] = []
    if m.founding:
        blocks.append(
            m.paragraph(
                "The original report says that an analysis found no sign of bias by the size of "
                "the population, the mayor's party or the turnout. It prints no numbers from that "
                "analysis, so it cannot be recomputed."
            )
        )
    found = m.analysis.response()
    if found.unknown:
        blocks.append(
            m.paragraph(
                "Of those who did not answer it is not known here: {attributes}.",
                attributes=m.joined([m.mid(name) for name in found.unknown]),
            )
        )
    blocks += attributes.blocks(m, found) if found.known else [_nothing_known(m)]
    return Section("known-silent", "", m.word("What is known of the silent?"), tuple(blocks))


def _nothing_known(m: Material) -> Paragraph:
    return m.paragraph(
        "With nothing known of every unit, no weights can make up for the silence, and no test can "
        "show that it does no harm. What can be told is how different the silent would have to be."
    )


def _tipping(m: Material, hidden: Pairs) -> Section | None:
    starred = [
        row
        for row in m.effects
        if row["p"] is not None
        and row["p"] < LEVEL
        and (row["indicator"], row["field"]) not in hidden
    ]
    if not starred:
        return None
    found = [condition_of(m.analysis, row["indicator"], row["field"]) for row in starred]
    rows = [each.row for each in found]
    firm = [each.row for each in found if each.alike_suffices]
    turning = [row for row in rows if row["silent_difference_sign"] is not None]
    blocks: list[Block] = [_lead(m, rows, firm)]
    if turning:
        blocks.append(_extremes(m, turning))
    figure = m.drawings.figure("silence", m.word("Tipping points"))
    blocks += [figure] if figure else []
    blocks.append(_table(m, starred, rows))
    blocks += weighted_tables.tipping(m, rows, _basis(m, rows))
    blocks.append(_assumptions(m, rows))
    title = m.word("How different would the silent have to be?")
    return Section("tipping", "", title, tuple(blocks))


def _lead(m: Material, rows: list[Values], firm: list[Values]) -> Paragraph:
    if firm and len(rows) == 1:
        return m.paragraph(
            "The one difference below the 5 per cent level, {name}, stays clear of zero even if "
            "those with and without a policy are alike among the silent.",
            name=m.place(rows[0]),
        )
    if len(firm) > MOST_NAMED:
        return m.paragraph(
            "Of the {k} differences below the 5 per cent level, {n} stay clear of zero even if "
            "those with and without a policy are alike among the silent.",
            k=Number(m.number(len(rows)), "table-silence"),
            n=Number(m.number(len(firm)), "table-silence"),
        )
    if firm:
        return Paragraph(
            m.say_plural(
                "Of the {k} differences below the 5 per cent level, {n} stays clear of zero even "
                "if those with and without a policy are alike among the silent: {names}.",
                "Of the {k} differences below the 5 per cent level, {n} stay clear of zero even "
                "if those with and without a policy are alike among the silent: {names}.",
                len(firm),
                k=Number(m.number(len(rows)), "table-silence"),
                names=m.joined([m.place(row) for row in firm]),
            )
        )
    return m.paragraph(
        "No difference below the 5 per cent level (in all {k}) stays clear of zero if "
        "those with and without a policy are alike among the silent.",
        k=Number(m.number(len(rows)), "table-silence"),
    )


def _extremes(m: Material, rows: list[Values]) -> Paragraph:
    far = max(rows, key=lambda row: abs(row["silent_difference_sign"]))
    near = min(rows, key=lambda row: abs(row["silent_difference_sign"]))
    return m.paragraph(
        "To turn the sign, the silent would have to point the other way, and by more than those "
        "who answered. Soonest turned is {near}: {near_answered} percentage points among those who "
        "answered would need {near_silent} among the silent. Last is {far}, where "
        "{far_answered} would need {far_silent}.",
        near=m.place(near),
        near_answered=m.points(near["difference"]),
        near_silent=Number(m.points(near["silent_difference_sign"]), silence_row(near)),
        far=m.place(far),
        far_answered=m.points(far["difference"]),
        far_silent=Number(m.points(far["silent_difference_sign"]), silence_row(far)),
    )


def silence_row(row: Values) -> str:
    """The identifier of the table row where a tipping point is accounted for."""
    return f"silence-{row['indicator']}-{row['field'] or 'all'}"


def _table(m: Material, starred: list[Values], rows: list[Values]) -> TableBlock:
    written = tuple(
        Row(
            (
                m.label(row["field"]),
                m.points(row["difference"]),
                m.points_span(row["low"], row["high"]),
                _or_dash(m, row["silent_difference_interval"]),
                _or_dash(m, row["silent_difference_sign"]),
                _shift(m, row),
                m.points_span(row["bound_low"], row["bound_high"]),
            ),
            silence_row(row),
            m.label(row["indicator"]),
            effect_row(effect),
        )
        for effect, row in zip(starred, rows, strict=True)
    )
    return table_of_numbers(
        m,
        "table-silence",
        m.word("What the silent would have to be for the differences to change"),
        [
            m.word("Field"),
            m.word("Difference,\npoints"),
            m.word("95% interval"),
            m.word("Interval\nreaches zero"),
            m.word("Sign\nturns"),
            m.word("Smallest shift\n(any division)"),
            m.word("Whatever the\nsilent are"),
        ],
        written,
        note=m.word(
            "In the fourth and fifth column stands the difference by policy among the silent at "
            "which the interval reaches zero and the sign turns. The smallest shift is how far the "
            "share among the silent must be from that among those who answered, in opposite "
            "directions in the two groups, to turn the sign: first as the silent are taken to fall "
            "on the groups, then in the division that turns it soonest. The last column has the "
            "lowest and the highest difference that any answers could have given."
        ),
        basis=_basis(m, rows),
    )


def _basis(m: Material, rows: list[Values]) -> str:
    return m.word(
        "n = {n}, and {silent} silent. Counts: {provenance}.",
        n=m.number(rows[0]["n_reference"] + rows[0]["n_comparison"]),
        silent=m.number(rows[0]["silent"]),
        provenance=m.provenances(rows),
    )


def _or_dash(m: Material, value: float | None) -> str:
    return "–" if value is None else m.points(value)


def _shift(m: Material, row: Values) -> str:
    usual, least = row["shift_sign"], row["shift_sign_least"]
    if least is None:
        return "–"
    soonest = m.number(100 * least, 1)
    if usual is None:
        return f"– ({soonest})"
    return f"{m.number(100 * usual, 1)} ({soonest})"


def _assumptions(m: Material, rows: list[Values]) -> Callout:
    row = rows[0]
    whole = m.study.units.height == m.population and not m.study.units[POLICY].null_count()
    items = [
        m.paragraph(
            "What the silent would have answered is a number that is tried out, not an estimate. "
            "No data can show whether it is right; the reader must judge whether it is likely."
        )
    ]
    if not whole:
        items.append(
            m.paragraph(
                "Which of the silent have a policy is not known either. They are taken to be "
                "divided as those who answered: {with_policy} with a policy and {without} without. "
                "The last tipping point is the smallest over every other division.",
                with_policy=m.number(row["silent_comparison"]),
                without=m.number(row["silent_reference"]),
            )
        )
    items.append(
        m.paragraph(
            "The interval keeps the width that the answers give it, and is moved. It speaks of "
            "municipalities in general, as the other intervals by policy do."
        )
    )
    return Callout("caution", m.word("What is assumed"), tuple(items))


def _shares(m: Material, hidden: Pairs) -> Section | None:
    fields = [field for field in m.fields if ("has_relation", field) not in hidden]
    if not m.has("has_relation") or not fields:
        return None
    rows = m.analysis.sensitivity("has_relation", fields=fields).frame.to_dicts()
    rows = [row for row in rows if row["n"] and row["silent"]]
    if not rows:
        return None
    firm = [row for row in rows if row["shift_side"] is None and row["above"]]
    text = m.paragraph(
        "With {rate} of the units silent, a share can lie anywhere in a span that wide, unless "
        "something is assumed about them.",
        rate=m.percent(rows[0]["silent"] / m.population),
    )
    items = tuple(
        m.say(
            "{field}: {share} of those who answered have at least one relation; of all units, "
            "between {low} and {high} do.",
            field=m.label(row["field"]),
            share=Number(m.percent(row["share"]), f"bounds-{row['field']}"),
            low=m.percent(row["bound_low"]),
            high=m.percent(row["bound_high"]),
        )
        for row in firm
    )
    blocks: list[Block] = [text]
    if items:
        blocks += [
            m.paragraph("That at least half collaborate holds whatever the silent are in:"),
            Bullets(items),
        ]
    blocks.append(_bounds_table(m, rows))
    blocks += weighted_tables.bounds(m, rows)
    return Section("silent-shares", "", m.word("How far off could the shares be?"), tuple(blocks))


def _bounds_table(m: Material, rows: list[Values]) -> TableBlock:
    written = tuple(
        Row(
            (
                m.label(row["field"]),
                m.number(row["n"]),
                m.percent(row["share"], 1),
                m.span(row["low"], row["high"], 1),
                m.span(row["bound_low"], row["bound_high"], 1),
                "–" if row["silent_share_side"] is None else m.percent(row["silent_share_side"], 1),
            ),
            f"bounds-{row['field']}",
            source=share_row(row),
        )
        for row in rows
    )
    return table_of_numbers(
        m,
        "table-bounds",
        m.word("At least one relation, whatever the silent are"),
        [
            m.word("Field"),
            "n",
            m.word("Share"),
            m.word("95% interval"),
            m.word("Whatever the\nsilent are"),
            m.word("Silent share that\nmakes it half"),
        ],
        written,
        note=m.word(
            "The bounds are reached if none, and if all, of the silent have a relation. They are "
            "arithmetic and have no interval of their own."
        ),
        basis=m.basis(rows),
    )


def with_condition(m: Material, runs: Runs, row: Values) -> Runs:
    """A sentence on a difference by policy, followed by its condition."""
    sentence = condition(m, row)
    return (*runs, Text(f" {sentence}")) if sentence else runs
