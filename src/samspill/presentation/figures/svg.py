"""SVG drawings given a name for assistive technology, and a heading and note for readers."""

from __future__ import annotations

import re
from html import escape

from samspill.language import language as conventions
from samspill.presentation.figures.style import FONT, INK, PAPER, SOFT

_ROOT = re.compile(r"<svg\b([^>]*)>", re.DOTALL)
_NUMBER = re.compile(r'\b(width|height)="([0-9.]+)"')
_WIDTHS = {0.9: "mwMWÆ@%—", 0.72: "ABCDEGHKNOPQRSUVXYØÅ", 0.3: "iljtfrI.,:;()'|!* \u00a0"}
MARGIN = 16


def accessible(svg: str, identifier: str, title: str, description: str, language: str) -> str:
    """``svg`` as one image with a name and a description (SVG-AAM 1.0, section 8.1)."""
    names = f"{identifier}-title {identifier}-desc"

    def root(found: re.Match[str]) -> str:
        kept = re.sub(r'\s(role|class|aria-[a-z]+|lang)="[^"]*"', "", found.group(1))
        return (
            f'<svg role="img" lang="{conventions(language).tag}" aria-labelledby="{names}"{kept}>'
            f'<title id="{identifier}-title">{escape(title)}</title>'
            f'<desc id="{identifier}-desc">{escape(description)}</desc>'
        )

    return _ROOT.sub(root, svg, count=1)


def frame(svg: str, title: str, subtitle: str, note: str) -> str:
    """``svg`` with its heading above and its note below, wrapped to its width."""
    width, height = size(svg)
    whole = width + 2 * MARGIN
    blocks = [
        (wrap(title, width, 19, bold=True), 19, "bold", INK),
        (wrap(subtitle, width, 13), 13, "normal", SOFT),
    ]
    y, parts = 14.0, []
    for lines, points, weight, colour in blocks:
        text, y = _lines(lines, y, points, weight, colour)
        parts.append(text)
    y += 12
    body = svg[svg.index("<svg") :].replace("<svg", f'<svg x="{MARGIN}" y="{y:g}"', 1)
    parts.append(body)
    text, bottom = _lines(wrap(note, width, 11), y + height + 6, 11, "normal", SOFT)
    parts.append(text)
    bottom += MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole:g}" height="{bottom:g}" '
        f'viewBox="0 0 {whole:g} {bottom:g}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


def size(svg: str) -> tuple[float, float]:
    """Width and height of an SVG in pixels."""
    root = _ROOT.search(svg)
    found = dict(_NUMBER.findall(root.group(1))) if root else {}
    return float(found["width"]), float(found["height"])


def wrap(text: str, width: float, points: float, *, bold: bool = False) -> list[str]:
    """``text`` in lines no wider than ``width`` pixels, by the widths of Arial-like letters."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, points, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def text_width(text: str, points: float, *, bold: bool = False) -> float:
    """About how wide ``text`` is drawn, in pixels; rather too wide than too narrow."""
    ems = sum(next((w for w, letters in _WIDTHS.items() if c in letters), 0.555) for c in text)
    return ems * points * (1.06 if bold else 1.0)


def _lines(
    lines: list[str], y: float, points: float, weight: str, colour: str
) -> tuple[str, float]:
    drawn = []
    for line in lines:
        y += points * 1.35
        drawn.append(
            f'<text x="{MARGIN}" y="{y:g}" font-family="{FONT}" font-size="{points}" '
            f'font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        )
    return "".join(drawn), y
