"""The mirror's figures, drawn as all of Samspill's are, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from samspill.presentation import Figure
from samspill.typology import TYPOLOGIES
from samspill.web.mirror.figures.core import core_figure
from samspill.web.mirror.figures.forms import forms_figure
from samspill.web.mirror.figures.lorenz import lorenz_figure
from samspill.web.mirror.figures.placement import placed_figure
from samspill.web.mirror.figures.sides import sides_figure
from samspill.web.mirror.reading import Mirror

FIGURES: Mapping[str, Callable[[Mirror], Figure | None]] = MappingProxyType(
    {
        "forms": forms_figure,
        **{name: partial(placed_figure, typology=name) for name in TYPOLOGIES},
        "lorenz": lorenz_figure,
        "core": core_figure,
        "sides": sides_figure,
    }
)
"""By name; each gives None where there is nothing to draw."""
