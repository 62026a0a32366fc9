"""Who answers which questionnaire in which language, and how far it has come."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from samspill.instrument import Item, Step, relevant_steps, steps
from samspill.web.database.prepared import Prepared
from samspill.web.fieldwork.models import Collection, Respondent, Response
from samspill.web.fieldwork.responses import Answers, Saved, saved_pages
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.rendering import Sheet, sheet
from samspill.web.studies.listing import name_on
from samspill.web.studies.models import UnitName

ACTIVE = datetime.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where answers are given: a respondent's questionnaire, and who sits there.

    ``base`` is the address that all pages of the questionnaire begin with, ``author`` tells
    browsers apart, ``mode`` and ``entered_by`` say how answers come in (``Response``).
    """

    respondent: Respondent
    sheet: Sheet
    base: str
    author: str
    mode: str = "web"
    entered_by: Any = None

    @property
    def collection(self) -> Collection:
        return self.respondent.collection

    @property
    def response(self) -> Response | None:
        return getattr(self.respondent, "response", None)

    @property
    def mode_label(self) -> str:
        return str(Response.MODES[self.mode])

    @property
    def unit_name(self) -> str:
        """Whom the answers are for: the unit, or on the other side the organisation."""
        if self.respondent.side != "municipality" and self.respondent.name:
            return self.respondent.name
        return unit_name(self.respondent)

    def step(self, identifier: str) -> Step | None:
        """A step that may come, whatever is answered."""
        return next((s for s in whole(self.sheet) if s.identifier == identifier), None)


@cache
def _respondents() -> QuerySet[Respondent]:
    return Respondent.objects.select_related(
        "collection__study", "collection__version", "collection__wave", "unit", "response"
    ).only(
        *(f"collection__study__{name}" for name in ("slug", "title", "invented")),
        "collection__version__digest",
        "collection__wave__reference_date",
        *(f"collection__{name.attname}" for name in Collection._meta.concrete_fields),
        *(f"response__{name.attname}" for name in Response._meta.concrete_fields),
        *(name.attname for name in Respondent._meta.concrete_fields),
        "unit__identifier",
    )


def respondents() -> QuerySet[Respondent]:
    """Respondents with what their pages need, in one query."""
    return _respondents().all()


BY_TOKEN = Prepared(
    lambda token: respondents().filter(token=token).order_by(), "the token that is asked for"
)


def respondent_of(token: str) -> Respondent | None:
    """The respondent whose link has this token, with what its pages need."""
    return BY_TOKEN.first(token)


_NAMES = Prepared(lambda unit: UnitName.objects.filter(unit_id=unit), -1)


def unit_name(respondent: Respondent) -> str:
    """What the respondent's unit was called on the day that the wave describes."""
    held = name_on(_NAMES.all(respondent.unit_id), respondent.collection.wave.reference_date)
    return held.name if held else respondent.unit.identifier


@lru_cache(maxsize=256)
def whole(shown: Sheet) -> tuple[Step, ...]:
    """Every step that may come, whatever is answered."""
    return steps(shown.instrument)


def sheet_of(collection: Collection, language: str) -> Sheet:
    """The collection's questionnaire in a language."""
    return sheet(definition(collection.version), collection.version.digest, language)


@dataclass(frozen=True, slots=True)
class Course:
    """The way through a questionnaire as its answers make it: the steps that come, in order."""

    saved: Saved
    answers: Answers
    steps: tuple[Step, ...]

    def step(self, identifier: str) -> Step | None:
        """A step that comes, with the questions that are to be asked."""
        return next((step for step in self.steps if step.identifier == identifier), None)

    def place(self, identifier: str) -> int:
        """The place of a step in the course, from 0; where it does not come, -1."""
        return next((i for i, s in enumerate(self.steps) if s.identifier == identifier), -1)

    def after(self, step: Step, every: tuple[Step, ...]) -> Step | None:
        """The next step to come, also after one that has just been closed."""
        return self._beside(step, every, 1)

    def before(self, step: Step, every: tuple[Step, ...]) -> Step | None:
        return self._beside(step, every, -1)

    def _beside(self, step: Step, every: tuple[Step, ...], way: int) -> Step | None:
        names = [each.identifier for each in every][::way]
        later = set(names[names.index(step.identifier) + 1 :])
        return next((s for s in self.steps[::way] if s.identifier in later), None)

    def asked(self) -> list[Item]:
        """The items to be answered."""
        return [a.item for step in self.steps for a in step.asked if a.question.has_answer]

    def answered(self) -> int:
        return sum(item in self.answers for item in self.asked())

    def unanswered(self, step: Step) -> list[Item]:
        """The items of a step that have no answer."""
        return [a.item for a in step.asked if a.question.has_answer and a.item not in self.answers]


def course(shown: Sheet, saved: Saved) -> Course:
    """The course that the saved answers give."""
    answers = saved.answers()
    return Course(saved, answers, relevant_steps(shown.instrument, answers))


def course_of(desk: Desk) -> Course:
    return course(desk.sheet, saved_pages(desk.response))


def other_activity(desk: Desk, saved: Saved) -> Mapping[str, Any] | None:
    """What somebody else saved with the same link in the last minutes: ``step`` and ``at``."""
    since = timezone.now() - ACTIVE
    for page in reversed(saved.history):
        if page.author != desk.author and page.saved_at >= since:
            return {"step": desk.step(page.step), "at": page.saved_at}
    return None
