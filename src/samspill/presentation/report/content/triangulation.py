"""Chapter: where interviews, survey and register disagree, with the reasons that may lie behind."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.weighted_tables import none_compared
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Column,
    Inline,
    Number,
    Row,
    Runs,
    Section,
    Strong,
    TableBlock,
    Text,
)
from samspill.triangulation import JointDisplay, sources_of
from samspill.triangulation import Row as Comparison
from samspill.triangulation.memo import Reason, in_language
from samspill.triangulation.themes import INTERVIEWS, SPOKEN, SURVEY
from samspill.triangulation.words import Words

DISPLAY, NUMBERS = "joint-display", "joint-display-numbers"
UNSETTLED = "open-contradictions"


def chapter(m: Material) -> Section | None:
    """What a study with written statements of its sources says beside what it counts."""
    compared = compared_rows(m)
    if not compared:
        return None
    display = _joint(m)
    words = Words(m.language)
    blocks: list[Block] = [
        _opening(m, display, compared),
        m.paragraph(
            "What a source says is a position worked out from its counts, or a statement that is "
            "written down with where it was found. Two sources contradict each other only where "
            "both can tell, and tell the opposite; where the intervals leave it open, they do not."
        ),
        _display(m, words, compared),
        _numbers(m, words, compared),
        *none_compared(m),
        m.paragraph(
            "A contradiction stays open until a person closes it with a reason, and opens again "
            "when what is said changes. The reasons below may lie behind; none of them is settled."
        ),
    ]
    open_rows = [row for row in compared if row.unsettled]
    parts = tuple(
        _memo(m, words, [row for row in open_rows if row.theme == theme])
        for theme in dict.fromkeys(row.theme for row in open_rows)
    )
    return Section(
        "triangulation", "", m.word("Do the sources say the same?"), tuple(blocks), parts
    )


def compared_rows(m: Material) -> list[Comparison]:
    """Where at least two sources speak; none where the study has no statements of its sources."""
    if m.study.triangulation is None or m.study.triangulation.is_empty():
        return []
    return [row for row in _joint(m).rows if len(row.positions) - len(row.silent) > 1]


def _joint(m: Material) -> JointDisplay:
    return m.analysis.answered.once("sources", lambda: sources_of(m.analysis).joint_display())


def _opening(m: Material, display: JointDisplay, compared: list[Comparison]) -> Block:
    count = {state: sum(r.holds == state for r in compared) for state in display.count()}
    return m.paragraph(
        "Interviews and survey can be compared in {all} places. In {n} of them they contradict "
        "each other, in {same} they say the same, and in {more} they tell different parts.",
        all=Number(m.number(len(compared)), DISPLAY),
        n=Number(m.number(count["contradictory"]), DISPLAY),
        same=Number(m.number(count["convergent"]), DISPLAY),
        more=Number(m.number(count["complementary"]), DISPLAY),
    )


def _display(m: Material, words: Words, compared: list[Comparison]) -> TableBlock:
    rows = []
    for row in compared:
        spoken = [p for p in row.positions if p.column in SPOKEN and p.speaks]
        said = " ".join(words.says(row.theme, p) for p in spoken)
        survey = row.position(SURVEY)
        rows.append(
            Row(
                (
                    words.field(row.field),
                    said or "–",
                    words.says(row.theme, survey) if survey else "–",
                    words.assessment(row.holds),
                ),
                comparison_row(row),
                row.theme.label(m.language),
                f"{comparison_row(row)}-numbers" if survey and survey.measures else "",
            )
        )
    return TableBlock(
        id=DISPLAY,
        label=m.table_label(),
        title=m.word("What interviews and survey say, side by side"),
        columns=(
            Column(m.word("Field")),
            Column(words.column(INTERVIEWS), flexible=True),
            Column(words.column(SURVEY), flexible=True),
            Column(m.word("How they stand")),
        ),
        rows=tuple(rows),
        note=m.word("The contradictions stand first. The study holds no register to compare with."),
    )


def _numbers(m: Material, words: Words, compared: list[Comparison]) -> TableBlock:
    rows = []
    for row in compared:
        survey = row.position(SURVEY)
        for place, measure in enumerate(survey.measures if survey else ()):
            rows.append(
                Row(
                    (
                        row.theme.item(measure.item).label(m.language),
                        m.number(measure.n),
                        m.number(measure.count),
                        m.percent(measure.share or 0, 1),
                        m.span(measure.low, measure.high, 1),
                    ),
                    "" if place else f"{comparison_row(row)}-numbers",
                    words.place(row),
                )
            )
    return table_of_numbers(
        m,
        NUMBERS,
        m.word("What the survey's side rests on"),
        [m.word("Part"), "n", m.word("Yes"), m.word("Share"), m.word("95% interval")],
        tuple(rows),
        note=m.word(
            "For an ordering, every pair is judged at 95 per cent for all pairs together, by "
            "Newcombe's interval of a difference in the same units; where it is not known who "
            "gave both answers, by the widest that the counts allow."
        ),
    )


def _memo(m: Material, words: Words, rows: list[Comparison]) -> Section:
    theme = rows[0].theme
    fields = m.joined([words.field(row.field).lower() for row in rows])
    margins = [row.margin for row in rows if row.margin is not None]
    blocks: list[Block] = [
        m.paragraph(
            "Open in: {fields}. {question}", fields=fields, question=theme.question(m.language)
        )
    ]
    if margins:
        blocks.append(
            m.paragraph(
                "How near the border: for the weakest of these contradictions {least} of the "
                "survey's answers would have to be otherwise before it fell, for the strongest "
                "{most}.",
                least=Number(m.number(min(margins)), NUMBERS),
                most=Number(m.number(max(margins)), NUMBERS),
            )
        )
    reasons = {reason.id: reason for row in rows for reason in row.memo.reasons}
    if reasons:
        blocks.append(Bullets(tuple(_reason(words, each) for each in reasons.values())))
    return Section(f"triangulation-{theme.identifier}", "", theme.label(m.language), tuple(blocks))


def _reason(words: Words, reason: Reason) -> Runs:
    told: list[Inline] = [
        Strong(f"{words.reason(reason.kind)}: "),
        Text(in_language(reason.texts, words.language)),
    ]
    who = ", ".join(part for part in (words.by(reason.by), _place(words, reason.source)) if part)
    told.append(Text(f" ({who})" if who else ""))
    for item in reason.evidence:
        text = in_language(item.texts, words.language)
        told.append(Text(f" {words.direction(item.direction)}: {text}"))
    return tuple(told)


def _place(words: Words, source: str) -> str:
    """``chapter 5`` in the language; other sources are addresses, of no use on paper."""
    kind, _, number = source.partition(" ")
    return words.t("chapter {number}", number=number) if kind == "chapter" and number else ""


def comparison_row(row: Comparison) -> str:
    """The identifier of the row where a comparison of sources is accounted for."""
    return f"joint-{row.theme.identifier}-{row.field or 'all'}"
