"""Which questions answers open, what is wrong with an answer, and what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from instrument.instrument_examples import small, sound_instruments

from samspill.instrument import (
    Item,
    missing_items,
    normalise_answers,
    progress,
    relevant_items,
    relevant_steps,
    steps,
    validate_answers,
    without_irrelevant,
    worded,
)

CULTURE, INTEGRATION = "culture_leisure", "integration"
OPEN = {Item(CULTURE, "has_relation"): "1", Item(INTEGRATION, "has_relation"): "0"}


def answers(**given):
    return OPEN | {Item("", name): value for name, value in given.items()}


def faults(given, language="en", **keywords):
    return [(f.item, f.kind) for f in validate_answers(small(), given, language, **keywords)]


def test_a_page_comes_for_each_field_with_a_relation_and_no_other():
    assert [s.identifier for s in relevant_steps(small(), {})] == ["first", "last"]
    found = [s.identifier for s in relevant_steps(small(), OPEN)]
    assert found == ["first", f"area.{CULTURE}", "last"]
    assert len(steps(small())) == 4


def test_an_answer_that_is_closed_opens_nothing():
    given = OPEN | {
        Item(CULTURE, "organisations"): "5",
        Item(CULTURE, "grants"): "1",
        Item(INTEGRATION, "organisations"): "5",
        Item(INTEGRATION, "grants"): "1",
    }
    assert Item(CULTURE, "amount") in relevant_items(small(), given)
    assert Item(INTEGRATION, "amount") not in relevant_items(small(), given)
    closed = given | {Item(CULTURE, "has_relation"): "0", Item("", "channels"): ("other",)}
    assert Item("", "other_channel") not in relevant_items(small(), closed)


def test_closed_answers_are_kept_while_answering_and_do_not_count():
    given = OPEN | {Item(INTEGRATION, "organisations"): "7"}
    assert faults(given) == []
    assert without_irrelevant(small(), given) == OPEN
    opened = given | {Item(INTEGRATION, "has_relation"): "1"}
    assert without_irrelevant(small(), opened) == opened


def test_faults_are_told_in_the_language_and_in_the_order_of_the_form():
    given = answers(channels=["other", "mail", "phone"], importance="7", nothing="x")
    given[Item(CULTURE, "organisations")] = "900"
    found = validate_answers(small(), given, "nb")
    assert [(f.item, f.kind) for f in found] == [
        (Item(CULTURE, "organisations"), "constraint"),
        (Item("", "channels"), "constraint"),
        (Item("", "other_channel"), "required"),
        (Item("", "importance"), "value"),
        (Item("", "nothing"), "unknown"),
    ]
    assert found[0].message == "Skriv et tall fra 1 til 500."
    assert found[2].message == "Svar på dette spørsmålet."
    assert validate_answers(small(), given, "en")[2].message == "Answer this question."


def test_one_step_is_validated_alone():
    first = steps(small())[0]
    assert faults({}, step=first) == [
        (Item(CULTURE, "has_relation"), "required"),
        (Item(INTEGRATION, "has_relation"), "required"),
    ]
    assert faults({Item(CULTURE, "has_relation"): "x"}, step=first)[0][1] == "value"
    last = steps(small())[-1]
    assert faults({}, step=last) == []


@pytest.mark.parametrize(
    ("variable", "language", "raw", "value"),
    [
        ("organisations", "nb", " 1 234 ", "1234"),
        ("organisations", "nb", "12\u00a0345\u202f678", "12345678"),
        ("organisations", "en", "007", "7"),
        ("amount", "nb", "12,50", "12.50"),
        ("amount", "nb", "1 234,5", "1234.5"),
        ("amount", "nb", "12.5", "12.5"),
        ("amount", "nb", "1,234", "1.234"),
        ("amount", "en", "1.234", "1.234"),
        ("amount", "nb", "\u22123,5", "-3.5"),
        ("amount", "nb", "-0", "0"),
    ],
)
def test_numbers_are_read_as_people_write_them(variable, language, raw, value):
    found, wrong = normalise_answers(small(), {Item(CULTURE, variable): raw}, language)
    assert not wrong
    assert found == {Item(CULTURE, variable): value}


@pytest.mark.parametrize(
    ("variable", "language", "raw"),
    [
        ("organisations", "nb", "1.234"),
        ("organisations", "en", "1,234"),
        ("organisations", "nb", "12 34"),
        ("organisations", "nb", "-1"),
        ("organisations", "nb", "2,5"),
        ("organisations", "nb", "mange"),
        ("organisations", "nb", "1" * 19),
        ("organisations", "nb", "²"),
        ("amount", "nb", "1.234"),
        ("amount", "en", "1,234"),
        ("amount", "nb", "1,2,3"),
        ("amount", "nb", "1e5"),
        ("amount", "nb", "nan"),
        ("has_relation", "nb", ["1", "0"]),
        ("has_relation", "nb", "ja"),
    ],
)
def test_what_could_mean_two_things_is_refused(variable, language, raw):
    found, wrong = normalise_answers(small(), {Item(CULTURE, variable): raw}, language)
    assert found == {}
    assert [fault.kind for fault in wrong] == ["value"]


def test_several_answers_come_in_the_order_of_the_form():
    raw = {Item("", "channels"): ["other", "mail"], Item("", "importance"): "  "}
    found, wrong = normalise_answers(small(), raw, "nb")
    assert found == {Item("", "channels"): ("mail", "other")}
    assert not wrong


def test_text_keeps_its_lines_and_loses_what_cannot_be_stored():
    raw = {Item("", "other_channel"): " a\r\nb\x00\rc\ud800 "}
    assert normalise_answers(small(), raw, "nb")[0] == {Item("", "other_channel"): "a\nb\nc"}
    long = {Item("", "other_channel"): "x" * 20_001}
    assert normalise_answers(small(), long, "nb")[1][0].message == "Skriv høyst 20000 tegn."


def test_progress_and_what_is_missing_follow_the_answers():
    assert progress(small(), {}).asked == 3
    assert progress(small(), OPEN).share == pytest.approx(2 / 6)
    assert missing_items(small(), OPEN)[:2] == (
        Item(CULTURE, "organisations"),
        Item(CULTURE, "grants"),
    )
    assert missing_items(small(), answers(channels=("other",)), required=True) == (
        Item("", "other_channel"),
    )


def test_the_field_stands_in_the_text():
    page = small().pages[1]
    assert worded(page.title, "en", small(), CULTURE) == "About Culture and leisure"
    assert worded(page.questions[0].text, "nb", small(), INTEGRATION) == "Hvor mange i Integrering?"


@st.composite
def filled(draw):
    made = draw(sound_instruments)
    given = {}
    for step in steps(made):
        for asked in step.asked:
            if not asked.question.has_answer or draw(st.booleans()):
                continue
            values = [c.value for c in asked.question.categories] or ["0", "3", "12,5", "x"]
            several = st.lists(st.sampled_from(values), min_size=1, max_size=2)
            one = st.sampled_from(values)
            given[asked.item] = draw(several if asked.question.type == "multiple" else one)
    return made, given


@given(filled())
def test_values_are_stable_and_only_open_items_have_faults(example):
    made, given = example
    values, _ = normalise_answers(made, given, "nb")
    assert normalise_answers(made, values, "nb") == (values, [])
    opened = set(relevant_items(made, values))
    assert {fault.item for fault in validate_answers(made, given, "nb")} <= opened
    kept = without_irrelevant(made, values)
    assert set(kept) <= opened
    assert relevant_items(made, kept) == relevant_items(made, values)
    assert validate_answers(made, kept, "nb") == validate_answers(made, values, "nb")
    state = progress(made, values)
    assert state.answered + len(missing_items(made, values)) == state.asked == len(opened)
