"""No sentence that is shown claims a cause, but for those that say why they may."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import polib
import pytest

from samspill.analysis.change import Claim, Design
from samspill.analysis.change.design import causal_words, claims_cause, exceptions

ROOT = Path(str(files("samspill")))
LIBRARY = ("report", "figures", "change", "analysis", "typology")
NORWEGIAN = ("nb", "nn")


def _catalogues(language: str) -> Iterator[Path]:
    for name in LIBRARY:
        yield ROOT / "language" / "catalogues" / language / f"{name}.po"
    yield ROOT / "web" / "catalogues" / language / "results.po"


def _sentences(language: str) -> Iterator[tuple[str, str, str]]:
    """English message, the language of a text, and the text, from every catalogue."""
    for path in _catalogues(language):
        for entry in polib.pofile(str(path)):
            for text in (entry.msgid, entry.msgid_plural):
                yield entry.msgid, "en", text
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                yield entry.msgid, language, text


@pytest.mark.parametrize("language", NORWEGIAN)
def test_no_sentence_of_report_and_results_claims_a_cause(language):
    allowed = tuple(begins for begins, _ in exceptions())
    claims = {
        (message, tuple(words))
        for message, spoken, text in _sentences(language)
        if (words := claims_cause(text or "", spoken)) and not message.startswith(allowed)
    }
    assert claims == set()


def test_every_exception_is_needed_and_explained():
    messages = {m for code in NORWEGIAN for m, s, t in _sentences(code) if claims_cause(t or "", s)}
    for begins, reason in exceptions():
        assert any(message.startswith(begins) for message in messages), begins
        assert reason.endswith(".")


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("en", "A policy leads to more collaboration.", "leads to"),
        ("en", "The effect of a policy is large.", "effect"),
        ("nb", "Politikken fører til mer samarbeid.", "fører til"),
        ("nb", "Effekten er stor.", "Effekten"),
        ("nn", "Verknaden er stor.", "Verknaden"),
        ("nn", "Det skuldast politikken.", "skuldast"),
    ],
)
def test_a_claim_is_found(language, sentence, word):
    assert claims_cause(sentence, language) == [word]


@pytest.mark.parametrize("language", ["en", *NORWEGIAN])
def test_innocent_words_are_left_alone(language):
    words = {"en": "Causeway, effective, leader.", "nb": "Samvirke, fører.", "nn": "Samvirke."}
    assert claims_cause(words[language], language) == []
    assert len(set(causal_words(language))) == len(causal_words(language))


def test_only_adoption_with_earlier_waves_tested_earns_the_word():
    assert [design for design in Design if design.earns_effect] == [Design.ADOPTION_TESTED]
    assert Design.CROSS_SECTION.claim is Claim.ASSOCIATION
    for design in Design:
        assert ("effect" in design.caution(str)) == design.earns_effect
        assert ("effect" in design.noun(str)) == design.earns_effect
