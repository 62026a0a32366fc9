"""The two rounds of the pulse in the invented municipality, answered and closed."""

from __future__ import annotations

import datetime
from collections import defaultdict
from itertools import groupby

from django.utils import timezone

from samspill.instrument import Item
from samspill.studies.invented_municipality import PulseAnswer, pulse, pulse_rounds
from samspill.web.accounts.models import User
from samspill.web.answering.desk import sheet_of, whole
from samspill.web.demonstration.people import DOMAIN
from samspill.web.fieldwork.models import Response, SavedPage
from samspill.web.fieldwork.responses import as_stored
from samspill.web.mirror.actions.rounds import begin_round
from samspill.web.mirror.models import Asked, PulseRound
from samspill.web.mirror.pulse.asking import ORGANISATION, Party
from samspill.web.municipality.finding import entries
from samspill.web.municipality.models import Municipality

OPEN_FOR = datetime.timedelta(days=21)


def load_pulse(municipality: Municipality, coordinator: User) -> None:
    """Ask in each round whoever answers in any. No e-mail is written or leaves the machine."""
    today = timezone.localdate()
    answers = pulse(today)
    parties = _parties(municipality, answers)
    for number, day in enumerate(pulse_rounds(today), start=1):
        closes = timezone.make_aware(datetime.datetime.combine(day, datetime.time(16)))
        made = begin_round(
            actor=coordinator,
            municipality=municipality,
            parties=parties,
            opens_at=closes - OPEN_FOR,
            closes_at=closes,
        )
        _answer(made, [one for one in answers if one.round == number])


def _parties(municipality: Municipality, answers: list[PulseAnswer]) -> list[Party]:
    names = {
        side: {one.identifier: str(one) for one in entries(municipality, table)}
        for side, table in (("municipality", "contacts"), (ORGANISATION, "organisations"))
    }
    asked = dict.fromkeys((one.side, one.respondent, one.field) for one in answers)
    return [
        Party(side, key, names[side][key], f"{key.lower()}@{DOMAIN}", field)
        for side, key, field in asked
    ]


def _answer(round_: PulseRound, answers: list[PulseAnswer]) -> None:
    """Everyone sends what they have answered, halfway through the round."""
    collection = round_.collection
    moment = (collection.opens_at or timezone.now()) + OPEN_FOR / 2
    respondents = {
        (one.respondent.side, one.identifier): one.respondent
        for one in Asked.objects.filter(round=round_).select_related("respondent")
    }
    step_of = {
        asked.item.variable: step.identifier
        for step in whole(sheet_of(collection, "nb"))
        for asked in step.asked
    }
    pages: list[SavedPage] = []
    for key, own in groupby(answers, lambda one: (one.side, one.respondent)):
        response = Response.objects.create(
            respondent=respondents[key], saved_at=moment, submitted_at=moment
        )
        given: dict[str, dict[Item, str | tuple[str, ...]]] = defaultdict(dict)
        for one in own:
            given[step_of[one.variable]][Item("", one.variable)] = one.value
        pages += [
            SavedPage(response=response, step=step, revision=1, answers=as_stored(held))
            for step, held in given.items()
        ]
    SavedPage.objects.bulk_create(pages)
