"""Chapters: challenges named in open answers, and the case municipalities with their interviews."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.policy import capital
from samspill.presentation.report.content.tables import share_table
from samspill.presentation.report.document import Block, Number, Section

PREFIX = "barrier_"
TABLES = ("1.1", "1.2")
RANKED = 3


def challenges(m: Material) -> Section | None:
    """What makes collaboration hard, in the municipalities' own words, coded."""
    names = tuple(name for name in m.analysis.definitions if name.startswith(PREFIX))
    rows = sorted(m.shares(*names), key=lambda row: -row["share"]) if names else []
    if not rows:
        return None
    blocks: list[Block] = [
        *_ranked(m, rows),
        m.paragraph(
            "The question was open, and {n} of the {all} units in the survey answered it. The "
            "shares describe those who wrote something and cannot be carried over to all "
            "municipalities.",
            n=Number(m.number(rows[0]["n"]), "table-challenges"),
            all=m.number(m.respondents),
        ),
    ]
    if m.founding:
        blocks.append(
            m.paragraph(
                "According to the original report, large municipalities are over-represented "
                "among those who answered the question."
            )
        )
    figure = m.drawings.figure("4.10")
    blocks += [figure] if figure else []
    title = m.word("Challenges brought up in open answers")
    blocks.append(
        share_table(
            m,
            "table-challenges",
            title,
            rows,
            head=m.word("Theme"),
            label=lambda r: capital(_theme(m, r)),
        )
    )
    blocks.append(
        m.paragraph(
            "One answer may touch on several themes, so the shares add up to more than 100 per "
            "cent. The intervals cover the chance in who answered and not the judgement in the "
            "coding, where the lines between themes are not sharp."
        )
    )
    title = m.word("What makes collaboration hard?")
    return Section("challenges", "", title, tuple(blocks))


def _ranked(m: Material, rows: list[Values]) -> list[Block]:
    """Which challenge is named most and what follows, where there are enough to rank."""
    if len(rows) < RANKED:
        return []
    first, second = rows[0], rows[1]
    listed = [f"{_theme(m, r)} ({m.percent(r['share'])})" for r in rows[2:]]
    return [
        m.paragraph(
            "What is named most often is {first}: {share} of those who answered in their own words "
            "bring it up. Then follow {second} ({second_share}), {others}.",
            first=_theme(m, first),
            share=m.share(first),
            second=_theme(m, second),
            second_share=m.share(second),
            others=m.joined(listed),
        )
    ]


def _theme(m: Material, row: Values) -> str:
    """A theme without the word that says it is a challenge."""
    known = m.analysis.labels.vocabulary.barriers
    name = row["indicator"].removeprefix(PREFIX)
    label = known[name].label(m.language) if name in known else m.label(row["indicator"])
    return label[:1].lower() + label[1:]


def cases(m: Material) -> Section | None:
    """The municipalities that were visited, and how many interviews were made in each."""
    cases = m.study.cases
    if cases is None or cases.is_empty():
        return None
    rows = cases.to_dicts()
    people = [int(float(row["population"])) for row in rows]
    municipal = sum(int(row["interviews_municipality"]) for row in rows)
    organisations = sum(int(row["interviews_organisations"]) for row in rows)
    policy = sum(row["has_policy"] == "yes" for row in rows)
    blocks: list[Block] = [
        m.paragraph(
            "The study visited {n} municipalities and city districts and made {interviews} "
            "interviews there: {municipal} on the municipality's side and {organisations} on the "
            "organisations' side.",
            n=Number(m.number(len(rows)), "table-1-1"),
            interviews=Number(m.number(municipal + organisations), "table-1-2"),
            municipal=Number(m.number(municipal), "table-1-2"),
            organisations=Number(m.number(organisations), "table-1-2"),
        ),
        m.paragraph(
            "The smallest has {least} inhabitants and the largest {most}, and {policy} of the {n} "
            "have a volunteer policy or are preparing one. They were chosen for their variety and "
            "not drawn at random, so no intervals are given.",
            least=m.number(min(people)),
            most=m.number(max(people)),
            policy=m.number(policy),
            n=m.number(len(rows)),
        ),
    ]
    drawn = [m.drawings.table(number) for number in TABLES]
    if any(table is None for table in drawn):
        return None
    blocks += [table for table in drawn if table is not None]
    title = m.word("Which municipalities were visited?")
    return Section("cases", "", title, tuple(blocks))
