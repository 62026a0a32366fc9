"""Every page that the demonstration's people can come to by links, held to axe.

The walk begins at the front page and follows links; of pages that differ only in what they are
about (one unit or another), the first is opened. All of axe looks once, wide and light; then, on
the same page, in a narrow window and in the dark, what may differ there. The other languages are
looked at by the journeys of each workspace.
"""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
LINKS = "Array.from(document.querySelectorAll('a[href]'), a => a.href)"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}
WHERE_IT_MAY_DIFFER = ("scrollable-region-focusable", "target-size", "color-contrast")
EVERYONE = ["", "researcher", "coordinator", "organisation"]


@pytest.fixture
def demonstration(transactional_db):
    from samspill.web.demonstration.loading import load

    load()


def _place(address: str) -> str | None:
    """The pattern that an address belongs to; None for what is no page of the application."""
    path = urlsplit(address).path
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return f"{found.route} {found.kwargs.get('study', '')} {found.kwargs.get('purpose', '')}"


def _is_page(window, address: str) -> bool:
    answer = window.page.request.head(address)
    return answer.headers.get("content-type", "").startswith("text/html")


@pytest.mark.parametrize(
    "who", [pytest.param(who, marks=pytest.mark.xdist_group(f"walk-{who}")) for who in EVERYONE]
)
def test_axe_finds_nothing_on_any_page(visitor, demonstration, who):
    window = visitor()
    window.go("/")
    window.language("nb")
    if who:
        window.sign_in(_person(who))
    seen: set[str | None] = set()
    waiting = [window.base + "/"]
    while waiting:
        address = waiting.pop(0)
        place = _place(address)
        if place is None or place in seen or (who and _is_open(place)):
            continue
        seen.add(place)
        if not _is_page(window, address):
            continue
        window.go(address)
        window.inspect()
        _narrow_and_dark(window)
        found = window.page.evaluate(LINKS)
        waiting += [a.partition("#")[0] for a in found if a.startswith(window.base)]
    assert len(seen) > 5


def _is_open(place: str) -> bool:
    """Whether a page is walked by whoever has not signed in."""
    return place.startswith(("results/", "municipalities/<slug:municipality>/open/"))


def _narrow_and_dark(window) -> None:
    window.page.set_viewport_size(NARROW)
    window.page.emulate_media(color_scheme="dark")
    window.inspect(*WHERE_IT_MAY_DIFFER)
    window.page.set_viewport_size(WIDE)
    window.page.emulate_media(color_scheme="light")


def _person(who: str):
    from samspill.web.accounts.models import User
    from samspill.web.demonstration.people import PEOPLE

    return User.objects.get(email=PEOPLE[who].email)
