"""A conclusion's condition in words: what the silent would have to be for it to change."""

from __future__ import annotations

from samspill.analysis.silence import Condition
from samspill.language import Translator, format_number


def condition_sentence(condition: Condition, t: Translator) -> str:
    """One sentence, or two, to stand after a difference between two groups; empty where everyone
    answered."""
    row = condition.row
    if condition.holds == "all answered":
        return ""
    if condition.holds == "open":
        return t("Its interval holds zero even if the silent are like those who answered.")
    interval, sign = row["silent_difference_interval"], row["silent_difference_sign"]
    if condition.holds == "always" or sign is None:
        return t(
            "No answers of the {silent} silent units would turn its sign.", silent=row["silent"]
        )
    told = {"silent": row["silent"], "sign": _points(sign, t)}
    positive = row["difference"] > 0
    if interval is None:
        return (
            t(
                "The sign holds unless the difference among the {silent} silent units is below "
                "{sign} points.",
                **told,
            )
            if positive
            else t(
                "The sign holds unless the difference among the {silent} silent units is above "
                "{sign} points.",
                **told,
            )
        )
    told["interval"] = _points(interval, t)
    return (
        t(
            "It stays clear of zero unless the difference among the {silent} silent units is below "
            "{interval} points, and its sign holds unless that is below {sign}.",
            **told,
        )
        if positive
        else t(
            "It stays clear of zero unless the difference among the {silent} silent units is above "
            "{interval} points, and its sign holds unless that is above {sign}.",
            **told,
        )
    )


def _points(value: float, t: Translator) -> str:
    return format_number(100 * value, 1, t.language, sign=True)
