"""A respondent as a light client: raw HTTP over one connection, forms read by pattern."""

from __future__ import annotations

import html
import random
import re
import socket
import time
from urllib.parse import quote, urlencode

HIDDEN = re.compile(rb'name="(base|shown)" value="([^"]*)"')
RADIO = re.compile(rb'<input[^>]*type="radio"[^>]*>')
ATTRIBUTE = re.compile(rb'(name|value)="([^"]*)"')
TEXTAREA = re.compile(rb'<textarea[^>]*name="([^"]*)"')
COOKIE = re.compile(rb"set-cookie: *csrftoken=([^;]+)", re.I)
LENGTH = re.compile(rb"content-length: (\d+)", re.I)
LOCATION = re.compile(rb"\nlocation: ([^\r\n]+)", re.I)


class Gone(Exception):
    """The server closed the connection or refused it."""


class Respondent:
    """Answers a whole questionnaire.

    ``saves`` holds what the server has acknowledged: the step, and its answers as stored.
    """

    def __init__(self, port: int, token: str) -> None:
        self.token = token
        self.saves: list[tuple[str, dict[str, str]]] = []
        self.save_seconds: list[float] = []
        self.read_seconds: list[float] = []
        self.submitted = False
        self._port = port
        self._socket: socket.socket | None = None
        self._buffer = b""
        self._cookie = b""
        self._random = random.Random(token)

    def answer_all(self) -> None:
        """From the link to the receipt. Raises Gone where the server goes away."""
        base = f"/a/{self.token}/"
        self._get(base)
        here = f"{base}page/introduction/"
        try:
            while "/page/" in here:
                here = self._answer_page(here)
            self._get(here)
            location, _ = self._send(b"POST", here, b"csrfmiddlewaretoken=" + self._cookie)
            self.submitted = "receipt" in location
        finally:
            if self._socket:
                self._socket.close()
                self._socket = None

    def _answer_page(self, path: str) -> str:
        page = self._get(path)
        hidden = dict(HIDDEN.findall(page))
        answers = self._answers(page)
        form = {
            "csrfmiddlewaretoken": self._cookie,
            "base": hidden.get(b"base", b"0"),
            "shown": hidden.get(b"shown", b""),
            "go": "next",
            **answers,
        }
        before = time.perf_counter()
        address = path.partition("#")[0].partition("?")[0]
        location, body = self._send(b"POST", address, urlencode(form).encode())
        if not location:
            raise RuntimeError(f"{path} was not saved: {body[-2000:].decode()}")
        if answers:
            self.save_seconds.append(time.perf_counter() - before)
            step = path.partition("/page/")[2].partition("/")[0]
            self.saves.append((step, answers))
        return location

    def _answers(self, page: bytes) -> dict[str, str]:
        choices: dict[str, list[str]] = {}
        for radio in RADIO.findall(page):
            given = {key: html.unescape(value.decode()) for key, value in ATTRIBUTE.findall(radio)}
            choices.setdefault(given[b"name"], []).append(given[b"value"])
        answers = {name: self._random.choice(values) for name, values in choices.items()}
        for name in TEXTAREA.findall(page):
            answers[html.unescape(name.decode())] = f"What is hard is {self._random.random()}."
        return answers

    def _get(self, path: str) -> bytes:
        before = time.perf_counter()
        location, body = self._send(b"GET", path.partition("#")[0], b"")
        if location:
            return self._get(location)
        self.read_seconds.append(time.perf_counter() - before)
        return body

    def _send(self, method: bytes, path: str, body: bytes) -> tuple[str, bytes]:
        head = b"%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n" % (
            method,
            quote(path, safe="/?=&%").encode(),
            self._port,
        )
        if self._cookie:
            head += b"Cookie: csrftoken=%s\r\n" % self._cookie
        if method == b"POST":
            head += b"Content-Type: application/x-www-form-urlencoded\r\n"
            head += b"Content-Length: %d\r\n" % len(body)
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            self._socket.sendall(head + b"\r\n" + body)
            return self._receive()
        except OSError as error:
            raise Gone from error

    def _receive(self) -> tuple[str, bytes]:
        assert self._socket is not None
        data = self._buffer
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        wanted = int(length[1]) if length else 0
        parts, have = [rest], len(rest)
        while have < wanted:
            parts.append(self._more())
            have += len(parts[-1])
        body = b"".join(parts)
        self._buffer = body[wanted:]
        status = int(head[9:12])
        cookie = COOKIE.search(head)
        if cookie:
            self._cookie = cookie[1]
        if status >= 400 and status != 422:
            raise RuntimeError(f"answered {status}: {body[:300].decode()}")
        location = LOCATION.search(head) if status in {302, 303} else None
        return (location[1].decode() if location else ""), body[:wanted]

    def _more(self) -> bytes:
        assert self._socket is not None
        data = self._socket.recv(1 << 16)
        if not data:
            raise Gone
        return data
