"""Every page that the demonstration's people can come to by links, held to axe.

The walk begins at the front page and follows links; of pages that differ only in what they are
about (one unit or another), the first of each study is opened. Each must fit a wide window and one
of 320 pixels. axe looks at it wide and light, and in the narrow window and in the dark for what
may differ there; of parts made alike it looks once at what depends on nothing else (``looking``).
The same page of a second study is looked at where it has parts that the first had not.
"""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from journeys.kept import loaded
from journeys.looking import BEFORE, BESIDE, MARK, WHERE_IT_MAY_DIFFER, bring_axe, look

from samspill.web.demonstration.loading import load

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
LINKS = "Array.from(document.querySelectorAll('a[href]'), a => a.href)"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}
EVERYONE = ["researcher", "coordinator", "", "organisation"]


@pytest.fixture
def demonstration(transactional_db):
    loaded("demonstration", load)


def _place(address: str) -> tuple[str, str] | None:
    """The pattern that an address belongs to, and which of its pages; None for what is no page of
    the application."""
    path = urlsplit(address).path
    try:
        found = resolve(path)
    except Resolver404:
        return None
    kinds = (found.kwargs.get(name, "") for name in ("study", "purpose"))
    return found.route, " ".join(kinds)


@pytest.mark.parametrize("who", EVERYONE)
def test_axe_finds_nothing_on_any_page(visitor, demonstration, who):
    window = visitor()
    bring_axe(window.page)
    window.go("/")
    window.language("nb")
    if who:
        window.sign_in(_person(who))
    seen: set[tuple[str, str]] = set()
    routes: set[str] = set()
    waiting = [window.base + "/"]
    while waiting:
        address = waiting.pop(0)
        place = _place(address)
        if place is None or place in seen or (who and _is_open(place[0])):
            continue
        seen.add(place)
        if not _opened(window, address):
            continue
        _look(window, first=place[0] not in routes)
        routes.add(place[0])
        found = window.page.evaluate(LINKS)
        waiting += [a.partition("#")[0] for a in found if a.startswith(window.base)]
    assert len(routes) > 5


def _is_open(route: str) -> bool:
    """Whether a page is walked by whoever has not signed in."""
    return route.startswith(("results/", "municipalities/<slug:municipality>/open/"))


def _opened(window, address: str) -> bool:
    """Whether the address is a page; a file to take home is none, and the window stays."""
    from playwright.sync_api import Error

    try:
        answer = window.page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    assert answer.status < 400, (address, answer.status)
    return answer.headers.get("content-type", "").startswith("text/html")


def _look(window, *, first: bool) -> None:
    """In the window as the last page left it, then in the other one."""
    page = window.page
    window.fits()
    new = page.evaluate(MARK)
    if not (first or new):
        return
    _look_as_it_is(page, new=new)
    narrow = page.viewport_size == NARROW
    page.set_viewport_size(WIDE if narrow else NARROW)
    page.emulate_media(color_scheme="light" if narrow else "dark")
    window.fits()
    _look_as_it_is(page, new=new)


def _look_as_it_is(page, *, new: bool) -> None:
    if page.viewport_size == WIDE:
        look(page, without=("color-contrast",), passing_by=BESIDE)
    if new:
        here = ("color-contrast",) if page.viewport_size == WIDE else WHERE_IT_MAY_DIFFER
        look(page, rules=here, passing_by=BEFORE)


def _person(who: str):
    from samspill.web.accounts.models import User
    from samspill.web.demonstration.people import PEOPLE

    return User.objects.get(email=PEOPLE[who].email)
