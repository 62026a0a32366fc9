"""Chapter: what can be concluded, and on what conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.analysis.silence import conditions
from samspill.presentation.report.content.material import Material, Values, effect_row, share_row
from samspill.presentation.report.content.missing import silence_row
from samspill.presentation.report.content.triangulation import compared_rows, comparison_row
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Column,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
    Text,
)
from samspill.triangulation.themes import SURVEY
from samspill.triangulation.words import Words

TABLE, BESIDE = "conclusions-table", "conclusions-beside"
LEVEL = 0.05
HALF = 0.5
STANDS, CONDITIONAL, OPEN = "stands", "conditional", "open"
NONE = "–"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion with what it is held against; ``target`` is where its number is accounted for.

    ``held`` are the cells that say what it was held against. ``standing`` is ``stands`` (nothing
    that was tried takes it away), ``conditional`` (something that was tried could, or something was
    not tried) or ``open`` (something that was tried does, or another source denies it).
    """

    group: str
    said: str
    found: str
    held: tuple[str, ...]
    standing: str
    target: str


def chapter(m: Material) -> Section | None:
    """Each conclusion beside what could take it away; None where nothing can be tried."""
    numbers, beside = [*_common(m), *_policy(m)], _compared(m)
    found = [*numbers, *beside]
    if not found:
        return None
    blocks: list[Block] = [_opening(m, found, TABLE if numbers else BESIDE), *_firm(m, found)]
    if numbers:
        blocks.append(_of_numbers(m, numbers))
    if beside:
        blocks.append(_beside_others(m, beside))
    blocks.append(_design(m))
    title = m.word("What can be concluded, and on what conditions?")
    return Section("conclusions", "", title, tuple(blocks))


def _common(m: Material) -> list[Conclusion]:
    """That at least half take part, field by field, where the interval says so."""
    if not m.has("has_relation") or not m.fields:
        return []
    rows = m.analysis.sensitivity("has_relation", fields=m.fields).frame.to_dicts()
    return [_half(m, row) for row in rows if row["n"] and row["low"] > HALF]


def _half(m: Material, row: Values) -> Conclusion:
    limit = row["silent_share_side"]
    if not row["silent"]:
        silent = m.word("Everyone answered")
    elif limit is None:
        silent = m.word("Whatever they are")
    else:
        silent = m.word("If at least {share} of them do", share=m.percent(limit))
    return Conclusion(
        group=m.word("At least half collaborate"),
        said=m.label(row["field"]),
        found=f"{m.percent(row['share'])} ({m.span(row['low'], row['high'])})",
        held=(silent, NONE),
        standing=CONDITIONAL if row["silent"] and limit is not None else STANDS,
        target=f"bounds-{row['field']}" if row["silent"] else share_row(row),
    )


def _policy(m: Material) -> list[Conclusion]:
    """The differences by policy that are below the level, each taken alone."""
    starred = [row for row in m.effects if row["p"] is not None and row["p"] < LEVEL]
    return [_difference(m, row) for row in starred]


def _difference(m: Material, row: Values) -> Conclusion:
    condition = conditions(m.analysis, row["indicator"], row["field"])
    silence = condition.row
    holds = not condition.silent or condition.alike_suffices
    remains = row["p_bh"] < LEVEL
    if row["p_holm"] < LEVEL:
        tests = m.word("Remains by both methods")
    else:
        tests = m.word("Remains by BH only") if remains else m.word("Does not remain")
    place = m.place(row)
    return Conclusion(
        group=m.word("The share differs by policy (percentage points)"),
        said=place[:1].upper() + place[1:],
        found=f"{m.points(row['difference'])} ({m.points_span(row['low'], row['high'])})",
        held=(_if_silent(m, silence), tests),
        standing=(STANDS if holds else CONDITIONAL) if remains else OPEN,
        target=silence_row(row) if silence["silent"] else effect_row(row),
    )


def _if_silent(m: Material, silence: Values) -> str:
    tip = silence["silent_difference_interval"]
    if not silence["silent"]:
        return m.word("Everyone answered")
    if not silence["clear"]:
        return m.word("Its interval holds zero already")
    if tip is None:
        return m.word("Whatever they are")
    if silence["difference"] > 0:
        return m.word("If theirs is above {points}", points=m.points(tip))
    return m.word("If theirs is below {points}", points=m.points(tip))


