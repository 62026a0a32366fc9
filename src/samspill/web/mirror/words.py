"""Concepts, questions and the library's notes in the words of the page's language."""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext as _

from samspill import vocabulary
from samspill.instrument import Instrument, Question, shipped_instrument
from samspill.language import format_number, format_percent, translator
from samspill.register.mirror.register_answers import FOUNDING, POLICY
from samspill.vocabulary import Concept
from samspill.web.municipality.words import concept_name, language

PULSE = "pulse"
DASH = "–"


@cache
def founding() -> Instrument:
    return shipped_instrument(FOUNDING)


@cache
def pulse_instrument() -> Instrument:
    return shipped_instrument(PULSE)


def said(note: str) -> str:
    """What the library says, such as why there is no number."""
    return translator(language())(note) if note else ""


def field_name(field: str) -> str:
    """A field as tables have it; one that the questionnaire alone has, as the questionnaire has."""
    if not field:
        return _("The whole municipality")
    if field in vocabulary.load().fields:
        return concept_name("fields", field)
    return next((f.label[language()] for f in founding().fields if f.identifier == field), field)


def question_of(variable: str) -> Question | None:
    """The question of a variable; None for the policy, which is an attribute of the unit."""
    return None if variable == POLICY else founding().question(variable)


def variable_name(variable: str) -> str:
    """A variable as tables have it."""
    question = question_of(variable)
    if question is None:
        return _("Volunteer policy")
    return question.label.get(language()) or question.text[language()]


def question_text(variable: str) -> str:
    """What is asked."""
    question = question_of(variable)
    if question is None:
        return _("Does the municipality have an adopted volunteer policy?")
    return question.text[language()]


def values_of(variable: str) -> dict[str, str]:
    """What may be answered, in words; nothing for a text."""
    question = question_of(variable)
    if question is None:
        return {"yes": _("Yes"), "no": _("No")}
    return {c.value: c.label[language()] for c in question.categories if not c.missing}


def value_name(variable: str, value: str) -> str:
    """An answer in words."""
    return values_of(variable).get(value, value) if value else _("Not known")


def item_name(variable: str) -> str:
    """An item of the pulse as tables have it."""
    return pulse_instrument().question(variable).label[language()]


def item_text(variable: str) -> str:
    """An item of the pulse as it is read."""
    return pulse_instrument().question(variable).text[language()]


def type_name(typology: str, ideal_type: str | None) -> str:
    """An ideal type in words; empty for none."""
    return concept_name(typology, ideal_type) if ideal_type else ""


def barrier_concept(path: str) -> Concept:
    """A barrier or one of its sub-themes, by its path."""
    parts = path.removeprefix("barriers/").split("/")
    found = vocabulary.load().barriers[parts[0]]
    for part in parts[1:]:
        found = next(one for one in found.narrower if one.identifier == part)
    return found


def barrier_name(path: str) -> str:
    return barrier_concept(path).label(language())


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as per cent; a dash where there is none."""
    return DASH if share is None else format_percent(share, decimals, language())


def number(value: float | None, decimals: int = 2) -> str:
    return DASH if value is None else format_number(value, decimals, language())


def signed(value: float | None, decimals: int = 1) -> str:
    return DASH if value is None else format_number(value, decimals, language(), sign=True)


def share_interval(low: float | None, high: float | None) -> str:
    """Limits of a share; empty where there are none."""
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}


def interval(low: float | None, high: float | None, decimals: int = 2) -> str:
    """Limits of a number; empty where there are none."""
    if low is None or high is None:
        return ""
    limits = {"low": number(low, decimals), "high": number(high, decimals)}
    return _("%(low)s to %(high)s") % limits
