"""What a respondent wrote, as the value that data hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from samspill.instrument.model import Question
from samspill.instrument.xpath import Value
from samspill.language import Translator, language, languages, translator

Raw: TypeAlias = str | Sequence[str]
MAXIMUM_TEXT = 20_000
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2011": "-"})
_SPACES = "[ \u00a0\u2009\u202f]"
_DIGITS = rf"(?:[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}}){{1,5}}|[0-9]{{1,18}})"
_COUNT = re.compile(_DIGITS)
_NUMBER = re.compile(rf"(-?)\s?({_DIGITS})(?:([.,])([0-9]{{1,18}}))?")


class UnreadableAnswer(ValueError):
    """An answer that cannot be a value of its question; the message is for the respondent."""


def normalise(question: Question, raw: Raw, identifier: str) -> Value:
    """The value of an answer: "" (for ``multiple`` an empty tuple) where nothing was answered.

    A count or number may have spaces between groups of three digits and the decimal sign of
    either custom; values have neither group separators nor a comma. One point or comma before
    exactly three digits, where the language ``identifier`` has the other sign, is refused: it
    could separate thousands. The values of ``multiple`` come in the order of the categories.

    Raises:
        UnreadableAnswer: the answer cannot be a value of the question.
    """
    t = translator_for(identifier)
    given = [raw] if isinstance(raw, str) else list(raw)
    given = [text.strip() for text in given if text.strip()]
    if question.type == "multiple":
        return _several(question, given, t)
    if not given:
        return ""
    if len(given) > 1:
        raise UnreadableAnswer(t("Give one answer only."))
    if question.code_list is not None:
        return _category(question, given[0], t)
    if question.type == "count":
        return _count(given[0], t)
    if question.type == "number":
        return _number(given[0], t)
    return _text(given[0], t)


def translator_for(identifier: str) -> Translator:
    """The translator of a language; English for an instrument's language that Samspill lacks."""
    return translator(identifier if identifier in languages() else "en")


def _several(question: Question, given: list[str], t: Translator) -> tuple[str, ...]:
    chosen = {value for text in given for value in text.split()}
    known = question.code_list.values() if question.code_list else ()
    if not chosen <= set(known):
        raise UnreadableAnswer(t("Choose among the answers shown."))
    return tuple(value for value in known if value in chosen)


def _category(question: Question, given: str, t: Translator) -> str:
    if question.code_list is None or given not in question.code_list.values():
        raise UnreadableAnswer(t("Choose one of the answers shown."))
    return given


def _count(given: str, t: Translator) -> str:
    if not _COUNT.fullmatch(given):
        raise UnreadableAnswer(t("Write a whole number in digits, for example 12."))
    return str(int(re.sub(_SPACES, "", given)))


def _number(given: str, t: Translator) -> str:
    match = _NUMBER.fullmatch(given.translate(_MINUS))
    if match is None:
        raise UnreadableAnswer(t("Write a number in digits."))
    sign, whole, mark, decimals = match.groups()
    usual = language(t.language).decimal_sign
    grouped = re.search(_SPACES, whole) is not None
    if mark and mark != usual and len(decimals) == 3 and len(whole) <= 3 and not grouped:
        raise UnreadableAnswer(
            t(
                "Write the number without signs between thousands, with {sign} before decimals.",
                sign=f"“{usual}”",
            )
        )
    digits = str(int(re.sub(_SPACES, "", whole)))
    value = f"{digits}.{decimals}" if decimals else digits
    return f"-{value}" if sign and value.strip("0.") else value


def _text(given: str, t: Translator) -> str:
    lines = given.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    if len(kept) > MAXIMUM_TEXT:
        raise UnreadableAnswer(t("Write at most {n} characters.", n=MAXIMUM_TEXT))
    return kept.strip()
