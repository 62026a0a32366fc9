"""Chapter: what the report rests on."""

from __future__ import annotations

from collections import Counter

from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.document import (
    Block,
    Link,
    Number,
    Paragraph,
    Row,
    Section,
)


def chapter(m: Material) -> Section:
    parts = [_response(m), _counts(m), _reading(m)]
    return Section(
        "basis",
        "",
        m.word("What does this rest on?"),
        (_survey(m),),
        tuple(part for part in parts if part is not None),
    )


def _survey(m: Material) -> Paragraph:
    fields: dict[str, Number | str] = {
        "n": Number(m.number(m.respondents), "response"),
        "population": Number(m.number(m.population), "response"),
        "year": str(m.study.year),
    }
    if m.reconstructed:
        return m.paragraph(
            "The report rests on the answers of {n} among {population} municipalities and city "
            "districts to a survey in {year}. Where the answers themselves were never "
            "published, their counts are worked out from the statistics that were.",
            **fields,
        )
    return m.paragraph(
        "The report rests on the answers of {n} among {population} municipalities and city "
        "districts to a survey in {year}.",
        **fields,
    )


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
    table = table_of_numbers(
        m,
        "response",
        m.word("Units of the survey and their response"),
        [m.word("Units"), m.word("Number of units"), m.word("Share of the frame")],
        written,
        note=m.word(
            "The shares of the frame are counts and have no interval: everyone in the frame is "
            "either counted as answering or not."
        ),
    )
    text = m.paragraph(
        "At least one question was answered by {n} units and none by {silent}. The response rate "
        "is {rate}.",
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
    if not m.effects or not m.reconstructed or not m.reconstruction:
        return None
    used = [row for row in m.checks if row["evidence"] == "determines"]
    confirming = [row for row in m.checks if row["evidence"] == "confirms"]
    agreeing = [row for row in confirming if row["verdict"] == "agrees"]
    blocks: list[Block] = [
        m.paragraph(
            "A logit model of a yes-or-no answer with one yes-or-no attribute holds the same "
            "information as a table of four counts. Counts are whole numbers, and few sets of them "
            "give just the coefficients that are printed."
        ),
        *_divisions(m),
        m.paragraph(
            "To find the counts, {used} printed numbers were used. Another {confirming} were not, "
            "and so put the result to the test: {agreeing} of them come out as printed.",
            used=Number(m.number(len(used)), "recomputed"),
            confirming=Number(m.number(len(confirming)), "recomputed"),
            agreeing=Number(m.number(len(agreeing)), "recomputed"),
        ),
    ]
    if "consistent with what is printed" in m.study.provenance["provenance"]:
        blocks.append(
            m.paragraph(
                "Where only percentages are printed, integer programming then finds counts that "
                "satisfy everything printed at once. These are the counts called merely "
                "consistent."
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
                "There are {k} such models of {n} units in print. With {without} units without a "
                "volunteer policy and {with_policy} with one, whole counts exist for {explained} "
                "of the models; no other division into two groups has counts for more than {next}.",
                k=Number(m.number(row["tables"]), "models"),
                n=m.number(row["observations"]),
                without=Number(m.number(row["n0"]), "models"),
                with_policy=Number(m.number(row["n1"]), "models"),
                explained=m.number(row["explained"]),
                next=m.number(max(others, default=0)),
            )
        )
        written += _chance(m, row["split"])
    return written


def _chance(m: Material, split: str) -> list[Paragraph]:
    """How likely it is that so many models agree by chance alone."""
    found = m.reconstruction.chance.to_dicts() if m.reconstruction else []
    return [
        m.paragraph(
            "Chance hardly explains this: two coefficients drawn at random have counts in about "
            "{share} of cases, which would give one or two of the {k} models and not {explained}.",
            share=m.percent(row["chance_of_table"]),
            k=m.number(row["tables"]),
            explained=m.number(row["explained"]),
        )
        for row in found
        if row["split"] == split and round(row["expected_elsewhere"]) in {1, 2}
    ]


def _pointers(m: Material) -> Paragraph:
    if m.founding:
        return m.paragraph(
            "Every share stands with the number of units it rests on and a 95% confidence "
            "interval. Underlined numbers in the text lead to the table row that accounts for "
            "them. From there the first cell of the row leads on to the counts, and from the "
            "counts to the printed number. Figures and tables numbered as in 4.1 keep the "
            "numbers of the original report; tables with a single number are this report's own."
        )
    return m.paragraph(
        "Every share stands with the number of units it rests on and a 95% confidence interval. "
        "Underlined numbers in the text lead to the table row that accounts for them, and where "
        "the first cell of a row is a link, it leads on to what the row rests on."
    )


def _reading(m: Material) -> Section:
    return Section(
        "reading",
        "",
        m.word("How are the numbers to be read?"),
        (
            _pointers(m),
            m.paragraph(
                "Intervals for shares are given twice: as if the units were drawn from a very "
                "large population, and for the finite population of {population} units. Which one "
                "to use depends on what the statement is about; see {chapter}.",
                population=m.number(m.population),
                chapter=Link(m.word("how sure the shares are"), "uncertainty")
                if m.effects and m.shares("has_relation", fields=m.fields)
                else m.word("the method notes"),
            ),
        ),
    )
