"""Figures: every figure of the founding report's chapter 5, and the one its readers never saw.

``figure(analysis, number, language)`` draws from counts, as SVG, PNG or Vega-Lite specification,
with alt text and a table computed from the same numbers. What each figure shows is data
(``registry``); a figure's shape is a module of its own.
"""

from __future__ import annotations

from samspill.errors import SamspillError
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.placement import placement_figure
from samspill.presentation.figures.registry import NUMBERS, SPECS
from samspill.presentation.tables.source import Analysis, LacksAnswers

__all__ = ["Figure", "figure", "figure_numbers", "placement_figure"]


def figure_numbers(analysis: Analysis | None = None) -> tuple[str, ...]:
    """The numbers of all figures in the report's order, or of those that a study can fill."""
    if analysis is None:
        return NUMBERS
    return tuple(number for number in NUMBERS if _fills(analysis, number))


def _fills(analysis: Analysis, number: str) -> bool:
    try:
        figure(analysis, number, "en")
    except LacksAnswers:
        return False
    return True


def figure(analysis: Analysis, number: str, language: str) -> Figure:
    """The figure of this number in this language.

    Raises SamspillError for an unknown number or language, or where the study lacks the answers.
    """
    spec = next((spec for spec in SPECS if spec.number == number), None)
    if spec is None:
        raise SamspillError(
            f"There is no figure '{number}'.", f"Choose one of: {', '.join(NUMBERS)}."
        )
    from samspill.presentation.figures.shapes import SHAPES

    return SHAPES[spec.shape](analysis, spec, language)
