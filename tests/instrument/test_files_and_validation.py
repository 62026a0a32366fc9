"""The file: what is written reads back equal, and every fault is named with its place."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from instrument.instrument_examples import SMALL, small, sound_instruments

from samspill.errors import InvalidInput
from samspill.instrument import (
    instrument_digest,
    parse_instrument,
    read_instrument,
    write_instrument,
)
from samspill.instrument.toml_writing import instrument_text


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(sound_instruments)
def test_what_is_written_reads_back(made):
    read = parse_instrument(instrument_text(made))
    assert read == made
    assert instrument_digest(read) == instrument_digest(made)


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    file = write_instrument(small(), tmp_path / "new" / "small.toml")
    assert read_instrument(file) == small()
    before = file.read_bytes()
    broken = SMALL.replace('languages = ["nb", "en"]', 'languages = ["nb", "nn", "en"]')
    with pytest.raises(InvalidInput):
        parse_instrument(broken)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["small.toml"]


def test_any_change_of_a_word_or_a_rule_changes_the_digest():
    digest = instrument_digest(small())
    for old, new in (("muntlig", "Muntlig"), ("<= 500", "<= 501"), ("required = true\n", "")):
        assert old in SMALL
        changed = parse_instrument(SMALL.replace(old, new, 1))
        assert instrument_digest(changed) != digest
    assert instrument_digest(parse_instrument("# a comment\n" + SMALL)) == digest


def places(text):
    with pytest.raises(InvalidInput) as caught:
        parse_instrument(text)
    assert all(problem.message and problem.next_step for problem in caught.value.problems)
    return [problem.column for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('title.en = "Small form"\n', "", "title.en"),
        ('text.en = "How many in {field}?"\n', "", "page area.organisations.text.en"),
        ('hint.nb = "Også muntlig."\n', "", "page first.has_relation.hint.nb"),
        ('text.en = "Which?"', 'text.nn = "Kva?"', "page last.other_channel.text.nn"),
        ("'other')", "'others')", "page last.other_channel.relevance"),
        ("${grants} = '1'", "${grant} = '1'", "page area.amount.relevance"),
        ("${grants} = '1'", "${grants} = 'yes'", "page area.amount.relevance"),
        ("${grants} = '1'", "${reminder} = '1'", "page area.amount.relevance"),
        ("${grants} = '1'", "${amount} > 0", "page area.amount.relevance"),
        ("${grants} = '1'", "${importance} = '3'", "page area.amount.relevance"),
        ("${has_relation} = '1'\"", "${grants} = '1'\"", "page area.relevance"),
        ("count(${has_relation}[. = '1'])", "${has_relation}", "page last.channels.relevance"),
        ("count(${has_relation}", "count(${importance}", "page last.channels.relevance"),
        ("selected(${channels}, 'other')", "regex(., 'a')", "page last.other_channel.relevance"),
        ("selected(${channels}, 'other')", "${channels} =", "page last.other_channel.relevance"),
        (". > 0 and", "${organisations}", "page area.organisations.constraint"),
        ('variable = "amount"', 'variable = "grants"', "variable grants"),
        ('variable = "amount"', 'variable = "grants_integration"', "variable grants_integration"),
        ('variable = "amount"', 'variable = "beløp"', "variable beløp"),
        ('identifier = "last"', 'identifier = "area"', "page area"),
        ('type = "number"', 'type = "money"', "page area.amount.type"),
        ('type = "number"', 'type = "nominal"', "page area.amount.code_list"),
        ('"text"\n', '"text"\ncode_list = "scale"\n', "page last.other_channel.code_list"),
        ('code_list = "channels"', 'code_list = "scale"', "page last.other_channel.relevance"),
        ('code_list = "channels"', 'code_list = "none"', "page last.channels.code_list"),
        ('value = "phone"', 'value = "mail"', "code_list channels.mail"),
        ('value = "phone"', 'value = "the phone"', "code_list channels.the phone"),
        ('value = "3"', 'value = "much"', "page last.importance.code_list"),
        ('implied = "0"', 'implied = "no"', "page area.grants.implied"),
        ('repeat = "page_per_field"', 'repeat = "often"', "page area.repeat"),
        ('repeat = "page_per_field"', "", "page area"),
        ('title.nb = "Lite skjema"', 'title.nb = "Lite ${x}"', "title.nb"),
        ('languages = ["nb", "en"]', 'languages = "nb"', "languages"),
        ('required = true', 'required = "yes"', "page first.has_relation.required"),
        ('required = true', "requierd = true", "page first.has_relation.requierd"),
        ('version = "1"', "", "version"),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_place(old, new, place):
    assert old in SMALL
    assert place in places(SMALL.replace(old, new, 1))


def test_relevance_in_a_circle_is_found():
    closed = SMALL.replace(
        'variable = "channels"\n', 'variable = "channels"\nrelevance = "${other_channel} = \'x\'"\n'
    ).replace("relevance = \"count(${has_relation}[. = '1']) >= 1\"\n", "")
    assert {p for p in places(closed) if p.endswith("relevance")} == {
        "page last.channels.relevance",
        "page last.other_channel.relevance",
    }


def test_a_list_of_missing_answers_alone_is_empty():
    text = SMALL.replace('en = "Much" } }', 'en = "Much" }, missing = true }').replace(
        'en = "A little" } }', 'en = "A little" }, missing = true }'
    )
    assert "code_list scale" in places(text)


@pytest.mark.parametrize("text", ["", "= 1", "page = 3", "[[page]]\nquestion = 1", "x = [[[["])
def test_what_is_no_instrument_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_instrument(text)


def test_a_missing_and_a_binary_file_are_refused(tmp_path):
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("a.toml", "b.toml"):
        with pytest.raises(InvalidInput):
            read_instrument(tmp_path / name)
