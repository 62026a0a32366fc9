"""What the print contradicts, and the appendix of every printed number with its verdict."""

from __future__ import annotations

from collections import Counter

from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Column,
    Link,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
    Text,
)


def contradictions(m: Material) -> Section | None:
    """The printed numbers that no counts give."""
    if not m.checks:
        return None
    wrong = [row for row in m.checks if row["verdict"] == "disagrees"]
    said = m.analysis.check().explanations(m.language)
    opening = Paragraph(
        m.say_plural(
            "Yes, {n} printed number among {k}. Below stands what is printed, what the counts "
            "give, and the nearest explanation.",
            "Yes, {n} printed numbers among {k}. Below stands what is printed, what the counts "
            "give, and the nearest explanation.",
            len(wrong),
            k=Number(m.number(len(m.checks)), "recomputed"),
        )
        if wrong
        else m.say(
            "No: each of the {k} printed numbers that can be recomputed comes out as printed.",
            k=Number(m.number(len(m.checks)), "recomputed"),
        )
    )
    blocks: list[Block] = [opening]
    if said:
        blocks.append(Bullets(tuple((Text(sentence),) for sentence in said)))
    if wrong:
        blocks.append(
            _table(m, "contradictions-table", m.word("Where print and counts differ"), wrong)
        )
        blocks.append(
            m.paragraph(
                "Slips of this kind can be found only where much is printed. All numbers stand in "
                "{appendix}.",
                appendix=Link(m.word("the appendix"), "recomputed"),
            )
        )
    title = m.word("Does the print contradict itself anywhere?")
    return Section("contradictions", "", title, tuple(blocks))


def appendix(m: Material) -> Section | None:
    """Printed and recomputed."""
    if not m.checks:
        return None
    verdicts = Counter(row["verdict"] for row in m.checks)
    evidence = Counter(row["evidence"] for row in m.checks)
    opening = m.paragraph(
        "{agrees} of {k} printed numbers agree, {disagrees} disagree, and {given} are taken as "
        "given because they come from other sources. A number agrees when a usual rounding of the "
        "recomputed value gives what is printed, stars and all.",
        agrees=m.number(verdicts["agrees"]),
        k=m.number(len(m.checks)),
        disagrees=m.number(verdicts["disagrees"]),
        given=m.number(verdicts["taken as given"]),
    )
    reading = m.paragraph(
        "The last column says what agreement is worth. {determines} numbers determined the counts "
        "and must agree; {confirms} were not used and confirm them; {fitted} were conditions when "
        "answers consistent with the print were made, and agree because they had to.",
        determines=m.number(evidence["determines"]),
        confirms=m.number(evidence["confirms"]),
        fitted=m.number(evidence["fitted"]),
    )
    sources = dict.fromkeys(row["source"] for row in m.checks)
    parts = tuple(
        _source(m, i, source, [row for row in m.checks if row["source"] == source])
        for i, source in enumerate(sources, 1)
    )
    title = m.word("Printed and recomputed")
    return Section("recomputed", "", title, (opening, reading), parts)


def _source(m: Material, i: int, source: str, rows: list[Values]) -> Section:
    name = _source_name(m, source)
    table = _table(m, f"recomputed-{i}-table", m.word("Printed in {source}", source=name), rows)
    return Section(f"recomputed-{i}", "", name, (table,))


def _table(m: Material, identifier: str, title: str, rows: list[Values]) -> TableBlock:
    return TableBlock(
        id=identifier,
        label=m.table_label(),
        title=title,
        columns=(
            Column(m.word("What"), flexible=True),
            Column(m.word("Statistic")),
            Column("n", "right"),
            Column(m.word("Printed"), "right"),
            Column(m.word("Recomputed"), "right"),
            Column(m.word("Verdict")),
            Column(m.word("Evidence")),
        ),
        rows=tuple(
            Row(
                (
                    _what(m, row),
                    _statistic(m, row["statistic"]),
                    "–" if row["n"] is None else m.number(row["n"]),
                    row["printed"] or m.word("(none)"),
                    _recomputed(m, row),
                    _verdict(m, row["verdict"]),
                    _evidence(m, row["evidence"] or ""),
                )
            )
            for row in rows
        ),
    )


