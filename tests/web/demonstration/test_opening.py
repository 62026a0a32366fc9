"""``samspill demo`` from an empty folder to a person signed in, and its end."""

from __future__ import annotations

import re
import signal
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from web.serving.served import Served

pytestmark = pytest.mark.long


@pytest.fixture
def demo(tmp_path):
    served = Served(
        tmp_path / "elsewhere", "demo", "--no-browser", "--folder", str(tmp_path / "demo")
    )
    yield served
    served.end()


def test_a_person_comes_in_by_a_button_and_finds_the_made_up_study(demo):
    demo.read_until("The demonstration is at")
    demo.wait_until_it_answers()
    base = f"http://127.0.0.1:{demo.port}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open_page(path, data=None):
        with browser.open(base + path, data, timeout=60) as answer:
            return answer.read().decode()

    page = open_page("/accounts/login/")
    assert "/demonstration/sign-in/researcher/" in page
    key = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": key}).encode()
    studies = open_page("/demonstration/sign-in/researcher/", form)
    assert "/studies/made-up-2026/" in studies
    assert "/studies/norway-2018/" in studies
    assert demo.stop(signal.SIGINT) == 0
