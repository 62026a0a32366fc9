"""Overview, review, submission and receipt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe

from samspill.instrument import Fault, Step
from samspill.web.answering.actions import faults_of, submit
from samspill.web.answering.desk import Course, Desk, course_of
from samspill.web.answering.gate import Gate, gate_of
from samspill.web.answering.pages.common import go, moment, show, show_filled, step_page
from samspill.web.instruments.rendering import input_id, readable
from samspill.web.pages.moulds import filled


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
    submitted = desk.response.submitted_at if desk.response else None
    fixed = {"sent": submitted is not None}
    slots = {
        "parts": _in_words(listed, change=True),
        "answered": way.answered(),
        "asked": len(way.asked()),
        "at": moment(submitted),
    }
    faults = [
        (f"{part.address}#{line.anchor}", line, part)
        for part in listed
        for line in part.lines
        if line.fault
    ]
    if not faults:
        return show_filled(request, desk, "review", fixed, slots)
    context = {**fixed, **slots, "faults": faults, "stopped": stopped}
    return show(request, desk, "review", context, status=422 if stopped else 200)


def _in_words(listed: Sequence[Part], *, change: bool) -> SafeString:
    """The questions of each part with the answers in words; with ``change`` the way to them."""
    shown = (
        filled(
            "answering/part.html",
            {"title": part.title, "change": change},
            {"address": part.address, "answers": _answers(part)},
        )
        for part in listed
        if part.asked
    )
    return mark_safe("".join(shown))  # noqa: S308 - made of templates, which escape


def _answers(part: Part) -> SafeString:
    shown = []
    for question, lines in part.grouped:
        by_field = bool(lines[0].field)
        answers = "".join(_answer(line) for line in lines)
        fixed = {"question": question, "by_field": by_field}
        slots = {"lines": mark_safe(answers)}  # noqa: S308 - made of templates, which escape
        shown.append(filled("answering/answers.html", fixed, slots))
    return mark_safe("".join(shown))  # noqa: S308 - made of templates, which escape


def _answer(line: Line) -> SafeString:
    about = line.field or line.question
    fixed = {"about": about, "given": bool(line.answer), "fault": line.fault}
    answer = linebreaksbr(line.answer) if "\n" in line.answer else line.answer
    return filled("answering/answer.html", fixed, {"answer": answer})


def receipt(request: HttpRequest, desk: Desk) -> HttpResponse:
    """That the answers are in, and how to keep or change them."""
    if desk.response is None or desk.response.submitted_at is None:
        return go(desk, "")
    way = course_of(desk)
    fixed = {
        "changeable": gate_of(desk.respondent) == Gate.OPEN,
        "closes": moment(desk.collection.closes_at),
    }
    slots = {
        "at": moment(desk.response.submitted_at),
        "answered": way.answered(),
        "asked": len(way.asked()),
        "parts": _in_words(parts(desk, way), change=False),
    }
    return show_filled(request, desk, "receipt", fixed, slots)
