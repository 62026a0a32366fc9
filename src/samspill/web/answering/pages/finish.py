"""Overview, review, submission and receipt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from samspill.instrument import Fault, Step
from samspill.web.answering.actions import faults_of, submit
from samspill.web.answering.desk import Course, Desk, course_of
from samspill.web.answering.gate import Gate, gate_of
from samspill.web.answering.pages.common import go, show, step_page
from samspill.web.instruments.rendering import input_id, readable


@dataclass(frozen=True, slots=True)
class Line:
    """A question with its answer in words; ``fault`` says what must be put right."""

    anchor: str
    question: str
    field: str
    answer: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A step as the overview and the review list it."""

    title: str
    address: str
    asked: int
    left: int
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    compare: str = ""

    @property
    def given(self) -> int:
        return self.asked - self.left

    @property
    def grouped(self) -> list[tuple[str, list[Line]]]:
        """The lines by question: one that stands once for each field has a line for each."""
        groups: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            groups[line.question].append(line)
        return list(groups.items())


def parts(desk: Desk, way: Course) -> list[Part]:
    """The steps that come, each with its answers and faults."""
    found: dict[Any, Fault] = {fault.item: fault for fault in faults_of(desk, way.saved)}
    return [_part(desk, way, step, found) for step in way.steps]


def _part(desk: Desk, way: Course, step: Step, faults: dict[Any, Fault]) -> Part:
    sheet = desk.sheet
    lines, wrong = [], []
    for asked in step.asked:
        question, item = asked.question, asked.item
        if not question.has_answer:
            continue
        value = way.answers.get(item)
        fault = faults.get(item)
        by_field = step.page.per_field and not step.field
        lines.append(
            Line(
                input_id(item),
                sheet.words(question.text, item.field),
                sheet.field_label(item.field) if by_field else "",
                readable(sheet, question, value, item.field) if value else "",
                fault.message if fault else "",
            )
        )
        if fault:
            wrong.append(fault)
    aside = step.identifier in way.saved.set_aside
    address = f"{desk.base}{step_page(step)}"
    return Part(
        sheet.title(step),
        address,
        len(lines),
        sum(not line.answer for line in lines),
        tuple(lines),
        tuple(wrong),
        f"{address}compare/" if aside else "",
    )


def overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All pages, with what is missing on each."""
    way = course_of(desk)
    closed = desk.step(request.GET.get("closed", ""))
    context = {
        "parts": parts(desk, way),
        "answered": way.answered(),
        "asked": len(way.asked()),
        "closed": desk.sheet.title(closed) if closed else "",
        "submitted": desk.response.submitted_at if desk.response else None,
    }
    return show(request, desk, "overview", context)


def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All answers with ways to change them, and the button that sends them in."""
    if request.method == "POST":
        if not submit(desk=desk):
            return go(desk, "receipt/")
        return _review(request, desk, stopped=True)
    return _review(request, desk, stopped=False)


def _review(request: HttpRequest, desk: Desk, *, stopped: bool) -> HttpResponse:
    way = course_of(desk)
    listed = parts(desk, way)
    context = {
        "parts": listed,
        "faults": [
            (f"{part.address}#{line.anchor}", line, part)
            for part in listed
            for line in part.lines
            if line.fault
        ],
        "stopped": stopped,
        "answered": way.answered(),
        "asked": len(way.asked()),
        "submitted": desk.response.submitted_at if desk.response else None,
    }
    return show(request, desk, "review", context, status=422 if stopped else 200)


def receipt(request: HttpRequest, desk: Desk) -> HttpResponse:
    """That the answers are in, and how to keep or change them."""
    if desk.response is None or desk.response.submitted_at is None:
        return go(desk, "")
    way = course_of(desk)
    context = {
        "submitted": desk.response.submitted_at,
        "saved_at": desk.response.saved_at,
        "changeable": gate_of(desk.respondent) == Gate.OPEN,
        "answered": way.answered(),
        "asked": len(way.asked()),
        "parts": parts(desk, way),
    }
    return show(request, desk, "receipt", context)
