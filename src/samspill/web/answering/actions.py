"""What respondents do: save a page, choose between two versions of one, submit, decline."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspill.instrument import Fault, Item, Step, normalise_answers, validate_values
from samspill.web.answering.desk import Course, Desk, course
from samspill.web.audit.recording import RESPONDENT, record
from samspill.web.database.prepared import Prepared, PreparedInsert
from samspill.web.fieldwork.models import Respondent, Response, SavedPage
from samspill.web.fieldwork.responses import Answers, Saved, as_answers, as_stored, saved_pages
from samspill.web.instruments.rendering import Raw

READABLE = frozenset({"required", "constraint"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page that was sent.

    ``faults`` are those of its questions, ``set_aside`` is the revision that waits for a choice
    because somebody else had saved the page in between (0 where none does).
    """

    course: Course
    faults: tuple[Fault, ...]
    set_aside: int = 0

    @property
    def unreadable(self) -> tuple[Fault, ...]:
        """Faults of what could not be saved."""
        return tuple(fault for fault in self.faults if fault.kind not in READABLE)

    @property
    def stopping(self) -> tuple[Fault, ...]:
        """Faults worth stopping at; an empty answer may wait until the questionnaire is sent."""
        return tuple(fault for fault in self.faults if fault.kind != "required")


def save_page(
    *, desk: Desk, step: Step, given: Mapping[Item, Raw], base: int | None = None
) -> Outcome:
    """Save what was sent of a step.

    What can be read is saved, required or not; an answer that cannot be read leaves the one
    before it standing and is among the faults. ``base`` is the revision that the page was filled
    in on: where another author has saved the step since, and differently, the page is set aside
    instead. To send the same page twice saves it once.
    """
    values, unreadable = normalise_answers(desk.sheet.instrument, given, desk.sheet.language)
    wrong = {fault.item for fault in unreadable}
    saved, aside = _save(desk, step, given, values, wrong, base)
    if aside is not None:
        return Outcome(course(desk.sheet, saved), (), aside.revision)
    after = course(desk.sheet, saved)
    read = {item: value for item, value in after.answers.items() if item not in wrong}
    instrument, language = desk.sheet.instrument, desk.sheet.language
    faults = validate_values(instrument, read, language, step, unreadable)
    return Outcome(after, tuple(faults))


@transaction.atomic
def _save(
    desk: Desk,
    step: Step,
    given: Mapping[Item, Raw],
    values: Answers,
    wrong: Several[Item],
    base: int | None,
) -> tuple[Saved, SavedPage | None]:
    """What is saved afterwards, and the page where it was set aside. Nothing that can be worked
    out before or after stands in here, where others wait."""
    response, saved = _locked(desk)
    current = saved.current.get(step.identifier)
    before = as_answers(current.answers) if current else {}
    kept = {item: value for item, value in before.items() if item not in given or item in wrong}
    page = kept | values
    if page == before:
        return saved, None
    response = response or _begin(desk)
    if base is not None and _others_since(saved, step, base, desk.author):
        aside = _set_aside(saved, step, page, desk.author) or _write(
            response, saved, step, page, desk, base=base, set_aside=True
        )
        return saved, aside
    return _with(saved, _write(response, saved, step, page, desk)), None


@transaction.atomic
def choose(*, desk: Desk, step: Step, revision: int, base: int, mine: Several[Item]) -> bool:
    """Settle a page that was set aside: for the items in ``mine`` it holds, for all others the
    page that was saved in between. False, and nothing is changed, where that page has been saved
    anew since it was compared (``base``)."""
    response, saved = _locked(desk)
    aside = next(
        (page for page in saved.set_aside.get(step.identifier, ()) if page.revision == revision),
        None,
    )
    if response is None or aside is None:
        return True
    if saved.revision(step.identifier) != base:
        return False
    current = saved.current.get(step.identifier)
    theirs = as_answers(current.answers) if current else {}
    own = as_answers(aside.answers)
    chosen = {item: value for item, value in theirs.items() if item not in mine}
    chosen |= {item: own[item] for item in mine if item in own}
    _write(response, saved, step, chosen, desk)
    SavedPage.objects.filter(pk=aside.pk).update(set_aside=False)
    return True


