"""Weighted numbers as written, to stand beside the unweighted on pages of results."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import format_number, format_percent
from samspill.presentation.tables.weighted import WEIGHTED
from samspill.web.results import words


def weighted_share(row: dict[str, Any]) -> str:
    """A weighted share with its interval; empty where there is none."""
    if row.get("share_weighted") is None:
        return ""
    language = words.language()
    share, low, high = (
        format_percent(row[name], 1, language)
        for name in ("share_weighted", "low_weighted", "high_weighted")
    )
    return f"{share} ({words.interval(low, high)})"


def weighted_difference(row: dict[str, Any]) -> str:
    """A weighted difference in percentage points with its interval; empty where there is none."""
    if row.get("difference_weighted") is None:
        return ""
    difference, low, high = (
        format_number(100 * row[name], 1, words.language(), sign=True)
        for name in ("difference_weighted", "low_weighted", "high_weighted")
    )
    return f"{difference} ({words.interval(low, high)})"


def base(row: dict[str, Any]) -> str:
    """How many of how many answers a share in a sentence rests on."""
    told = {"count": row["count"], "n": row["n"]}
    if row.get(WEIGHTED):
        return _("%(count)s of %(n)s before weighting") % told
    return _("%(count)s of %(n)s") % told


def weighting_note(analysis: StudyAnalysis) -> str:
    """Which numbers stand in sentences, who chose that, when and why; empty without weights."""
    chosen = analysis.weighting
    if chosen is None:
        return ""
    first = (
        _("Weighted numbers stand beside the unweighted; sentences use the weighted ones.")
        if chosen.headline == "weighted"
        else _("Weighted numbers stand beside the unweighted; sentences use the unweighted ones.")
    )
    if not chosen.chosen_by:
        return first
    told = {"who": chosen.chosen_by, "day": chosen.chosen_on, "why": chosen.reason}
    second = _("Chosen by %(who)s on %(day)s: %(why)s") % told
    return f"{first} {second}"
