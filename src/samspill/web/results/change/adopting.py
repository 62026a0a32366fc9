"""Those that adopted a volunteer policy between two waves, beside those that did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.analysis.change import Waves, adoption
from samspill.errors import SamspillError
from samspill.language import format_number, translator
from samspill.presentation.tables.source import POLICY
from samspill.web.results import words
from samspill.web.results.change.choosing import ChangeChoice, shown
from samspill.web.results.change.withheld import gives_away, hidden, holds_real
from samspill.web.results.published import Edition
from samspill.web.results.withholding import is_withheld


@dataclass(frozen=True, slots=True)
class Adopting:
    """Those that adopted a policy beside those that did not, as written."""

    lead: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: str
    caution: str


def adopting(editions: Sequence[Edition], waves: Waves, choice: ChangeChoice) -> Adopting | None:
    """Those that adopted a policy from the first wave to the last."""
    if any(POLICY not in each.study.units.columns for each in waves.analyses):
        return None
    name = shown(editions, choice)
    if not waves.last.is_binary(name):
        return None
    try:
        found = adoption(
            waves, name, POLICY, before=waves.names[0], after=waves.names[-1],
            fields=waves.fields or None,
        )  # fmt: skip
    except SamspillError:
        return None
    secret = hidden(editions, POLICY)
    rows = [
        row
        for row in found.result.frame.to_dicts()
        if row["low"] is not None
        and not is_withheld(secret, row["indicator"], row["field"])
        and not (holds_real(editions) and gives_away(row))
    ]
    if not rows:
        return None
    t = translator(words.language())
    largest = max(rows, key=lambda row: abs(row["estimate"]))
    stands = sum(row["p_bh"] < 0.05 for row in rows)
    label = waves.last.label
    lead = _(
        "%(adopted)s units adopted a volunteer policy from %(before)s to %(after)s and %(never)s "
        "that can be followed did not. Their change differs in %(n)s of %(k)s fields by more than "
        "chance would do; the largest difference is in %(field)s: %(points)s percentage points "
        "(95%% interval %(low)s to %(high)s)."
    ) % {
        "adopted": found.groups["adopted"],
        "never": found.groups["never"],
        "before": waves.names[0],
        "after": waves.names[-1],
        "n": stands,
        "k": len(rows),
        "field": words.quoted(label(largest["field"] or name, words.language())),
        "points": _points(largest["estimate"]),
        "low": _points(largest["low"]),
        "high": _points(largest["high"]),
    }
    lines = tuple(
        (
            label(row["field"] or name, words.language()),
            str(row["n_adopting"]),
            _points(row["change_adopting"]),
            str(row["n_others"]),
            _points(row["change_others"]),
            _points(row["estimate"]),
            words.interval(_points(row["low"]), _points(row["high"])),
        )
        for row in rows
    )
    headings = (
        _("Field"),
        _("n, adopted"),
        _("Their change, points"),
        _("n, did not"),
        _("Their change, points"),
        _("Difference, points"),
        _("Interval at 95 per cent"),
    )
    rest = found.groups
    groups = _(
        "Left out: %(always)s that had a policy all along, %(left)s that gave it up, %(unknown)s "
        "of which it is not known in both waves. Only units that answered both times count."
    ) % {"always": rest["always"], "left": rest["left"], "unknown": rest["unknown"]}
    return Adopting(lead, headings, lines, groups, found.design.caution(t))


def _points(value: float) -> str:
    return format_number(100 * value, 1, words.language(), sign=True)
