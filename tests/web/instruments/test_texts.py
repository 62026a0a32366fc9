"""Texts are written in one language beside another; a language is added only when it is whole."""

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given, settings
from instrument.instrument_examples import small, sound_instruments

from samspill.web.instruments import actions
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.instruments.texts import in_language, text_groups


def _texts(instrument, language, beside=""):
    groups = text_groups(instrument, language, beside)
    return {entry.path: entry.text for group in groups for entry in group.entries}


def _address(language):
    return reverse("instruments:texts", args=("trial", "small", 1, language))


@pytest.fixture
def small_version(study):
    return actions.add_instrument(actor="test", study=study, content=small())


@settings(max_examples=30, deadline=None)
@given(sound_instruments)
def test_texts_written_back_change_nothing(made):
    for language in made.languages:
        assert in_language(made, language, _texts(made, language)) == made


@settings(max_examples=30, deadline=None)
@given(sound_instruments)
def test_another_language_gets_every_text_and_leaves_the_others(made):
    wider = in_language(made, "fr", {path: f"{path} !" for path in _texts(made, "fr")})
    assert wider.languages == (*made.languages, "fr")
    assert set(_texts(wider, "fr").values()) == {f"{path} !" for path in _texts(made, "fr")}
    for language in made.languages:
        assert _texts(wider, language) == _texts(made, language)


def test_a_wording_is_changed_in_one_language(client_of, small_version):
    client = client_of("analyst")
    page = client.get(_address("en"))
    assert page.context["lacking"] == 0
    assert "Hvor viktig?" in page.content.decode()
    given_texts = {**_texts(small(), "en"), "question/importance/text": "How much weight?"}
    client.post(_address("en"), {**given_texts, "base": small_version.digest})
    small_version.refresh_from_db()
    changed = definition(small_version)
    assert dict(changed.question("importance").text) == {
        "nb": "Hvor viktig?",
        "en": "How much weight?",
    }
    assert _texts(changed, "nb") == _texts(small(), "nb")


def test_a_language_that_lacks_texts_is_refused_and_what_was_typed_stays(client_of, small_version):
    client = client_of("owner")
    begun = {path: f"{text} (nn)" for path, text in _texts(small(), "nb").items()}
    begun["question/importance/text"] = ""
    page = client.post(_address("nn"), {**begun, "base": small_version.digest})
    assert [fault.place for fault in page.context["faults"]] == ["page last.importance.text.nn"]
    assert page.context["lacking"] == 1
    assert "Ja (nn)" in page.content.decode()
    small_version.refresh_from_db()
    assert definition(small_version) == small()

    begun["question/importance/text"] = "Kor viktig?"
    client.post(_address("nn"), {**begun, "base": small_version.digest})
    small_version.refresh_from_db()
    assert definition(small_version).languages == ("nb", "en", "nn")


def test_the_fields_of_samspill_have_their_names_ready(client_of, small_version):
    page = client_of("owner").get(_address("nn"))
    ready = {e.path: e.text for group in page.context["groups"] for e in group.entries}
    assert ready["field/culture_leisure"] == "Kultur og fritid"
    assert ready["title"] == ""


def test_texts_of_a_frozen_version_become_the_next(client_of, small_version):
    actions.freeze_version(actor="test", version=small_version)
    client = client_of("owner")
    texts = {**_texts(small(), "en"), "title": "Smaller form"}
    client.post(_address("en"), {**texts, "base": small_version.digest})
    second = InstrumentVersion.objects.get(number=2)
    title = {"nb": "Lite skjema", "en": "Smaller form"}
    assert definition(second) == replace(small(), version="2", title=title)
    assert client.get(_address("en")).status_code == 404


def test_a_language_that_samspill_does_not_speak_is_not_offered(client_of, small_version):
    assert client_of("owner").get(_address("xx")).status_code == 404
    assert client_of("reader").get(_address("en")).status_code == 403
