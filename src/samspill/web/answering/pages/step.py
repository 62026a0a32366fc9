"""One page of questions: shown, saved, and shown again with what is wrong with it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from samspill.instrument import Fault, Item, Step
from samspill.web.answering.actions import Outcome, save_page
from samspill.web.answering.desk import Course, Desk, course_of, other_activity, sheet_of, whole
from samspill.web.answering.pages.common import (
    go,
    keep_language,
    show,
    show_filled,
    step_page,
    wanted_language,
)
from samspill.web.instruments.rendering import (
    Raw,
    input_id,
    input_name,
    questions_html,
    read_step,
    written_answers,
)


def step(request: HttpRequest, desk: Desk, identifier: str) -> HttpResponse:
    """A step, or the save of one."""
    page = desk.step(identifier)
    if page is None:
        return go(desk, "overview/")
    if request.method == "POST":
        return _save(request, desk, page)
    way = course_of(desk)
    if way.step(identifier) is None:
        return go(desk, "overview/", closed=identifier)
    saved = request.GET.get("saved", "")
    return _page(request, desk, way, page, saved=saved)


def _page(
    request: HttpRequest,
    desk: Desk,
    way: Course,
    page: Step,
    *,
    typed: Mapping[Item, Raw] | None = None,
    faults: tuple[Fault, ...] = (),
    saved: str = "",
) -> HttpResponse:
    sheet = desk.sheet
    shown = way.step(page.identifier) or page
    values = written_answers(
        sheet, {a.item: way.answers[a.item] for a in shown.asked if a.item in way.answers}
    )
    removable = {item for item in values if item in way.answers}
    told = {fault.item: fault.message for fault in faults}
    saved_step = way.step(saved) if saved else None
    fixed: dict[str, Hashable] = {
        "title": sheet.title(page),
        "step": page.identifier,
        "sheet_language": sheet.language,
        "comes": way.step(page.identifier) is not None,
        "answers_here": any(a.question.has_answer for a in shown.asked),
        "saved_title": sheet.title(saved_step) if saved_step else "",
        "saved_here": saved == page.identifier,
        "saved_page": step_page(saved_step) if saved_step else "",
        "left": len(way.unanswered(saved_step)) if saved_step else 0,
    }
    slots = {
        "form": questions_html(sheet, shown.asked, {**values, **(typed or {})}, told, removable),
        "shown": " ".join(
            str(index) for index, a in enumerate(page.asked) if _among(a.item, shown)
        ),
        "base_revision": way.saved.revision(page.identifier),
        "number": way.place(page.identifier) + 1,
        "count": len(way.steps),
        "answered": way.answered(),
        "asked": len(way.asked()),
    }
    seldom = {
        "faults": [(input_id(f.item), sheet.label(f.item), f.message) for f in faults],
        "other": other_activity(desk, way.saved),
        "aside": way.saved.set_aside.get(page.identifier, ()),
    }
    if not any(seldom.values()):
        return show_filled(request, desk, "step", fixed, slots)
    after = way.after(page, whole(sheet))
    context = {**fixed, **slots, **seldom, "after": step_page(after) if after else ""}
    return show(request, desk, "step", context, status=422 if faults else 200)


def _among(item: Item, step: Step) -> bool:
    return any(asked.item == item for asked in step.asked)


def _save(request: HttpRequest, desk: Desk, page: Step) -> HttpResponse:
    if not any(asked.question.has_answer for asked in page.asked):
        return _onwards(request, desk, page, course_of(desk), saved="")
    shown = _shown(request, page)
    given = read_step(page, request.POST, shown)
    removed = request.POST.get("remove", "")
    for item in given:
        if input_name(item) == removed:
            given[item] = ""
    sent_base = request.POST.get("base", "")
    base = int(sent_base) if sent_base.isdecimal() and len(sent_base) < 10 else None
    outcome = save_page(desk=desk, step=page, given=given, base=base)
    language = wanted_language(request)
    answer = _answer(request, desk, page, outcome, given, language, removed, shown)
    return keep_language(answer, language) if language else answer


def _shown(request: HttpRequest, page: Step) -> set[Item]:
    """The items that stood on the page that was sent; all where it does not say."""
    sent = request.POST.get("shown")
    if sent is None:
        return {asked.item for asked in page.asked}
    places = {int(text) for text in sent.split() if text.isdecimal() and len(text) < 6}
    return {asked.item for index, asked in enumerate(page.asked) if index in places}


def _answer(
    request: HttpRequest,
    desk: Desk,
    page: Step,
    outcome: Outcome,
    given: Mapping[Item, Raw],
    language: str,
    removed: str,
    shown: set[Item],
) -> HttpResponse:
    if outcome.set_aside:
        return go(desk, f"{step_page(page)}compare/")
    unreadable = {fault.item for fault in outcome.unreadable}
    stopped = outcome.unreadable if language or removed else outcome.stopping
    if stopped:
        if language:
            translation.activate(language)
            desk = replace(desk, sheet=sheet_of(desk.collection, language))
        typed = {item: given[item] for item in unreadable if item in given}
        return _page(
            request,
            desk,
            outcome.course,
            page,
            typed=typed,
            faults=stopped,
            saved=page.identifier,
        )
    if language:
        return go(desk, step_page(page))
    if removed:
        items = [item for item in given if input_name(item) == removed]
        return go(desk, step_page(page), input_id(items[0]) if items else "")
    open_now = outcome.course.step(page.identifier)
    opened = [a.item for a in open_now.asked if a.question.has_answer] if open_now else []
    fresh = [item for item in opened if item not in shown]
    if fresh and request.POST.get("go", "next") == "next":
        return go(desk, step_page(page), input_id(fresh[0]), saved=page.identifier)
    return _onwards(request, desk, page, outcome.course, saved=page.identifier)


def _onwards(request: HttpRequest, desk: Desk, page: Step, way: Course, saved: str) -> HttpResponse:
    language = wanted_language(request)
    if language:
        return keep_language(go(desk, step_page(page)), language)
    every = whole(desk.sheet)
    match request.POST.get("go", "next"):
        case "back":
            before = way.before(page, every)
            return go(desk, step_page(before) if before else "", saved=saved)
        case "overview":
            return go(desk, "overview/", saved=saved)
        case _:
            after = way.after(page, every)
            return go(desk, step_page(after) if after else "review/", saved=saved)
