"""Every page that the demonstration's people can come to by links, held to axe in every language.

The walk begins at the front page and follows links; of pages that differ only in what they are
about (one unit or another), the first is opened. What a page is made of is the same in every
language, so that all of axe looks once; in a narrow window and in the dark it looks at what may
differ there.
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
AS = {
    "nb": {"width": 1280, "color_scheme": "light"},
    "nn": {"width": 320, "color_scheme": "light"},
    "en": {"width": 390, "color_scheme": "dark"},
}
WHERE_IT_MAY_DIFFER = {
    "nb": (),
    "nn": ("scrollable-region-focusable", "target-size", "color-contrast", "html-has-lang"),
    "en": ("color-contrast", "link-in-text-block", "html-has-lang", "html-lang-valid"),
}
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
    "language", [pytest.param(code, marks=pytest.mark.xdist_group(f"walk-{code}")) for code in AS]
)
def test_axe_finds_nothing_on_any_page(visitor, demonstration, language):
    seen: set[str | None] = set()
    for who in EVERYONE:
        window = visitor(**AS[language])
        window.go("/")
        window.language(language)
        if who:
            window.sign_in(_person(who))
        waiting = [window.base + "/"]
        seen.discard(_place(waiting[0]))
        while waiting:
            address = waiting.pop(0)
            place = _place(address)
            if place is None or place in seen:
                continue
            seen.add(place)
            if not _is_page(window, address):
                continue
            window.go(address)
            window.inspect(*WHERE_IT_MAY_DIFFER[language])
            found = window.page.evaluate(LINKS)
            waiting += [a.partition("#")[0] for a in found if a.startswith(window.base)]
    assert len(seen) > 60


def _person(who: str):
    from samspill.web.accounts.models import User
    from samspill.web.demonstration.people import PEOPLE

    return User.objects.get(email=PEOPLE[who].email)
