"""A year as a wheel: twelve months around, a ring and a shape for every kind of day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from samspill.presentation.figures import style
from samspill.presentation.figures.svg import accessible

SIZE, MIDDLE = 560, 280
OUTER, INNER, NAMES = 235, 85, 256
COLOURS = (
    style.PROGRAM,
    style.ORGANISATION,
    style.MUNICIPALITY,
    style.WARNING,
    style.INK,
    style.SOFT,
)
MARK = 5.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A day: ``month`` 1 to 12, ``share`` of the month that has passed, ``ring`` from the outside
    (0 to 5)."""

    month: int
    share: float
    ring: int


def wheel_svg(
    marks: Sequence[Mark],
    months: Sequence[str],
    rings: Sequence[str],
    *,
    title: str,
    description: str,
    language: str,
) -> str:
    """The wheel as SVG, January at the top and on with the clock.

    ``months`` are twelve short names, ``rings`` what each ring holds, at most six.
    """
    width = (OUTER - INNER) / max(len(rings), 1)
    middles = [OUTER - width * (place + 0.5) for place in range(len(rings))]
    parts = [_circle(OUTER - width * place) for place in range(len(rings) + 1)]
    parts += [_spoke(month) for month in range(12)]
    parts += [_name(place, name) for place, name in enumerate(months)]
    for mark in marks:
        x, y = _at(middles[mark.ring], (mark.month - 1 + mark.share) / 12)
        parts.append(_shape(mark.ring, x, y))
    key_top = SIZE + 12
    for place, name in enumerate(rings):
        x, y = (20 if place % 2 == 0 else SIZE / 2 + 10), key_top + 22 * (place // 2)
        parts.append(_shape(place, x, y))
        parts.append(_text(name, x + 14, y + 4, style.LABEL, "start"))
    height = key_top + 22 * math.ceil(len(rings) / 2)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{height}" '
        f'viewBox="0 0 {SIZE} {height}"><rect width="100%" height="100%" fill="{style.PAPER}"/>'
        f"{''.join(parts)}</svg>"
    )
    return accessible(drawn, "wheel", title, description, language)


def _at(radius: float, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return MIDDLE + radius * math.sin(angle), MIDDLE - radius * math.cos(angle)


def _circle(radius: float) -> str:
    return (
        f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{radius:.1f}" fill="none" stroke="{style.LINE}"/>'
    )


def _spoke(month: int) -> str:
    (x, y), (far_x, far_y) = _at(INNER, month / 12), _at(OUTER, month / 12)
    return (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{far_x:.1f}" y2="{far_y:.1f}" stroke="{style.LINE}"/>'
    )


def _name(place: int, name: str) -> str:
    x, y = _at(NAMES, (place + 0.5) / 12)
    return _text(name, x, y + 4, style.LABEL, "middle")


def _text(text: str, x: float, y: float, points: int, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{style.FONT}" font-size="{points}" '
        f'text-anchor="{anchor}" fill="{style.INK}">{escape(text)}</text>'
    )


def _shape(ring: int, x: float, y: float) -> str:
    colour, r = COLOURS[ring], MARK
    corners = {
        1: ((-r, -r), (r, -r), (r, r), (-r, r)),
        2: ((0, -r * 1.2), (r * 1.2, r), (-r * 1.2, r)),
        3: ((0, -r * 1.4), (r * 1.4, 0), (0, r * 1.4), (-r * 1.4, 0)),
        4: ((0, r * 1.2), (r * 1.2, -r), (-r * 1.2, -r)),
    }.get(ring)
    if corners is None:
        fill = colour if ring == 0 else style.PAPER
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{fill}" stroke="{colour}" '
            'stroke-width="2"/>'
        )
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'
