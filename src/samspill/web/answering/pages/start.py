"""The first page, and what stands there when nothing can be answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from samspill.instrument import Step
from samspill.web.answering.actions import refuse, take_part
from samspill.web.answering.desk import Course, Desk, course_of, whole
from samspill.web.answering.gate import Gate, gate_of
from samspill.web.answering.pages.common import go, moment, show, show_filled, step_page

QUESTIONS_A_MINUTE = 8
MINUTES_A_TEXT = 2


def start(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is asked, by whom, how long it takes, who reads the answers, and where one was."""
    way = course_of(desk)
    least, most = _minutes(desk, way)
    going = _first_unfinished(way)
    collection = desk.collection
    submitted = desk.response.submitted_at if desk.response else None
    fixed = {
        "sent": submitted is not None,
        "begun": bool(way.saved.current),
        "study_title": str(collection.study),
        "contact_name": collection.contact_name,
        "contact_email": collection.contact_email,
        "closes": moment(collection.closes_at),
    }
    slots = {
        "pages": len(whole(desk.sheet)),
        "going": f"{desk.base}{step_page(going)}" if going else f"{desk.base}review/",
        "answered": way.answered(),
        "asked": len(way.asked()),
        "least": least,
        "most": most,
        "link": request.build_absolute_uri(desk.base),
        "at": moment(submitted),
    }
    return show_filled(request, desk, "start", fixed, slots)


def _first_unfinished(way: Course) -> Step | None:
    if not way.saved.current:
        return way.steps[0] if way.steps else None
    return next((step for step in way.steps if way.unanswered(step)), None)


def _minutes(desk: Desk, way: Course) -> tuple[int, int]:
    """Least and most minutes: the questions that everybody gets, and all there are."""
    most = [a.question.type for s in whole(desk.sheet) for a in s.asked]
    least = [a.question.type for s in way.steps for a in s.asked]
    return _reckon(least), _reckon(most)


def _reckon(types: list[str]) -> int:
    texts = types.count("text")
    closed = len(types) - texts - types.count("note")
    return max(1, round(closed / QUESTIONS_A_MINUTE + texts * MINUTES_A_TEXT))


def decline(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask whether the unit really will not take part; record it, or take it back."""
    if request.method == "POST":
        if request.POST.get("answer") == "take_part":
            take_part(desk=desk)
            return go(desk, "")
        refuse(desk=desk)
        return go(desk, "decline/")
    refused = gate_of(desk.respondent) == Gate.REFUSED
    return show(request, desk, "decline", {"refused": refused})


def barred(request: HttpRequest, desk: Desk, gate: Gate) -> HttpResponse:
    """What is said where the questionnaire cannot be answered now."""
    submitted = desk.response.submitted_at if desk.response else None
    return show(request, desk, "barred", {"gate": gate.value, "submitted": submitted})
