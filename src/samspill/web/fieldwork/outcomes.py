"""How each respondent stands: AAPOR's disposition, and whether its answers count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.instrument import Item, relevant_steps
from samspill.web.fieldwork.models import Collection, Respondent, Response
from samspill.web.fieldwork.responses import Answers, Value, answers_of_all
from samspill.web.instruments.definitions import definition
from samspill.web.instruments.models import InstrumentVersion

ENOUGH = 0.5
"""The share of the questions put to it that a unit must have answered to count as partial, unless
it has answered all that must be answered (AAPOR's essential questions)."""

COMPLETE, PARTIAL, BREAK_OFF, EMPTY = "1.1", "1.2", "2.12", "2.1121"
REFUSED, UNDELIVERED, NOT_SENT, SILENT, INELIGIBLE = "2.111", "3.30", "3.11", "3.19", "4.10"

LABELS: Mapping[str, str | Promise] = MappingProxyType(
    {
        COMPLETE: _("Answers sent"),
        PARTIAL: _("Answered enough to count, not sent"),
        BREAK_OFF: _("Broke off with too few answers"),
        EMPTY: _("Opened the questionnaire, answered nothing"),
        REFUSED: _("Will not take part"),
        UNDELIVERED: _("Invitation came back undelivered"),
        NOT_SENT: _("No address to send to"),
        SILENT: _("Nothing heard"),
        INELIGIBLE: _("Does not belong to the population"),
    }
)


@dataclass(frozen=True, slots=True)
class Course:
    """How far answers have come through a questionnaire: the pages that they open, the questions
    put and answered, and whether all that must be answered is."""

    steps: tuple[str, ...]
    asked: int
    answered: int
    essentials: bool

    @property
    def enough(self) -> bool:
        """Whether the answers count although they have not been sent."""
        return self.essentials or (self.asked > 0 and self.answered / self.asked >= ENOUGH)


@lru_cache(maxsize=20_000)
def _course(digest: str, given: frozenset[tuple[Item, Value]]) -> Course:
    instrument = definition(InstrumentVersion(digest=digest))
    answers = dict(given)
    opened = relevant_steps(instrument, answers)
    put = [a for step in opened for a in step.asked if a.question.has_answer]
    must = [a for a in put if a.question.required]
    return Course(
        tuple(step.identifier for step in opened),
        len(put),
        sum(a.item in answers for a in put),
        bool(must) and all(a.item in answers for a in must),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A respondent, its response and answers so far, and its disposition."""

    respondent: Respondent
    response: Response | None
    answers: Answers
    course: Course
    code: str

    @property
    def label(self) -> str | Promise:
        return LABELS[self.code]

    @property
    def counts(self) -> bool:
        """Whether its answers are counted: sent, or enough of them saved."""
        return self.code in {COMPLETE, PARTIAL}

    @property
    def eligible(self) -> bool:
        return self.code != INELIGIBLE


def standings(collection: Collection) -> list[Standing]:
    """How every respondent of a collection stands, in three queries."""
    respondents = list(
        collection.respondents.select_related("unit", "response").order_by("unit__identifier", "pk")
    )
    responses = [found for each in respondents if (found := response_of(each)) is not None]
    answers = answers_of_all(responses)
    return [_standing(each, answers, collection.version.digest) for each in respondents]


def response_of(respondent: Respondent) -> Response | None:
    """The response of a respondent, or None where there is none."""
    found: Response | None = getattr(respondent, "response", None)
    return found


def _standing(respondent: Respondent, answers: Mapping[int, Answers], digest: str) -> Standing:
    response = response_of(respondent)
    own = answers.get(response.pk, {}) if response else {}
    course = _course(digest, frozenset(own.items()))
    return Standing(respondent, response, own, course, disposition(respondent, response, course))


def disposition(respondent: Respondent, response: Response | None, course: Course) -> str:
    """The final disposition as it stands now.

    A refusal outweighs answers saved before it, which are then not used.
    """
    if respondent.ineligible:
        return INELIGIBLE
    if respondent.refused_at is not None:
        return REFUSED
    if response is not None and response.submitted_at is not None:
        return COMPLETE
    if response is not None:
        return _begun(course)
    if respondent.bounced_at is not None:
        return UNDELIVERED
    return SILENT if respondent.email else NOT_SENT


def _begun(course: Course) -> str:
    if not course.answered:
        return EMPTY
    return PARTIAL if course.enough else BREAK_OFF


def count_dispositions(found: Iterable[Standing]) -> dict[str, int]:
    """Cases by disposition, in the order of the codes; those that do not occur are 0."""
    counts = Counter(each.code for each in found)
    return {code: counts[code] for code in LABELS}
