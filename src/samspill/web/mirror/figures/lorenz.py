"""Lorenz curves of seats, money and premises (Lorenz 1905)."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.presentation import Figure, Table
from samspill.presentation.figures import style
from samspill.presentation.tables import Column
from samspill.register.mirror.holdings import MONEY, PREMISES, SEATS
from samspill.web.mirror.figures.drawing import framed
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.treatment import what_name
from samspill.web.mirror.words import number
from samspill.web.municipality.words import language

HEIGHT = 380
LOOKS = {
    SEATS: (style.MUNICIPALITY, [1, 0]),
    MONEY: (style.ORGANISATION, [7, 3]),
    PREMISES: (style.PROGRAM, [2, 2]),
}


def lorenz_figure(mirror: Mirror) -> Figure | None:
    """One curve for each thing that anyone has; None where nobody has anything."""
    spread = {row["what"]: row for row in mirror.spread("all").to_dicts()}
    held = [what for what in LOOKS if (spread[what]["total"] or 0) > 0]
    if not held:
        return None
    data = pl.concat(
        mirror.lorenz(what).with_columns(
            what=pl.lit(what), label=pl.lit(what_name(what)), order=pl.int_range(pl.len())
        )
        for what in held
    )
    alt = " ".join(
        _("%(what)s: Gini %(gini)s of %(n)s organisations.")
        % {
            "what": what_name(what),
            "gini": number(spread[what]["gini"]),
            "n": spread[what]["n"],
        }
        for what in held
    )
    title = _("How evenly are seats, money and premises spread?")
    note = _(
        "From those with least to those with most, those with nothing included. The straight line "
        "is where all have the same."
    )
    columns = (
        Column("label", _("What")),
        Column("population", _("Share of the organisations"), "share", 1),
        Column("share", _("Share of what is given"), "share", 1),
    )
    table = Table("mirror_lorenz", title, note, columns, data, language(), mirror.provenance)
    return Figure(
        number="mirror_lorenz",
        title=title,
        subtitle="",
        alt=alt,
        note=note,
        provenance=mirror.provenance,
        n=int(max(spread[what]["n"] for what in held)),
        language=language(),
        chart=_chart(data, held, alt),
        data=data,
        table=table,
    )


def _chart(data: pl.DataFrame, held: list[str], description: str) -> Any:
    import altair as alt

    axis: dict[str, Any] = {"format": "%", "tickCount": 5, "grid": True, "gridColor": style.LINE}
    x = alt.X(
        "population:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(**axis, title=_("Share of the organisations")),
    )
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(**axis, title=_("Share of what is given")),
    )
    even = alt.Chart(pl.DataFrame({"population": [0.0, 1.0], "share": [0.0, 1.0]}))
    layers = [even.mark_line(color=style.SOFT, strokeWidth=1, aria=False).encode(x=x, y=y)]
    for place, what in enumerate(held):
        colour, dash = LOOKS[what]
        own = data.filter(pl.col("what") == what)
        line = alt.Chart(own).mark_line(color=colour, strokeWidth=2.2, strokeDash=dash)
        layers.append(line.encode(x=x, y=y, order="order:Q"))
        label = own.filter(pl.col("population") <= 0.93 - 0.04 * place).tail(1)
        text = alt.Chart(label).mark_text(
            align="right", dx=-8, dy=-4, color=colour, fontWeight="bold", aria=False
        )
        layers.append(text.encode(x=x, y=y, text="label:N"))
    return framed(layers, HEIGHT, description)
