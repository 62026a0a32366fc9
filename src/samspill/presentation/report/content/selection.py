"""Chapter: how the cases were chosen, and what they cover."""

from __future__ import annotations

import polars as pl

from samspill.presentation.figures.coverage import CoverageWords, coverage_figure
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import (
    Block,
    Column,
    FigureBlock,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)
from samspill.presentation.tables.source import INVENTED
from samspill.selection import Coverage, InterviewCoverage
from samspill.selection.standard import case_coverage, case_interviews, standard_attributes

COVERED = "figure-case-coverage"
PLANNED = "table-interview-plan"
COLUMNS = ("interviews_municipality", "interviews_organisations")


def chapter(m: Material) -> Section | None:
    """What the cases cover of their own attributes' classes; None without attributes."""
    cases = m.study.cases
    if cases is None or cases.is_empty():
        return None
    if not set(standard_attributes()) & set(cases.columns):
        return None
    found = case_coverage(cases)
    planned = bool(m.fields) and set(COLUMNS) <= set(cases.columns)
    sections = [_interviews(m, cases)] if planned else []
    return Section(
        "selection",
        "",
        m.word("How were the cases chosen, and what do they cover?"),
        tuple(_blocks(m, found)),
        tuple(sections),
    )


def words(language: str) -> CoverageWords:
    """The labels of the attributes of a table of cases."""
    return CoverageWords(
        {name: known.labels[language] for name, known in standard_attributes().items()}, {}
    )


def _blocks(m: Material, found: Coverage) -> list[Block]:
    covered, of = found.categories_covered
    pairs, of_pairs = found.pairs_covered
    blocks: list[Block] = [
        m.paragraph(
            "The {n} cases have {covered} of the {all} classes of size, centrality, density of "
            "organisations and policy, and {pairs} of the {all_pairs} pairs of classes that can "
            "be written down.",
            n=Number(m.number(len(found.cases)), COVERED),
            covered=Number(m.number(covered), COVERED),
            all=m.number(of),
            pairs=m.number(pairs),
            all_pairs=m.number(of_pairs),
        )
        if len(found.attributes) == len(standard_attributes())
        else m.paragraph(
            "The {n} cases have {covered} of the {all} classes of their attributes.",
            n=Number(m.number(len(found.cases)), COVERED),
            covered=Number(m.number(covered), COVERED),
            all=m.number(of),
        ),
        _missed(m, found),
    ]
    if m.founding:
        blocks.append(
            m.paragraph(
                "According to the original report they were chosen by judgement: partly because "
                "collaboration was known to be well established, partly for size, place and the "
                "mayor's party. Municipalities under 5,000 inhabitants were left out on purpose, "
                "so that every field could be studied in each case. What is found in the "
                "interviews carries less far for small and for remote municipalities."
            )
        )
    blocks += [_figure(m, found), _limits(m)]
    return blocks


def _missed(m: Material, found: Coverage) -> Paragraph:
    missed = [
        f"{m_label(m, name)}: {_category(m, found, name, category)}"
        for name, category in found.missed
    ]
    if not missed:
        return m.paragraph("Every class has a case.")
    return m.paragraph("Without a case: {names}.", names=m.joined(missed))


def m_label(m: Material, name: str) -> str:
    label = standard_attributes()[name].labels[m.language]
    return label[:1].lower() + label[1:]


def _category(m: Material, found: Coverage, name: str, category: str) -> str:
    attribute = next(a for a in found.attributes if a.name == name)
    written = attribute.label(category, m.language)
    return m.word(written) if written in ("yes", "no") else written


