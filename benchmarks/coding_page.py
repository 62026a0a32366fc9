"""python3 start.py run python -m benchmarks.coding_page [--characters 300000] [--codings 5000]

Opens a long, densely coded text in Chromium at the real server, which has a data folder of its own,
and codes twenty passages in it: how long until the text is painted, until what is coded is shown,
and from the key that chooses a code until the new coding is on the screen.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
from typing import Any

from benchmarks.answering_load import START, _free_port, _server

SAID = """vi har ingen felles liste over laga men kommunen vet hvem som hjelper når noen ringer om
kvelden og møtet om høsten ble flyttet fordi ingen hadde tid til å skrive søknaden på nytt igjen"""
ADDED = 20
WATCH = """
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "picker-input") return;
  const began = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    (window.shown ??= []).push(performance.now() - began);
  }));
}, { capture: true });
"""
ADDS = "() => window.shown?.length ?? 0"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
CODED = "() => performance.getEntriesByName('codings-shown')[0].startTime"
READY = "() => performance.getEntriesByType('navigation')[0].responseEnd"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="samspill-coding-") as folder:
        port = _free_port()
        for name in [n for n in os.environ if n.startswith("SAMSPILL_") or n == "DATABASE_URL"]:
            del os.environ[name]
        os.environ |= {"SAMSPILL_DATA": folder, "SAMSPILL_ADDRESS": f"http://127.0.0.1:{port}"}
        path, cookie = _prepare(port, options.characters, options.codings)
        serve = [sys.executable, "-c", START, "serve", "--no-jobs", "--port", str(port)]
        with _server(serve, port):
            figures = _measure(f"http://127.0.0.1:{port}", path, cookie)
    print(f"{options.characters:>12}  characters")
    print(f"{options.codings:>12}  codings")
    for name, value in figures.items():
        print(f"{value:>12.0f}  {name}")


def _measure(base: str, path: str, cookie: tuple[str, str]) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
        context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": base}])
        context.add_init_script(WATCH)
        page = context.new_page()
        opened = [_opened(page, base + path) for _ in range(5)]
        _code(page)
        shown = page.evaluate("() => window.shown")
        browser.close()
    answered, painted, coded = (statistics.median(row[at] for row in opened) for at in range(3))
    return {
        "answer received, median ms": answered,
        "first paint, median ms": painted,
        "codings shown, median ms": coded,
        "a coding on the screen, median ms": statistics.median(shown),
        "a coding on the screen, longest ms": max(shown),
    }


def _opened(page: Any, address: str) -> tuple[float, float, float]:
    page.goto(address)
    page.wait_for_selector("#codings .coding")
    return page.evaluate(READY), page.evaluate(PAINTED), page.evaluate(CODED)


def _code(page: Any) -> None:
    """Sentence after sentence, in the middle of the text."""
    page.evaluate("() => scrollTo(0, document.body.scrollHeight / 2)")
    page.focus("#text")
    for number in range(1, ADDED + 1):
        page.keyboard.press("ArrowDown")
        page.keyboard.type("kode 1")
        page.keyboard.press("Enter")
        while page.evaluate(ADDS) < number:
            page.wait_for_timeout(20)
        page.wait_for_timeout(150)


def _prepare(port: int, characters: int, codings: int) -> tuple[str, tuple[str, str]]:
    """A study with one text coded by three, and the cookie of one of them."""
    from samspill.web.serving.running import Server
    from samspill.web.serving.starting import close_connections, set_up

    set_up(Server(port=port))
    from django.conf import settings
    from django.test import Client

    from samspill.web.accounts.models import User
    from samspill.web.interviews.actions import add_code, add_sources
    from samspill.web.interviews.changes import changing
    from samspill.web.interviews.coders import coder_of
    from samspill.web.interviews.models import Coding, Source
    from samspill.web.serving.preparing import prepare
    from samspill.web.studies.models import Study

    prepare()
    chance = random.Random(1)
    study = Study.objects.create(slug="long", title={"nb": "Lang"}, year=2026)
    users = [User.objects.create_user(f"{n}@example.org", name=f"Koder {n}") for n in "abc"]
    for user in users:
        study.memberships.create(user=user, role="coder")
    source = Source(name="Long", text=_text(chance, characters), speakers=["Leder", "Intervjuer"])
    add_sources(actor=users[0], study=study, sources=[source])
    codes = [add_code(actor=users[0], study=study, name=f"Kode {n}") for n in range(60)]
    coders = [coder_of(study, user) for user in users]
    made = []
    for _ in range(codings):
        start = chance.randrange(len(source.text) - 400)
        made.append(
            Coding(
                source=source,
                start=start,
                end=start + chance.randrange(20, 300),
                code=chance.choice(codes),
                coder=chance.choice(coders),
            )
        )
    with changing(actor=users[0], study=study, action="take_in", source=source) as change:
        change.add(*made)
    client = Client()
    client.force_login(users[0])
    name = settings.SESSION_COOKIE_NAME
    cookie = (name, client.cookies[name].value)
    close_connections()
    return f"/studies/long/interviews/sources/{source.guid}/", cookie


def _text(chance: random.Random, characters: int) -> str:
    lines: list[str] = []
    length = 0
    while length < characters:
        sentences = [
            " ".join(chance.choices(SAID.split(), k=chance.randrange(6, 22))).capitalize() + "."
            for _ in range(chance.randrange(1, 7))
        ]
        line = f"{('Leder', 'Intervjuer')[len(lines) % 2]}: {' '.join(sentences)}"
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coding_page")
    parser.add_argument("--characters", type=int, default=300_000)
    parser.add_argument("--codings", type=int, default=5_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
