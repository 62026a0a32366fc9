"""The means of both sides on each item of the pulse."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.presentation import Figure, Table
from samspill.presentation.figures import style
from samspill.presentation.tables import Column
from samspill.web.mirror.figures.drawing import framed
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import item_name, number
from samspill.web.municipality.words import language

ROW = 40
LOW, HIGH = 1, 5


def sides_figure(mirror: Mirror) -> Figure | None:
    """All fields together in the latest round, the largest gap first; None without one."""
    found = mirror.gaps
    if found.is_empty():
        return None
    known = found.filter(pl.col("field") == "", pl.col("gap").is_not_null())
    if known.is_empty():
        return None
    data = known.sort(pl.col("gap").abs(), descending=True)
    data = data.with_columns(pl.Series("row", [item_name(one) for one in data["variable"]]))
    alt = " ".join(
        _("%(item)s: the municipality %(ours)s, the organisations %(theirs)s.")
        % {
            "item": row["row"],
            "ours": number(row["municipality_mean"], 1),
            "theirs": number(row["organisation_mean"], 1),
        }
        for row in data.to_dicts()
    )
    title = _("Where do the two sides see it most differently?")
    note = _(
        "Means from 1, strongly disagree, to 5, strongly agree. Circles are the municipality's "
        "contacts, squares the organisations. Fewer than five answers on a side are not shown."
    )
    columns = (
        Column("row", _("Item")),
        Column("municipality_n", _("n, municipality"), "integer"),
        Column("municipality_mean", _("Mean, municipality"), "number", 2),
        Column("organisation_n", _("n, organisations"), "integer"),
        Column("organisation_mean", _("Mean, organisations"), "number", 2),
        Column("gap", _("Gap"), "number", 2),
        Column("gap_low", _("95% interval from"), "number", 2),
        Column("gap_high", _("95% interval to"), "number", 2),
    )
    table = Table("mirror_sides", title, note, columns, data, language(), mirror.provenance)
    return Figure(
        number="mirror_sides",
        title=title,
        subtitle="",
        alt=alt,
        note=note,
        provenance=mirror.provenance,
        n=int((data["municipality_n"] + data["organisation_n"]).max()),  # type: ignore[arg-type]
        language=language(),
        chart=_chart(data, alt),
        data=data,
        table=table,
    )


def _chart(data: pl.DataFrame, description: str) -> Any:
    import altair as alt

    rows = data["row"].to_list()
    drawn = data.select("row", "municipality_mean", "organisation_mean").with_columns(
        pl.Series("ours", [number(one, 1) for one in data["municipality_mean"]]),
        pl.Series("theirs", [number(one, 1) for one in data["organisation_mean"]]),
        ours_right=pl.col("municipality_mean") >= pl.col("organisation_mean"),
    )
    base = alt.Chart(drawn).encode(
        y=alt.Y("row:N", sort=rows, axis=alt.Axis(labelLimit=220, labelPadding=10, title=None))
    )
    scale = alt.Scale(domain=[LOW, HIGH], nice=False)
    axis = alt.Axis(values=[1, 2, 3, 4, 5], grid=True, gridColor=style.LINE, title=None)

    def x(name: str) -> Any:
        return alt.X(f"{name}:Q", scale=scale, axis=axis)

    line = base.mark_rule(color=style.SOFT, strokeWidth=2, aria=False)
    layers = [line.encode(x=x("municipality_mean"), x2="organisation_mean")]
    for mean, written, colour, shape, side in (
        ("municipality_mean", "ours", style.MUNICIPALITY, "circle", "datum.ours_right"),
        ("organisation_mean", "theirs", style.ORGANISATION, "square", "!datum.ours_right"),
    ):
        points = base.mark_point(color=colour, fill=colour, shape=shape, size=110, opacity=1)
        layers.append(points.encode(x=x(mean)))
        look: dict[str, Any] = {"color": colour, "fontWeight": "bold", "aria": False}
        right = base.transform_filter(side).mark_text(align="left", dx=10, **look)
        left = base.transform_filter(f"!({side})").mark_text(align="right", dx=-10, **look)
        layers += [one.encode(x=x(mean), text=f"{written}:N") for one in (right, left)]
    return framed(layers, ROW * len(rows), description)
