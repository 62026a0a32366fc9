"""The shares of other municipalities that use each form, and which we use."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext as _

from samspill import vocabulary
from samspill.presentation import Figure, Table
from samspill.presentation.figures.bars import bar_chart, share_lanes
from samspill.presentation.tables import Column
from samspill.web.mirror.reading import Mirror
from samspill.web.mirror.reference import reference
from samspill.web.mirror.standing import STUDIED, state
from samspill.web.mirror.words import field_name, value_name, variable_name
from samspill.web.municipality.words import language

STEP = 26


def forms_figure(mirror: Mirror) -> Figure | None:
    """The country's shares in the fields studied, dark where the municipality has the form; None
    where no study has been published."""
    others = reference(mirror)
    if others is None:
        return None
    rows = []
    for field in STUDIED:
        for form in vocabulary.load().forms:
            own = str(state(mirror, form, field).get("value") or "")
            row = others.row(form, field)
            if row and row["share"] is not None:
                rows.append(
                    {
                        "row": variable_name(form),
                        "panel": field_name(field),
                        **{name: row[name] for name in ("share", "low", "high", "count", "n")},
                        "strong": own == "1",
                        "own": value_name(form, own),
                    }
                )
    if not rows:
        return None
    data = pl.DataFrame(rows)
    panels = list(dict.fromkeys(data["panel"]))
    alt = " ".join(
        _("%(field)s: we use %(forms)s.")
        % {
            "field": panel,
            "forms": ", ".join(data.filter(pl.col("panel") == panel, "strong")["row"]) or _("none"),
        }
        for panel in panels
    )
    lanes = share_lanes(
        panels,
        list(dict.fromkeys(data["row"])),
        language(),
        step=STEP,
        headings=[[panel] for panel in panels],
    )
    note = _(
        "Bars: share of other municipalities in %(study)s, lines are Wilson's 95 per cent "
        "intervals. Dark bars: forms that our register shows in use."
    ) % {"study": others.title}
    if mirror.municipality.invented:
        own_are = _("Which forms are ours is invented; the shares of others are the study's.")
        note = f"{note} {own_are}"
    title = _("Which forms of collaboration do we use, and how many others do?")
    columns = (
        Column("panel", _("Field")),
        Column("row", _("Form")),
        Column("own", _("Ours")),
        Column("count", _("Others"), "integer"),
        Column("n", "n", "integer"),
        Column("share", _("Share"), "share", 0),
        Column("low", _("95% interval from"), "share", 0),
        Column("high", _("95% interval to"), "share", 0),
    )
    return Figure(
        number="mirror_forms",
        title=title,
        subtitle="",
        alt=alt,
        note=note,
        provenance=mirror.provenance,
        n=int(max(data["n"])),
        language=language(),
        chart=bar_chart(data, lanes, (_("Form"), _("Field")), language(), alt),
        data=data,
        table=Table(
            "mirror_forms", title, note, columns, data, language(), mirror.provenance, "panel"
        ),
    )
