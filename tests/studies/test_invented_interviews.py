"""The invented interviews hold what their README promises, and a file with a fault is refused."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from samspill.errors import InvalidInput
from samspill.studies import invented_interviews
from samspill.studies.invented_interviews import interview_study, interviews
from samspill.vocabulary import load

HERE = Path(invented_interviews.__file__).parent
MADE_UP = HERE.parents[1] / "web" / "demonstration" / "made_up.toml"
EVIDENCE = {
    "formal_arena",
    "informal_contact",
    "one_sided_dependence",
    "mutual_dependence",
    "law",
    "leeway",
    "general_support",
    "targeted_support",
    "paid_task",
}
ENABLERS = {
    "coordinator",
    "meeting_points",
    "written_agreements",
    "early_involvement",
    "umbrella_bodies",
    "predictable_funding",
    "followed_up_policy",
    "mapping",
    "recognition",
}
BARRIERS = {
    code
    for barrier in load().barriers.concepts
    for code in (
        barrier.identifier,
        *(f"{barrier.identifier}/{each.identifier}" for each in barrier.narrower),
    )
}
CODES = (
    {f"barriers/{code}" for code in BARRIERS}
    | {f"placement_evidence/{code}" for code in EVIDENCE}
    | {f"enablers/{code}" for code in ENABLERS}
)
ALL = pytest.mark.parametrize("interview", interviews(), ids=lambda each: each.identifier)
LONG_ENOUGH_TO_BE_SOMEONES = 40


def spoken(interview):
    """Who speaks and what is said, paragraph by paragraph."""
    return [tuple(line.split(": ", 1)) for line in interview.text.splitlines()]


def test_there_are_enough_of_each_kind():
    every = interviews()
    assert len(every) >= 24
    assert len({each.identifier for each in every}) == len(every)
    assert {each.side for each in every} == {"municipality", "organisation"}
    assert {field for each in every for field in each.fields} == {
        concept.identifier for concept in load().fields.having(in_depth=True)
    }
    assert {each.unit for each in every} == set(interview_study().units)
    assert {each.consent for each in every} == set(interview_study().consents)
    assert {each.interviewer for each in every} == set(interview_study().interviewers)
    languages = Counter(each.language for each in every)
    assert set(languages) == {"nb", "nn"}
    assert 0.25 < languages["nn"] / len(every) < 0.4


def test_coverage_is_uneven():
    spoken_for = Counter(
        (each.unit, field, each.side) for each in interviews() for field in each.fields
    )
    possible = len(interview_study().units) * 4 * 2
    assert len(spoken_for) < possible
    assert max(spoken_for.values()) == 2
    assert any(len(each.fields) == 2 for each in interviews())


def test_units_are_those_of_the_made_up_study():
    made_up = tomllib.loads(MADE_UP.read_text(encoding="utf-8"))
    assert interview_study().study == made_up["study"]["slug"]
    places = [f + last for f in made_up["places"]["first"] for last in made_up["places"]["last"]]
    assert len(interview_study().units) >= 6
    for identifier, name in interview_study().units.items():
        assert places[int(identifier.removeprefix("M")) - 1] == name


def test_every_file_says_that_it_is_invented():
    for path in HERE.glob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        assert content["invented"] is True
        assert all(coder["invented"] is True for coder in content.get("coder", []))


@ALL
def test_an_interview_is_a_conversation_of_the_promised_length(interview):
    turns = spoken(interview)
    assert 800 <= sum(len(said.split()) for _, said in turns) <= 1500
    assert {speaker for speaker, _ in turns} == set(interview.speakers)
    assert interview.date.year == 2026


@ALL
def test_both_coders_coded_it(interview):
    coded = Counter(coder for coding in interview.codings for coder in coding.coders)
    assert set(coded) == set(interview_study().coders)
    assert all(15 <= number <= 35 for number in coded.values())
    assert any(len(coding.coders) == 1 for coding in interview.codings)
    assert any(len(coding.coders) == 2 for coding in interview.codings)


@ALL
def test_a_passage_is_words_of_one_paragraph_and_coded_once_by_each(interview):
    seen = Counter()
    for coding in interview.codings:
        words = interview.passage(coding)
        assert interview.text.count(words) == 1
        assert words == words.strip()
        assert "\n" not in words
        around = interview.text[coding.start - 1], interview.text[coding.end]
        assert not any(character.isalnum() for character in around)
        seen.update((coding.code, coder, coding.start, coding.end) for coder in coding.coders)
    assert set(seen.values()) == {1}


@ALL
def test_there_are_names_and_places_to_find(interview):
    kinds = {
        known.kind
        for known in interview_study().known
        for name in (known.text, *known.also)
        if re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", interview.text)
    }
    assert {"person", "place"} <= kinds


def test_every_known_name_is_mentioned():
    everything = "\n".join(each.text for each in interviews())
    for known in interview_study().known:
        for name in (known.text, *known.also):
            assert name in everything


def test_every_barrier_kind_of_help_and_kind_of_evidence_is_used_by_both_coders():
    for coder in interview_study().coders:
        used = {
            coding.code
            for each in interviews()
            for coding in each.codings
            if coder in coding.coders
        }
        assert used == CODES


def test_nobody_says_what_another_says():
    for one, other in combinations(interviews(), 2):
        for _, said in spoken(one):
            assert len(said) < LONG_ENOUGH_TO_BE_SOMEONES or said not in other.text
        for here, there in ((one, other), (other, one)):
            for coding in here.codings:
                words = here.passage(coding)
                assert len(words) < LONG_ENOUGH_TO_BE_SOMEONES or words not in there.text


def test_the_coders_agree_as_real_ones_do():
    """Cohen's kappa (1960) over all codes, each character of each interview a decision on each."""
    both = first = second = decisions = 0
    for each in interviews():
        decisions += len(each.text) * len(CODES)
        by_code = {}
        for coding in each.codings:
            for coder in coding.coders:
                marked = by_code.setdefault(coding.code, {}).setdefault(coder, set())
                marked.update(range(coding.start, coding.end))
        for marked in by_code.values():
            one, other = (marked.get(coder, set()) for coder in interview_study().coders)
            both, first, second = both + len(one & other), first + len(one), second + len(other)
    observed = (decisions - first - second + 2 * both) / decisions
    one, other = first / decisions, second / decisions
    expected = one * other + (1 - one) * (1 - other)
    assert 0.6 < (observed - expected) / (1 - expected) < 0.85


