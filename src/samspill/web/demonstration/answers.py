"""What made-up respondents have answered, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from samspill.web.demonstration.inventing import chance, made_up_answers
from samspill.web.fieldwork.models import Collection, Respondent, Response, SavedPage
from samspill.web.fieldwork.responses import as_stored
from samspill.web.instruments.definitions import definition
from samspill.web.studies.models import AttributeValue

WITH_POLICY, WITHOUT = 0.55, 0.4
DAYS_TO_ANSWER = 6


def answer(collection: Collection, respondents: Sequence[Respondent], submitted: int) -> None:
    """Let respondents answer, the first ``submitted`` of them to the end."""
    random, form = chance(), definition(collection.version)
    with_policy = set(
        AttributeValue.objects.filter(
            attribute__identifier="has_policy", value="1", unit__study=collection.study
        ).values_list("unit", flat=True)
    )
    responses = Response.objects.bulk_create(Response(respondent=one) for one in respondents)
    pages: list[SavedPage] = []
    for number, response in enumerate(responses):
        inclination = WITH_POLICY if response.respondent.unit_id in with_policy else WITHOUT
        response.started_at = moment = _moment(collection, random)
        answered = list(made_up_answers(form, inclination, random))
        if number >= submitted:
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
        response.submitted_at = moment if number < submitted else None
    moments = [page.saved_at for page in pages]
    stored = SavedPage.objects.bulk_create(pages)
    for page, moment in zip(stored, moments, strict=True):
        page.saved_at = moment
    SavedPage.objects.bulk_update(stored, ["saved_at"], batch_size=400)
    Response.objects.bulk_update(responses, ["started_at", "saved_at", "submitted_at"])


def mark_silent(
    collection: Collection, refused: Sequence[Respondent], bounced: Sequence[Respondent]
) -> None:
    """Let respondents refuse, and invitations of others come back at once."""
    random = chance()
    for respondent in refused:
        respondent.refused_at = _moment(collection, random)
    for respondent in bounced:
        respondent.bounced_at = collection.opens_at
    Respondent.objects.bulk_update([*refused, *bounced], ["refused_at", "bounced_at"])


def _moment(collection: Collection, random: Random) -> datetime:
    """A moment while the collection has been open: many at first, fewer later."""
    opened, now = collection.opens_at or timezone.now(), timezone.now()
    waited = timedelta(days=random.expovariate(1 / DAYS_TO_ANSWER))
    return min(opened + waited, now - timedelta(days=1))
