"""What the study's own survey, and the founding study's, say beside the interviews."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import polars as pl
from django.db.models import Max

from samspill.study import Study as Survey
from samspill.typology import indicator_rules
from samspill.web.fieldwork.exports import collection_study
from samspill.web.fieldwork.models import Collection, SavedPage
from samspill.web.interviews.asking.kept import kept
from samspill.web.studies.models import Study

FOUNDING = "norway-2018"
UNITS_APART = "population"


def survey_of(study: Study) -> Survey | None:
    """The latest collection with answers that says anything of where fields are placed, or else
    the latest with answers; as a study, None without one."""
    placing = {rule.identifier for rule in indicator_rules()}
    latest = None
    for _, survey in answered_surveys(study):
        if not placing.isdisjoint(survey.indicators["indicator"]):
            return survey
        latest = latest or survey
    return latest


def answered_surveys(study: Study) -> Iterator[tuple[str, Survey]]:
    """The collections that anybody has answered, the latest first, each as a study when it is
    asked for; with a key that changes when another page is saved."""
    pages = SavedPage.objects.filter(response__respondent__collection__study=study)
    saved = pages.aggregate(latest=Max("pk"))["latest"]
    answered = Collection.objects.filter(
        study=study, respondents__response__submitted_at__isnull=False
    ).distinct()
    for collection in answered.order_by("-pk"):
        key = f"survey:{collection.pk}:{saved}"
        yield key, kept(study, key, partial(collection_study, collection, texts=False))


def placing_answers(survey: Survey, indicators: list[str]) -> pl.DataFrame:
    """Of each unit and field whether an indicator is present: ``unit``, ``field``, ``indicator``,
    ``value`` (0 or 1)."""
    answers = survey.answers.filter(
        pl.col("variable").is_in(indicators),
        pl.col("value").is_in(["0", "1"]),
        pl.col("field") != "",
    )
    return answers.select(
        "unit", "field", pl.col("variable").alias("indicator"), pl.col("value").cast(pl.Int64)
    )


@cache
def founding_barriers() -> pl.DataFrame:
    """The founding study's figure 4.10: ``barrier``, ``n``, ``count``, ``share``, ``low``,
    ``high``."""
    from samspill.analysis import open_study

    opened = open_study(FOUNDING)
    names = [name for name in opened.definitions if name.startswith("barrier_")]
    frame = opened.shares(names).frame
    return frame.select(
        pl.col("indicator").str.strip_prefix("barrier_").alias("barrier"),
        "n",
        "count",
        "share",
        "low",
        "high",
    )
