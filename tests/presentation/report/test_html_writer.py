from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from presentation.report.report_sample import DRAWING, document

from samspill.presentation.report import svg
from samspill.presentation.report.html import write_html


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.headings: list[int] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and str(given.get("href", "")).startswith("#"):
            self.targets.append(str(given["href"])[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def page() -> str:
    return write_html(document()).decode("utf-8")


@pytest.fixture(scope="module")
def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def test_every_internal_link_leads_to_one_place(read: _Reader) -> None:
    assert len(set(read.ids)) == len(read.ids)
    assert set(read.targets) <= set(read.ids)
    assert "row-1" in read.targets


def test_headings_start_at_one_and_skip_no_level(read: _Reader) -> None:
    assert read.headings[0] == 1
    assert read.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(read.headings, read.headings[1:], strict=False))


def test_page_asks_nothing_of_the_network_and_runs_nothing(page: str) -> None:
    without_names = page.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(https?:)?//[a-z0-9]", without_names)
    assert "<script" not in page
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)


def test_text_with_markup_in_it_stays_text(page: str, read: _Reader) -> None:
    assert "<b>" not in page
    assert "Felt «0» & [andre] <b>" in read.text


def test_language_is_stated(page: str) -> None:
    assert '<html lang="nb-NO">' in page


def test_drawing_has_a_name_and_identifiers_of_its_own() -> None:
    written = svg.inline(DRAWING, "figure-9", "Tittel <1>", "Beskrivelse")
    assert 'role="img" aria-labelledby="figure-9-title figure-9-desc"' in written
    assert '<title id="figure-9-title">Tittel &lt;1&gt;</title>' in written
    assert 'clip-path="url(#figure-9-clip0)"' in written
    assert 'id="figure-9-clip0"' in written
    assert "graphics-symbol" not in written
    assert written.count("viewBox") == 1


def test_drawing_without_a_stated_size_gets_one() -> None:
    assert svg.size('<svg viewBox="0 0 10 10"></svg>') == (640.0, 400.0)
    assert svg.size('<svg width="200" height="50.5"></svg>') == (200.0, 50.5)
