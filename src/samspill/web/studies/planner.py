"""What a next wave of a study would find, by how many answer."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.language import format_number, format_percent
from samspill.statistics.power import detectable

SIZES = (50, 100, 150, 200, 300, 400, 600, 1000)
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: answers in the last wave and the next, units that answer both, the share
    whose answer changes, the share now, and the units there are."""

    before: int
    after: int
    both: int
    turnover: float
    share: float
    units: int


@dataclass(frozen=True, slots=True)
class Line:
    """A number of answers with the smallest change found, in points, as written. ``chosen`` marks
    the plan's own."""

    after: int
    both: int
    others: str
    finite: str
    same: str
    chosen: bool


def lead(plan: Plan) -> str:
    """What the plan would find, in two sentences."""
    line = next(each for each in lines(plan) if each.chosen)
    return _(
        "With %(before)s answers before and %(after)s next time, of which %(both)s from the same "
        "units, a change of a share of %(share)s would be found in %(power)s of such surveys from "
        "%(same)s percentage points on in the same units, and from %(others)s where others answer."
    ) % {
        "before": plan.before,
        "after": plan.after,
        "both": plan.both,
        "share": format_percent(plan.share, 0, _language()),
        "power": format_percent(POWER, 0, _language()),
        "same": line.same,
        "others": line.others,
    }


def lines(plan: Plan) -> list[Line]:
    """Several numbers of answers, the plan's own among them; the units in common grow alike."""
    sizes = sorted({plan.after, *(n for n in SIZES if n <= plan.units)})
    return [_line(plan, n) for n in sizes]


def _line(plan: Plan, after: int) -> Line:
    both = min(max(round(plan.both * after / plan.after), 2), plan.before, after)
    population = max(plan.units, plan.before, after)
    others = detectable(plan.share, plan.before, after, power=POWER)
    finite = detectable(plan.share, plan.before, after, population=population, power=POWER)
    same = detectable(
        plan.share, plan.before, after, n_both=both, turnover=plan.turnover, power=POWER
    )
    return Line(
        after=after,
        both=both,
        others=_written(others.frame),
        finite=_written(finite.frame),
        same=_written(same.frame),
        chosen=after == plan.after,
    )


def _written(frame: pl.DataFrame) -> str:
    row = frame.row(0, named=True)
    found = [value for value in (row["increase"], row["decrease"]) if value is not None]
    return format_number(100 * max(found), 1, _language()) if found else "–"


def _language() -> str:
    return get_language() or "nb"
