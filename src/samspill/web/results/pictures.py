"""Figures as pages show them: in words and measures, drawn at an address of their own."""

from __future__ import annotations

from dataclasses import dataclass

from samspill.presentation import Figure
from samspill.presentation.figures.svg import size


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure's words, and its width and height in pixels."""

    number: str
    title: str
    alt: str
    note: str
    warning: str
    width: int
    height: int


def picture_of(figure: Figure, number: str) -> Picture:
    """What a page says of the figure that is called ``number`` in addresses."""
    width, height = size(figure.to_svg())
    return Picture(
        number=number,
        title=figure.title,
        alt=figure.alt,
        note=f"{figure.subtitle} {figure.note}",
        warning=figure.warning,
        width=round(width),
        height=round(height),
    )
