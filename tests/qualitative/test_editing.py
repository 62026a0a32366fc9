"""A coding stays on its words when its text is edited."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Coding, Source, TimePoint
from samspill.qualitative.editing import Edit, apply_edits, edit

TEXTS = st.text("ab cå😀\u0301\n.", max_size=60)


def source(text: str, *times: int) -> Source:
    points = tuple(TimePoint(position, position * 10) for position in times)
    return Source("s", "Interview", text, times=points)


def coding(start: int, end: int, guid: str = "c") -> Coding:
    return Coding(guid, "s", start, end, "code")


def on(text: str, words: str) -> Coding:
    start = text.index(words)
    return coding(start, start + len(words))


def words_after(edited) -> str:
    (left,) = edited.codings
    return edited.source.text[left.start : left.end]


@st.composite
def coded_and_edited(draw):
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    cuts = sorted(draw(st.lists(places, max_size=8)))
    edits = [
        Edit(a, b, draw(st.text("xyå😀 \n", max_size=5)))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    spans = draw(st.lists(st.tuples(places, places), max_size=8))
    codings = [coding(min(s), max(s), str(i)) for i, s in enumerate(spans)]
    return text, edits, codings


@given(coded_and_edited())
def test_a_span_that_no_edit_touches_holds_the_same_words(made):
    text, edits, codings = made
    edited = apply_edits(source(text), edits, codings)
    after = {c.guid: edited.source.text[c.start : c.end] for c in edited.codings}
    for c in codings:
        if all(e.end <= c.start or e.start >= c.end for e in edits):
            assert after[c.guid] == text[c.start : c.end]
            assert c.guid not in edited.changed


@given(coded_and_edited())
def test_the_inverse_edit_brings_text_and_untouched_spans_back(made):
    text, edits, codings = made
    edited = apply_edits(source(text), edits, codings)
    back = apply_edits(edited.source, edited.undo, edited.codings)
    assert back.source.text == text
    there = {c.guid: c for c in back.codings}
    for c in codings:
        if c.start < c.end and all(e.end < c.start or e.start > c.end for e in edits):
            assert there[c.guid] == c


@given(coded_and_edited())
def test_every_coding_is_left_or_lost_and_lies_in_the_text(made):
    text, edits, codings = made
    edited = apply_edits(source(text), edits, codings)
    lost = {item.coding.guid: item.words for item in edited.lost}
    assert {c.guid for c in edited.codings} | set(lost) == {c.guid for c in codings}
    assert not {c.guid for c in edited.codings} & set(lost)
    for c in edited.codings:
        assert 0 <= c.start <= c.end <= len(edited.source.text)
    for c in codings:
        if c.guid in lost:
            assert lost[c.guid] == text[c.start : c.end]


@given(TEXTS, TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_any_text_becomes_any_other_and_back(old, new, spans):
    codings = [
        coding(min(a, b, len(old)), min(max(a, b), len(old)), str(i))
        for i, (a, b) in enumerate(spans)
    ]
    edited = edit(source(old), new, codings)
    assert edited.source.text == new
    assert len(edited.codings) + len(edited.lost) == len(codings)
    assert apply_edits(edited.source, edited.undo).source.text == old


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_differences_find_the_words_again(rnd: random.Random):
    """Of a text where every word is another, what went and what stayed can be known."""
    words = [f"ord{i}é😀" for i in range(120)]
    text = "".join(word + rnd.choice(" \n") for word in words)
    codings = [on(text, word) for word in words]
    codings = [coding(c.start, c.end, str(i)) for i, c in enumerate(codings)]
    gone = set(rnd.sample(range(120), 30))
    new = " ".join(word for i, word in enumerate(words) if i not in gone)
    edited = edit(source(text), new, codings)
    assert {int(item.coding.guid) for item in edited.lost} == gone
    for c in edited.codings:
        assert new[c.start : c.end] == words[int(c.guid)]


def test_words_put_in_within_a_span_grow_it_and_at_its_border_do_not():
    text = "Vi har ingen oversikt her."
    span = on(text, "ingen oversikt")
    within = apply_edits(source(text), [Edit(13, 13, "god ")], [span])
    assert words_after(within) == "ingen god oversikt"
    assert within.changed == {"c"}
    around = apply_edits(source(text), [Edit(7, 7, "nå "), Edit(21, 21, " i dag")], [span])
    assert words_after(around) == "ingen oversikt"
    assert not around.changed


def test_a_word_spelled_otherwise_keeps_its_coding():
    text = "Me har ikkje noko møteplas i komunen."
    edited = edit(source(text), text.replace("komunen", "kommunen"), [on(text, "komunen")])
    assert words_after(edited) == "kommunen"


def test_a_border_within_replaced_words_moves_outwards():
    text = "Vi savner en fast kontaktperson der borte."
    edited = edit(
        source(text),
        text.replace("fast kontaktperson", "koordinator"),
        [on(text, "person der borte")],
    )
    assert words_after(edited) == "koordinator der borte"


def test_a_span_whose_words_are_gone_is_lost_with_its_old_words():
    text = "Vi fikk beskjed. Det kom for sent. Slik er det."
    span = on(text, "Det kom for sent.")
    edited = edit(source(text), text.replace("Det kom for sent. ", ""), [span])
    assert [(item.coding, item.words) for item in edited.lost] == [(span, "Det kom for sent.")]
    assert edited.codings == ()


def test_a_stand_in_keeps_the_coding_of_the_words_it_stands_for():
    text = "Kari Nordmann sa ja."
    made = [Edit(0, 13, "Anne Berg")]
    edited = apply_edits(source(text), made, [on(text, "Kari")], stand_ins=True)
    assert words_after(edited) == "Anne Berg"
    assert apply_edits(source(text), made, [on(text, "Kari")]).lost


def test_times_move_with_their_words():
    text = "A: en\nB: to\nA: tre"
    edited = apply_edits(source(text, 0, 6, 12), [Edit(3, 5, "hundre"), Edit(6, 12)])
    assert edited.source.text == "A: hundre\nA: tre"
    assert [(t.position, t.milliseconds) for t in edited.source.times] == [(0, 0), (10, 120)]


def test_codings_of_other_sources_stay():
    other = Coding("o", "another", 3, 9, "code")
    assert apply_edits(source("abc def"), [Edit(0, 7)], [other]).codings == (other,)


@pytest.mark.parametrize(
    "edits", [[Edit(0, 3), Edit(2, 4)], [Edit(5, 99)], [Edit(4, 2)], [Edit(-1, 2)]]
)
def test_edits_that_cannot_be_made_are_refused(edits):
    with pytest.raises(SamspillError):
        apply_edits(source("en to tre"), edits)


def test_a_long_text_that_repeats_itself_is_edited():
    text = "ja nei " * 20_000
    new = "vel " + text[:70_000] + "hei " + text[70_000:]
    edited = edit(source(text), new, [coding(10, 13)])
    assert [(c.start, c.end) for c in edited.codings] == [(14, 17)]
