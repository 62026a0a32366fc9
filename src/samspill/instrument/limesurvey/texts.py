"""LimeSurvey's texts, which are HTML, as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from samspill.errors import Message

_BLOCKS = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "hr"})
_REFUSED = frozenset(
    {"img", "audio", "video", "iframe", "script", "object", "embed", "input", "svg", "style"}
)
_PIPED = re.compile(r"\{\S[^{}]*\}")


class UnsupportedText(ValueError):
    """A text that says more than its words; the message says what."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag in _REFUSED:
            raise UnsupportedText(Message("The text holds <{tag}>.", tag=tag))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def plain_text(html: str) -> str:
    """The words of an HTML text; paragraphs and lines become lines, emphasis and links go.

    Raises:
        UnsupportedText: it holds an image, a sound, a program, or another answer ({Q1}).
    """
    if _PIPED.search(html):
        raise UnsupportedText("The text holds an expression in braces.")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.parts).replace("\u00a0", " ").split("\n")
    return "\n".join(line for line in (re.sub(r" +", " ", x).strip() for x in lines) if line)
