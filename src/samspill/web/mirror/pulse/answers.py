"""The answers of a round, as the library compares the sides."""

from __future__ import annotations

import polars as pl
from django.db.models import Count, Max

from samspill.web.fieldwork.models import Respondent, SavedPage
from samspill.web.fieldwork.outcomes import standings
from samspill.web.mirror.models import Asked, PulseRound
from samspill.web.municipality.models import Municipality

SCHEMA = dict.fromkeys(("respondent", "side", "field", "variable", "value"), pl.String)


def answers_of_round(round_: PulseRound) -> pl.DataFrame:
    """One row an answer that counts: respondent (of the register), side, field, variable, value."""
    asked = {one.respondent_id: one for one in Asked.objects.filter(round=round_)}
    rows = [
        {
            "respondent": asked[each.respondent.pk].identifier,
            "side": each.respondent.side,
            "field": asked[each.respondent.pk].field,
            "variable": item.variable,
            "value": value,
        }
        for each in standings(round_.collection)
        if each.counts and each.respondent.pk in asked
        for item, value in each.answers.items()
        if isinstance(value, str)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


def rounds_of(municipality: Municipality) -> list[PulseRound]:
    """The rounds that have opened, the latest first."""
    found = municipality.pulse_rounds.select_related("collection__version", "collection__study")
    opened = found.exclude(collection__opens_at=None)
    return list(opened.order_by("-collection__opens_at", "-pk"))


def latest_answer(municipality: Municipality) -> tuple[object, ...]:
    """Changes whenever an answer of the municipality's rounds does."""
    rounds = PulseRound.objects.filter(municipality=municipality).values("collection")
    pages = SavedPage.objects.filter(response__respondent__collection__in=rounds)
    respondents = Respondent.objects.filter(collection__in=rounds)
    counted = respondents.aggregate(
        Count("pk"), Count("refused_at"), Count("response__submitted_at"), Max("ineligible")
    )
    return (pages.aggregate(Max("pk"))["pk__max"], *counted.values())
