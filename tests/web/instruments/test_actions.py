"""Instruments change through actions that number, freeze and log."""

from dataclasses import replace

import pytest

from samspill.errors import SamspillError
from samspill.instrument import instrument_digest, shipped_instrument
from samspill.web.audit.models import Event
from samspill.web.instruments import actions
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.models import Instrument, InstrumentVersion

PULSE = shipped_instrument("pulse")


def _retitled(title):
    return replace(PULSE, title=dict.fromkeys(PULSE.languages, title))


@pytest.fixture
def version(study):
    """The pulse, whose pages are few."""
    return actions.add_instrument(actor="test", study=study, content=PULSE)


def test_what_is_stored_is_what_was_given(version):
    assert definition(version) == PULSE
    assert version.digest == instrument_digest(PULSE)
    assert (version.number, version.frozen_at) == (1, None)
    assert version.instrument.title == dict(PULSE.title)


def test_a_definition_changed_behind_its_digest_is_refused(version):
    InstrumentVersion.objects.update(definition=version.definition + "# more\n", digest="0" * 64)
    version.refresh_from_db()
    with pytest.raises(SamspillError, match="not the one that was saved"):
        definition(version)


def test_an_identifier_stands_once_in_a_study(version, study):
    with pytest.raises(SamspillError, match="pulse"):
        actions.add_instrument(actor="test", study=study, content=PULSE)
    assert Instrument.objects.count() == 1


def test_a_frozen_version_is_followed_by_a_new_one(version):
    changed = replace(_retitled("Second"), identifier="other", version="2026-spring")
    with pytest.raises(SamspillError, match="draft"):
        actions.add_version(actor="test", instrument=version.instrument, content=changed)

    actions.freeze_version(actor="test", version=version)
    actions.freeze_version(actor="test", version=version)
    with pytest.raises(SamspillError, match="frozen"):
        actions.change_draft(actor="test", version=version, content=changed)
    with pytest.raises(SamspillError, match="frozen"):
        actions.remove_draft(actor="test", version=version)
    with pytest.raises(SamspillError, match="Nothing differs"):
        actions.add_version(actor="test", instrument=version.instrument, content=PULSE)

    second = actions.add_version(actor="test", instrument=version.instrument, content=changed)
    assert definition(second) == replace(changed, identifier="pulse", version="2")
    version.refresh_from_db()
    assert definition(version) == PULSE
    assert str(second.instrument) == "Second"
    frozen = Event.objects.filter(action="instruments.freeze_version")
    assert [event.subject for event in frozen] == ["pulse 1"]


def test_a_draft_changes_and_the_log_names_the_variables(version):
    page = PULSE.pages[-1]
    shorter = replace(PULSE, pages=(*PULSE.pages[:-1], replace(page, questions=page.questions[:1])))
    gone = [question.variable for question in page.questions[1:] if question.has_answer]

    actions.change_draft(actor="test", version=version, content=shorter)

    version.refresh_from_db()
    assert definition(version) == shorter
    event = Event.objects.get(action="instruments.change_draft")
    assert event.old == {"digest": instrument_digest(PULSE)}
    assert event.new["digest"] == version.digest
    assert event.new["variables"] == {variable: ["gone"] for variable in gone} != {}


def test_removing_the_only_draft_removes_the_instrument(version):
    actions.remove_draft(actor="test", version=version)
    assert not Instrument.objects.exists()
    assert Event.objects.filter(action="instruments.remove_draft", subject="pulse 1").exists()


def test_removing_a_later_draft_gives_the_title_back(version):
    actions.freeze_version(actor="test", version=version)
    second = actions.add_version(
        actor="test", instrument=version.instrument, content=_retitled("Second")
    )
    actions.remove_draft(actor="test", version=second)
    assert Instrument.objects.get().title == dict(PULSE.title)


def test_a_draft_that_a_collection_uses_stays(version, study, wave):
    study.collections.create(wave=wave, version=version, identifier="first", title={})
    with pytest.raises(SamspillError, match="collection"):
        actions.remove_draft(actor="test", version=version)
    assert Instrument.objects.exists()
