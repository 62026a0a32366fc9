"""Weighted numbers as written, to stand beside the unweighted on pages of results."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.analysis import StudyAnalysis
from samspill.language import format_number, format_percent
from samspill.presentation.tables.weighted import WEIGHTED
from samspill.statistics.intervals import normal_quantile
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


def weighted_alone(row: dict[str, Any]) -> str:
    """A weighted share in words, without decimals or interval; empty where there is none."""
    if row.get("share_weighted") is None:
        return ""
    share = format_percent(row["share_weighted"], 0, _language())
    return _("weighted %(share)s") % {"share": share}


def weighted_mean(row: dict[str, Any]) -> str:
    """A weighted mean with its interval; empty where there is none."""
    if row.get("mean_weighted") is None:
        return ""
    return _with_limits(row, "mean_weighted", lambda value: format_number(value, 2, _language()))


def weighted_difference(row: dict[str, Any], *, means: bool = False) -> str:
    """A weighted difference in percentage points, or of ``means``, with its interval; empty where
    there is none."""
    if row.get("difference_weighted") is None:
        return ""
    scale, decimals = (1, 2) if means else (100, 1)
    return _with_limits(
        row,
        "difference_weighted",
        lambda value: format_number(scale * value, decimals, _language(), sign=True),
    )


def weighted_odds_ratio(row: dict[str, Any]) -> str:
    """A weighted odds ratio with its interval (Wald's); empty where there is none."""
    estimate, error = row.get("log_odds_ratio_weighted"), row.get("standard_error_weighted")
    if estimate is None or error is None:
        return ""
    half = normal_quantile(0.95) * error
    value, low, high = (
        format_number(math.exp(end), 2, _language())
        for end in (estimate, estimate - half, estimate + half)
    )
    return f"{value} ({words.interval(low, high)})"


def weighted_coefficient(row: dict[str, Any]) -> str:
    """A weighted coefficient with its standard error; empty where there is none."""
    if row.get("estimate_weighted") is None:
        return ""
    estimate = format_number(row["estimate_weighted"], 2, _language())
    error = row["standard_error_weighted"]
    return f"{estimate} ({format_number(error, 3, _language())})" if error else estimate


def _with_limits(row: dict[str, Any], name: str, say: Callable[[float], str]) -> str:
    """A number with its weighted limits, where it has any."""
    low, high = row["low_weighted"], row["high_weighted"]
    if low is None or high is None:
        return say(row[name])
    return f"{say(row[name])} ({words.interval(say(low), say(high))})"


def _language() -> str:
    return words.language()


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
        _(
            "Weighted numbers stand beside the unweighted. Sentences use the weighted ones, but "
            "where many differences are tested: stars and corrections are of the answers as given."
        )
        if chosen.headline == "weighted"
        else _("Weighted numbers stand beside the unweighted; sentences use the unweighted ones.")
    )
    if not chosen.chosen_by:
        return first
    told = {"who": chosen.chosen_by, "day": _day(chosen.chosen_on), "why": chosen.reason}
    second = _("Chosen by %(who)s on %(day)s: %(why)s") % told
    return f"{first} {second}"


def _day(written: str) -> str:
    """A day of ISO 8601 as the page's language has it; anything else as it is written."""
    try:
        return date_format(datetime.date.fromisoformat(written), "SHORT_DATE_FORMAT")
    except ValueError:
        return written
