"""Response by what is known of every unit: a part of the chapter on who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samspill.analysis.publishing import THRESHOLD, holds_real_answers
from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Number,
    Paragraph,
    Row,
    Runs,
    Strong,
    TableBlock,
)

if TYPE_CHECKING:
    from samspill.analysis.response import StudyResponse
    from samspill.statistics.response import ResponseBy

LARGE = 0.2


def blocks(m: Material, found: StudyResponse) -> list[Block]:
    """What response by attributes says, with its table; without what would tell of few units."""
    shown = {name: each for name, each in found.by.items() if not _tells(m, each)}
    left_out = [name for name in found.by if name not in shown]
    made: list[Block] = []
    if shown:
        made += [_lead(m, shown), Bullets(tuple(_one(m, name, e) for name, e in shown.items()))]
        made.append(_table(m, shown))
    if found.representativity is not None:
        made.append(_indicator(m, found))
    if left_out:
        made.append(
            m.paragraph(
                "Not shown, since it would tell of fewer than five units: {names}.",
                names=m.joined([m.mid(name) for name in left_out]),
            )
        )
    return made


def _tells(m: Material, found: ResponseBy) -> bool:
    """Whether real units are so few in a group that the table would tell which answered."""
    if not holds_real_answers(m.analysis):
        return False
    return any(
        0 < number < THRESHOLD
        for n, count in found.frame.select("n", "count").iter_rows()
        for number in (count, n - count)
    )


def _lead(m: Material, shown: dict[str, ResponseBy]) -> Paragraph:
    unlike = [
        name
        for name, each in shown.items()
        if each.standardised_difference is not None and each.standardised_difference >= LARGE
    ]
    if not unlike:
        return m.paragraph(
            "Those who answered are much like the silent in what is known of both: no standardised "
            "difference is {large} or more.",
            large=m.number(LARGE, 1),
        )
    return m.paragraph(
        "Those who answered differ from the silent in {names}: the standardised difference is "
        "{large} or more.",
        names=m.joined([m.mid(name) for name in unlike]),
        large=m.number(LARGE, 1),
    )


def _one(m: Material, name: str, found: ResponseBy) -> Runs:
    frame = found.frame.sort("share")
    low, high = frame.row(0, named=True), frame.row(-1, named=True)
    if found.p is None or found.standardised_difference is None:
        return m.say("{attribute}: there is nothing to compare.", attribute=Strong(m.label(name)))
    return m.say(
        "{attribute}: from {low} ({lowest}) to {high} ({highest}) answered; standardised "
        "difference {unlike}, p = {p}.",
        attribute=Strong(m.label(name)),
        low=Number(m.percent(low["share"]), f"response-{name}"),
        lowest=_category(m, name, low["group"]),
        high=m.percent(high["share"]),
        highest=_category(m, name, high["group"]),
        unlike=m.number(found.standardised_difference, 2),
        p=m.p(found.p),
    )


def _category(m: Material, attribute: str, value: str) -> str:
    label: str = m.analysis.labels.category(attribute, value, m.language)
    return label


def _table(m: Material, shown: dict[str, ResponseBy]) -> TableBlock:
    rows = []
    for name, found in shown.items():
        for place, row in enumerate(_in_order(m, name, found)):
            away, frame = row["difference_silent"], row["difference_frame"]
            rows.append(
                Row(
                    (
                        _category(m, name, row["group"]),
                        m.number(row["n"]),
                        m.number(row["count"]),
                        m.percent(row["share"], 1),
                        m.span(row["low"], row["high"], 1),
                        "–" if away is None else m.number(away, 2, sign=True),
                        "–" if frame is None else m.number(frame, 2, sign=True),
                    ),
                    f"response-{name}" if place == 0 else "",
                    m.label(name),
                )
            )
    return table_of_numbers(
        m,
        "table-response",
        m.word("Response by what is known of every unit"),
        [
            m.word("Group"),
            m.word("Units"),
            m.word("Answered"),
            m.word("Response\nrate"),
            m.word("95% interval"),
            m.word("Difference from\nthe silent"),
            m.word("Difference from\nall"),
        ],
        tuple(rows),
        note=m.word(
            "The last two columns are standardised differences: how much larger the group's part "
            "is among those who answered than among the silent, and than among all, in standard "
            "deviations. Above zero the group answers more often than others. They do not grow "
            "with the number of units, as tests do."
        ),
    )


def _in_order(m: Material, name: str, found: ResponseBy) -> list[Values]:
    order = {value: place for place, value in enumerate(m.analysis.categories(name))}
    rows = found.frame.to_dicts()
    return sorted(rows, key=lambda row: order.get(row["group"], len(order)))


def _indicator(m: Material, found: StudyResponse) -> Paragraph:
    assert found.representativity is not None  # noqa: S101
    row = found.representativity.frame.row(0, named=True)
    return m.paragraph(
        "The R-indicator over {names} is {r} (95% interval {low} to {high}); 1 would mean that all "
        "were equally likely to answer. If the silence goes with these attributes alone, a mean is "
        "off by at most {bias} standard deviations of what is measured.",
        names=m.joined([m.mid(name) for name in found.representativity.variables["variable"]]),
        r=m.number(row["r"], 2),
        low=m.number(row["low"], 2),
        high=m.number(row["high"], 2),
        bias=m.number(row["coefficient_of_variation"], 2),
    )
