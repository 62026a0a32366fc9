"""What a design lets one say: association, change, or effect under named assumptions.

Texts about change take their words from here, and a test scans every sentence that is shown for
words of cause that no design has earned (``causal_words.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Claim(StrEnum):
    """What the numbers of a design are about."""

    ASSOCIATION = "association"
    CHANGE = "change"
    DIFFERENCE_IN_CHANGE = "difference in change"
    EFFECT = "effect under assumptions"


class Design(StrEnum):
    """How the waves and the units in them are related.

    ``ADOPTION_TESTED`` is earned by a comparison of those that adopt with those that do not, with
    waves before in which both could be, and were, found to move alike.
    """

    CROSS_SECTION = "cross-section"
    REPEATED_CROSS_SECTION = "repeated cross-section"
    OVERLAPPING = "partly the same units"
    PANEL = "panel"
    ADOPTION = "panel with adoption"
    ADOPTION_TESTED = "panel with adoption and earlier waves tested"

    @property
    def claim(self) -> Claim:
        return _CLAIMS[self]

    @property
    def earns_effect(self) -> bool:
        """Whether a text may speak of an effect, naming what it assumes."""
        return self.claim is Claim.EFFECT

    def noun(self, t: Callable[[str], str]) -> str:
        """What a difference between numbers is called."""
        return t(_NOUNS[self.claim])

    def caution(self, t: Callable[[str], str]) -> str:
        """What the numbers do not say, in a sentence that belongs beside them."""
        return t(_CAUTIONS[self])


_CLAIMS = {
    Design.CROSS_SECTION: Claim.ASSOCIATION,
    Design.REPEATED_CROSS_SECTION: Claim.CHANGE,
    Design.OVERLAPPING: Claim.CHANGE,
    Design.PANEL: Claim.CHANGE,
    Design.ADOPTION: Claim.DIFFERENCE_IN_CHANGE,
    Design.ADOPTION_TESTED: Claim.EFFECT,
}
_NOUNS = {
    Claim.ASSOCIATION: "association",
    Claim.CHANGE: "change",
    Claim.DIFFERENCE_IN_CHANGE: "difference in change",
    Claim.EFFECT: "effect under the stated assumptions",
}
_CAUTIONS = {
    Design.CROSS_SECTION: ("There is one wave. It shows what goes together, not what came first."),
    Design.REPEATED_CROSS_SECTION: (
        "Different units answered in the waves. The numbers show how the whole has changed, not "
        "which units changed."
    ),
    Design.OVERLAPPING: (
        "Some units answered in every wave, others in one of them. The numbers show how the whole "
        "has changed, not why."
    ),
    Design.PANEL: (
        "The same units answered in the waves. The numbers show how they have changed, not why."
    ),
    Design.ADOPTION: (
        "The numbers show whether those that adopted changed otherwise than the rest. Whether "
        "they would have moved alike without it cannot be tested with the waves there are."
    ),
    Design.ADOPTION_TESTED: (
        "The number is an effect only if both would have moved alike without adoption, nobody "
        "changed in advance, and none was touched by the adoption of others. The waves before "
        "speak for or against the first; they do not prove it."
    ),
}


@cache
def _data() -> Mapping[str, Any]:
    text = files("samspill.analysis.change").joinpath("causal_words.toml").read_text("utf-8")
    return tomllib.loads(text)


def causal_words(language: str) -> tuple[str, ...]:
    """The beginnings of words that claim a cause, in a language."""
    return tuple(_data()["words"][language])


def exceptions() -> tuple[tuple[str, str], ...]:
    """How English messages begin that may hold a word of cause, each with the reason."""
    return tuple((entry["message"], entry["reason"]) for entry in _data()["exception"])


def claims_cause(text: str, language: str) -> list[str]:
    """The words of cause in a text, as they stand in it."""
    return [
        found.group()
        for start in causal_words(language)
        for found in re.finditer(rf"\b(?:{start})\w*", text, re.IGNORECASE)
    ]
