"""Organisations and units as a table of ties, the core first (Borgatti & Everett 1997)."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from samspill.presentation import Figure, Table
from samspill.presentation.figures import style
from samspill.presentation.tables import Column
from samspill.register.mirror.network import ORGANISATION, UNIT
from samspill.web.mirror.figures.drawing import framed
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.words import number
from samspill.web.municipality.words import language

ROW = 20


def core_figure(mirror: Mirror) -> Figure | None:
    """Units down, organisations across, a mark for each tie; None without ties."""
    ties = mirror.network.ties
    if ties.is_empty():
        return None
    members, fit = mirror.core
    order = {
        mode: members.filter(pl.col("mode") == mode)
        .sort(["core", "degree", "identifier"], descending=[True, True, False])
        for mode in (ORGANISATION, UNIT)
    }  # fmt: skip
    places = {name: n for n, name in enumerate(order[ORGANISATION]["identifier"])}
    units, core = mirror.names("municipal_units"), dict(members.select("identifier", "core").rows())
    data = ties.with_columns(
        place=pl.col(ORGANISATION).replace_strict(places, return_dtype=pl.Int64),
        unit=pl.col(UNIT).replace_strict(dict(units), default=pl.col(UNIT)),
        name=pl.col(ORGANISATION).replace_strict(
            dict(mirror.names("organisations")), default=pl.col(ORGANISATION)
        ),
        both=pl.col(ORGANISATION).replace_strict(core, return_dtype=pl.Boolean)
        & pl.col(UNIT).replace_strict(core, return_dtype=pl.Boolean),
    ).drop("identifiers")
    within = {mode: int(order[mode]["core"].sum()) for mode in order}
    alt = _(
        "%(organisations)s organisations and %(units)s units with %(ties)s ties. The core has "
        "%(core_organisations)s organisations and %(core_units)s units."
    ) % {
        "organisations": order[ORGANISATION].height,
        "units": order[UNIT].height,
        "ties": ties.height,
        "core_organisations": within[ORGANISATION],
        "core_units": within[UNIT],
    }
    title = _("Who is in the core, and who at the edge?")
    note = _(
        "Units are rows and organisations columns, those with most ties first. Dark marks are ties "
        "within the core. How well core and periphery describe the network, from −1 to 1: %(fit)s."
    ) % {"fit": number(fit)}
    columns = (
        Column("unit", _("Unit")),
        Column("name", _("Organisation")),
        Column("relations", _("Relations"), "integer"),
    )
    named = [units.get(name, name) for name in order[UNIT]["identifier"]]
    return Figure(
        number="mirror_core",
        title=title,
        subtitle="",
        alt=alt,
        note=note,
        provenance=mirror.provenance,
        n=ties.height,
        language=language(),
        chart=_chart(data, named, len(places), alt),
        data=data,
        table=Table("mirror_core", title, note, columns, data, language(), mirror.provenance),
    )


def _chart(data: pl.DataFrame, units: list[str], organisations: int, description: str) -> Any:
    import altair as alt

    marks = (
        alt.Chart(data)
        .mark_rect(width=max(2, min(12, style.WIDTH * 0.6 / organisations - 0.5)), height=ROW - 6)
        .encode(
            x=alt.X("place:Q", scale=alt.Scale(domain=[-1, organisations], nice=False), axis=None),
            y=alt.Y(
                "unit:N",
                sort=units,
                axis=alt.Axis(labelLimit=220, labelPadding=8, title=None),
                scale=alt.Scale(domain=units),
            ),
            color=alt.condition(
                "datum.both", alt.value(style.PROGRAM), alt.value(style.MUNICIPALITY_LIGHT)
            ),
            tooltip=[alt.Tooltip("name:N", title=_("Organisation"))],
        )
    )
    return framed([marks], ROW * len(units), description)
