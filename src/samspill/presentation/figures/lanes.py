"""Panels side by side in one view, so that a figure can be as wide as the box it stands in.

A facet would be the usual way, but Vega-Lite lets only single and layered views follow the width
of their container. A lane is a stretch of the one x scale; row ``i`` is read across all lanes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from samspill.presentation.figures import style

HEADING = 12
LINE_HEIGHT = 15


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where things stand.

    ``panels`` and ``rows`` are labels in order; each lane shows values from ``low`` to ``high``,
    with room for labels ``after`` it (in the same unit). ``ticks`` maps values to their labels.
    ``headings`` gives each panel its lines of heading; ``step`` is the height of a row in pixels.
    """

    panels: tuple[str, ...]
    rows: tuple[str, ...]
    low: float
    high: float
    after: float
    ticks: dict[float, str]
    step: int
    headings: tuple[tuple[str, ...], ...] = ()

    GAP = 0.1

    @property
    def pitch(self) -> float:
        return (self.high - self.low) * (1 + self.GAP) + self.after

    @property
    def domain(self) -> list[float]:
        return [0.0, self.pitch * len(self.panels) - (self.high - self.low) * self.GAP]

    @property
    def height(self) -> int:
        return self.step * len(self.rows)

    @property
    def heading_height(self) -> int:
        return max((len(lines) for lines in self.headings), default=0) * LINE_HEIGHT + 6

    def start(self, panel: str) -> float:
        return self.panels.index(panel) * self.pitch

    def place(self, data: pl.DataFrame, **columns: str) -> pl.DataFrame:
        """``data`` with a position on the x scale for each named column of values."""
        start = pl.col("panel").replace_strict(
            {panel: self.start(panel) for panel in self.panels}, return_dtype=pl.Float64
        )
        return data.with_columns(
            start.alias("x_start"),
            (start + (self.high - self.low) + self.after).alias("x_end"),
            *[(start + pl.col(c) - self.low).alias(name) for name, c in columns.items()],
        )

    def x(self, name: str) -> Any:
        import altair as alt

        return alt.X(f"{name}:Q", scale=alt.Scale(domain=self.domain, nice=False), axis=None)

    def y(self) -> Any:
        import altair as alt

        return alt.Y(
            "row:N",
            sort=list(self.rows),
            axis=alt.Axis(labelLimit=260, labelPadding=10),
            scale=alt.Scale(domain=list(self.rows)),
        )

    def background(self) -> list[Any]:
        """Gridlines, tick labels and headings of all lanes."""
        import altair as alt

        from samspill.presentation.figures.charts import Chart

        ticks = pl.DataFrame(
            [
                {"x": self.start(p) + value - self.low, "label": label, "base": value == 0}
                for p in self.panels
                for value, label in self.ticks.items()
            ]
        )
        grid = (
            Chart(ticks)
            .mark_rule(aria=False)
            .encode(
                x=self.x("x"),
                color=alt.condition("datum.base", alt.value(style.SOFT), alt.value(style.LINE)),
            )
        )
        labels = (
            Chart(ticks)
            .mark_text(baseline="top", dy=6, color=style.SOFT, fontSize=10, aria=False)
            .encode(x=self.x("x"), y=alt.value("height"), text="label:N")
        )
        return [grid, labels, *self._headings()]

    def _headings(self) -> list[Any]:
        import altair as alt

        from samspill.presentation.figures.charts import Chart

        if not self.headings:
            return []
        lines = pl.DataFrame(
            [
                {"x": self.start(p), "lines": list(lines)}
                for p, lines in zip(self.panels, self.headings, strict=True)
            ]
        )
        longest = max(len(lines) for lines in self.headings)
        mark = Chart(lines).mark_text(
            align="left",
            baseline="bottom",
            fontSize=HEADING,
            fontWeight="bold",
            lineHeight=LINE_HEIGHT,
            dy=-6 - (longest - 1) * LINE_HEIGHT,
            aria=False,
        )
        return [mark.encode(x=self.x("x"), y=alt.value(0), text="lines:N")]

    def chart(self, layers: list[Any], description: str) -> Any:
        """All layers over the lanes' background as one chart."""
        import altair as alt

        chart = alt.layer(*self.background(), *layers)
        return chart.properties(
            width=style.WIDTH,
            height=self.height,
            description=description,
            padding=style.PADDING,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            config=style.config(),
        )
