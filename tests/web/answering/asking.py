"""Collections that are open, and respondents with a link."""

import datetime

from django.utils import timezone

from samspill.instrument import instrument_digest, instrument_text


def open_collection(study, wave, form, identifier="survey", **fields):
    """A collection of a questionnaire, open since yesterday."""
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


def ask(collection, code="0301", name="Oslo", **fields):
    """A respondent of a collection: a unit with a name."""
    unit, fresh = collection.study.units.get_or_create(identifier=code)
    if fresh:
        unit.names.create(code=code, name=name)
    return collection.respondents.create(unit=unit, **fields)
