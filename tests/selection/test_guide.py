"""The interview guide: complete in every language, and linked to every code both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from samspill.errors import InvalidInput
from samspill.language import languages
from samspill.qualitative.codebook import shipped_codebook
from samspill.selection import load_guide
from samspill.selection.guide import shipped_codes
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
        'text.nb = "Hva?"\ntext.nn = "Kva?"\n[[question]]\nidentifier = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as error:
        load_guide(file)
    assert [(p.row, p.column) for p in error.value.problems] == [
        (1, "part"), (1, "sides"), (1, "text.en"), (2, "part"),
    ]  # fmt: skip
