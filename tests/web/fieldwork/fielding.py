"""A collection for tests: units with attributes, an instrument, respondents, answers put straight
into the database."""

from __future__ import annotations

import random

from django.utils import timezone

from samspill.instrument import (
    Instrument,
    instrument_digest,
    instrument_text,
    normalise_answers,
    relevant_steps,
    steps,
)
from samspill.web.fieldwork.models import Collection, Respondent, Response, SavedPage
from samspill.web.fieldwork.responses import as_stored
from samspill.web.studies.models import AttributeValue, Unit


def make_units(study, count: int, attributes: dict[str, list[str]] | None = None) -> list[Unit]:
    """Units ``u001`` …, each attribute's values dealt out in turn."""
    units = Unit.objects.bulk_create(
        Unit(study=study, identifier=f"u{number:03d}") for number in range(1, count + 1)
    )
    for name, values in (attributes or {}).items():
        attribute = study.attributes.create(
            identifier=name,
            label={"nb": name.title(), "nn": name.title(), "en": name.title()},
            type="nominal",
            categories=[{"value": v, "label": {"nb": v, "en": v}} for v in dict.fromkeys(values)],
        )
        AttributeValue.objects.bulk_create(
            AttributeValue(unit=unit, attribute=attribute, value=values[place % len(values)])
            for place, unit in enumerate(units)
        )
    return units


def make_collection(study, wave, instrument: Instrument, identifier="autumn") -> Collection:
    owner, _ = study.instruments.get_or_create(
        identifier=instrument.identifier, defaults={"title": dict(instrument.title)}
    )
    digest = instrument_digest(instrument)
    version, _ = owner.versions.get_or_create(
        digest=digest, defaults={"number": 1, "definition": instrument_text(instrument)}
    )
    return study.collections.create(
        wave=wave,
        version=version,
        identifier=identifier,
        title={"nb": "Høsten", "nn": "Hausten", "en": "The autumn"},
    )


def ask(collection, units, **fields) -> list[Respondent]:
    return [
        collection.respondents.create(unit=unit, email=f"{unit.identifier}@example.org", **fields)
        for unit in units
    ]


def answer(respondent, instrument, answers, *, submit=True, mode="web", at=None) -> Response:
    now = at or timezone.now()
    response = Response.objects.create(
        respondent=respondent, mode=mode, saved_at=now, submitted_at=now if submit else None
    )
    for step in steps(instrument):
        own = {a.item: answers[a.item] for a in step.asked if a.item in answers}
        if own:
            response.pages.create(step=step.identifier, revision=1, answers=as_stored(own))
    SavedPage.objects.filter(response=response).update(saved_at=now)
    return response


def guesses(instrument: Instrument, source: random.Random, share: float = 0.9):
    """Answers of someone who goes from page to page and answers most of what is asked."""
    sent = {}
    for _ in instrument.pages:
        values, _faults = normalise_answers(instrument, sent, "en")
        for step in relevant_steps(instrument, values):
            for asked in step.asked:
                if asked.question.has_answer and asked.item not in sent and source.random() < share:
                    sent[asked.item] = _guess(asked.question, source)
    return normalise_answers(instrument, sent, "en")[0]


def _guess(question, source):
    values = [category.value for category in question.categories]
    if question.type == "multiple":
        return tuple(v for v in values if source.random() < 0.5)
    if values:
        return source.choice(values)
    if question.type in {"count", "number"}:
        return str(source.randrange(1, 9))
    return "Vi møtes for sjelden.\nDet «tar» tid, sier de; ofte."