def _figure(m: Material, found: Coverage) -> FigureBlock:
    invented = INVENTED in m.study.provenance["provenance"]
    drawn = coverage_figure(
        found, m.language, words(m.language), provenance=INVENTED if invented else "observed"
    )
    rows = []
    for name, *cells in zip(
        *(drawn.table.frame[c] for c in drawn.table.frame.columns), strict=True
    ):
        rows.append(Row(tuple("" if v is None else str(v) for v in cells), group=str(name)))
    table = TableBlock(
        id=f"{COVERED}-table",
        label=m.word("Map of coverage"),
        title=drawn.table.title,
        columns=(
            Column(m.word("Category")),
            Column(m.word("Number of cases"), "right"),
            Column(m.word("Cases"), flexible=True),
        ),
        rows=tuple(rows),
        note=m.word(
            "Counts of the cases chosen; nothing is drawn at random, so there is no interval."
        ),
    )
    return FigureBlock(
        id=COVERED,
        label=m.word("Map of coverage"),
        title=drawn.title,
        alt=drawn.alt,
        svg=drawn.to_svg(),
        note=f"{drawn.subtitle} {drawn.note}",
        data=table,
    )


def _limits(m: Material) -> Paragraph:
    known = standard_attributes()
    sources = [known[name].source for name in ("population", "centrality_level")]
    return m.paragraph(
        "The classes of inhabitants and of centrality are those of official statistics "
        "({sources}). Those of the density of organisations are set here, at every half between "
        "1.5 and 2.5, since none are published. Coverage is of classes and not of the country's "
        "units: the table of cases does not say how many units have each.",
        sources="; ".join(sources),
    )


def _interviews(m: Material, cases: pl.DataFrame) -> Section:
    each = len(m.fields)
    found = case_interviews(cases, each=each)
    achieved = int(found.frame["achieved"].sum())
    blocks: list[Block] = [
        m.paragraph(
            "With one informant planned for each of the {fields} fields on each side in every "
            "case, {planned} were planned. {achieved} interviews were made, and they fill {met} "
            "of the places.",
            fields=m.number(each),
            planned=m.number(found.planned),
            achieved=Number(m.number(achieved), PLANNED),
            met=Number(m.number(found.met), PLANNED),
        ),
        _uneven(m, found),
        _plan_table(m, found),
        m.paragraph(
            "The interviews are published by case and side, and not by field. Whether each field "
            "was covered in each case cannot be seen, and some informants spoke of several "
            "fields. A case can so have met its plan in number and still lack a field."
        ),
    ]
    return Section("interview-plan", "", m.word("How far do the interviews reach?"), tuple(blocks))


def _uneven(m: Material, found: InterviewCoverage) -> Paragraph:
    row = found.unevenness().to_dicts()[-1]
    return m.paragraph(
        "The spread is uneven: {elsewhere} of the {n} interviews would have to be in another case "
        "or on the other side for the spread to be as planned (index of dissimilarity {index}).",
        elsewhere=m.number(row["elsewhere"], 1),
        n=m.number(row["n"]),
        index=m.number(row["index"], 2),
    )


def _plan_table(m: Material, found: InterviewCoverage) -> TableBlock:
    sides = [concept.identifier for concept in m.analysis.labels.vocabulary.sides.concepts]
    rows = []
    for (unit,), cells in found.frame.group_by("unit", maintain_order=True):
        by_side = {row["side"]: row for row in cells.iter_rows(named=True)}
        rows.append(
            Row(
                (
                    str(unit),
                    *(
                        f"{by_side[side]['achieved']} / {by_side[side]['planned']}"
                        for side in sides
                    ),
                    m.number(sum(row["lacking"] for row in by_side.values())),
                )
            )
        )
    return TableBlock(
        id=PLANNED,
        label=m.table_label(),
        title=m.word("Interviews made, of those planned"),
        columns=(
            Column(m.word("Case"), flexible=True),
            *(
                Column(m.analysis.labels.vocabulary.sides[s].label(m.language), "right")
                for s in sides
            ),
            Column(m.word("Lacking"), "right"),
        ),
        rows=tuple(rows),
        note=m.word(
            "Made / planned. Places planned and not filled are lacking; an interview more than "
            "planned fills no place."
        ),
    )
