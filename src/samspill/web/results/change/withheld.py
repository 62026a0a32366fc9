"""What of the waves may not be shown, since it would tell what few have answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samspill.analysis.publishing import holds_real_answers
from samspill.web.results.published import Edition
from samspill.web.results.withholding import too_few, withheld

Row = Mapping[str, Any]


def hidden(editions: Sequence[Edition], split: str = "") -> frozenset[tuple[str, str]]:
    """What may not be shown in any of the waves, in all or split by an attribute."""
    return frozenset[tuple[str, str]]().union(*(withheld(each, split) for each in editions))


def small_means(editions: Sequence[Edition], name: str) -> frozenset[tuple[str, str]]:
    """The fields where a mean of real answers, or what one wave has beside another, rests on too
    few units."""
    if not name or editions[-1].analysis.is_binary(name) or not holds_real(editions):
        return frozenset()
    answered = [each.analysis.frame.drop_nulls(name).select("unit", "field") for each in editions]
    fields = {field for frame in answered for field in frame["field"].unique()}
    found = set()
    for field in fields:
        units = [set(frame.filter(field=field)["unit"]) for frame in answered]
        sizes = [len(own) for own in units]
        sizes += [len(own & other) for own in units for other in units]
        sizes += [len(own - other) for own in units for other in units]
        if any(map(too_few, sizes)):
            found.add((name, field))
    return frozenset(found)


def holds_real(editions: Sequence[Edition]) -> bool:
    """Whether any wave has answers of real units."""
    return any(holds_real_answers(each.analysis) for each in editions)


def gives_away(row: Row) -> bool:
    """Whether a group's counts of yes or no in a wave are one to four."""
    for group in ("adopting", "others"):
        n = row[f"n_{group}"]
        for wave in ("before", "after"):
            yes = round(n * row[f"{group}_{wave}"])
            if too_few(yes) or too_few(n - yes):
                return True
    return False
