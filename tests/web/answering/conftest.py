"""A collection of the 2018 questionnaire, open, with one respondent who has a link."""

import datetime

import pytest
from django.utils import timezone

from samspill.instrument import instrument_digest, instrument_text, shipped_instrument


@pytest.fixture
def make_collection(study, wave):
    """``make_collection(instrument, opens_at=…)``: a collection that is open."""

    def make(instrument=None, identifier="survey", **fields):
        form = instrument or shipped_instrument("norway-2018")
        held, _ = study.instruments.get_or_create(
            identifier=form.identifier, defaults={"title": dict(form.title)}
        )
        version = held.versions.create(
            number=held.versions.count() + 1,
            definition=instrument_text(form),
            digest=instrument_digest(form),
        )
        given = {
            "title": dict(form.title),
            "opens_at": timezone.now() - datetime.timedelta(days=1),
            "contact_name": "Kari Prøve",
            "contact_email": "kari@example.org",
        }
        return study.collections.create(
            wave=wave, version=version, identifier=identifier, **{**given, **fields}
        )

    return make


@pytest.fixture
def make_respondent(study):
    """``make_respondent(collection, "0301", "Oslo")``: a unit with a name, and its link."""

    def make(collection, code="0301", name="Oslo", **fields):
        unit, fresh = study.units.get_or_create(identifier=code)
        if fresh:
            unit.names.create(code=code, name=name)
        return collection.respondents.create(unit=unit, **fields)

    return make


@pytest.fixture
def respondent(make_collection, make_respondent):
    return make_respondent(make_collection())
