"""What the print contradicts, and the appendix of every printed number with its verdict."""

from __future__ import annotations

from collections import Counter

from samspill.presentation.report.content import weighted_tables
from samspill.presentation.report.content.material import Material, Values, printed_id
from samspill.presentation.report.content.slips import explained
from samspill.presentation.report.document import (
    Block,
    Column,
    Link,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)


def contradictions(m: Material) -> Section | None:
    """The printed numbers that no counts give."""
    if not m.checks:
        return None
    wrong = [row for row in m.checks if row["verdict"] == "disagrees"]
    opening = Paragraph(
        m.say_plural(
            "Yes: {n} of the {k} printed numbers is not what the answers give. For each it is "
            "told what is printed, what the counts give, and what follows for the reader.",
            "Yes: {n} of the {k} printed numbers are not what the answers give. For each it is "
            "told what is printed, what the counts give, and what follows for the reader.",
            len(wrong),
            k=Number(m.number(len(m.checks)), "recomputed"),
        )
        if wrong and not m.reconstructed
        else m.say_plural(
            "Yes: {n} of the {k} printed numbers cannot be right when the others are. For each it "
            "is told what is printed, what the counts give, what else it could be, and what "
            "follows for the reader.",
            "Yes: {n} of the {k} printed numbers cannot be right when the others are. For each it "
            "is told what is printed, what the counts give, what else it could be, and what "
            "follows for the reader.",
            len(wrong),
            k=Number(m.number(len(m.checks)), "recomputed"),
        )
        if wrong
        else m.say(
            "No: every one of the {k} printed numbers that can be recomputed comes out as printed.",
            k=Number(m.number(len(m.checks)), "recomputed"),
        )
    )
    blocks: list[Block] = [opening]
    blocks += [explained(m, row, _source_name(m, row["source"])) for row in wrong]
    if wrong:
        blocks.append(
            _table(
                m,
                "contradictions-table",
                m.word("Where print and counts differ"),
                wrong,
                repeated=True,
            )
        )
        blocks.append(
            m.paragraph(
                "With {n} slips among {k} numbers the print is reliable on the whole. Slips can be "
                "found only in reports that print enough to be checked. All the numbers stand in "
                "{appendix}.",
                n=m.number(len(wrong)),
                k=m.number(len(m.checks)),
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
        "Of {k} printed numbers, {agrees} agree and {disagrees} disagree, while {given} come from "
        "other sources and are taken as given. A number agrees when the recomputed value, rounded "
        "in one of the usual ways, is what is printed, stars included.",
        agrees=m.number(verdicts["agrees"]),
        k=m.number(len(m.checks)),
        disagrees=m.number(verdicts["disagrees"]),
        given=m.number(verdicts["taken as given"]),
    )
    reading = m.paragraph(
        "The last column says what the agreement is worth. The counts were determined by "
        "{determines} numbers, which therefore must agree. Another {confirms} were not used, and "
        "confirm the counts. Finally, {fitted} were conditions when answers consistent with the "
        "print were made, and agree because they had to.",
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
    return Section(
        "recomputed",
        "",
        title,
        (
            *((opening, reading) if m.reconstructed else (opening,)),
            *weighted_tables.none_printed(m),
        ),
        parts,
    )


def _source(m: Material, i: int, source: str, rows: list[Values]) -> Section:
    name = _source_name(m, source)
    table = _table(m, f"recomputed-{i}-table", m.word("Printed in {source}", source=name), rows)
    return Section(f"recomputed-{i}", "", name, (table,))


def _table(
    m: Material, identifier: str, title: str, rows: list[Values], *, repeated: bool = False
) -> TableBlock:
    """``repeated`` rows stand in full elsewhere, and lead there."""
    order = list(dict.fromkeys(row["indicator"] for row in rows))
    rows = sorted(rows, key=lambda row: order.index(row["indicator"]))
    grouped = len(rows) >= 2 * len(order)
    return TableBlock(
        id=identifier,
        label=m.table_label(),
        title=title,
        columns=(
            Column(m.word("Field and group") if grouped else m.word("Indicator"), flexible=True),
            Column(m.word("Statistic")),
            Column("n", "right"),
            Column(m.word("Printed"), "right"),
            Column(m.word("Recomputed"), "right"),
            Column(m.word("Agreement")),
            Column(m.word("Role")),
        ),
        rows=tuple(
            Row(
                (
                    _where(m, row) if grouped else described(m, row),
                    _statistic(m, row["statistic"]),
                    "–" if row["n"] is None else m.number(row["n"]),
                    row["printed"] or m.word("(none)"),
                    _recomputed(m, row),
                    _verdict(m, row["verdict"]),
                    _evidence(m, row["evidence"] or ""),
                ),
                "" if repeated else printed_id(row["id"]),
                _names(m, row) if grouped else "",
                printed_id(row["id"]) if repeated else "",
            )
            for row in rows
        ),
    )


def _recomputed(m: Material, row: Values) -> str:
    if row["recomputed"] is None:
        return "–"
    return row["recomputed"] or m.word("(none)")


def _names(m: Material, row: Values) -> str:
    return m.joined([_named(m, name.strip()) for name in row["indicator"].split(";")])


def described(m: Material, row: Values) -> str:
    """What a printed number is about: indicator, field and group, in the language of ``m``."""
    where = _where(m, row)
    return ", ".join([_names(m, row), *([where] if where != m.word("all") else [])])


def _where(m: Material, row: Values) -> str:
    names = [m.label(row["field"])] if row["field"] else []
    if row["group"]:
        groups = {"no": m.word("without policy"), "yes": m.word("with policy")}
        names.append(groups.get(row["group"], str(row["group"])))
    return ", ".join(names) or m.word("all")


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
        "Text, survey design": m.word("Text on the survey design"),
        "Text, volunteer centres": m.word("Text on volunteer centres"),
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
        "risk_difference": m.word("difference, points"),
        "standard_error": m.word("standard error"),
        "confidence_low": m.word("lower limit"),
        "confidence_high": m.word("upper limit"),
        "mark": m.word("stars"),
        "mean": m.word("mean"),
        "mean_difference": m.word("difference of means"),
        "r_squared": "R²",
        "value": m.word("value"),
        "minimum": m.word("lowest share, %"),
        "maximum": m.word("highest share, %"),
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
