"""Chapter: whether municipalities with a volunteer policy collaborate more."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.presentation.report.content.material import Material, Values, effect_row
from samspill.presentation.report.content.tables import difference_table
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Column,
    Number,
    Paragraph,
    Row,
    Runs,
    Section,
    TableBlock,
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
        "difference is {difference} percentage points ({interval}), for {indicator} in {field}.",
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
                "Having a policy was not drawn by lot. Municipalities that have one may differ "
                "from the others in size, in centrality and in how many organisations they have, "
                "and none of that is held constant here."
            ),
        ),
    )
    parts = (_contents(m), _corrected(m), _table(m), _uncertainty(m))
    return Section(
        "policy",
        "",
        m.word("Do municipalities with a volunteer policy collaborate more?"),
        (opening, caution),
        tuple(part for part in parts if part is not None),
    )


def _contents(m: Material) -> Section:
    vocabulary = m.analysis.labels.vocabulary
    groups = (
        ("4.6", ("has_relation",), m.word("Having any relation")),
        ("4.7", tuple(vocabulary.coordination), m.word("Position, body and meeting point")),
        ("4.8", tuple(vocabulary.phases), m.word("Phases of the policy process")),
        ("4.9", tuple(vocabulary.economic_relations), m.word("Economic relations")),
    )
    blocks: list[Block] = [
        m.paragraph(
            "The comparisons fall in four groups. Within each, the sentence tells how many "
            "differences would pass the 5 per cent level taken one by one, and the largest of them."
        )
    ]
    for number, names, title in groups:
        rows = [row for row in m.effects if row["indicator"] in names]
        if rows:
            blocks.append(_group(m, title, rows))
            figure = m.drawings.figure(number)
            blocks += [figure] if figure else []
    return Section("where-they-differ", "", m.word("Where do they differ?"), tuple(blocks))


def _group(m: Material, title: str, rows: Sequence[Values]) -> Paragraph:
    passing = [row for row in rows if row["p"] < LEVEL]
    largest = max(rows, key=lambda row: abs(row["difference"]))
    return Paragraph(
        m.say_plural(
            "{title}: {n} of {k} comparisons passes. The largest difference is for {indicator} in "
            "{field}, {with_policy} with a policy and {without} without: {difference} percentage "
            "points ({interval}), p = {p}.",
            "{title}: {n} of {k} comparisons pass. The largest difference is for {indicator} in "
            "{field}, {with_policy} with a policy and {without} without: {difference} percentage "
            "points ({interval}), p = {p}.",
            len(passing),
            title=title,
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
    expected = len(m.effects) * LEVEL
    blocks: list[Block] = [
        Paragraph(
            m.say_plural(
                "{n} difference remains by Holm's method, which guards against even one false "
                "finding, and {bh} by Benjamini and Hochberg's, which lets about one in twenty of "
                "the findings be false.",
                "{n} differences remain by Holm's method, which guards against even one false "
                "finding, and {bh} by Benjamini and Hochberg's, which lets about one in twenty of "
                "the findings be false.",
                len(holm),
                bh=Number(m.number(len(bh)), "table-effects"),
            )
        ),
        m.paragraph(
            "Taken one by one, {passing} of the {k} comparisons pass the 5 per cent level. Were "
            "there no difference anywhere, about {expected} would be expected to pass by chance.",
            passing=Number(m.number(len(passing)), "table-effects"),
            k=m.number(len(m.effects)),
            expected=m.number(expected),
        ),
    ]
    blocks += _remaining(m, passing, holm, bh)
    figure = m.drawings.figure("policy_effects", m.word("Overview"))
    blocks += [figure] if figure else []
    title = m.word("Which differences remain when all are counted?")
    return Section("corrected", "", title, tuple(blocks))


def _remaining(
    m: Material, passing: list[Values], holm: list[Values], bh: list[Values]
) -> list[Block]:
    blocks: list[Block] = []
    if bh:
        lead = m.paragraph("By Benjamini and Hochberg's method these remain, by field:")
        items = tuple(_of_field(m, field, bh, holm) for field in m.fields if _own(bh, field))
        blocks += [lead, Bullets(items)]
    lost = [row for row in passing if row not in bh]
    if lost:
        named = [f"{m.mid(row['indicator'])} ({m.mid(row['field'])})" for row in lost]
        blocks.append(
            Paragraph(
                m.say_plural(
                    "{n} starred difference does not: {named}. It may be real, but this survey "
                    "alone does not show it.",
                    "{n} starred differences do not: {named}. They may be real, but this survey "
                    "alone does not show it.",
                    len(lost),
                    named=m.joined(named),
                )
            )
        )
    return blocks


def _own(rows: Sequence[Values], field: str) -> list[Values]:
    return [row for row in rows if row["field"] == field]


def _of_field(m: Material, field: str, bh: list[Values], holm: list[Values]) -> Runs:
    named = [
        f"{m.mid(row['indicator'])} ({m.points(row['difference'])}{'†' if row in holm else ''})"
        for row in _own(bh, field)
    ]
    return m.say(
        "{field}: {named} percentage points († also by Holm's method).",
        field=m.label(field),
        named=m.joined(named),
    )


def _table(m: Material) -> Section:
    text = m.paragraph(
        "The table gives all {k} in percentage points, since a log odds ratio is hard to picture. "
        "An interval that holds zero leaves the direction open.",
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
        "It narrows the intervals. {rate} of all units answered, and for statements about just "
        "these municipalities in that year the intervals shrink to {ratio} of their width on "
        "average.",
        rate=m.percent(m.respondents / m.population),
        ratio=Number(m.percent(sum(ratios) / len(ratios)), "table-uncertainty"),
    )
    more = m.paragraph(
        "Two reservations. The correction assumes that those who answered are a random part of "
        "all, and a response of {rate} cannot promise that. And who asks whether policy and "
        "collaboration go together in general, and not in these municipalities in that year only, "
        "should use the wide intervals; the tests in this chapter do.",
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
            )
        )
        for a, b, ratio in zip(wide, narrow, ratios, strict=True)
    )
    table = TableBlock(
        id="table-uncertainty",
        label=m.table_label(),
        title=m.word("At least one relation: intervals with and without correction"),
        columns=(
            Column(m.word("Field"), flexible=True),
            Column(m.word("Share"), "right"),
            Column(m.word("Very large population"), "right"),
            Column(m.word("Finite population"), "right"),
            Column(m.word("Width, relative"), "right"),
        ),
        rows=rows,
        basis=m.basis(wide),
    )
    title = m.word(
        "What does it mean that {n} of {population} answered?",
        n=m.respondents,
        population=m.population,
    )
    return Section("uncertainty", "", title, (text, table, more))
