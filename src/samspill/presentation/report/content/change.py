"""Chapter: what can be said of before and after, and what a next wave could show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspill.presentation.figures.next_wave import NextWave, hardest_indicator, next_wave_data
from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.weighted_tables import none_changed
from samspill.presentation.report.document import (
    Block,
    Callout,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)
from samspill.presentation.tables.source import POLICY, LacksAnswers

if TYPE_CHECKING:
    from samspill.analysis.change import Waves

PLAN = NextWave()
ADOPTING = 4
"""One in this many of those without is taken to adopt before the next wave."""
HEADLINE = ("has_relation", "coordination_position", "coordination_body", "meeting_point")


def chapter(m: Material) -> Section | None:
    parts = [*_changed(m), *_next_wave(m)]
    if not parts:
        return None
    return Section(
        "change",
        "",
        m.word("Has it changed, and what could a next wave show?"),
        (_opening(m),),
        tuple(parts),
    )


def _opening(m: Material) -> Paragraph:
    from samspill.analysis.change import Design

    if m.waves is None:
        return Paragraph(
            m.say(
                "The survey is of {year}. {caution} A policy that came before the "
                "collaboration and one that came after it look the same in it. What would tell "
                "them apart is a second wave, and it can be told beforehand how large a change "
                "it would find.",
                year=str(m.study.year),
                caution=Design.CROSS_SECTION.caution(m.word),
            )
        )
    counts = m.waves.linking.counts
    return Paragraph(
        m.say(
            "There are {n} waves, {waves}. {same} units are the same throughout, and {panel} of "
            "those that can be compared answered in every wave. {caution}",
            n=len(m.waves.names),
            waves=m.joined(m.waves.names),
            same=m.number(counts.get("same", 0)),
            panel=m.number(m.waves.panel),
            caution=m.waves.design.caution(m.word),
        )
    )


def _changed(m: Material) -> list[Section]:
    """How the shares have changed, where there are earlier waves."""
    if m.waves is None:
        return []
    names = [name for name in HEADLINE if name in m.waves.indicators and m.has(name)]
    names = names or [n for n in m.waves.indicators if m.analysis.is_binary(n)][:4]
    if not names:
        return []
    fields = m.waves.fields or None
    found = m.waves.change(names, fields=fields, against="first", small=_small(m.waves))
    rows = [
        row
        for row in found.frame.to_dicts()
        if row["wave"] == m.waves.names[-1] and row["difference"] is not None
    ]
    if not rows:
        return []
    stands = [row for row in rows if row["p_bh"] is not None and row["p_bh"] < 0.05]
    largest = max(rows, key=lambda row: abs(row["difference"]))
    blocks: list[Block] = [
        m.paragraph(
            "Of {k} comparisons, {stands} show a change after correction for all of them. The "
            "largest is for {place}: {change} percentage points (95% interval {interval}).",
            k=Number(m.number(len(rows)), "table-change"),
            stands=Number(m.number(len(stands)), "table-change"),
            place=m.place(largest),
            change=Number(m.points(largest["difference"]), _row(largest)),
            interval=m.points_span(largest["low"], largest["high"]),
        )
    ]
    blocks += none_changed(m)
    consequence = m.waves.linking.consequence
    if consequence:
        blocks.append(Paragraph(m.say(consequence)))
    try:
        from samspill.presentation.figures.change import change_figure

        drawn = change_figure(m.waves, largest["indicator"], m.language, small=_small(m.waves))
        blocks.append(m.drawings.block(drawn, m.word("Over time")))
    except LacksAnswers:
        pass
    blocks += [_change_table(m, m.waves, rows), _followed(m, m.waves)]
    return [Section("changed", "", m.word("What has changed?"), tuple(blocks))]


def _small(waves: Waves) -> int:
    """The least count of pairs that is told: with real answers as in every published table."""
    from samspill.analysis.publishing import THRESHOLD, holds_real_answers

    return THRESHOLD if any(holds_real_answers(each) for each in waves.analyses) else 0


def _row(row: Values) -> str:
    return f"change-{row['indicator']}-{row['field'] or 'all'}"


def _change_table(m: Material, waves: Waves, rows: list[Values]) -> TableBlock:
    first, last = waves.names[0], waves.names[-1]
    return table_of_numbers(
        m,
        "table-change",
        m.word("Change from {first} to {last}", first=first, last=last),
        [
            m.word("Field"),
            first,
            last,
            m.word("Change,\npoints"),
            m.word("95% interval"),
            "p",
            m.word("p,\nBH"),
            m.word("Both\ntimes"),
            m.word("Gained"),
            m.word("Lost"),
        ],
        tuple(
            Row(
                (
                    m.label(row["field"] or row["indicator"]),
                    m.percent(row["before"]),
                    m.percent(row["after"]),
                    m.points(row["difference"]),
                    m.points_span(row["low"], row["high"]),
                    m.p(row["p"]),
                    m.p(row["p_bh"]),
                    m.number(row["n_both"]),
                    "–" if row["gained"] is None else m.number(row["gained"]),
                    "–" if row["lost"] is None else m.number(row["lost"]),
                ),
                _row(row),
                m.label(row["indicator"]),
            )
            for row in rows
        ),
        note=m.word(
            "Shares of all who answered in each wave. The interval puts both waves' Wilson "
            "intervals together with the covariance of the units that answered both times; gained "
            "and lost count those units."
        ),
        basis=m.basis(rows, "n_after"),
    )


def _followed(m: Material, waves: Waves) -> Paragraph:
    words = {
        "same": m.word("the same"),
        "merged": m.word("merged"),
        "split": m.word("split"),
        "regrouped": m.word("regrouped"),
        "ceased": m.word("gone"),
        "began": m.word("new"),
        "in between": m.word("in some waves between"),
        "outside": m.word("with ground outside the frame"),
    }
    told = m.joined([f"{words[k]} {m.number(n)}" for k, n in waves.linking.counts.items()])
    return m.paragraph("Units followed from wave to wave: {told}.", told=told)


def _next_wave(m: Material) -> list[Section]:
    """How large a change a next wave of the same size would find."""
    fields = m.fields or m.analysis.all_fields
    name = hardest_indicator(m.analysis, fields)
    if name is None:
        return []
    try:
        rows = next_wave_data(m.analysis, name, fields, PLAN).to_dicts()
    except LacksAnswers:
        return []
    from samspill.presentation.figures.next_wave import next_wave_figure

    drawn = next_wave_figure(m.analysis, m.language, indicator=name, plan=PLAN)
    blocks: list[Block] = [
        _found(m, name, rows),
        m.drawings.block(drawn, m.word("Next wave")),
        _power_table(m, name, rows),
        *_adoption(m, name),
        Callout(
            "caution",
            m.word("What is assumed"),
            (
                m.paragraph(
                    "That {turnover} of the units answer otherwise the next time is assumed, for "
                    "one wave cannot tell. With fewer, smaller changes are found; with more, only "
                    "larger ones. Who answers is taken to be left to chance.",
                    turnover=m.percent(PLAN.turnover),
                ),
            ),
        ),
    ]
    title = m.word("How large a change would a next wave find?")
    return [Section("next-wave", "", title, tuple(blocks))]


def _found(m: Material, name: str, rows: list[Values]) -> Paragraph:
    others = [row for row in rows if row["plan"] == "others"]
    again = [row for row in rows if row["plan"] == "all_again"]
    return m.paragraph(
        "A share near one half is the hardest to see a change in; here that is {indicator}. If as "
        "many answered again, but not the same units, a change would have to be about {others} "
        "percentage points to be found in {power} of such surveys. If the same units answered, "
        "about {again} points would do.",
        indicator=m.mid(name),
        others=Number(m.number(100 * _largest(others)), "table-next-wave"),
        again=Number(m.number(100 * _largest(again)), "table-next-wave"),
        power=m.percent(PLAN.power),
    )


def _largest(rows: list[Values]) -> float:
    return max(row[way] or 0.0 for row in rows for way in ("increase", "decrease"))


def _power_table(m: Material, name: str, rows: list[Values]) -> TableBlock:
    designs = {
        "others": m.word("Others answer"),
        "all_again": m.word("All answer again"),
        "some_again": m.word("As many answer again as by chance"),
    }
    written = tuple(
        Row(
            (
                m.label(row["field"] or name),
                m.number(row["n_before"]),
                m.number(row["n_after"]),
                "–" if row["n_both"] is None else m.number(row["n_both"]),
                m.percent(row["before"], 1),
                "–" if row["decrease"] is None else m.points(-row["decrease"]),
                "–" if row["increase"] is None else m.points(row["increase"]),
            ),
            group=designs[row["plan"]],
            source=m.source(row),
        )
        for plan in designs
        for row in rows
        if row["plan"] == plan
    )
    return table_of_numbers(
        m,
        "table-next-wave",
        m.word("Smallest change of {indicator} that a next wave would find", indicator=m.mid(name)),
        [
            m.word("Field"),
            m.word("n now"),
            m.word("n next"),
            m.word("Both\ntimes"),
            m.word("Share\nnow"),
            m.word("Fall,\npoints"),
            m.word("Rise,\npoints"),
        ],
        written,
        note=m.word(
            "Two-sided tests at the 5 per cent level, found in {power} of surveys. Of other units: "
            "the score test of two shares. Of the same: McNemar's test with {turnover} of the "
            "units changing their answer.",
            power=m.percent(PLAN.power),
            turnover=m.percent(PLAN.turnover),
        ),
        basis=m.basis(rows, "n_before"),
    )


def _adoption(m: Material, name: str) -> list[Block]:
    """What would be found if some of those without a policy adopted one in between."""
    if POLICY not in m.study.units.columns or len(m.analysis.groups(POLICY)) != 2:
        return []
    from samspill.statistics.power import detectable_adoption

    without = m.analysis.groups(POLICY)[0]
    rows = [r for r in m.shares(name, by=POLICY) if r[POLICY] == without and r["n"] >= 8]
    if not rows:
        return []
    row = max(rows, key=lambda each: (each["n"], -abs(each["share"] - 0.5)))
    adopting = row["n"] // ADOPTING
    found = detectable_adoption(
        row["share"], adopting, row["n"] - adopting, turnover=PLAN.turnover, power=PLAN.power
    ).frame.row(0, named=True)
    if found["increase"] is None:
        return []
    return [
        m.paragraph(
            "To learn whether collaboration changes otherwise where a policy is adopted, units "
            "must be followed. If {adopting} of the {n} that had none adopted one before the next "
            "wave, and all of them answered again, their change would have to differ from that of "
            "the other {others} by about {points} percentage points to be found. A difference of "
            "that kind says something of the policy only if both would have moved alike without "
            "it, and to test that takes at least two waves before.",
            adopting=m.number(adopting),
            n=m.number(row["n"]),
            others=m.number(row["n"] - adopting),
            points=m.number(100 * found["increase"]),
        )
    ]