def _compared(m: Material) -> list[Conclusion]:
    """What the survey says that other sources can be held against, theme by theme."""
    words = Words(m.language)
    rows = compared_rows(m)
    themes = list(dict.fromkeys(row.theme.identifier for row in rows))
    found = []
    for row in sorted(rows, key=lambda row: themes.index(row.theme.identifier)):
        survey = row.position(SURVEY)
        if survey is None or not survey.speaks:
            continue
        margin = NONE if row.margin is None else m.number(row.margin)
        found.append(
            Conclusion(
                group=row.theme.label(m.language),
                said=words.field(row.field),
                found=words.says(row.theme, survey),
                held=(words.assessment(row.holds), margin),
                standing=OPEN if row.unsettled else CONDITIONAL,
                target=comparison_row(row),
            )
        )
    return found


def _opening(m: Material, found: Sequence[Conclusion], table: str) -> Paragraph:
    counts = {
        kind: Number(m.number(sum(each.standing == kind for each in found)), table)
        for kind in (STANDS, CONDITIONAL, OPEN)
    }
    return m.paragraph(
        "Conclusions are held here against what could take them away: those who did not answer, "
        "the number of tests, and what other sources say. Standing whatever was tried: {stands}; "
        "on a condition: {conditional}; open: {open}; in all {all}.",
        all=Number(m.number(len(found)), table),
        **counts,
    )


def _firm(m: Material, found: Sequence[Conclusion]) -> list[Block]:
    firm = [each for each in found if each.standing == STANDS]
    if not firm:
        return []
    items = tuple((Text(f"{each.group}, {_inner(each.said)}: {each.found}"),) for each in firm)
    return [m.paragraph("Standing whatever was tried:"), Bullets(items)]


def _inner(said: str) -> str:
    return said[:1].lower() + said[1:]


def _of_numbers(m: Material, found: Sequence[Conclusion]) -> TableBlock:
    return TableBlock(
        id=TABLE,
        label=m.table_label(),
        title=m.word("Conclusions and what they hold for"),
        columns=(
            Column(m.word("Conclusion"), flexible=True),
            Column(m.word("Found, with\n95% interval"), "right"),
            Column(m.word("Holds for the silent"), flexible=True),
            Column(m.word("All tests counted"), flexible=True),
            Column(m.word("Standing")),
        ),
        rows=_rows(m, found),
        note=m.word(
            "A difference stands when it remains after correction for all tests and stays clear of "
            "zero if those with and without a policy are alike among the silent; it is open when "
            "it falls by the correction. A share stands when it holds whatever the silent are. A "
            "dash means that there was nothing to correct for."
        ),
        basis=_basis(m),
    )


def _beside_others(m: Material, found: Sequence[Conclusion]) -> TableBlock:
    return TableBlock(
        id=BESIDE,
        label=m.table_label(),
        title=m.word("Conclusions beside what other sources say"),
        columns=(
            Column(m.word("Field")),
            Column(m.word("The survey says"), flexible=True),
            Column(m.word("Other sources")),
            Column(m.word("Answers it\nhangs on"), "right"),
            Column(m.word("Standing")),
        ),
        rows=_rows(m, found),
        note=m.word(
            "Open is what another source says the opposite of, until a person has settled why. The "
            "rest stands on the condition that the silent would have said the same, which is not "
            "tried here. Answers it hangs on is how many would have to be otherwise before the "
            "comparison came out otherwise; a dash where it rests on stated positions alone."
        ),
        basis=_basis(m),
    )


def _rows(m: Material, found: Sequence[Conclusion]) -> tuple[Row, ...]:
    words = {
        STANDS: m.word("Stands"),
        CONDITIONAL: m.word("On a condition"),
        OPEN: m.word("Open"),
    }
    return tuple(
        Row(
            (each.said, each.found, *each.held, words[each.standing]),
            group=each.group,
            source=each.target,
        )
        for each in found
    )


def _basis(m: Material) -> str:
    return m.word(
        "n = {n} of {population}.", n=m.number(m.respondents), population=m.number(m.population)
    )


def _design(m: Material) -> Callout:
    design = m.paragraph(
        "No conclusion says what would happen if a municipality did otherwise. The standing is a "
        "judgement of numbers by the rules beneath the tables; how the numbers are to be used is "
        "for people to judge."
    )
    return Callout("caution", m.word("What holds for all of them"), (design,))
