"""Search finds the forms of a word in both Norwegians, and what its operators promise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Project, Source
from samspill.qualitative.queries import SearchIndex, search
from samspill.qualitative.queries.words import stem


def _project(*texts: str):
    sources = tuple(Source(str(n), f"Source {n}", text) for n, text in enumerate(texts))
    return Project("P", sources=sources).tables()


def _found(tables, query, **options):
    return search(tables, query, **options).frame["text"].to_list()


@pytest.mark.parametrize(
    ("bokmal", "nynorsk"),
    [
        ("foreningene", "foreiningane"),
        ("kommunene", "kommunane"),
        ("frivillighet", "frivilligheit"),
        ("møteplasser", "møteplassar"),
        ("tilskuddsordninger", "tilskotsordningar"),
        ("vanskelig", "vanskeleg"),
        ("skoler", "skular"),
        ("muligheten", "moglegheita"),
        ("ildsjeler", "eldsjeler"),
        ("ikke", "ikkje"),
        ("Åsane", "Aasane"),
    ],
)
def test_a_word_of_one_norwegian_finds_the_other(bokmal, nynorsk):
    tables = _project(f"Her er {bokmal}.", f"Her er {nynorsk}.")
    assert _found(tables, bokmal) == [bokmal, nynorsk]
    assert _found(tables, nynorsk) == [bokmal, nynorsk]


def test_exact_words_are_found_without_stems():
    tables = _project("kommune kommunen Kommune")
    assert _found(tables, "kommune", stems=False) == ["kommune", "Kommune"]


def test_letters_with_combining_marks_are_found_where_they_stand():
    tables = _project("😀 Vi fa\u030ar ikkje svar.")
    hit = search(tables, "får").frame.row(0, named=True)
    assert (hit["start"], hit["text"]) == (5, "fa\u030ar")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"ingen penger"', ["ingen penger"]),
        ("«ingen penger»", ["ingen penger"]),
        ("penger NOT ingen", ["penger"]),
        ("penger IKKE ingen", ["penger"]),
        ("penger AND leie", ["penger", "leie"]),
        ("leie OG penger", ["penger", "leie"]),
        ("leie OR kor", ["leie", "koret"]),
        ("idretts*", ["Idrettslaget", "idrettsrådet"]),
        ("(penger OR idretts*) ingen NOT bil", ["ingen", "penger"]),
        ("ingen NEAR/1 møter", ["Ingen", "møter"]),
        ("ingen NEAR/0 møter", []),
        ("penger bil", []),
    ],
)
def test_operators(query, found):
    tables = _project(
        "Det er ingen penger.\nDet er penger til leie.\nIngen kommer på møter.",
        "Idrettslaget og idrettsrådet, og koret har bil. Ingen av dem møter.",
    )
    if "NEAR" in query:
        tables = _project("Ingen har møter.", "Ingen kommer aldri på møter.")
    assert _found(tables, query) == found


def test_words_can_be_sought_together_in_the_whole_source():
    tables = _project("Her er penger.\nHer er bil.", "Bare penger.")
    assert _found(tables, "penger bil") == []
    assert _found(tables, "penger bil", within="source") == ["penger", "bil"]


WORDS = ["lag", "kor", "hus", "bil"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*WORDS, "\n"]), max_size=12), min_size=1, max_size=3),
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.integers(0, 3),
)
def test_near_and_not_are_what_reading_gives(texts, one, other, apart):
    joined = [re.sub(r" ?\n ?", "\n", " ".join(words)) for words in texts]
    tables = _project(*joined)
    near, without = [], []
    for text in joined:
        for line in text.split("\n"):
            words = line.split()
            for place, word in enumerate(words):
                partner = other if word == one else one
                if word in (one, other) and any(
                    w == partner and 0 < abs(place - p) <= apart + 1 for p, w in enumerate(words)
                ):
                    near.append(word)
                if word == one and other not in words:
                    without.append(word)
    index = SearchIndex(tables)
    assert _found(index, f"{one} NEAR/{apart} {other}") == near
    if one != other:
        assert _found(index, f"{one} NOT {other}") == without


def test_an_excerpt_marks_every_hit_in_it_and_escapes_the_rest():
    hits = search(_project("a < b, kor og kor og " + "x " * 99 + "kor"), "kor", excerpt=30)
    first = hits.frame.row(0, named=True)
    marked = [first["excerpt"][a:b] for a, b in first["marks"]]
    assert marked == ["kor", "kor"]
    assert hits.marked()[0].startswith("a &lt; b, <mark>kor</mark> og <mark>kor</mark>")
    assert hits.by_source()["hits"].to_list() == [3]


def test_a_limit_still_counts_all():
    hits = search(_project("kor " * 9), "kor", limit=2)
    assert (hits.frame.height, hits.total) == (2, 9)


@pytest.mark.parametrize(
    "query",
    ["", '"open', "(kor", "kor)", "AND", "kor OR", "NOT kor", "kor NEAR/x lag", "*", "kor AND ..."],
)
def test_a_search_that_cannot_be_read_says_why(query):
    with pytest.raises(SamspillError) as fault:
        search(_project("kor"), query)
    assert fault.value.next_step


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20))
def test_any_search_is_answered_or_refused(query):
    try:
        search(_project("kor og lag"), query)
    except SamspillError as fault:
        assert fault.next_step


@settings(deadline=None)
@given(st.text(alphabet="bdeghijklmnoprstuvyåøæ", min_size=1, max_size=15))
def test_capitals_and_double_a_make_no_difference(word):
    assert stem(word.upper()) == stem(word) == stem(word.replace("å", "aa"))


def test_a_project_without_text_has_no_hits():
    assert search(_project(""), "kor").total == 0
    assert search(Project("Empty").tables(), "kor").total == 0
