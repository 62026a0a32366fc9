"""Colours of codes: readable as marks on light and dark pages, and told apart from one another."""

from __future__ import annotations

from math import cos, radians, sin

LIGHTNESS = (0.56, 0.65)
"""Of OKLCH. Between these a colour of any hue has a contrast of at least 3:1 with white and with a
near-black page (#121212), as WCAG 2.2, criterion 1.4.11, asks of what carries meaning."""
CHROMA = 0.15


def spread(hues: tuple[float, float], number: int) -> tuple[str, ...]:
    """``number`` colours ``#rrggbb`` between two hues (degrees of OKLCH), neighbours alternately
    darker and lighter."""
    first, last = hues
    step = (last - first) / max(number - 1, 1)
    return tuple(
        from_oklch(LIGHTNESS[place % 2], CHROMA, first + step * place) for place in range(number)
    )


def shades(hue: float, number: int) -> tuple[str, ...]:
    """``number`` colours of one hue, from vivid to muted and alternately darker and lighter."""
    step = (CHROMA - 0.05) / max(number, 1)
    return tuple(
        from_oklch(LIGHTNESS[(place + 1) % 2], CHROMA - step * (place + 1), hue)
        for place in range(number)
    )


def hue_at(hues: tuple[float, float], place: int, number: int) -> float:
    """The hue of the colour at ``place`` that ``spread`` gives."""
    first, last = hues
    return first + (last - first) / max(number - 1, 1) * place


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb`` of a colour in OKLCH (Ottosson 2020); less chroma where sRGB lacks it."""
    while True:
        red, green, blue = _linear(lightness, chroma, radians(hue))
        if all(-1e-6 <= part <= 1 + 1e-6 for part in (red, green, blue)) or chroma <= 0:
            return "#" + "".join(f"{round(255 * _gamma(part)):02x}" for part in (red, green, blue))
        chroma = max(0.0, chroma - 0.005)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _gamma(part: float) -> float:
    part = min(1.0, max(0.0, part))
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
