"""A reader in a real browser: what each page promises is held to on every page that is opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from journeys.looking import look

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]

REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event =>
    console.error('CSP violation: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(slots=True)
class Visitor:
    """A browser window of its own (cookies and all) at the application's address.

    Whatever page is opened: a violation of the content security policy, an error in the console,
    a request to another site, and (with ``inspect``) anything axe finds, is a fault.
    """

    page: Any
    base: str
    javascript: bool = True
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        """Open a page; it must answer."""
        answer = self.page.goto(path if path.startswith("http") else self.base + path)
        assert answer is not None
        assert answer.status < 400, (path, answer.status)
        return self.page

    def language(self, code: str) -> None:
        """Choose the language by the buttons at the top of the page."""
        self.page.click(f"form.languages button[value={code}]")
        assert self.page.locator("html").get_attribute("lang") == code

    def sign_in(self, user: Any) -> None:
        """Sign in without going through the form, which a journey of its own does."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}]
        )

    def inspect(self, *rules: str) -> None:
        """axe finds nothing on this page, and nothing is wider than the window; only ``rules``,
        where some are given.

        axe is a script that waits for timers, so a window without JavaScript is only measured.
        """
        self.fits()
        if self.javascript:
            look(self.page, rules=rules)

    def fits(self) -> None:
        """Nothing on this page is wider than the window."""
        self.page.wait_for_load_state()
        assert self.page.evaluate(OVERFLOW) <= 0, f"{self.page.url} scrolls sideways"


@pytest.fixture(scope="session", autouse=True)
def _database_calls_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in the test's thread, where Django refuses its database."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def _files_under_the_names_that_pages_ask_for() -> Iterator[None]:
    """Collected styles and scripts have hashed names, which the handler that pytest-django takes
    does not find; the pages would be looked at without any style. A browser keeps them, as it does
    those of the server."""
    from django.contrib.staticfiles import handlers
    from django.test.testcases import _StaticFilesHandler

    class Kept(_StaticFilesHandler):
        def serve(self, request: Any) -> Any:
            answer = super().serve(request)
            answer["Cache-Control"] = "public, max-age=31536000, immutable"
            return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", Kept)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def built_assets() -> None:
    from samspill.web import assets

    assets.ensure()
    assets.collect()


@pytest.fixture
def visitor(
    chromium: Any, built_assets: None, live_server: Any
) -> Iterator[Callable[..., Visitor]]:
    """``visitor(width=390, javascript=False, locale="nn-NO")`` opens a window.

    It asks for no motion, so that axe never sees a colour half-way.
    """
    opened: list[tuple[Any, Visitor]] = []

    def open_window(
        *, width: int = 1280, javascript: bool = True, locale: str = "nb-NO", **options: Any
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale=locale,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(60_000)
        context.add_init_script(REPORT_VIOLATIONS)
        new = Visitor(context.new_page(), live_server.url, javascript)

        def heard(message: Any) -> None:
            if message.type == "error" and "status of 4" not in message.text:
                new.faults.append(f"{new.page.url}: {message.text}")

        def asked(request: Any) -> None:
            if not request.url.startswith((live_server.url, "data:", "blob:")):
                new.faults.append(f"asked {request.url}")

        def answered(response: Any) -> None:
            if "/static/" in response.url and response.status >= 400:
                new.faults.append(f"no file {response.url}")

        new.page.on("response", answered)
        new.page.on("console", heard)
        new.page.on("pageerror", lambda error: new.faults.append(str(error)))
        new.page.on("request", asked)
        opened.append((context, new))
        return new

    yield open_window
    for context, window in opened:
        context.close()
        assert window.faults == []