def _recomputed(m: Material, row: Values) -> str:
    if row["recomputed"] is None:
        return "–"
    return row["recomputed"] or m.word("(none)")


def _what(m: Material, row: Values) -> str:
    names: list[str] = [_named(m, name.strip()) for name in row["indicator"].split(";")]
    if row["field"]:
        names.append(m.label(row["field"]))
    if row["group"]:
        groups = {"no": m.word("without policy"), "yes": m.word("with policy")}
        names.append(groups.get(row["group"], str(row["group"])))
    return ", ".join(names)


def _named(m: Material, identifier: str) -> str:
    from samspill.errors import SamspillError

    try:
        return m.label(identifier)
    except SamspillError:
        known = _outside(m)
        return known.get(identifier, identifier.replace("_", " "))


def _outside(m: Material) -> dict[str, str]:
    """Names of printed numbers that the study itself holds nothing on."""
    return {
        "population": m.word("Inhabitants"),
        "centrality_level": m.word("Centrality level"),
        "organisations_per_100_inhabitants": m.word("Organisations per 100 inhabitants"),
        "interviews": m.word("Interviews"),
        "interviews_municipality": m.word("Interviews, municipality"),
        "interviews_organisations": m.word("Interviews, organisations"),
        "gross_sample": m.word("Units in the frame"),
        "net_sample": m.word("Answered in whole or in part"),
        "complete_response": m.word("Complete answers"),
        "partial_response": m.word("Partial answers"),
        "number_of_areas": m.word("Fields with relations, of ten"),
        "municipalities_with_policy": m.word("Municipalities with a policy, whole country"),
        "answered_open_question": m.word("Answered the open question"),
        "volunteer_centre_municipal": m.word("Volunteer centres owned by the municipality"),
        "volunteer_centre_association": m.word("Volunteer centres owned by an association"),
        "volunteer_centre_foundation": m.word("Volunteer centres owned by a foundation"),
        "volunteer_centre_cooperative": m.word("Volunteer centres owned by a cooperative"),
    }


def _source_name(m: Material, source: str) -> str:
    """``Figure 4.1`` and the like in the language of the report."""
    kind, _, number = source.rpartition(" ")
    numbered = {
        "Appendix table": m.word("Appendix table {number}", number=number),
        "Figure": m.word("Figure {number}", number=number),
        "Table": m.word("Table {number}", number=number),
        "Text, chapter": m.word("Text, chapter {number}", number=number),
    }
    texts = {
        "Text, survey design": m.word("Text, survey design"),
        "Text, volunteer centres": m.word("Text, volunteer centres"),
    }
    return numbered.get(kind) or texts.get(source, source)


def _statistic(m: Material, kind: str) -> str:
    names = {
        "count": m.word("count"),
        "percentage": m.word("per cent"),
        "log_odds": m.word("log odds"),
        "odds": m.word("odds"),
        "log_odds_ratio": m.word("log odds ratio"),
        "odds_ratio": m.word("odds ratio"),
        "risk_ratio": m.word("risk ratio"),
        "risk_difference": m.word("difference"),
        "standard_error": m.word("standard error"),
        "confidence_low": m.word("lower limit"),
        "confidence_high": m.word("upper limit"),
        "mark": m.word("stars"),
        "mean": m.word("mean"),
        "mean_difference": m.word("difference of means"),
        "r_squared": "R²",
        "value": m.word("value"),
        "minimum": m.word("lowest per cent"),
        "maximum": m.word("highest per cent"),
    }
    return names.get(kind, kind)


def _verdict(m: Material, verdict: str) -> str:
    names = {
        "agrees": m.word("agrees"),
        "disagrees": m.word("DISAGREES"),
        "taken as given": m.word("taken as given"),
        "not recomputed": m.word("not recomputed"),
    }
    return names.get(verdict, verdict)


def _evidence(m: Material, evidence: str) -> str:
    names = {
        "determines": m.word("determines"),
        "confirms": m.word("confirms"),
        "contradicts": m.word("contradicts"),
        "fitted": m.word("fitted"),
        "": "–",
    }
    return names.get(evidence, evidence)
