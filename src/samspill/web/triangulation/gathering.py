"""The sources of a study as they stand in the application, and their joint display."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import cache

from samspill.analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.triangulation import Counts, JointDisplay, Memos, lay_beside
from samspill.triangulation.interviews import counts_of_interviews
from samspill.triangulation.memo import read_memo, with_entries
from samspill.triangulation.survey import counts_of_survey
from samspill.triangulation.themes import REGISTER, SURVEY, themes
from samspill.web.interviews.asking.survey import answered_surveys
from samspill.web.interviews.changes import last_number
from samspill.web.interviews.project import tables_of
from samspill.web.results.published import Edition, edition
from samspill.web.results.rendering import program
from samspill.web.results.withholding import is_withheld, withheld
from samspill.web.studies.models import Study
from samspill.web.triangulation.models import RegisterCounts
from samspill.web.triangulation.written import memos_of, state_of

T = TypeVar("T")
A_DAY = 24 * 3600
MEASURING = frozenset(i for theme in themes() for item in theme.items for i in item.indicators)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A study's joint display with what it was made of: ``published`` says whether the survey's
    side is the published one, ``register`` what was brought of a register, ``weighted`` whether the
    survey declares weights, which the comparison does not use."""

    display: JointDisplay
    memos: Memos
    published: bool
    register: RegisterCounts | None
    interviewed: int
    faults: tuple[SamspillError, ...] = ()
    weighted: bool = False


def gathered(study: Study, *, reader: bool = False) -> Gathered:
    """What the sources of a study say, side by side.

    ``reader`` leaves out the interviews' side, the register and the memo written in the
    application unless they have been shared, and everything of a survey that is not published.
    """
    whole = not reader or study.sharings.filter(withdrawn_at=None).exists()
    found, faults = _survey(study, published_only=reader)
    interviewed = study.sources.count() if whole else 0
    register = study.register_counts.filter(removed_at=None).last() if whole else None
    key = _key(study, found, register, whole)

    def make() -> tuple[JointDisplay, Memos]:
        counts = Counts.of([])
        if found is not None:
            counts += _survey_counts(found)
        if interviewed:
            counts += counts_of_interviews(tables_of(study))
        if register is not None:
            counts += Counts.of(register.rows, register.pairs, [REGISTER])
        own = found.analysis.study.triangulation if found is not None else None
        memos = Memos() if own is None else read_memo(own)
        if whole:
            memos = with_entries(memos, memos_of(study, memos))
        return lay_beside(counts, memos), memos

    display, memos = _kept(key, make)
    published = found is not None and not found.digest.startswith("survey:")
    weighted = found is not None and found.analysis.weighting is not None
    return Gathered(display, memos, published, register, interviewed, tuple(faults), weighted)


def _survey(study: Study, *, published_only: bool) -> tuple[Edition | None, list[SamspillError]]:
    """The published study, or else the latest collection that anybody has answered."""
    faults = []
    try:
        published = edition(study)
    except SamspillError as error:
        published, faults = None, [error]
    if published is not None or published_only:
        return published, faults
    return _collected(study), faults


def _collected(study: Study) -> Edition | None:
    """The latest collection with answers whose questionnaire measures any theme."""
    for key, survey in answered_surveys(study):
        if not MEASURING.isdisjoint(survey.indicators["indicator"]):
            return Edition(StudyAnalysis(survey), f"{key}:{study.slug}")
    return None


def _survey_counts(found: Edition) -> Counts:
    hidden = withheld(found)
    counts = counts_of_survey(found.analysis)
    if not hidden:
        return counts
    return counts.withhold(
        SURVEY,
        lambda where, field: any(is_withheld(hidden, name, field) for name in where.split(";")),
    )


def _key(study: Study, found: Edition | None, register: RegisterCounts | None, whole: bool) -> str:
    parts = (
        study.pk,
        study.created_at.timestamp(),
        found.digest if found else "",
        last_number(study) if whole else 0,
        register.pk if register else 0,
        state_of(study) if whole else "",
        program(),
    )
    return "sources-" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _kept(key: str, make: Callable[[], T]) -> T:
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, A_DAY)
    return found
