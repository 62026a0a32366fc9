"""Chapter: what the study shows, in a page."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material, Values, effect_row
from samspill.presentation.report.content.missing import with_condition
from samspill.presentation.report.content.policy import capital, surviving
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Inline,
    Link,
    Number,
    Paragraph,
    Runs,
    Section,
    Strong,
)
from samspill.presentation.tables.weighted import sentences_are_weighted

COMPARED = 3


def chapter(m: Material) -> Section:
    blocks: list[Block] = [_answering(m), *_weighted(m)]
    blocks += _policy(m)
    figure = m.drawings.figure("policy_effects", m.word("Overview"))
    blocks += [figure] if figure else []
    blocks += _fields(m)
    blocks += _agreement(m)
    blocks += [_caution(m)] if m.effects else []
    return Section("summary", "", m.word("What does the study show?"), tuple(blocks))


def headline(m: Material) -> list[Runs]:
    """The findings that the summary opens with, one sentence or two each."""
    blocks = [_answering(m), *_fields(m)[:1], *_policy(m)[:1], *_agreement(m)]
    return [block.runs for block in blocks if isinstance(block, Paragraph)]


def _answering(m: Material) -> Paragraph:
    return m.paragraph(
        "The survey was answered by {n} of {population} municipalities and city districts, or "
        "{rate}. All that follows is computed from the counts of their answers.",
        n=Number(m.number(m.respondents), "response"),
        population=Number(m.number(m.population), "response"),
        rate=m.percent(m.respondents / m.population),
    )


def _weighted(m: Material) -> list[Block]:
    if not sentences_are_weighted(m.study):
        return []
    return [
        m.paragraph(
            "Shares and differences in the sentences below are weighted ({chapter}); the tables "
            "have both.",
            chapter=Link(m.word("how the answers are weighted"), "weights"),
        )
    ]


def _fields(m: Material) -> list[Block]:
    rows = m.shares("has_relation", fields=m.fields)
    if not rows:
        return []
    bullets = Bullets(tuple(_field(m, row) for row in rows))
    if len(rows) < COMPARED:
        return [bullets]
    ranked = sorted(rows, key=lambda row: -m.headline(row)["share"])
    top, low, high = ranked[0], ranked[-1], ranked[1]
    opening = m.paragraph(
        "Collaboration with voluntary organisations is most common in {field}, where {share} of "
        "the municipalities take part. In the other fields studied in depth {low} to {high} do.",
        field=m.mid(top["field"]),
        share=m.share(top),
        low=m.share(low),
        high=m.share(high),
    )
    return [opening, bullets]


def _field(m: Material, row: Values) -> Runs:
    forms = [r for r in _in_field(m, _forms(m), row["field"]) if r["share"] is not None]
    positions = _in_field(m, ("coordination_position",), row["field"])
    start: dict[str, Inline] = {"field": Strong(m.label(row["field"])), "share": m.share(row)}
    if len(forms) < 2 or not positions:
        return m.say("{field}: {share} have at least one relation.", **start)
    most = max(forms, key=lambda r: r["share"])
    least = min(forms, key=lambda r: r["share"])
    return m.say(
        "{field}: {share} have at least one relation. The most common form is {form} ({most}) and "
        "the least common {rare} ({least}), while {position} have a coordination position.",
        **start,
        form=m.mid(most["indicator"]),
        most=m.share(most),
        rare=m.mid(least["indicator"]),
        least=m.share(least),
        position=m.share(positions[0]),
    )


def _forms(m: Material) -> tuple[str, ...]:
    return tuple(name for name in m.analysis.labels.vocabulary.forms if m.has(name))


def _in_field(m: Material, indicators: tuple[str, ...], field: str) -> list[Values]:
    rows = m.shares(*indicators, fields=[field]) if indicators else []
    return [row for row in rows if row["n"]]


def _policy(m: Material) -> list[Block]:
    if len(m.effects) < 2:
        return [Paragraph(_surest(m, row)) for row in m.effects]
    starred = [row for row in m.effects if row["p"] is not None and row["p"] < 0.05]
    holm, bh = surviving(m, "p_holm"), surviving(m, "p_bh")
    higher = [row for row in m.effects if row["difference"] > 0]
    opening = m.paragraph(
        "In {higher} of {k} comparisons between municipalities with and without a volunteer "
        "policy, the share that collaborates is higher where there is a policy. Each taken alone, "
        "the difference is below the 5 per cent level in {starred} of them. When all {k} tests are "
        "counted, {bh} remain by Benjamini and Hochberg's method and {holm} by Holm's.",
        k=Number(m.number(len(m.effects)), "table-effects"),
        higher=Number(m.number(len(higher)), "table-effects"),
        starred=Number(m.number(len(starred)), "table-effects"),
        holm=Number(m.number(len(holm)), "table-effects"),
        bh=Number(m.number(len(bh)), "table-effects"),
    )
    blocks: list[Block] = [opening]
    shown = sorted(bh, key=lambda row: row["p"])
    if shown:
        lead = m.paragraph(
            "This is what remains (see {chapter} for the rest):",
            chapter=Link(m.word("the chapter on policy"), "policy"),
        )
        blocks += [lead, Bullets(tuple(_surest(m, row) for row in shown))]
    return blocks


def _surest(m: Material, row: Values) -> Runs:
    shown = m.headline(row)
    told = m.say(
        "{place}: {without} without a policy and {with_policy} with one, a difference of "
        "{difference} percentage points (95% interval {interval}).",
        place=Strong(capital(m.place(row))),
        without=m.percent(shown["share_reference"]),
        with_policy=m.percent(shown["share_comparison"]),
        difference=Number(m.points(shown["difference"]), effect_row(row)),
        interval=m.points_span(shown["low"], shown["high"]),
    )
    return with_condition(m, told, row)


def _agreement(m: Material) -> list[Block]:
    if not m.checks:
        return []
    verdicts = [row["verdict"] for row in m.checks]
    wrong, given = verdicts.count("disagrees"), verdicts.count("taken as given")
    if not given:
        return [
            Paragraph(
                m.say_plural(
                    "Of the {k} printed numbers, {agrees} agree with the recomputed ones and {n} "
                    "does not.",
                    "Of the {k} printed numbers, {agrees} agree with the recomputed ones and {n} "
                    "do not.",
                    wrong,
                    n=Number(m.number(wrong), "contradictions"),
                    k=Number(m.number(len(verdicts)), "recomputed"),
                    agrees=Number(m.number(verdicts.count("agrees")), "recomputed"),
                )
            )
        ]
    return [
        Paragraph(
            m.say_plural(
                "Of the {k} printed numbers, {agrees} agree with the recomputed ones and {n} does "
                "not. The remaining {given} come from other sources and are taken as "
                "given.",
                "Of the {k} printed numbers, {agrees} agree with the recomputed ones and {n} do "
                "not. The remaining {given} come from other sources and are taken as "
                "given.",
                wrong,
                n=Number(m.number(wrong), "contradictions"),
                k=Number(m.number(len(verdicts)), "recomputed"),
                agrees=Number(m.number(verdicts.count("agrees")), "recomputed"),
                given=m.number(given),
            )
        )
    ]


def _caution(m: Material) -> Callout:
    return Callout(
        "caution",
        m.word("What the numbers cannot say"),
        (
            m.paragraph(
                "Each municipality was asked once. Where policy and collaboration go together, "
                "the survey cannot say which came first, or whether something else, such as the "
                "size of the municipality, lies behind both."
            ),
        ),
    )