@pytest.fixture
def folder(tmp_path):
    """A folder with what is common and one of the interviews."""
    for path in (HERE / "study.toml", next(HERE.glob("01-*.toml"))):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, old, new):
    (path,) = folder.glob("01-*.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(folder):
    with pytest.raises(InvalidInput) as caught:
        interviews(folder)
    return caught.value.problems


def test_a_folder_of_ones_own_is_read(folder):
    assert [each.identifier for each in interviews(folder)] == ["01"]


@pytest.mark.parametrize(
    ("quote", "fault"),
    [
        ("Dette sa ingen.", "is not in the text"),
        ("Jeg", "is in the text more than once"),
        ("ja\\nnei", "runs over the end of a line"),
        ("", "is empty"),
    ],
)
def test_a_quote_that_cannot_be_placed_is_named(folder, quote, fault):
    (path,) = folder.glob("01-*.toml")
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\n[[coding]]\ncode = "barriers/other"\ncoders = ["IH"]\nquote = "{quote}"\n')
    (problem,) = faults(folder)
    assert fault in problem.message
    assert (problem.file, problem.column) == (path.name, "quote")
    assert problem.row == len(tomllib.loads(path.read_text(encoding="utf-8"))["coding"])


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('unit = "M0021"', 'unit = "M9999"', "unit"),
        ('consent = "anonymous"', 'consent = "perhaps"', "consent"),
        ('interviewer = "I1"', 'interviewer = "I7"', "interviewer"),
        ('language = "nb"', "", "language"),
        ('fields = ["culture_leisure"]', 'fields = "culture_leisure"', "fields"),
    ],
)
def test_what_is_missing_or_strange_is_named(folder, old, new, column):
    change(folder, old, new)
    assert [problem.column for problem in faults(folder)] == [column]


def test_all_faults_are_told_at_once(folder):
    change(folder, 'unit = "M0021"', 'unit = "M9999"')
    change(folder, 'coders = ["FB"]', 'coders = ["XX"]')
    assert {problem.column for problem in faults(folder)} == {"unit", "coders"}


def test_a_file_that_is_not_toml_and_a_missing_study_are_named(folder):
    (folder / "02-broken.toml").write_text("text = ", encoding="utf-8")
    assert [problem.file for problem in faults(folder)] == ["02-broken.toml"]
    (folder / "study.toml").unlink()
    assert [problem.file for problem in faults(folder)] == ["study.toml"]
