"""Two versions of a page, where two people had it open: theirs and yours, question by question."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from samspill.instrument import Item, Step
from samspill.web.answering.actions import choose
from samspill.web.answering.desk import Course, Desk, course_of
from samspill.web.answering.pages.common import go, show, step_page
from samspill.web.fieldwork.models import SavedPage
from samspill.web.fieldwork.responses import as_answers
from samspill.web.instruments.rendering import input_id, input_name, readable

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that two versions of a page answer differently, and which is proposed."""

    item: Item
    name: str
    anchor: str
    question: str
    theirs: str
    mine: str
    proposed: str


def compare(request: HttpRequest, desk: Desk, identifier: str) -> HttpResponse:
    """Choose between what was saved in between and what was set aside."""
    step = desk.step(identifier)
    if step is None:
        return go(desk, "overview/")
    way = course_of(desk)
    waiting = way.saved.set_aside.get(identifier, ())
    own = [page for page in waiting if page.author == desk.author] or list(waiting)
    if not own:
        return go(desk, step_page(step))
    aside = own[-1]
    found = differences(desk, way, step, aside)
    anew = False
    if request.method == "POST":
        sent = {
            "revision": request.POST.get("revision", ""),
            "base": request.POST.get("base", ""),
        }
        numbers = {key: int(v) for key, v in sent.items() if v.isdecimal() and len(v) < 10}
        mine = {d.item for d in found if request.POST.get(d.name) == MINE}
        if len(numbers) == 2 and choose(desk=desk, step=step, mine=mine, **numbers):
            return go(desk, step_page(step), saved=identifier)
        anew = True
    current = way.saved.current.get(identifier)
    context = {
        "title": desk.sheet.title(step),
        "step_address": f"{desk.base}{step_page(step)}",
        "differences": found,
        "aside": aside,
        "current": current,
        "yours": aside.author == desk.author,
        "anew": anew,
    }
    return show(request, desk, "compare", context)


def differences(desk: Desk, way: Course, step: Step, aside: SavedPage) -> list[Difference]:
    """The items that differ. What its author had not changed is proposed as the other has it."""
    current = way.saved.current.get(step.identifier)
    theirs = as_answers(current.answers) if current else {}
    mine = as_answers(aside.answers)
    common = _common_ground(way, step, aside)
    found = []
    for asked in step.asked:
        item, question = asked.item, asked.question
        if theirs.get(item) == mine.get(item):
            continue
        first, second = (
            readable(desk.sheet, question, value, item.field) if value else ""
            for value in (theirs.get(item), mine.get(item))
        )
        untouched = mine.get(item) == common.get(item)
        found.append(
            Difference(
                item,
                input_name(item),
                input_id(item),
                desk.sheet.label(item),
                first,
                second,
                THEIRS if untouched else MINE,
            )
        )
    return found


def _common_ground(way: Course, step: Step, aside: SavedPage) -> dict[Item, object]:
    """The page as its author had it open."""
    for page in way.saved.history:
        if page.step == step.identifier and page.revision == aside.base and not page.set_aside:
            return dict(as_answers(page.answers))
    return {}
