"""What the shipped advice promises: sourced, in every language, not causal, seen in a register."""

from __future__ import annotations

import re

import pytest

from samspill.advice import load
from samspill.advice.model import barrier_paths
from samspill.register import TABLES

ADVICE = load()
MEASURES = {measure.identifier: measure for measure in ADVICE.measures}
CAUSAL = {
    "nb": (
        r"gir|fører til|førte til|føre til|skaper|sikrer|øker|bedrer|forbedrer|senker terskel"
        r"|reduserer|styrker|svekker|hindrer|forårsaker|virkning\w*|effekt\w*|påvirk\w*"
        r"|resulterer|medfører|bidrar til|takket være|på grunn av|fordi"
    ),
    "nn": (
        r"gir|gjev|fører til|førte til|føre til|skaper|skapar|sikrar|aukar|betrar|forbetrar"
        r"|reduserer|styrkjer|svekkjer|hindrar|verknad\w*|effekt\w*|påverk\w*|resulterer"
        r"|medfører|bidreg til|takka vere|på grunn av|fordi"
    ),
    "en": (
        r"gives|leads? to|led to|causes?|caused|creates?|ensures?|increases?|improves?|reduces?"
        r"|strengthens?|weakens?|prevents?|effects?|effective|impacts?|results? in|affects?"
        r"|because|due to|thanks to|contributes? to"
    ),
}
LINKED = {
    "nb": r"heng(er)?\b.*\bsammen\b|knytter|knyttet",
    "nn": r"heng\b.*\bsaman\b|knyter|knytt",
    "en": r"linked to",
}


def texts(measure):
    for name in ("titles", "actions", "signs", "known"):
        for language, text in getattr(measure, name).items():
            yield f"{measure.identifier}.{name}.{language}", language, text


ALL_TEXTS = [entry for measure in ADVICE.measures for entry in texts(measure)]


@pytest.mark.parametrize("language", CAUSAL)
def test_no_text_says_that_one_thing_causes_another(language):
    causal = re.compile(rf"\b({CAUSAL[language]})\b", re.IGNORECASE)
    found = {
        place: match.group()
        for place, of, text in ALL_TEXTS
        if of == language and (match := causal.search(text))
    }
    assert not found


@pytest.mark.parametrize("language", LINKED)
def test_what_is_known_is_told_as_a_link(language):
    linked = re.compile(LINKED[language], re.DOTALL)
    assert not [m for m, measure in MEASURES.items() if not linked.search(measure.known[language])]


def test_every_text_stands_in_every_language_of_the_vocabulary():
    for measure in ADVICE.measures:
        for name in ("titles", "actions", "signs", "known"):
            assert set(getattr(measure, name)) == set(ADVICE.vocabulary.languages)


def test_no_norwegian_text_is_left_in_the_other_form():
    for measure in ADVICE.measures:
        assert measure.actions["nb"] != measure.actions["nn"]
        assert measure.known["nb"] != measure.known["nn"]


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("nb", r"ikkje|eit|ein|dei|kva|kven|korleis|vere|frå|saman|organisasjonane|hjå"),
        ("nn", r"ikke|hva|hvem|hvordan|være|fra|sammen|organisasjonene|gjennomføre[rs]|noen|hvert"),
    ],
)
def test_each_form_of_norwegian_has_its_own_words(language, foreign):
    words = re.compile(rf"\b({foreign})\b", re.IGNORECASE)
    found = {
        place: match.group()
        for place, of, text in ALL_TEXTS
        if of == language and (match := words.search(text))
    }
    assert not found


def test_what_to_do_is_two_to_four_sentences():
    for measure in ADVICE.measures:
        for language, action in measure.actions.items():
            sentences = re.findall(r"[.?!](?=\s|$)", action)
            assert 2 <= len(sentences) <= 4, (measure.identifier, language)


def test_measures_cover_every_barrier_and_every_sub_theme():
    assert len(ADVICE.measures) >= 28
    for barrier in ADVICE.vocabulary.barriers:
        assert len(ADVICE.for_barrier(barrier)) >= 3, barrier
    linked = {link for measure in ADVICE.measures for link in measure.barriers}
    assert {path for path in barrier_paths(ADVICE.vocabulary) if "/" in path} <= linked


def test_every_measure_has_a_source_that_was_checked():
    for measure in ADVICE.measures:
        checked = [c for c in measure.citations if c.source.checked != "cited_from_memory"]
        assert checked, measure.identifier
        assert measure.grade == min(c.grade for c in checked), measure.identifier


def test_every_source_is_cited():
    cited = {c.source.identifier for measure in ADVICE.measures for c in measure.citations}
    assert cited == set(ADVICE.sources)


def test_a_source_is_cited_once_for_a_measure():
    for measure in ADVICE.measures:
        cited = [c.source.identifier for c in measure.citations]
        assert len(cited) == len(set(cited)), measure.identifier


def test_the_founding_study_is_cited_by_chapter():
    for measure in ADVICE.measures:
        for citation in measure.citations:
            if citation.source.identifier == "founding_study":
                assert citation.chapters
                assert set(citation.chapters) <= set(range(1, 7))


def test_what_one_sees_stands_in_the_register():
    for measure in ADVICE.measures:
        for place in measure.seen_in:
            assert place.table in TABLES, measure.identifier
            columns = {column.name for column in TABLES[place.table].columns}
            assert place.column in columns, (measure.identifier, place)


def test_estimates_of_ours_are_called_so():
    for scale in ("cost", "effort"):
        for term in ADVICE.scales[scale].values():
            assert "Vårt anslag" in term.definitions["nb"]
            assert "Vårt overslag" in term.definitions["nn"]
            assert "Our estimate" in term.definitions["en"]
