"""The pages that everyone can open, in every language, wide and narrow."""

import shutil

import pytest

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
OPEN_TO_ALL = ["/", "/accessibility/", "/privacy/", "/accounts/login/", "/results/"]


def test_the_open_pages_fit_a_narrow_window_in_the_other_languages(visitor):
    window = visitor(width=320, color_scheme="dark")
    for language in ("nn", "en"):
        for path in OPEN_TO_ALL:
            window.go(path)
            window.language(language)
            assert window.page.url.endswith(path)
            window.fits()


def test_a_page_that_is_not_there_says_so_in_the_readers_language(visitor):
    window = visitor(locale="nn-NO")
    window.page.goto(window.base + "/finst-ikkje/")
    assert "finst ikkje" in window.page.inner_text("h1")
    window.inspect()


def test_the_content_is_one_key_away(visitor):
    window = visitor()
    window.go("/")
    window.page.keyboard.press("Tab")
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "main"
