"""An example of another model: one that answers over HTTP on this machine.

Off unless somebody makes one. The request is ``POST`` with JSON ``{"texts": [...], "codes":
[{"code", "name", "definition"}]}``; the answer ``{"guesses": [[{"code", "score", "why":
[...]}]]}`` has a list for each text. Redirects and proxies are not followed, so that texts go
nowhere but where they were sent.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from samspill.errors import Message, SamspillError
from samspill.qualitative.model import Code
from samspill.qualitative.suggestions.protocol import Guess

LARGEST_ANSWER = 50_000_000
OK = 200


@dataclass(frozen=True, slots=True)
class LocalEndpoint:
    """A model behind ``address``, such as ``http://127.0.0.1:8080/guess``.

    The address must be this machine's own (loopback) unless ``allow_elsewhere``, which an
    administrator sets knowing that the texts then leave the machine; elsewhere must be ``https``.
    ``timeout`` is in seconds, for each batch of ``batch`` texts.

    Raises SamspillError for an address that is not allowed.
    """

    address: str
    codes: tuple[Code, ...]
    allow_elsewhere: bool = False
    timeout: float = 60.0
    batch: int = 64

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise SamspillError(
                Message("“{address}” is not the address of a model.", address=self.address),
                "Give one such as http://127.0.0.1:8080/guess.",
            )
        if self.leaves_machine and not self.allow_elsewhere:
            raise SamspillError(
                Message("“{host}” is another machine, and texts do not leave this one.",
                        host=parts.hostname),
                "Use a model on this machine, or let an administrator allow the address.",
            )  # fmt: skip
        if self.leaves_machine and parts.scheme != "https":
            raise SamspillError(
                "Texts are not sent to another machine unencrypted.",
                "Give an address that begins with https.",
            )

    @property
    def name(self) -> str:
        return f"model at {urlsplit(self.address).hostname}"

    @property
    def leaves_machine(self) -> bool:
        return not _is_loopback(urlsplit(self.address).hostname or "")

    def guess(self, texts: Sequence[str]) -> list[list[Guess]]:
        """The model's guesses. Raises SamspillError where it does not answer, or not as agreed."""
        found: list[list[Guess]] = []
        for start in range(0, len(texts), self.batch):
            asked = list(texts[start : start + self.batch])
            found += self._read(self._ask(asked), len(asked))
        return found

    def _ask(self, texts: list[str]) -> Any:
        parts = urlsplit(self.address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        codes = [
            {"code": c.guid, "name": c.name, "definition": c.definition}
            for c in self.codes
            if c.codable
        ]
        body = json.dumps({"texts": texts, "codes": codes}, ensure_ascii=False).encode()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read(LARGEST_ANSWER + 1)
        except (OSError, HTTPException):
            raise SamspillError(
                Message("The model at {address} did not answer.", address=self.address),
                "Start it, or take another model.",
            ) from None
        finally:
            connection.close()
        if answer.status != OK or len(content) > LARGEST_ANSWER:
            raise SamspillError(
                Message("The model answered with status {status}.", status=answer.status),
                "Look at the model's own log.",
            )
        try:
            return json.loads(content)
        except ValueError:
            raise _not_as_agreed() from None

    def _read(self, answer: Any, expected: int) -> list[list[Guess]]:
        known = {code.guid for code in self.codes}
        try:
            lists = answer["guesses"]
            guesses = [[_guess(row) for row in options] for options in lists]
        except (KeyError, TypeError, ValueError):
            raise _not_as_agreed() from None
        if len(guesses) != expected:
            raise _not_as_agreed()
        return [
            sorted((g for g in options if g.code in known), key=lambda g: -g.score)
            for options in guesses
        ]


def _guess(row: Any) -> Guess:
    score = float(row["score"])
    if not 0 <= score <= 1:
        raise ValueError
    return Guess(str(row["code"]), score, tuple(str(w) for w in row.get("why", ())))


def _not_as_agreed() -> SamspillError:
    return SamspillError(
        "The model's answer is not in the agreed form.",
        "It must be JSON with a list of guesses for each text, scores from 0 to 1.",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    if host.lower() != "localhost":
        return False
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(entry[4][0]).is_loopback for entry in found)
