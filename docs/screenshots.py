"""Pictures of the main pages, from a demonstration started for the purpose.

    python3 start.py run python docs/screenshots.py

writes ``docs/images/pages/<page>-<language>-<width>.png`` for bokmål and English, 1280 and 390
pixels wide. Needs Debian's chromium. Everything in the pictures but the founding study is made up.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).parent / "images" / "pages"
LANGUAGES = ("nb", "en")
WIDTHS = (1280, 390)
HEIGHT = 1600
SURVEY = "/studies/made-up-2026/fieldwork/survey/"
INTERVIEWS = "/studies/made-up-2026/interviews/"
EVERYONE = {
    "front": "/",
    "results": "/results/norway-2018/",
    "explorer": "/results/norway-2018/explore/?indicator=meeting_point&split=has_policy",
    "policy": "/results/norway-2018/policy/",
    "printed": "/results/norway-2018/printed/",
    "response": "/results/norway-2018/response/",
    "groups": "/results/made-up-2026/groups/",
    "change": "/results/made-up-2026/change/",
    "sources": "/results/norway-2018/sources/",
    "public-desk": "/municipalities/9901/open/",
}
DESK = "/municipalities/9901/"
COORDINATOR = {
    "today": DESK,
    "organisations": f"{DESK}register/organisations/",
    "plan": f"{DESK}plan/",
    "mirror": f"{DESK}mirror/",
    "both-sides": f"{DESK}mirror/both-sides/",
    "advice": f"{DESK}mirror/advice/",
    "volunteers": f"{DESK}volunteers/",
}
AT_THE_DESK = {"coordinator": COORDINATOR, "organisation": {"organisation": "/municipalities/"}}
RESEARCHER = {
    "study": "/studies/made-up-2026/",
    "fieldwork": f"{SURVEY}progress/",
    "messages": f"{SURVEY}messages/",
    "units": "/studies/made-up-2026/units/",
    "interviews": INTERVIEWS,
    "matrix": f"{INTERVIEWS}matrix/",
    "sides": f"{INTERVIEWS}sides/",
    "agreement": f"{INTERVIEWS}agreement/",
    "cases": "/studies/made-up-2026/design/cases/",
    "coverage": "/studies/made-up-2026/design/coverage/",
}


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("docs/screenshots.py: chromium was not found. On Debian: apt-get install chromium")
    TARGET.mkdir(parents=True, exist_ok=True)
    with demonstration() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language in LANGUAGES:
            for width in WIDTHS:
                with window(browser, base, language, width) as page:
                    for name, address in EVERYONE.items():
                        page.goto(base + address)
                        picture(page, name, language, width)
                for person, pages in AT_THE_DESK.items():
                    with window(browser, base, language, width) as page:
                        sign_in(page, base, person)
                        for name, address in pages.items():
                            page.goto(base + address)
                            page.wait_for_load_state("networkidle")
                            picture(page, name, language, width)
                with window(browser, base, language, width) as page:
                    sign_in(page, base, "researcher")
                    for name, address in RESEARCHER.items():
                        page.goto(base + address)
                        picture(page, name, language, width)
                    page.goto(base + INTERVIEWS)
                    page.locator("table th a").first.click()
                    page.locator("#codings li").first.wait_for(state="attached")
                    picture(page, "text", language, width)
                with window(browser, base, language, width) as page:
                    questionnaire(page, base, language, width)
        browser.close()


@contextmanager
def window(browser: Browser, base: str, language: str, width: int) -> Iterator[Page]:
    """A window of nobody's, in a language."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "samspill_language", "value": language, "url": base}])
    yield context.new_page()
    context.close()


def questionnaire(page: Page, base: str, language: str, width: int) -> None:
    """The door and the first questions, as the coordinator of a made-up municipality sees them."""
    sign_in(page, base, "coordinator")
    page.goto(f"{base}/to-answer/")
    page.locator("main a[href*='/a/']").first.click()
    picture(page, "answering", language, width)
    page.locator("main a.ds-button").first.click()
    picture(page, "question", language, width)


def sign_in(page: Page, base: str, who: str) -> None:
    page.goto(base)
    page.locator(f"form[action$='/{who}/'] button").click()
    page.wait_for_load_state()


def picture(page: Page, name: str, language: str, width: int) -> None:
    """At most the first 1,600 pixels: what one sees, not the whole of a long table."""
    path = TARGET / f"{name}-{language}-{width}.png"
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), HEIGHT)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=path, clip=clip, full_page=True)
    print(path.relative_to(TARGET.parents[2]))


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that lives as long as the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        command = ["samspill", "demo", "--no-browser", "--port", str(port), "--folder", folder]
        process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"{base}/results/norway-2018/", process)
            yield base
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    sys.exit("docs/screenshots.py: the demonstration did not start.")


if __name__ == "__main__":
    main()
