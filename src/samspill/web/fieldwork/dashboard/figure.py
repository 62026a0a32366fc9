"""The figure of answers by day, as coordinates for an SVG."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.web.fieldwork.dashboard.course import Day

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 64, 12, 28
MOST_DATES = 6
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it is, and what stands there."""

    at: float
    value: int | datetime.date


@dataclass(frozen=True, slots=True)
class DayFigure:
    """``line`` is the path of all answers so far; ``counts`` and ``dates`` mark the axes."""

    line: str
    counts: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    end: tuple[float, float]
    total: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def day_figure(days: Sequence[Day]) -> DayFigure | None:
    """The figure; None where answers came on fewer than two days."""
    if len(days) < 2:
        return None
    top = days[-1].total
    step = next((size for size in STEPS if top / size <= 5), top)
    highest = -(-top // step) * step

    def across(place: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * place / (len(days) - 1), 1)

    def up(count: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / highest, 1)

    points = [(across(place), up(day.total)) for place, day in enumerate(days)]
    every = -(-len(days) // MOST_DATES)
    return DayFigure(
        line="M" + " L".join(f"{x} {y}" for x, y in points),
        counts=tuple(Tick(up(count), count) for count in range(0, highest + 1, step)),
        dates=tuple(Tick(across(p), days[p].date) for p in range(0, len(days), every)),
        end=points[-1],
        total=top,
    )