@transaction.atomic
def submit(*, desk: Desk) -> tuple[Fault, ...]:
    """Send in the questionnaire; what must be put right first, where something must.

    The time of the first submission stands. Answers may be changed afterwards."""
    response, saved = _locked(desk)
    faults = faults_of(desk, saved)
    if faults:
        return faults
    response = response or _begin(desk)
    if response.submitted_at is None:
        response.submitted_at = timezone.now()
        response.save(update_fields=["submitted_at"])
    return ()


@transaction.atomic
def refuse(*, desk: Desk) -> None:
    """Record that the respondent does not take part."""
    _set_refused(desk, "answering.refuse", timezone.now())


@transaction.atomic
def take_part(*, desk: Desk) -> None:
    """Take a refusal back."""
    _set_refused(desk, "answering.take_part", None)


def faults_of(desk: Desk, saved: Saved) -> tuple[Fault, ...]:
    """Everything that stands in the way of submitting what is saved."""
    sheet = desk.sheet
    return tuple(validate_values(sheet.instrument, saved.answers(), sheet.language))


_RESPONSE = Prepared(
    lambda respondent: Response.objects.select_for_update().filter(respondent_id=respondent), -1
)


_INSERT = PreparedInsert(SavedPage)


def _locked(desk: Desk) -> tuple[Response | None, Saved]:
    """The response and its pages, with other writers kept out until the transaction ends."""
    response = _RESPONSE.first(desk.respondent.pk)
    if response is None:
        Respondent.objects.select_for_update().filter(pk=desk.respondent.pk).values("pk").get()
        response = _RESPONSE.first(desk.respondent.pk)
    return response, saved_pages(response)


def _begin(desk: Desk) -> Response:
    return Response.objects.create(
        respondent_id=desk.respondent.pk, mode=desk.mode, entered_by=desk.entered_by
    )


def _others_since(saved: Saved, step: Step, base: int, author: str) -> bool:
    return any(
        page.step == step.identifier
        and page.revision > base
        and not page.set_aside
        and page.author != author
        for page in saved.history
    )


def _set_aside(saved: Saved, step: Step, page: Answers, author: str) -> SavedPage | None:
    """The same page, set aside before."""
    stored = as_stored(page)
    for aside in saved.set_aside.get(step.identifier, ()):
        if aside.author == author and aside.answers == stored:
            return aside
    return None


def _write(
    response: Response,
    saved: Saved,
    step: Step,
    page: Answers,
    desk: Desk,
    *,
    base: int | None = None,
    set_aside: bool = False,
) -> SavedPage:
    written = SavedPage(
        response=response,
        step=step.identifier,
        revision=saved.next_revision(step.identifier),
        base=saved.revision(step.identifier) if base is None else base,
        answers=as_stored(page),
        author=desk.author,
        set_aside=set_aside,
    )
    _INSERT(written)
    Response.objects.filter(pk=response.pk).update(saved_at=written.saved_at)
    if desk.entered_by is not None:
        record(
            actor=desk.entered_by,
            action="answering.enter_page",
            subject=_subject(desk),
            study=desk.collection.study.slug,
            new={"step": step.identifier, "mode": desk.mode},
        )
    return written


def _with(saved: Saved, page: SavedPage) -> Saved:
    current = {**saved.current, page.step: page}
    return Saved((*saved.history, page), current, saved.set_aside)


def _set_refused(desk: Desk, action: str, at: Any) -> None:
    respondent = Respondent.objects.select_for_update().get(pk=desk.respondent.pk)
    if (respondent.refused_at is None) == (at is None):
        return
    respondent.refused_at = at
    respondent.save(update_fields=["refused_at"])
    record(
        actor=desk.entered_by or RESPONDENT,
        action=action,
        subject=_subject(desk),
        study=desk.collection.study.slug,
    )


def _subject(desk: Desk) -> str:
    respondent = desk.respondent
    return f"{desk.collection.identifier}/{respondent.unit.identifier}/{respondent.side}"
