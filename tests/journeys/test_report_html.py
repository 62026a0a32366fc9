"""The HTML report in a browser: axe, narrow screens, dark mode, keyboard, print.

Of rows made alike beside each other axe looks at the first (``looking``)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys.looking import BESIDE, MARK, WHERE_IT_MAY_DIFFER, look
from presentation.report.report_study import invented_study

from samspill.presentation import build_report

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    (path,) = build_report(invented_study(), "nb", ("html",), tmp_path_factory.mktemp("report"))
    return Path(path).as_uri()


@pytest.fixture(params=["light", "dark"])
def page(
    request: pytest.FixtureRequest, chromium: playwright.Browser, address: str
) -> Iterator[playwright.Page]:
    context = chromium.new_context(
        color_scheme=request.param, viewport={"width": 1280, "height": 900}
    )
    asked: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.goto(address)
    yield opened
    assert [url for url in asked if not url.startswith("file:")] == []
    context.close()


@pytest.fixture
def rules(page: playwright.Page) -> tuple[str, ...]:
    """In the light all of axe's; in the dark those that colours and places decide."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    return WHERE_IT_MAY_DIFFER if dark else ()


def test_axe_finds_nothing(page: playwright.Page, rules: tuple[str, ...]) -> None:
    page.evaluate(MARK)
    look(page, rules=rules, passing_by=BESIDE)


def test_at_320_pixels_the_page_does_not_scroll_sideways(
    page: playwright.Page, rules: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    page.evaluate(MARK)
    look(page, rules=rules, passing_by=BESIDE)


def test_dark_mode_turns_the_paper_dark(page: playwright.Page) -> None:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    level = int(paper.removeprefix("rgb(").split(",")[0])
    assert level < 60 if dark else level > 200


def test_the_keyboard_reaches_content_and_wide_tables(page: playwright.Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    region = page.locator("#table-effects .scroll")
    region.focus()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_a_number_leads_to_its_row(page: playwright.Page) -> None:
    page.locator("main a.number[href='#table-effects']").first.click()
    assert page.evaluate("document.querySelector(':target').id") == "table-effects"
