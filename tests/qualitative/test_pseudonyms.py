"""Names are found, replaced consistently, and put back by who has the key."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import InvalidInput, SamspillError
from samspill.qualitative import Coding, Memo, Project, Source
from samspill.qualitative.pseudonyms import (
    ORGANISATION,
    PERSON,
    PLACE,
    Key,
    KnownName,
    known_names_left,
    occurrences,
    propose_key,
    pseudonymise,
    read_key,
    restore,
    suggest_names,
    write_key,
)

KEY = Key(
    (
        KnownName("Kari Nordmann", PERSON, "Ane Lien"),
        KnownName("Bergen", PLACE, "Sjøvang"),
        KnownName("Ås Idrettslag", ORGANISATION, "Laget Lyng"),
    )
)


def project(text: str, *codings: Coding, **more) -> Project:
    return Project("p", sources=(Source("s", "Intervju", text, **more),), codings=codings)


def replaced(text: str, key: Key = KEY) -> str:
    return pseudonymise(project(text), key).project.sources[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kari Nordmann sa det.", "Ane Lien sa det."),
        ("Det var Kari, altså Nordmann.", "Det var Ane, altså Lien."),
        ("Karis plan og Kari’s bok", "Anes plan og Ane’s bok"),
        ("KARI NORDMANN og BERGEN", "ANE LIEN og SJØVANG"),
        ("Kari N. var der", "Ane L. var der"),
        ("Kari  Nordmann", "Ane Lien"),
        ("Bergen-området, i Bergen.", "Sjøvang-området, i Sjøvang."),
        ("Kari-Anne er en annen", "Kari-Anne er en annen"),
        ("Karin bor i Bergenhus", "Karin bor i Bergenhus"),
        ("Ås Idrettslags lokale", "Laget Lyngs lokale"),
    ],
)
def test_a_name_is_replaced_in_all_its_forms(text, expected):
    assert replaced(text) == expected


def test_codings_speakers_names_and_memos_follow():
    text = "Kari: Jeg bor i Bergen nå."
    coded = project(text, Coding("c", "s", 16, 22, "k"), speakers=("Kari",), role="leder i Bergen")
    coded = Project(
        "p", sources=coded.sources, codings=coded.codings, memos=(Memo("m", "Kari ringte"),)
    )
    done = pseudonymise(coded, KEY)
    (source,), (coding,) = done.project.sources, done.project.codings
    assert source.text[coding.start : coding.end] == "Sjøvang"
    assert source.speakers == ("Ane",)
    assert source.role == "leder i Sjøvang"
    assert done.project.memos[0].text == "Ane ringte"
    assert done.replaced == {"Kari": 1, "Bergen": 1}
    assert restore(done.project, KEY) == coded


@given(
    st.lists(
        st.sampled_from(
            ["Kari", "Nordmann", "Kari Nordmann", "BERGEN", "Bergens", "Kari’s", "ja", "😀", "\n"]
        )
    ).map(" ".join)
)
def test_whoever_has_the_key_gets_the_text_back(text):
    text = text.replace("Kari Nordmann Nordmann", "Kari")
    done = pseudonymise(project(text), KEY).project
    assert not known_names_left(done.sources[0].text, KEY.names)
    assert restore(done, KEY).sources[0].text == text


@pytest.mark.parametrize(
    ("names", "text", "said"),
    [
        ([KnownName("Kari", PERSON, "Ane")], "Ane og Kari", "occurs in a text already"),
        ([KnownName("Kari", PERSON, "Ola"), KnownName("Ola", PERSON, "Per")], "", "known name"),
        ([KnownName("Kari", PERSON, "Ane"), KnownName("Eva", PERSON, "Ane")], "", "two names"),
        ([KnownName("Kari", PERSON, "")], "", "missing"),
        (
            [KnownName("Kari By", PERSON, "Ane Li"), KnownName("Kari Øy", PERSON, "Una Vik")],
            "",
            "more than one of those named",
        ),
    ],
)
def test_a_key_that_could_mislead_is_refused(names, text, said):
    with pytest.raises(InvalidInput) as told:
        pseudonymise(project(text), Key(tuple(names)))
    assert any(said in problem.message for problem in told.value.problems)
    assert all(problem.next_step for problem in told.value.problems)


def test_a_row_of_its_own_says_who_a_shared_given_name_is():
    key = Key(
        (
            KnownName("Kari By", PERSON, "Ane Li"),
            KnownName("Kari Øy", PERSON, "Una Vik"),
            KnownName("Kari", PERSON, "Ane"),
        )
    )
    assert replaced("Kari By, Kari Øy og Kari", key) == "Ane Li, Una Vik og Ane"


def test_proposed_pseudonyms_are_free_and_keep_families_together():
    known = [KnownName("Kari Nordmann"), KnownName("Ola Nordmann"), KnownName("Voss", PLACE)]
    text = "Unni og Granvika. Kari Nordmann, Ola Nordmann på Voss."
    key = propose_key(known, [text])
    kari, ola, voss = (item.pseudonym for item in key.names)
    assert kari.split()[1] == ola.split()[1]
    assert kari.split()[0] != ola.split()[0]
    assert "Unni" not in kari + ola
    assert voss != "Granvika"
    done = pseudonymise(project(text), key).project
    assert restore(done, key).sources[0].text == text


def test_the_key_is_written_for_its_owner_alone(tmp_path):
    path = tmp_path / "key.json"
    write_key(KEY, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path) == KEY
    path.write_text('{"names": 3}', encoding="utf-8")
    with pytest.raises(SamspillError, match="holds no key"):
        read_key(path)


def test_a_quote_is_asked_for_every_known_name():
    left = known_names_left("kari er bergensk og fra BERGEN. Karin ikke.", KEY.names)
    assert [(item.words, item.name) for item in left] == [
        ("kari", "Kari Nordmann"),
        ("bergensk", "Bergen"),
        ("BERGEN", "Bergen"),
    ]
    assert known_names_left("Vi har ingen oversikt.", KEY.names) == ()


def test_occurrences_say_whom_a_shared_name_may_be():
    known = [KnownName("Kari By"), KnownName("Kari Øy")]
    (found,) = occurrences("Da kom Kari.", known)
    assert found.names == ("Kari By", "Kari Øy")


def test_names_are_suggested_with_kind_and_reason():
    text = (
        "Intervjuer: Hvordan går det i Fjellvik kommune?\n"
        "Leder: Det går bra. Ordfører Hansen og Trine Dahl har vært på Bjørkmo. Men vi savner "
        "Olsens støtte. Olsen svarer aldri. Kommunen er treg, og Vi er få. Kommunen vil.\n"
        "Leder: Kanskje. Kanskje ikke. Bjørkmo skole hjelper. Olsen sa det. Ingen kanskje."
    )
    source = Source("s", "Intervju", text, speakers=("Intervjuer", "Leder"))
    found = {item.name: item for item in suggest_names([source])}
    assert {"Fjellvik", "Hansen", "Trine Dahl", "Bjørkmo", "Olsen"} <= set(found)
    assert not {"Kommunen", "Kanskje", "Leder", "Intervjuer", "Det", "Men"} & set(found)
    assert found["Fjellvik"].kind == PLACE
    assert found["Hansen"].kind == PERSON
    assert "It stands after a title." in found["Hansen"].reasons
    assert found["Olsen"].count == 3
    known = [KnownName("Trine Dahl"), KnownName("Olsen")]
    assert not {"Trine Dahl", "Olsen"} & {item.name for item in suggest_names([source], known)}
