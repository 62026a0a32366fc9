"""The made-up fieldwork: a survey under way, and a pulse that both sides are asked to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from samspill.instrument import shipped_instrument
from samspill.web.accounts.models import User
from samspill.web.audit.recording import SYSTEM, record
from samspill.web.demonstration.inventing import chance, made_up, made_up_answers
from samspill.web.demonstration.people import COORDINATOR, DOMAIN, ORGANISATION, RESEARCHER
from samspill.web.fieldwork.models import Collection, Respondent, Response, SavedPage
from samspill.web.fieldwork.responses import as_stored
from samspill.web.instruments.actions import add_instrument, freeze_version
from samspill.web.studies.models import AttributeValue, Study, Unit, UnitName

DAYS_OPEN, DAYS_LEFT = 20, 16
SUBMITTED, BEGUN, REFUSED, BOUNCED = 92, 31, 6, 9
WITH_POLICY, WITHOUT = 0.55, 0.4


def load_collections(study: Study, units: Sequence[Unit], owner: User) -> None:
    """A survey of all units with responses at different stages, and the pulse in one of them."""
    survey = _collection(study, "norway-2018", "survey", owner)
    names = dict(UnitName.objects.filter(unit__study=study).values_list("unit", "name"))
    respondents = [
        Respondent(
            collection=survey,
            unit=unit,
            name=names[unit.pk],
            email=f"post.{unit.identifier.lower()}@{DOMAIN}",
            language="nn" if number % 4 == 3 else "nb",
        )
        for number, unit in enumerate(units)
    ]
    respondents[0].email = COORDINATOR.email
    Respondent.objects.bulk_create(respondents)
    _answer(survey, respondents[1:])

    pulse = _collection(study, "pulse", "pulse", owner)
    home = units[0]
    Respondent.objects.create(
        collection=pulse, unit=home, name=names[home.pk], email=COORDINATOR.email, language="nb"
    )
    Respondent.objects.create(
        collection=pulse,
        unit=home,
        side="organisation",
        name=made_up()["pulse"]["organisation"],
        email=ORGANISATION.email,
        language="nb",
    )


def _collection(study: Study, shipped: str, key: str, owner: User) -> Collection:
    version = add_instrument(actor=owner, study=study, content=shipped_instrument(shipped))
    freeze_version(actor=owner, version=version)
    now = timezone.now()
    collection = Collection.objects.create(
        study=study,
        wave=study.waves.get(),
        version=version,
        identifier=made_up()[key]["identifier"],
        title=made_up()[key]["title"],
        opens_at=now - timedelta(days=DAYS_OPEN),
        closes_at=now + timedelta(days=DAYS_LEFT),
        contact_name=RESEARCHER.name,
        contact_email=RESEARCHER.email,
    )
    record(
        actor=SYSTEM,
        action="demonstration.open_collection",
        subject=collection.identifier,
        study=study.slug,
    )
    return collection


def _answer(collection: Collection, respondents: Sequence[Respondent]) -> None:
    random = chance()
    opened = collection.opens_at or timezone.now()
    drawn = random.sample(list(respondents), SUBMITTED + BEGUN + REFUSED + BOUNCED)
    answering, silent = drawn[: SUBMITTED + BEGUN], drawn[SUBMITTED + BEGUN :]
    for respondent in silent:
        moment = _moment(opened, random)
        if len([other for other in silent if other.refused_at]) < REFUSED:
            respondent.refused_at = moment
        else:
            respondent.bounced_at = moment
    Respondent.objects.bulk_update(silent, ["refused_at", "bounced_at"])

    policy = set(
        AttributeValue.objects.filter(
            attribute__identifier="has_policy", value="1", unit__study=collection.study
        ).values_list("unit", flat=True)
    )
    form = shipped_instrument("norway-2018")
    responses = Response.objects.bulk_create(Response(respondent=one) for one in answering)
    pages: list[SavedPage] = []
    for number, response in enumerate(responses):
        inclination = WITH_POLICY if response.respondent.unit_id in policy else WITHOUT
        response.started_at = moment = _moment(opened, random)
        answered = list(made_up_answers(form, inclination, random))
        if number >= SUBMITTED:
            answered = answered[: random.randint(1, len(answered) - 1)]
        for step, given in answered:
            moment += timedelta(seconds=random.randint(20, 90))
            pages.append(
                SavedPage(
                    response=response,
                    step=step,
                    revision=1,
                    answers=as_stored(given),
                    saved_at=moment,
                )
            )
        response.saved_at = moment
        response.submitted_at = moment if number < SUBMITTED else None
    moments = [page.saved_at for page in pages]
    stored = SavedPage.objects.bulk_create(pages)
    for page, moment in zip(stored, moments, strict=True):
        page.saved_at = moment
    SavedPage.objects.bulk_update(stored, ["saved_at"], batch_size=400)
    Response.objects.bulk_update(responses, ["started_at", "saved_at", "submitted_at"])


def _moment(opened: datetime, random: Random) -> datetime:
    """A moment while the collection has been open: many at first, fewer later."""
    days = min(random.expovariate(1 / 6), DAYS_OPEN - 1)
    return opened + timedelta(days=days)
