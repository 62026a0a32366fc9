"""The interview guide: complete in every language, and linked to every code both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from samspill.errors import InvalidInput, SamspillError
from samspill.language import languages
from samspill.qualitative.codebook import shipped_codebook
from samspill.selection import load_guide
from samspill.selection.guide import Guide, Question, read_guide, shipped_codes
from samspill.selection.guide_editing import moved, to_toml, with_question, without_question
from samspill.vocabulary import load


def test_every_shipped_code_is_fed_and_every_question_feeds_one() -> None:
    check = load_guide().check()
    assert (check.unfed, check.feeding_nothing, check.unknown) == ((), (), ())


def test_the_codes_of_the_check_are_those_of_the_codebook() -> None:
    concepts = {code.concept for code in shipped_codebook("nb") if code.codable}
    assert concepts == {path for path, _ in shipped_codes()}


@pytest.mark.parametrize("language", languages())
def test_every_question_is_written_in_every_language(language: str) -> None:
    guide = load_guide()
    texts = [question.text(language) for question in guide.questions]
    assert all(text.endswith(("?", ".")) for text in texts)
    assert len(set(texts)) == len(texts)
    assert all(guide.parts[question.part][language] for question in guide.questions)


def test_every_side_and_field_is_asked_what_is_for_it_and_no_more() -> None:
    guide, words = load_guide(), load()
    for side in words.sides:
        for concept in words.fields.having(in_depth=True):
            asked = guide.asked(side, concept.identifier)
            assert len(asked) >= 18
            assert all(side in question.sides for question in asked)
    health = {q.identifier for q in guide.asked("organisation", "health_care")}
    assert "around_care" in health
    assert not health & {"around_school", "finding_organisations"}


def test_a_code_without_a_question_and_a_question_without_a_code_are_named() -> None:
    codes = [("barriers/coordination", "Coordination"), ("own", "A code of one's own")]
    check = load_guide().check(codes)
    assert check.unfed == ("own",)
    fed = {name for name in check.frame["identifiers"].str.split("; ").explode() if name}
    assert "contact_person" in fed
    assert "recognition" in check.feeding_nothing


def test_a_guide_with_faults_is_told_of_each_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "guide.toml"
    file.write_text(
        '[part.a]\nnb = "A"\nnn = "A"\nen = "A"\n'
        '[[question]]\nidentifier = "x"\npart = "b"\nsides = ["king"]\nfeeds = []\n'
        'text.nb = " "\n[[question]]\nidentifier = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as error:
        load_guide(file)
    assert [(p.row, p.column) for p in error.value.problems] == [
        (1, "part"), (1, "sides"), (1, "text"), (2, "part"),
    ]  # fmt: skip


def test_a_guide_of_ones_own_may_be_in_one_language() -> None:
    guide = with_question(
        SMALL, Question("c", "end", ("organisation",), (), (), {"nn": "Kva no?"}, {})
    )
    assert guide.questions[-1].text("en") == "Kva no?"
    assert guide.questions[-1].probe("en") == ""


SMALL = Guide(
    (
        Question("a", "begin", ("municipality",), (), (), {"nb": "Hva?"}, {"nb": "Mer?"}),
        Question("b", "begin", ("municipality", "organisation"), ("health_care",), ("own",),
                 {"nb": "Hvem?", "en": "Who?"}, {}),
        Question("z", "end", ("organisation",), (), (), {"nb": "Noe å tilføye?"}, {}),
    ),
    {"begin": {"nb": "Først"}, "end": {"nb": "Sist"}},
)  # fmt: skip


def _order(guide: Guide) -> str:
    return "".join(question.identifier for question in guide.questions)


@pytest.mark.parametrize("guide", [load_guide(), SMALL])
def test_a_guide_written_to_a_file_is_the_same_guide(guide: Guide) -> None:
    assert read_guide(to_toml(guide).encode(), "x").content() == guide.content()


@pytest.mark.parametrize("text", ['A "quoted" \\ text', "Two\nlines\tand a tab", "\x7f\x00", "å 𝔄"])
def test_any_text_goes_through_a_file(text: str) -> None:
    question = Question("a", "p q", ("municipality",), (), (), {"nb": f"x{text}"}, {})
    guide = Guide((question,), {"p q": {"nb": "P"}})
    assert read_guide(to_toml(guide).encode(), "x").content() == guide.content()


def test_questions_move_within_their_part() -> None:
    assert _order(moved(SMALL, "b", -1)) == "baz"
    assert _order(moved(SMALL, "b", 5)) == "abz"
    assert _order(moved(moved(SMALL, "a", 1), "a", -1)) == "abz"


def test_a_question_that_changes_part_comes_last_there_and_an_empty_part_goes() -> None:
    last = SMALL.questions[2]
    at_first = Question(last.identifier, "begin", last.sides, (), (), last.texts, {})
    guide = with_question(SMALL, at_first)
    assert (_order(guide), list(guide.parts)) == ("abz", ["begin"])
    new = Question("n", "middle", ("municipality",), (), (), {"en": "New?"}, {})
    guide = with_question(SMALL, new, {"en": "Middle"})
    assert (_order(guide), list(guide.parts)) == ("abzn", ["begin", "end", "middle"])
    with pytest.raises(SamspillError):
        with_question(SMALL, new)


def test_the_only_question_stays() -> None:
    one = without_question(without_question(SMALL, "a"), "z")
    assert _order(one) == "b"
    with pytest.raises(SamspillError):
        without_question(one, "b")


@pytest.mark.parametrize(
    "written",
    [
        b"\xff", b"question = 3\npart = 4", b"[part]\n[[question]]",
        b'[part]\na = "A"\n[[question]]\nidentifier = "x"',
        b'[part.a]\nnb = "A"\n[[question]]\nidentifier = "x"\npart = "a"\nsides = "king"\n'
        b'feeds = [1]\ntext = "Hva?"',
    ],
)  # fmt: skip
def test_what_is_no_guide_is_refused(written: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_guide(written, "guide.toml")
