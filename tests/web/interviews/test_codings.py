"""Coding passages."""

import pytest

from samspill.errors import SamspillError


def test_positions_are_codepoints(study, source, codes, make_user):
    from samspill.web.interviews.actions import add_coding

    start = source.text.index("I keep")
    coding = add_coding(
        actor=make_user("coder", study), source=source, start=start, end=start + 6, code=codes[0]
    )
    assert source.text[coding.start : coding.end] == "I keep"


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (6, 4), (0, 10_000)])
def test_words_that_are_not_there_are_refused(study, source, codes, make_user, start, end):
    from samspill.web.interviews.actions import add_coding

    with pytest.raises(SamspillError, match="do not stand in the text"):
        add_coding(
            actor=make_user("coder", study), source=source, start=start, end=end, code=codes[0]
        )


def test_nothing_is_coded_with_a_heading(study, source, codes, make_user):
    from samspill.web.interviews.actions import add_coding

    with pytest.raises(SamspillError, match="is a heading"):
        add_coding(
            actor=make_user("coder", study), source=source, start=0, end=3, code=codes[0].parent
        )


def test_the_same_twice_is_one_coding(study, source, codes, make_user):
    from samspill.web.interviews.actions import add_coding
    from samspill.web.interviews.changes import last_number

    user = make_user("coder", study)
    first = add_coding(actor=user, source=source, start=0, end=3, code=codes[0])
    number = last_number(study)
    assert add_coding(actor=user, source=source, start=0, end=3, code=codes[0]) == first
    assert last_number(study) == number


def test_coders_with_the_same_initials_are_told_apart(study, make_user):
    from samspill.web.interviews.coders import coder_of

    people = [make_user("coder", study, name=name) for name in ("Ida Holt", "Iver Hagen", "")]
    assert [coder_of(study, person).initials for person in people[:2]] == ["IH", "IH2"]
    assert coder_of(study, people[2]).initials
    assert coder_of(study, people[0]) == coder_of(study, people[0])
