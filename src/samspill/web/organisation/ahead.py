"""What is ahead, by day: deadlines, meetings and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils import formats
from django.utils.translation import gettext as _

from samspill.register import Register
from samspill.web.organisation.grid import title_of

DAYS = (
    ("meetings", "held_on"),
    ("gatherings", "held_on"),
    ("schemes", "deadline"),
    ("processes", "deadline"),
    ("agreements", "review_on"),
)
"""The tables whose rows have a day that is of use to know, with the column of the day."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something on a day; ``days`` until then, below nought where it is over."""

    day: date
    days: int
    kind: str
    what: str
    when: str
    place: str
    web: str
    table: str

    @property
    def days_over(self) -> int:
        return max(-self.days, 0)


def ahead(register: Register, today: date) -> list[Ahead]:
    """What a register holds from a day on, the nearest first, and reviews that are over."""
    kinds = {
        "meetings": _("Meeting"),
        "gatherings": _("Resource gathering"),
        "schemes": _("Last day to apply"),
        "processes": _("Last day to answer"),
        "agreements": _("The agreement is to be reviewed"),
    }
    found = []
    for table, column in DAYS:
        for row in register.rows(table):
            day = row[column]
            if not isinstance(day, date) or (day < today and table != "agreements"):
                continue
            starts = row.get("starts_at")
            found.append(
                Ahead(
                    day=day,
                    days=(day - today).days,
                    kind=kinds[table],
                    what=title_of(row),
                    when=formats.time_format(starts, "H:i") if isinstance(starts, time) else "",
                    place=str(row.get("place") or ""),
                    web=str(row.get("web") or ""),
                    table=table,
                )
            )
    return sorted(found, key=lambda one: (one.day, one.when))
