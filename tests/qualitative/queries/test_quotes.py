"""A published quote tells of its speaker only what enough others share, and never the unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qualitative.queries.conversation import conversation

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Project, Source
from samspill.qualitative.model import ANONYMOUS, NAMED_QUOTE, NOT_QUOTED
from samspill.qualitative.queries import quotes
from samspill.qualitative.queries.anonymity import speakers

FIELDS = ["culture_leisure", "health_care", "integration"]


def _project(*sources: Source) -> Project:
    codings = tuple(Coding(f"k{s.guid}", s.guid, 0, len(s.text), "c") for s in sources)
    return Project("P", codes=(Code("c", "Money"),), sources=sources, codings=codings)


def _like(n: int, text: str = "Vi har lite penger.", **known) -> tuple[Source, ...]:
    known = {"side": "organisation", "fields": ("health_care",), **known}
    return tuple(
        Source(f"{known['side']}{i}{known['fields']}", "S", text, **known) for i in range(n)
    )


@pytest.mark.parametrize(
    ("language", "speaker"),
    [
        ("nb", "leder i en organisasjon, helse og omsorg"),
        ("nn", "leder i ein organisasjon, helse og omsorg"),
        ("en", "leder in an organisation, health and care"),
    ],
)
def test_a_quote_is_framed_in_the_language(language, speaker):
    tables = _project(*_like(3, role="leder", unit="Fjellvik")).tables()
    row = quotes(tables, language=language).frame.row(0, named=True)
    assert row["speaker"] == speaker
    marks = "“”" if language == "en" else "«»"
    assert row["quote"] == f"{marks[0]}Vi har lite penger.{marks[1]}"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "leader", "treasurer"]),
            st.sampled_from(["", "municipality", "organisation"]),
            st.lists(st.sampled_from(FIELDS), unique=True, max_size=2),
        ),
        min_size=1,
        max_size=25,
    ),
    st.integers(1, 4),
)
def test_every_description_is_shared_by_enough_and_says_nothing_untrue(people, smallest):
    sources = tuple(
        Source(str(i), "S", "x", unit=f"u{i}", role=role, side=side, fields=tuple(fields))
        for i, (role, side, fields) in enumerate(people)
    )
    told = speakers(Project("P", sources=sources).tables(), smallest)
    shared = Counter(told)
    for source, speaker in zip(sources, told, strict=True):
        if speaker is not None:
            assert shared[speaker] >= smallest
            assert speaker.role in ("", source.role)
            assert speaker.side in ("", source.side)
            assert set(speaker.fields) <= set(source.fields)


def test_a_small_group_loses_its_field_before_its_side():
    few, many = _like(2, fields=("integration",)), _like(4)
    other = _like(1, fields=("culture_leisure",))
    frame = quotes(_project(*few, *other, *many).tables()).frame
    assert (
        frame["speaker"].to_list()
        == ["informant i en organisasjon"] * 3
        + ["informant i en organisasjon, helse og omsorg"] * 4
    )


def test_too_few_altogether_are_not_quoted():
    result = quotes(_project(*_like(2)).tables())
    assert result.frame.is_empty()
    assert "For få informanter" in result.withheld["reason"][0]


def test_who_is_not_to_be_quoted_is_not_and_who_agreed_is_named():
    silent, open_, anonymous = (
        replace(source, consent=consent, unit="fjellvik")
        for source, consent in zip(_like(3), (NOT_QUOTED, NAMED_QUOTE, ANONYMOUS), strict=True)
    )
    result = quotes(
        _project(silent, open_, anonymous).tables(), unit_names={"fjellvik": "Fjellvik"}
    )
    assert result.frame["speaker"].to_list() == [
        "informant i en organisasjon, helse og omsorg, Fjellvik",
        "informant i en organisasjon, helse og omsorg",
    ]
    assert result.withheld["source"].to_list() == [silent.guid]


def test_a_known_name_withholds_the_quote():
    tables = _project(*_like(3, text="Fjellviks lag har lite penger.")).tables()
    result = quotes(tables, known_names=["Fjellvik"])
    assert result.frame.is_empty()
    assert "Fjellvik" in result.withheld["reason"][0]
    assert quotes(tables, known_names=["Fjell"]).frame.height == 3


def test_the_check_for_names_can_be_another():
    tables = _project(*_like(3)).tables()
    asked = []

    def left(text, known):
        asked.append(text)
        return ["penger"]

    assert quotes(tables, names_left=left).frame.is_empty()
    assert len(asked) == 3


def test_speakers_are_taken_off_and_cuts_are_shown():
    project = conversation()
    first = quotes(project.tables(), smallest=1).frame["quote"][0]
    assert first == "«Vi har faste møter hver måned …»"
    text = "Q: Hvorfor?\nA: Fordi vi mangler penger. Og folk.\nQ: Ja."
    source = Source("s", "S", text, speakers=("Q", "A"))
    whole = Coding("x", "s", 0, len(text), "c")
    late = Coding("y", "s", text.index("vi"), text.index(" Og"), "c")
    told = Project("P", codes=(Code("c", "C"),), sources=(source,), codings=(whole, late)).tables()
    assert quotes(told, smallest=1).frame["quote"].to_list() == [
        "«– Hvorfor?\n– Fordi vi mangler penger. Og folk.\n– Ja.»",
        "«… vi mangler penger.»",
    ]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab. ,\n", min_size=1, max_size=120), st.integers(20, 60))
def test_no_quote_is_longer_than_asked_and_only_whole_words_are_kept(text, longest):
    frame = quotes(_project(*_like(1, text=text)).tables(), smallest=1, longest=longest).frame
    for quote in frame["quote"]:
        inside = quote.strip("«»")
        assert len(inside) <= longest
        kept = inside.removesuffix(" […]").removesuffix(" …").removeprefix("… ")
        assert kept.split()[0] in text.split()


def test_invented_quotes_say_so():
    result = quotes(conversation().tables(), smallest=1)
    assert result.frame["invented"].all()
    assert result.to_markdown().count("Oppdiktet") == result.frame.height


def test_numbers_that_make_no_sense_are_refused():
    with pytest.raises(SamspillError, match="cannot be made"):
        quotes(_project(*_like(1)).tables(), smallest=0)
