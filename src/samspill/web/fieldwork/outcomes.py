"""How each respondent stands: AAPOR's disposition, and whether its answers count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.instrument import Instrument, Progress, missing_items, progress
from samspill.web.fieldwork.models import Collection, Respondent, Response
from samspill.web.fieldwork.responses import Answers, answers_of_all
from samspill.web.instruments.definitions import definition

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
class Standing:
    """A respondent, its response and answers so far, and its disposition."""

    respondent: Respondent
    response: Response | None
    answers: Answers
    progress: Progress
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
    instrument = definition(collection.version)
    return [_standing(each, answers, instrument) for each in respondents]


def response_of(respondent: Respondent) -> Response | None:
    """The response of a respondent, or None where there is none."""
    found: Response | None = getattr(respondent, "response", None)
    return found


def _standing(
    respondent: Respondent, answers: Mapping[int, Answers], instrument: Instrument
) -> Standing:
    response = response_of(respondent)
    own = answers.get(response.pk, {}) if response else {}
    code = disposition(respondent, response, own, instrument)
    return Standing(respondent, response, own, progress(instrument, own), code)


def disposition(
    respondent: Respondent, response: Response | None, answers: Answers, instrument: Instrument
) -> str:
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
        return _begun(answers, instrument)
    if respondent.bounced_at is not None:
        return UNDELIVERED
    return SILENT if respondent.email else NOT_SENT


def _begun(answers: Answers, instrument: Instrument) -> str:
    done = progress(instrument, answers)
    if not done.answered:
        return EMPTY
    return PARTIAL if done.share >= ENOUGH or _essentials(answers, instrument) else BREAK_OFF


def _essentials(answers: Answers, instrument: Instrument) -> bool:
    """Whether all that must be answered is; False for an instrument that demands nothing."""
    demanding = any(question.required for _page, question in instrument.questions())
    return demanding and not missing_items(instrument, answers, required=True)


def count_dispositions(found: Iterable[Standing]) -> dict[str, int]:
    """Cases by disposition, in the order of the codes; those that do not occur are 0."""
    counts = Counter(each.code for each in found)
    return {code: counts[code] for code in LABELS}
