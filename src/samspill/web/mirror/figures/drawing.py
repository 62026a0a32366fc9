"""What the mirror's own charts share: their size and setting."""

from __future__ import annotations

from typing import Any

from samspill.presentation.figures import style


def framed(layers: list[Any], height: int, description: str) -> Any:
    """Layers as one chart in the house's setting."""
    import altair as alt

    return alt.layer(*layers).properties(
        width=style.WIDTH,
        height=height,
        description=description,
        padding=style.PADDING,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        config=style.config(),
    )
