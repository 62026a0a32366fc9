"""Ask the registers' interfaces, when asked to: pages, with patience and within bounds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import Request, urlopen

from samspill.errors import Message, Problem, SamspillError
from samspill.register.national.opening import Progress, silent
from samspill.register.national.reading import (
    National,
    Selection,
    entities_of_page,
    national_of_pages,
)
from samspill.register.national.voluntary import (
    VoluntaryOrganisation,
    VoluntaryRegister,
    voluntary_register,
)

ADDRESS = "https://data.brreg.no"
ENTITIES = "/enhetsregisteret/api/enheter"
VOLUNTARY = "/frivillighetsregisteret/api/frivillige-organisasjoner"
ENTITIES_A_PAGE = 1_000
VOLUNTARY_A_PAGE = 100
"""The most that Frivillighetsregisteret gives on a page."""
MOST_PAGES = 2_000
MOST_SINGLY = 700
"""More organisations than this are quicker to get as the whole register."""
LARGEST = 50_000_000
ATTEMPTS = 4
LONGEST_WAIT = 60.0
BUSY = frozenset({429, 500, 502, 503, 504})
NONE_SUCH = frozenset({404, 410})

NO_ANSWER = "The national registers did not answer."
NO_ANSWER_STEP = "Try again later, or download the file in a browser and use that."
REFUSED = "The national registers refused the question (code {status})."
REFUSED_STEP = "Check the municipality's code, or download the file in a browser and use that."
NOT_JSON = "The answer of the national registers is not as it should be."
ELSEWHERE = "The answer of the national registers leads to another place, “{address}”."
TOO_MANY_PAGES = "The national registers have more than {n} pages of answers."
TOO_MANY_PAGES_STEP = "Download the whole register in a browser and use that file."
NO_MUNICIPALITY = "No municipality is named."
NO_MUNICIPALITY_STEP = "Name at least one by its code; the whole country is read from a file."
INSECURE = "“{address}” is not asked."
INSECURE_STEP = "Use an address with https."

Transport: TypeAlias = Callable[[str, float], bytes]
"""From an address and a timeout in seconds to the answer; raises OSError, HTTPError for a code."""


class Registers:
    """Both registers at an address, asked one page at a time."""

    def __init__(
        self,
        address: str = ADDRESS,
        *,
        timeout: float = 30,
        transport: Transport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise SamspillError(Message(INSECURE, address=address), INSECURE_STEP)
        self._address = address
        self._timeout = timeout
        self._transport = transport or _fetched
        self._sleep = sleep

    def organisations(
        self,
        selection: Selection,
        voluntary: VoluntaryRegister | None = None,
        progress: Progress = silent,
    ) -> National:
        """The organisations of a selection, which has to name its municipalities.

        Where ``voluntary`` is not given it is asked for, each organisation by itself or, where they
        are many, the whole register. The answer is never ``complete``.

        Raises SamspillError where the registers do not answer, refuse, or answer without end.
        """
        if not selection.municipalities:
            raise SamspillError(NO_MUNICIPALITY, NO_MUNICIPALITY_STEP)
        pages = list(self._pages_of_entities(selection, progress))
        met = [e for name, content in pages for e in entities_of_page(content, name)]
        pages += self._singly(ENTITIES, selection.numbers - _numbers(met), progress)
        if voluntary is None:
            flagged = [e for e in met if e.get("registrertIFrivillighetsregisteret")]
            voluntary = self._voluntary_of(_numbers(flagged) | selection.numbers, progress)
        return national_of_pages(pages, selection, voluntary)

    def voluntary(self, progress: Progress = silent) -> VoluntaryRegister:
        """All of Frivillighetsregisteret, some 730 pages.

        Raises SamspillError as ``organisations`` does.
        """
        return _joined(self._pages(VOLUNTARY, {"size": VOLUNTARY_A_PAGE}, progress))

    def _voluntary_of(self, numbers: frozenset[str], progress: Progress) -> VoluntaryRegister:
        if len(numbers) > MOST_SINGLY:
            return self.voluntary(progress)
        return _joined(self._singly(VOLUNTARY, numbers, progress))

    def _pages_of_entities(
        self, selection: Selection, progress: Progress
    ) -> Iterator[tuple[str, Any]]:
        place = {"kommunenummer": ",".join(sorted(selection.municipalities))}
        kinds = [
            {"registrertIFrivillighetsregisteret": "true"},
            *({"organisasjonsform": form} for form in sorted(selection.forms)),
        ]
        for kind in kinds:
            yield from self._pages(ENTITIES, {**place, **kind, "size": ENTITIES_A_PAGE}, progress)

    def _singly(
        self, path: str, numbers: frozenset[str], progress: Progress
    ) -> Iterator[tuple[str, Any]]:
        """What there is of each number; a number that the register does not have is left out."""
        for n, number in enumerate(sorted(numbers), 1):
            progress(n, len(numbers), path.rsplit("/", 1)[-1])
            content = self._asked(f"{self._address}{path}/{number}", may_be_missing=True)
            if content is not None:
                yield number, content

    def _pages(
        self, path: str, question: Mapping[str, object], progress: Progress
    ) -> Iterator[tuple[str, Any]]:
        address = f"{self._address}{path}?{urlencode(question)}"
        name = path.rsplit("/", 1)[-1]
        of = 0
        for n in range(1, MOST_PAGES + 1):
            content = self._asked(address)
            of = max(of, n, _pages_in_all(content))
            progress(n, of, name)
            yield f"{name} {n}", content
            following = self._next(content)
            if following is None:
                return
            address = following
        raise SamspillError(Message(TOO_MANY_PAGES, n=MOST_PAGES), TOO_MANY_PAGES_STEP)

    def _next(self, page: Mapping[str, Any]) -> str | None:
        """Where the next page is, which has to be at the same place as the first."""
        links = page.get("_links")
        following = links.get("next") if isinstance(links, dict) else None
        href = following.get("href") if isinstance(following, dict) else None
        if not isinstance(href, str):
            return None
        address = urljoin(self._address, href)
        if urlsplit(address)[:2] != urlsplit(self._address)[:2]:
            raise SamspillError(Message(ELSEWHERE, address=address[:200]), NO_ANSWER_STEP)
        return address

    def _asked(self, address: str, *, may_be_missing: bool = False) -> Any:
        """The decoded answer; None where there is none such and that may be so."""
        fault: Exception
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _object(self._transport(address, self._timeout))
            except HTTPError as error:
                if error.code in NONE_SUCH and may_be_missing:
                    return None
                if error.code not in BUSY:
                    message = Message(REFUSED, status=error.code)
                    raise SamspillError(message, REFUSED_STEP) from error
                wait, fault = _told_to_wait(error), error
            except (OSError, ValueError, RecursionError) as error:
                wait, fault = 0.0, error
            if attempt < ATTEMPTS:
                self._sleep(min(max(wait, 2.0 ** (attempt - 1)), LONGEST_WAIT))
        raise SamspillError(NO_ANSWER, NO_ANSWER_STEP) from fault


def _fetched(address: str, timeout: float) -> bytes:
    headers = {"Accept": "application/json", "User-Agent": "samspill"}
    with urlopen(Request(address, headers=headers), timeout=timeout) as answer:  # noqa: S310
        content = bytes(answer.read(LARGEST + 1))
    if len(content) > LARGEST:
        raise SamspillError(NOT_JSON, NO_ANSWER_STEP)
    return content


def _object(content: bytes) -> Mapping[str, Any]:
    read = json.loads(content)
    if not isinstance(read, dict):
        raise SamspillError(NOT_JSON, NO_ANSWER_STEP)
    return read


def _told_to_wait(error: HTTPError) -> float:
    """Seconds of ``Retry-After`` (RFC 9110, section 10.2.3); 0 where it is not given so."""
    told = error.headers.get("Retry-After", "") if error.headers else ""
    return float(told) if told.isdigit() else 0.0


def _pages_in_all(content: Mapping[str, Any]) -> int:
    page = content.get("page")
    pages = page.get("totalPages") if isinstance(page, dict) else None
    return pages if isinstance(pages, int) else 0


def _numbers(entries: list[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(entry.get("organisasjonsnummer")) for entry in entries)


def _joined(pages: Iterator[tuple[str, Any]]) -> VoluntaryRegister:
    found: dict[str, VoluntaryOrganisation] = {}
    problems: list[Problem] = []
    for name, content in pages:
        read = voluntary_register(content, name)
        found.update(read.organisations)
        problems += read.problems
    return VoluntaryRegister(found, tuple(problems))
