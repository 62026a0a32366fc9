"""Chapter: whether municipalities with a volunteer policy collaborate more."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.presentation.report.content.material import Material, Values, effect_row, share_row
from samspill.presentation.report.content.missing import with_condition
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.tables import difference_table
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Number,
    Paragraph,
    Row,
    Runs,
    Section,
    Strong,
    Text,
)

LEVEL = 0.05


def surviving(m: Material, corrected: str) -> list[Values]:
    """Comparisons whose corrected p-value is below five per cent."""
    return [row for row in m.effects if row[corrected] is not None and row[corrected] < LEVEL]


def chapter(m: Material) -> Section | None:
    if not m.effects:
        return None
    higher = [row for row in m.effects if row["difference"] > 0]
    largest = max(m.effects, key=lambda row: row["difference"])
    opening = m.paragraph(
        "In {higher} of {k} comparisons the share is higher where there is a policy. The largest "
        "difference is {difference} percentage points (95% interval {interval}), for {indicator} "
        "in {field}.",
        higher=Number(m.number(len(higher)), "table-effects"),
        k=Number(m.number(len(m.effects)), "table-effects"),
        difference=Number(m.points(largest["difference"]), effect_row(largest)),
        interval=m.points_span(largest["low"], largest["high"]),
        indicator=m.mid(largest["indicator"]),
        field=m.mid(largest["field"]),
    )
    caution = Callout(
        "caution",
        m.word("Differences, and no more than that"),
        (
            m.paragraph(
                "Which municipalities have a policy was not decided by lot. Those that have one "
                "may differ from the others in size, centrality and density of organisations, and "
                "none of that is held constant here."
            ),
        ),
    )
    corrected = _corrected(m) if len(m.effects) > 1 else None
    parts = (_contents(m), corrected, _table(m), _uncertainty(m))
    return Section(
        "policy",
        "",
        m.word("Do municipalities with a volunteer policy collaborate more?"),
        (opening, caution),
        tuple(part for part in parts if part is not None),
    )


def _contents(m: Material) -> Section | None:
    vocabulary = m.analysis.labels.vocabulary
    groups = (
        ("4.6", ("has_relation",), m.word("Having any relation")),
        ("4.7", tuple(vocabulary.coordination), m.word("Position, body and meeting point")),
        ("4.8", tuple(vocabulary.phases), m.word("Phases of the policy process")),
        ("4.9", tuple(vocabulary.economic_relations), m.word("Economic relations")),
    )
    found = [(n, [r for r in m.effects if r["indicator"] in ids], t) for n, ids, t in groups]
    filled = [(number, rows, title) for number, rows, title in found if rows]
    if not filled:
        return None
    blocks: list[Block] = [
        m.paragraph(
            "The comparisons fall into four groups. For each group it is told how many differences "
            "are below the 5 per cent level when each is taken alone, and which is the largest."
        )
        if len(filled) == len(groups)
        else m.paragraph(
            "For each group of comparisons it is told how many differences are below the 5 per "
            "cent level when each is taken alone, and which is the largest."
        )
    ]
    for number, rows, title in filled:
        blocks.append(_group(m, title, rows))
        figure = m.drawings.figure(number)
        blocks += [figure] if figure else []
    return Section("where-they-differ", "", m.word("Where do they differ?"), tuple(blocks))


def _group(m: Material, title: str, rows: Sequence[Values]) -> Paragraph:
    passing = [row for row in rows if row["p"] < LEVEL]
    largest = max(rows, key=lambda row: abs(row["difference"]))
    return Paragraph(
        m.say_plural(
            "{title}: {n} of {k} differences is below the 5 per cent level. The largest is for "
            "{indicator} in {field}, with {with_policy} where there is a policy and {without} "
            "where there is none: {difference} percentage points (95% interval {interval}), "
            "p = {p}.",
            "{title}: {n} of {k} differences are below the 5 per cent level. The largest is for "
            "{indicator} in {field}, with {with_policy} where there is a policy and {without} "
            "where there is none: {difference} percentage points (95% interval {interval}), "
            "p = {p}.",
            len(passing),
            title=Strong(title),
            k=m.number(len(rows)),
            indicator=m.mid(largest["indicator"]),
            field=m.mid(largest["field"]),
            with_policy=Number(m.percent(largest["share_comparison"]), effect_row(largest)),
            without=Number(m.percent(largest["share_reference"]), effect_row(largest)),
            difference=Number(m.points(largest["difference"]), effect_row(largest)),
            interval=m.points_span(largest["low"], largest["high"]),
            p=m.p(largest["p"]),
        )
    )


def _corrected(m: Material) -> Section:
    passing = [row for row in m.effects if row["p"] < LEVEL]
    holm, bh = surviving(m, "p_holm"), surviving(m, "p_bh")
    blocks: list[Block] = [_family(m, passing), _left(m, holm, bh)]
    blocks += _remaining(m, holm, bh)
    blocks += _lost(m, [row for row in passing if row not in bh])
    title = m.word("Which differences remain when all tests are counted?")
    return Section("corrected", "", title, tuple(blocks))


def _family(m: Material, passing: list[Values]) -> Paragraph:
    return m.paragraph(
        "Each taken alone, {passing} of the {k} differences are below the 5 per cent level and "
        "get a star. If policy and collaboration had nothing to do with each other anywhere, about "
        "{expected} of {k} would still get one by chance. More stars than that suggest that there "
        "is something, but not which of the stars are to be trusted. That is what corrections for "
        "many tests are for.",
        passing=Number(m.number(len(passing)), "table-effects"),
        k=m.number(len(m.effects)),
        expected=m.number(len(m.effects) * LEVEL),
    )


def _left(m: Material, holm: list[Values], bh: list[Values]) -> Paragraph:
    return m.paragraph(
        "Holm's method keeps the risk of even one false finding below 5 per cent, and leaves "
        "{holm}. Benjamini and Hochberg's method accepts that about one in twenty of the findings "
        "may be false, and leaves {bh}.",
        holm=Number(m.number(len(holm)), "table-effects"),
        bh=Number(m.number(len(bh)), "table-effects"),
    )


def _remaining(m: Material, holm: list[Values], bh: list[Values]) -> list[Block]:
    if not bh:
        return []
    items = tuple(_one(m, row, row in holm) for row in sorted(bh, key=lambda row: row["p"]))
    return [m.paragraph("What remains, the surest first:"), Bullets(items)]


def _one(m: Material, row: Values, strict: bool) -> Runs:
    message = (
        m.word("by both methods") if strict else m.word("by Benjamini and Hochberg's method only")
    )
    told = m.say(
        "{place}: {difference} percentage points (95% interval {interval}), p = {p}, corrected "
        "{bh} (BH) and {holm} (Holm); it remains {methods}.",
        place=Strong(capital(m.place(row))),
        difference=Number(m.points(row["difference"]), effect_row(row)),
        interval=m.points_span(row["low"], row["high"]),
        p=m.p(row["p"]),
        bh=m.p(row["p_bh"]),
        holm=m.p(row["p_holm"]),
        methods=message,
    )
    return with_condition(m, told, row)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lost(m: Material, lost: list[Values]) -> list[Block]:
    if not lost:
        return []
    named = [
        f"{m.label(field)}: {m.joined([m.mid(row['indicator']) for row in own])}"
        for field in m.fields
        if (own := [row for row in lost if row["field"] == field])
    ]
    lead = Paragraph(
        m.say_plural(
            "{n} starred difference does not remain. It may be real, but this survey alone does "
            "not show it:",
            "The other {n} starred differences do not remain. They may be real, but this survey "
            "alone does not show it:",
            len(lost),
        )
    )
    return [lead, Bullets(tuple((Text(line + "."),) for line in named))]


def _table(m: Material) -> Section:
    text = m.paragraph(
        "The table gives all {k} differences in percentage points, which are easier to picture "
        "than odds ratios. Where the interval contains zero, the direction is open.",
        k=m.number(len(m.effects)),
    )
    table = difference_table(
        m, "table-effects", m.word("Differences by volunteer policy"), m.effects
    )
    title = m.word("How large are the differences?")
    return Section("how-large", "", title, (text, table))


def _uncertainty(m: Material) -> Section | None:
    wide = m.shares("has_relation", fields=m.fields)
    narrow = m.shares("has_relation", fields=m.fields, finite_population=True)
    if not wide:
        return None
    ratios = [
        (b["high"] - b["low"]) / (a["high"] - a["low"]) for a, b in zip(wide, narrow, strict=True)
    ]
    text = m.paragraph(
        "The intervals become narrower. When {rate} of all units have answered, and the statement "
        "is about precisely these units in that year, only those that did not answer are unknown. "
        "On average the intervals shrink to {ratio} of their width.",
        rate=m.percent(m.respondents / m.population),
        ratio=Number(m.percent(sum(ratios) / len(ratios)), "table-uncertainty"),
    )
    more = m.paragraph(
        "There are two reservations. The correction assumes that those who answered are a random "
        "part of all, and a response rate of {rate} is no guarantee of that. And when the question "
        "is whether policy and collaboration go together in general, and not only in these "
        "municipalities in that year, the wide intervals are the right ones. The tests in this "
        "chapter are made that way.",
        rate=m.percent(m.respondents / m.population),
    )
    rows = tuple(
        Row(
            (
                m.label(a["field"]),
                m.percent(a["share"], 1),
                m.span(a["low"], a["high"], 1),
                m.span(b["low"], b["high"], 1),
                m.percent(ratio),
            ),
            source=share_row(a),
        )
        for a, b, ratio in zip(wide, narrow, ratios, strict=True)
    )
    table = table_of_numbers(
        m,
        "table-uncertainty",
        m.word("At least one relation: intervals with and without correction"),
        [
            m.word("Field"),
            m.word("Share"),
            m.word("95% interval,\nvery large population"),
            m.word("95% interval,\nfinite population"),
            m.word("Relative\nwidth"),
        ],
        rows,
        basis=m.basis(wide),
    )
    title = m.word(
        "What does it mean that {n} of {population} answered?",
        n=m.respondents,
        population=m.population,
    )
    return Section("uncertainty", "", title, (text, table, more))
