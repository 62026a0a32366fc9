"""Chapters: challenges named in open answers, and the case municipalities with their interviews."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.tables import share_table
from samspill.presentation.report.document import Block, Number, Section

PREFIX = "barrier_"


def challenges(m: Material) -> Section | None:
    """What makes collaboration hard, in the municipalities' own words, coded."""
    names = tuple(name for name in m.analysis.definitions if name.startswith(PREFIX))
    rows = sorted(m.shares(*names), key=lambda row: -row["share"]) if names else []
    if not rows:
        return None
    first, second = rows[0], rows[1]
    listed = [f"{m.mid(r['indicator'])} ({m.percent(r['share'])})" for r in rows[2:]]
    answered = first["n"]
    blocks: list[Block] = [
        m.paragraph(
            "First {first}: {share} of those who answered in their own words bring it up. Then "
            "{second} ({second_share}), {others}.",
            first=m.mid(first["indicator"]),
            share=m.share(first),
            second=m.mid(second["indicator"]),
            second_share=m.share(second),
            others=m.joined(listed),
        ),
        m.paragraph(
            "The question was open, and {n} of the {all} answering units took it up. The shares "
            "describe those who wrote something, and cannot be carried over to all municipalities.",
            n=Number(m.number(answered), "table-challenges"),
            all=m.number(m.respondents),
        ),
    ]
    if m.founding:
        blocks.append(
            m.paragraph(
                "The founding report adds that larger municipalities are over-represented among "
                "those who wrote."
            )
        )
    figure = m.drawings.figure("4.10")
    blocks += [figure] if figure else []
    title = m.word("Challenges brought up in open answers")
    blocks.append(share_table(m, "table-challenges", title, rows))
    blocks.append(
        m.paragraph(
            "One answer may carry several themes, and the shares add up to more than one hundred. "
            "The intervals cover the chance in who answered, and not the judgement of those who "
            "coded: the borders between themes are not sharp."
        )
    )
    title = m.word("What makes collaboration hard?")
    return Section("challenges", "", title, tuple(blocks))


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
            "{n} municipalities and city districts, in which {interviews} interviews were made: "
            "{municipal} with people in the municipality and {organisations} with people in "
            "organisations.",
            n=Number(m.number(len(rows)), "table-1-1"),
            interviews=Number(m.number(municipal + organisations), "table-1-2"),
            municipal=Number(m.number(municipal), "table-1-2"),
            organisations=Number(m.number(organisations), "table-1-2"),
        ),
        m.paragraph(
            "They range from {least} to {most} inhabitants, and {policy} of the {n} have a "
            "volunteer policy or are making one. They were chosen as cases to learn from and are "
            "not a sample, and so no intervals are given.",
            least=m.number(min(people)),
            most=m.number(max(people)),
            policy=m.number(policy),
            n=m.number(len(rows)),
        ),
    ]
    drawn = [m.drawings.table(number) for number in ("1.1", "1.2")]
    if any(table is None for table in drawn):
        return None
    blocks += [table for table in drawn if table is not None]
    title = m.word("Which municipalities were visited?")
    return Section("cases", "", title, tuple(blocks))
