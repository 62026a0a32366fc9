"""Which module draws which shape."""

from __future__ import annotations

from collections.abc import Callable

from samspill.presentation.figures.categories import categories_figure
from samspill.presentation.figures.effects import effects_figure
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.policy import policy_figure
from samspill.presentation.figures.process import process_figure
from samspill.presentation.figures.registry import FigureSpec
from samspill.presentation.figures.shares import shares_figure
from samspill.presentation.figures.tipping import tipping_figure
from samspill.presentation.tables.source import Analysis

SHAPES: dict[str, Callable[[Analysis, FigureSpec, str], Figure]] = {
    "shares": shares_figure,
    "policy": policy_figure,
    "categories": categories_figure,
    "effects": effects_figure,
    "process": process_figure,
    "tipping": tipping_figure,
}
