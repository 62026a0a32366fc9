"""Chapter: what the report rests on."""

from __future__ import annotations

from collections import Counter

from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import (
    Block,
    Callout,
    Column,
    Link,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)


def chapter(m: Material) -> Section:
    parts = [_response(m), _counts(m), _reading(m)]
    return Section(
        "basis",
        "",
        m.word("What does this rest on?"),
        (
            m.paragraph(
                "The report rests on {n} answers to a survey of {population} municipalities and "
                "city districts in {year}, and on nobody's microdata: where the answers were never "
                "published, their counts were found again from the statistics that were.",
                n=Number(m.number(m.respondents), "response"),
                population=Number(m.number(m.population), "response"),
                year=str(m.study.year),
            ),
            *_banners(m),
        ),
        tuple(part for part in parts if part is not None),
    )


def _banners(m: Material) -> list[Block]:
    known = Counter(m.study.provenance["provenance"].to_list())
    banners: list[Block] = []
    if known["reconstructed exactly"]:
        text = m.say_plural(
            "{n} count series could be found again without any choice: exactly one set of counts "
            "gives the printed statistics. What is computed from them is as certain as the print.",
            "{n} count series could be found again without any choice: exactly one set of counts "
            "gives the printed statistics. What is computed from them is as certain as the print.",
            known["reconstructed exactly"],
        )
        banners.append(Callout("exact", m.word("Exact"), (Paragraph(text),)))
    if known["consistent with what is printed"]:
        text = m.say_plural(
            "{n} count series are consistent with everything printed, but other counts would be "
            "too. Shares are right to the decimals printed; read finer differences with care.",
            "{n} count series are consistent with everything printed, but other counts would be "
            "too. Shares are right to the decimals printed; read finer differences with care.",
            known["consistent with what is printed"],
        )
        banners.append(Callout("consistent", m.word("Merely consistent"), (Paragraph(text),)))
    if known["invented"]:
        text = m.say(
            "Parts of this study are invented, to show how a full study looks. Nothing computed "
            "from them says anything about real municipalities."
        )
        banners.append(Callout("invented", m.word("Invented data"), (Paragraph(text),)))
    return banners


def _response(m: Material) -> Section:
    silent = m.population - m.respondents
    rows = [
        (m.word("Units in the frame"), m.population),
        *_statuses(m),
        (m.word("Answered in whole or in part"), m.respondents),
        (m.word("Did not answer"), silent),
    ]
    written = tuple(
        Row((name, m.number(count), m.percent(count / m.population, 1))) for name, count in rows
    )
    table = TableBlock(
        id="response",
        label=m.table_label(),
        title=m.word("Units of the survey and their response"),
        columns=(
            Column(m.word("Units"), flexible=True),
            Column(m.word("Number of units"), "right"),
            Column(m.word("Share of the frame"), "right"),
        ),
        rows=written,
        note=m.word(
            "The shares of the frame are counts and have no interval: everyone in the frame is "
            "either counted as answering or not."
        ),
    )
    text = m.paragraph(
        "{n} units answered at least one question and {silent} none, a response rate of {rate}.",
        n=Number(m.number(m.respondents), "response"),
        silent=Number(m.number(silent), "response"),
        rate=m.percent(m.respondents / m.population),
    )
    blocks: list[Block] = [text, table]
    if m.founding:
        blocks.append(
            m.paragraph(
                "The districts of Oslo are units of their own, and Oslo as a whole is not. The "
                "answers come from the municipality's side alone; voluntary organisations were not "
                "asked."
            )
        )
    return Section("who-answered", "", m.word("Who answered?"), tuple(blocks))


def _statuses(m: Material) -> list[tuple[str, int]]:
    if "response" not in m.study.units.columns:
        return []
    counts = Counter(m.study.units["response"].to_list())
    known = m.study.categories.filter(m.study.categories["variable"] == "response")
    values = [value for value in known["value"].to_list() if counts[value]]
    return [
        (m.analysis.labels.category("response", value, m.language), counts[value])
        for value in values
        if value not in {"no", "none"}
    ]


def _counts(m: Material) -> Section | None:
    if not m.effects or not m.checks:
        return None
    if not m.reconstruction:
        return None
    used = [row for row in m.checks if row["evidence"] == "determines"]
    confirming = [row for row in m.checks if row["evidence"] == "confirms"]
    agreeing = [row for row in confirming if row["verdict"] == "agrees"]
    blocks: list[Block] = [
        m.paragraph(
            "A regression of a yes-or-no answer on a yes-or-no attribute is a table of four counts "
            "in disguise: few sets of whole numbers give just the coefficients that are printed."
        ),
        *_divisions(m),
        m.paragraph(
            "{used} printed numbers were used to find the counts. {confirming} others were not "
            "used, and so test the result: {agreeing} of them come out as printed.",
            used=Number(m.number(len(used)), "recomputed"),
            confirming=Number(m.number(len(confirming)), "recomputed"),
            agreeing=Number(m.number(len(agreeing)), "recomputed"),
        ),
    ]
    if "consistent with what is printed" in m.study.provenance["provenance"]:
        blocks.append(
            m.paragraph(
                "Numbers that were printed as percentages only were then given counts by integer "
                "programming, under everything that is printed at once. Those are the counts "
                "called consistent, and not exact."
            )
        )
    return Section("counts", "", m.word("How were the counts found?"), tuple(blocks))


def _divisions(m: Material) -> list[Paragraph]:
    """The group sizes chosen for each split, and how far the runner-up is behind."""
    groups = m.reconstruction.groups.to_dicts() if m.reconstruction else []
    written = []
    for row in (row for row in groups if row["chosen"]):
        others = [g["explained"] for g in groups if g["split"] == row["split"] and not g["chosen"]]
        written.append(
            m.paragraph(
                "{k} such tables are printed on {n} units. Divided into {without} without and "
                "{with_policy} with a volunteer policy, the units have counts for {explained} of "
                "them; no other division has counts for more than {next}.",
                k=Number(m.number(row["tables"]), "models"),
                n=m.number(row["observations"]),
                without=Number(m.number(row["n0"]), "models"),
                with_policy=Number(m.number(row["n1"]), "models"),
                explained=m.number(row["explained"]),
                next=m.number(max(others, default=0)),
            )
        )
    return written


def _reading(m: Material) -> Section:
    return Section(
        "reading",
        "",
        m.word("How are the numbers to be read?"),
        (
            m.paragraph(
                "Every share has the number of units that it rests on and a 95% interval, and the "
                "numbers in the text lead to the table row that accounts for them. Figures "
                "numbered with a point, such as 4.1, and tables such as 1.1 keep the numbers of "
                "the founding report; tables with a plain number are this report's own."
            ),
            m.paragraph(
                "Intervals are given twice: as if the answering units were drawn from a very large "
                "number of municipalities, and for the finite number that there is. Which of the "
                "two to use is a matter of what one wants to speak about; see {chapter}.",
                chapter=Link(m.word("how sure the shares are"), "uncertainty")
                if m.has("has_relation")
                else m.word("the method notes"),
            ),
        ),
    )
