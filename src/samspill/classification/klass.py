"""Fetch changes from Statistics Norway's KLASS, when asked to."""

from __future__ import annotations

import datetime
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from samspill.classification.changes import ChangeTable
from samspill.classification.reading import LARGEST, read_changes
from samspill.errors import Message, SamspillError

ADDRESS = "https://data.ssb.no/api/klass/v1"
MUNICIPALITIES = 131
NO_ANSWER = "Statistics Norway's service did not answer."
NO_ANSWER_STEP = "Try again later, or fetch the table in a browser and use the file."


def fetch_changes(
    start: datetime.date,
    end: datetime.date,
    classification: int = MUNICIPALITIES,
    *,
    timeout: float = 20,
    address: str = ADDRESS,
) -> ChangeTable:
    """The changes later than ``start``, up to and including ``end``.

    Raises SamspillError where the service does not answer within ``timeout`` seconds, and
    InvalidInput where the answer is no table of changes.
    """
    content = fetch_file(start, end, classification, timeout=timeout, address=address)
    return read_changes(content).between(start, end)


def fetch_file(
    start: datetime.date,
    end: datetime.date,
    classification: int = MUNICIPALITIES,
    *,
    timeout: float = 20,
    address: str = ADDRESS,
) -> bytes:
    """The same as KLASS gives it, as JSON; its own ``to`` is the day after the last."""
    if not address.startswith(("https://", "http://127.0.0.1:")):
        raise SamspillError(
            Message("'{address}' is not fetched from.", address=address),
            "Use an address with https.",
        )
    period = urlencode({"from": start, "to": end + datetime.timedelta(days=1)})
    request = Request(  # noqa: S310
        f"{address}/classifications/{classification}/changes?{period}",
        headers={"Accept": "application/json", "User-Agent": "samspill"},
    )
    try:
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return bytes(answer.read(LARGEST + 1))
    except (URLError, OSError, ValueError) as error:
        raise SamspillError(NO_ANSWER, NO_ANSWER_STEP) from error
