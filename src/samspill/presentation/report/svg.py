"""Drawings made fit to stand together in one HTML page."""

from __future__ import annotations

import re
from html import escape

_IDENTIFIER = re.compile(r'\bid="([^"]+)"')
_ROOT = re.compile(r"<svg\b([^>]*)>", re.DOTALL)
_SIZE = re.compile(r'\b(width|height)="([0-9.]+)(?:px)?"')
_NAMED = re.compile(r"(<svg\b[^>]*>)\s*<title\b.*?</title>\s*(?:<desc\b.*?</desc>)?", re.DOTALL)
_REPLACED = re.compile(r'\s(?:role|class|lang|aria-[a-z]+|width|height)="[^"]*"')


def size(svg: str) -> tuple[float, float]:
    """Width and height in pixels as the drawing states them; 640 × 400 where it does not."""
    found = _ROOT.search(svg)
    stated = dict(_SIZE.findall(found.group(1))) if found else {}
    return float(stated.get("width", 640)), float(stated.get("height", 400))


def inline(svg: str, identifier: str, title: str, description: str) -> str:
    """``svg`` for use inside HTML: its own identifiers, one accessible name and description.

    Marks inside are hidden from assistive technology by ``role="img"``; the title and the
    description are what is read (SVG Accessibility API Mappings, section 5.1).
    """
    body = svg[svg.index("<svg") :]
    for name in sorted(set(_IDENTIFIER.findall(body)), key=len, reverse=True):
        body = re.sub(
            rf'(id="|url\(#|href="#){re.escape(name)}\b', rf"\g<1>{identifier}-{name}", body
        )
    body = re.sub(r'\s(?:aria-[a-z]+|role)="[^"]*"', "", body)
    body = _NAMED.sub(r"\1", body, count=1)
    width, height = size(svg)

    def root(found: re.Match[str]) -> str:
        kept = _REPLACED.sub("", found.group(1))
        return (
            f'<svg role="img" aria-labelledby="{identifier}-title {identifier}-desc" '
            f'width="{width:g}" height="{height:g}"{kept}>'
            f'<title id="{identifier}-title">{escape(title)}</title>'
            f'<desc id="{identifier}-desc">{escape(description)}</desc>'
        )

    return _ROOT.sub(root, body, count=1)
