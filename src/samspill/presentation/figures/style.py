"""Colours, sizes and the one configuration that all figures share.

Blue is the municipality, ochre the organisations, green the program's own findings. No figure
relies on colour alone: groups also differ in shape, filling and lightness.
"""

from __future__ import annotations

from typing import Any

INK = "#17212b"
SOFT = "#56636f"
LINE = "#d9dfe4"
PAPER = "#ffffff"
MUNICIPALITY = "#1d5b8f"
MUNICIPALITY_LIGHT = "#9fc0dc"
MUNICIPALITY_SOFT = "#dbe8f3"
ORGANISATION = "#b4530f"
PROGRAM = "#0d5c54"
WARNING = "#a3262a"

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Liberation Sans comes with vl-convert and has the widths of Arial."""

PADDING = {"left": 24, "right": 0, "top": 4, "bottom": 4}
"""Around a chart, px. Labels are measured in Liberation Sans. A browser that has neither it nor
Arial falls back on wider type, by about a sixth in DejaVu Sans; room to the left is for that."""

WIDTH = 680
LABEL = 12
SMALL = 11


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white); WCAG 2.2, section on definitions."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21; WCAG 2.2, success criterion 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def config() -> dict[str, Any]:
    """Vega-Lite's ``config`` for every figure."""
    return {
        "font": FONT,
        "background": PAPER,
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT,
            "labelFontSize": LABEL,
            "labelColor": INK,
            "domain": False,
            "ticks": False,
            "grid": False,
            "title": None,
        },
        "text": {"font": FONT, "fontSize": SMALL, "color": INK},
    }
