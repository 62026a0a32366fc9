"""Answers by day, and where those who have begun stop."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from samspill.instrument import Instrument, Step, steps, worded
from samspill.web.fieldwork.models import SavedPage
from samspill.web.fieldwork.outcomes import COMPLETE, Standing


@dataclass(frozen=True, slots=True)
class Day:
    """What came in on a day, and all that had come in by its end."""

    date: datetime.date
    sent: int
    total: int


def by_day(found: Sequence[Standing]) -> list[Day]:
    """Answers sent, day by day in local time, from the first to the last day with any."""
    sent = Counter(
        timezone.localdate(each.response.submitted_at)
        for each in found
        if each.code == COMPLETE and each.response and each.response.submitted_at
    )
    if not sent:
        return []
    first, last = min(sent), max(sent)
    days, total = [], 0
    for offset in range((last - first).days + 1):
        date = first + datetime.timedelta(offset)
        total += sent[date]
        days.append(Day(date, sent[date], total))
    return days


@dataclass(frozen=True, slots=True)
class StepCourse:
    """A page of the questionnaire: for how many it came, how many saved it, and how many of those
    that have not sent their answers saved it last."""

    title: str
    came: int
    saved: int
    stopped: int

    @property
    def share(self) -> float:
        return self.saved / self.came if self.came else 0.0


def by_step(found: Sequence[Standing], instrument: Instrument, language: str) -> list[StepCourse]:
    """The pages in order, of respondents that have begun."""
    begun = [each for each in found if each.response is not None]
    saved = _saved(begun)
    came: Counter[str] = Counter()
    for each in begun:
        came.update(each.course.steps)
    counts = Counter(step for pages in saved.values() for step in pages)
    last = Counter(
        pages[-1]
        for each in begun
        if each.code != COMPLETE and each.response and (pages := saved.get(each.response.pk))
    )
    return [
        StepCourse(
            _title(step, instrument, language),
            max(came[step.identifier], counts[step.identifier]),
            counts[step.identifier],
            last[step.identifier],
        )
        for step in steps(instrument)
        if any(asked.question.has_answer for asked in step.asked)
    ]


def _title(step: Step, instrument: Instrument, language: str) -> str:
    """What a page is called; one without a title goes by its first question."""
    said = language if language in instrument.languages else instrument.languages[0]
    question = next(asked.question for asked in step.asked if asked.question.has_answer)
    title = worded(step.page.title, said, instrument, step.field)
    return title or worded(question.text, said, instrument, step.field)


def _saved(begun: Sequence[Standing]) -> Mapping[int, list[str]]:
    """The steps that each response has saved, the latest last."""
    responses = [each.response.pk for each in begun if each.response]
    rows = SavedPage.objects.filter(response__in=responses).order_by("saved_at", "pk")
    pages: dict[int, dict[str, None]] = {}
    for response, step in rows.values_list("response_id", "step"):
        own = pages.setdefault(response, {})
        own.pop(step, None)
        own[step] = None
    return {response: list(own) for response, own in pages.items()}
