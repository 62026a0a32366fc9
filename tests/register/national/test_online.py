"""The registers' interfaces are asked with patience and within bounds."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from email.message import Message as Headers
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit

import pytest

from samspill.errors import SamspillError
from samspill.register.national import Registers, Selection, changes, online

from .entities import NUMBERS, entity, voluntary_page

BERGEN = Selection(municipalities=frozenset({"4601"}))
A_PAGE = 2


class Service(BaseHTTPRequestHandler):
    """Both registers with five organisations, two on a page; the first answer is “busy”."""

    asked: list[str]

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        question = parse_qs(place.query)
        self.asked.append(self.path)
        if len(self.asked) == 1:
            self.send_response(503)
            self.send_header("Retry-After", "3")
            self.end_headers()
            return
        last = place.path.rsplit("/", 1)[-1]
        if last == "enheter":
            self._answer(self._page(int(question.get("page", ["0"])[0])))
        elif "enheter" in place.path and last == NUMBERS[7]:
            self._answer(entity(7, slettedato="2025-01-02", forretningsadresse=None))
        elif "frivillige" in place.path and last in NUMBERS[:5]:
            page = voluntary_page((last, [("1100", 2), ("1200", 1)]))
            self._answer(page["_embedded"]["frivilligeOrganisasjoner"][0])
        else:
            self.send_error(404)

    def _page(self, page: int) -> dict[str, object]:
        first = page * A_PAGE
        following = f"/enhetsregisteret/api/enheter?page={page + 1}"
        return {
            "_embedded": {"enheter": [entity(n) for n in range(first, min(first + A_PAGE, 5))]},
            "_links": {"next": {"href": following}} if page < 2 else {},
            "page": {"totalPages": 3},
        }

    def _answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[tuple[str, list[str]]]:
    class Fresh(Service):
        asked: list[str] = []  # noqa: RUF012

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fresh)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", Fresh.asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_pages_are_followed_joined_and_waited_for(service):
    address, asked = service
    waits: list[float] = []
    selection = Selection(BERGEN.municipalities, numbers=frozenset({NUMBERS[7], NUMBERS[8]}))
    steps: list[tuple[int, int, str]] = []
    read = Registers(address, sleep=waits.append).organisations(
        selection, progress=lambda *step: steps.append(step)
    )
    assert [row["number"] for row in read.rows] == [*NUMBERS[:5], NUMBERS[7]]
    assert {row.get("categories") for row in read.rows[:5]} == {"1200;1100"}
    assert read.rows[5]["status"] == "dissolved"
    assert waits[0] == 3
    assert "kommunenummer=4601" in asked[0]
    assert "registrertIFrivillighetsregisteret=true" in asked[0]
    assert (3, 3, "enheter") in steps
    assert not read.complete


def test_what_the_registers_no_longer_answer_for_is_not_taken_for_gone(service):
    address, _ = service
    registers = Registers(address, sleep=lambda _seconds: None)
    read = registers.organisations(
        Selection(BERGEN.municipalities, numbers=frozenset({NUMBERS[8]}))
    )
    present = [
        {"identifier": "a", "name": "A", "number": NUMBERS[8], "provenance": "national_register"}
    ]
    assert changes(present, read, {}).gone == ()


def answering(*answers):
    """A transport that gives each answer in turn, or raises it."""
    left = iter(answers)

    def transport(address: str, timeout: float) -> bytes:
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return json.dumps(answer).encode()

    return transport


def refusal(status: int) -> HTTPError:
    return HTTPError("https://data.brreg.no", status, "", Headers(), BytesIO())


@pytest.mark.parametrize(
    "fault", [URLError("no network"), TimeoutError(), ConnectionResetError(), refusal(500)]
)
def test_without_an_answer_it_waits_longer_each_time_and_then_says_so(fault):
    waits: list[float] = []
    registers = Registers(transport=answering(*[fault] * 4), sleep=waits.append)
    with pytest.raises(SamspillError, match="did not answer") as caught:
        registers.voluntary()
    assert waits == [1, 2, 4]
    assert "download" in caught.value.next_step


def test_an_answer_that_comes_after_a_fault_is_taken():
    page = voluntary_page((NUMBERS[0], []))
    registers = Registers(transport=answering(TimeoutError(), page), sleep=lambda _seconds: None)
    assert set(registers.voluntary()) == {NUMBERS[0]}


def test_a_refusal_is_told_of_at_once():
    waits: list[float] = []
    registers = Registers(transport=answering(refusal(400)), sleep=waits.append)
    with pytest.raises(SamspillError, match="400"):
        registers.organisations(BERGEN)
    assert waits == []


@pytest.mark.parametrize("href", ["https://elsewhere.example/", "http://data.brreg.no/", "//a.b/"])
def test_a_link_to_another_place_is_not_followed(href):
    page = voluntary_page((NUMBERS[0], [])) | {"_links": {"next": {"href": href}}}
    with pytest.raises(SamspillError, match="another place"):
        Registers(transport=answering(page)).voluntary()


def test_pages_without_end_are_given_up(monkeypatch):
    monkeypatch.setattr(online, "MOST_PAGES", 3)
    page = voluntary_page() | {"_links": {"next": {"href": "?searchAfter=1"}}}
    with pytest.raises(SamspillError, match="more than 3 pages"):
        Registers(transport=answering(*[page] * 9)).voluntary()


@pytest.mark.parametrize("answer", [[], "x", 1, None])
def test_an_answer_of_another_kind_is_told_of(answer):
    with pytest.raises(SamspillError, match="not as it should be"):
        Registers(transport=answering(answer)).voluntary()


def test_the_whole_country_is_not_asked_for_online():
    with pytest.raises(SamspillError, match="No municipality"):
        Registers(transport=answering()).organisations(Selection())


def test_an_address_without_https_is_not_asked():
    with pytest.raises(SamspillError, match="not asked"):
        Registers("http://data.brreg.no")
