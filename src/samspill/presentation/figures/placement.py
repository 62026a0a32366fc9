"""The map of a typology: four ideal types in a square, and where the evidence places each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from samspill.errors import SamspillError
from samspill.language import Translator, format_number, format_percent, translator
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.placement_chart import placement_chart
from samspill.presentation.tables import Table
from samspill.presentation.tables.model import Column
from samspill.presentation.tables.source import weakest
from samspill.presentation.tables.words import listed, message
from samspill.typology import Placement
from samspill.vocabulary import Vocabulary, load

STATUS = {
    "not_found": message("a combination that the founding study did not find"),
    "undecided": message("as much evidence on both sides of a line"),
    "not_enough_evidence": message("not enough evidence"),
}


def placement_figure(
    placements: Sequence[Placement],
    language: str,
    *,
    names: Sequence[str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> Figure:
    """Placements in one typology as points in its square, with their intervals.

    ``names`` label the points; by default they are the fields' labels. Those without enough
    evidence are listed in the note and stand in the table. A person's judgement is an open mark
    in the type judged, beside the filled mark of the evidence.

    Raises SamspillError for no placements, for more than one typology, and for as many names as do
    not fit.
    """
    typologies = {p.typology for p in placements}
    if len(typologies) != 1:
        raise SamspillError(
            "A placement map shows one typology.", "Give placements in one of them, at least one."
        )
    if names is not None and len(names) != len(placements):
        raise SamspillError(
            "There must be a name for each placement.", "Give as many names as placements."
        )
    t, words = translator(language), vocabulary or load()
    labels = list(names) if names else [words.fields[p.field].label(language) for p in placements]
    typology = typologies.pop()
    data = _data(placements, labels, words, t)
    scheme = words.schemes[typology]
    title = t(
        "Where does the evidence place the fields? {typology}", typology=scheme.label(language)
    )
    note = _note(placements, data, t)
    alt = _alt(data, t)
    segments = sum(p.axes.filter(pl.col("side").is_null())["segments"].sum() for p in placements)
    return Figure(
        number=f"placement_{typology}",
        title=title,
        subtitle=t("{n} pieces of evidence. Lines are {level} intervals.", n=segments,
                   level=format_percent(placements[0].level, 0, language)),
        alt=alt,
        note=note,
        provenance=weakest([p.provenance for p in placements]),
        n=int(segments),
        language=language,
        chart=placement_chart(data, typology, words, alt, t),
        data=data,
        table=_table(f"placement_{typology}", title, note, data, words, t),
    )  # fmt: skip


def _data(
    placements: Sequence[Placement], labels: list[str], words: Vocabulary, t: Translator
) -> pl.DataFrame:
    """One row a placement: ``x`` and ``y`` with limits are the shares at the second poles."""
    rows = []
    for label, p in zip(labels, placements, strict=True):
        scheme = words.schemes[p.typology]
        y, x = (p.position(axis.identifier) for axis in scheme.axes)
        computed = scheme[p.ideal_type].label(t.language) if p.ideal_type else ""
        judged = scheme[p.judgement.ideal_type].label(t.language) if p.judgement else None
        rows.append(
            {
                "label": label,
                "unit": p.unit,
                "field": p.field,
                "status": p.status,
                "type": p.ideal_type,
                "said": computed or t(STATUS[p.status]),
                "probability": p.probability,
                "x": x["share"], "x_low": x["low"], "x_high": x["high"],
                "y": y["share"], "y_low": y["low"], "y_high": y["high"],
                "x_segments": x["segments"], "y_segments": y["segments"],
                "sources": p.evidence.filter(pl.col("axis").is_not_null())["source"].n_unique(),
                "judged": judged,
                "judged_type": p.judgement.ideal_type if p.judgement else None,
                "judged_by": p.judgement.by if p.judgement else None,
                "reason": p.judgement.reason if p.judgement else None,
                "provenance": p.provenance,
            }
        )  # fmt: skip
    types = (pl.String, pl.Float64, pl.Int64)
    texts = ("label", "unit", "field", "status", "type", "said", "judged", "judged_type",
             "judged_by", "reason", "provenance")  # fmt: skip
    schema = {
        name: types[0] if name in texts else types[2] if name.endswith(("segments", "sources"))
        else types[1]
        for name in rows[0]
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _chance(row: dict[str, Any], t: Translator) -> str:
    if row["probability"] is None:
        return str(row["said"])
    chance = format_percent(row["probability"], 0, t.language)
    return t("{said} ({share} of replicates)", said=row["said"], share=chance)


def _alt(data: pl.DataFrame, t: Translator) -> str:
    """Each field with its place, and what a person judged."""
    parts = [t("A square of four types with {n} fields.", n=data.height)]
    for row in data.iter_rows(named=True):
        parts.append(t("{name}: {place}.", name=row["label"], place=_chance(row, t)))
        if row["judged"]:
            parts.append(t("{by} judges it as {type}.", by=row["judged_by"], type=row["judged"]))
    return " ".join(parts)


def _note(placements: Sequence[Placement], data: pl.DataFrame, t: Translator) -> str:
    least = placements[0].minimum
    parts = [
        t(
            "The position on an axis is the share of the evidence that speaks for its one pole. "
            "Intervals and probabilities come from drawing sources {n} times with replacement. "
            "They are ideal types: a field is placed by evidence and does not belong.",
            n=format_number(placements[0].replicates, 0, t.language),
        )
    ]
    left_out = data.filter(pl.col("status") == "not_enough_evidence")["label"].to_list()
    if left_out:
        parts.append(
            t(
                "Not drawn for want of evidence (fewer than {segments} pieces or {sources} "
                "sources on an axis): {names}.",
                segments=least.segments,
                sources=least.sources,
                names=listed(left_out, t),
            )
        )
    for row in data.filter(pl.col("judged").is_not_null()).iter_rows(named=True):
        parts.append(
            t("{by} judges {name} as {type}: {reason}", by=row["judged_by"], name=row["label"],
              type=row["judged"], reason=row["reason"])
        )  # fmt: skip
    return " ".join(parts)


def _table(
    number: str, title: str, note: str, data: pl.DataFrame, words: Vocabulary, t: Translator
) -> Table:
    scheme = words.schemes[number.removeprefix("placement_")]
    y, x = scheme.axes
    columns = [Column("label", t("Field")), Column("said", t("Place by evidence"))]
    columns.append(Column("probability", t("Share of replicates"), "share"))
    for name, axis in (("y", y), ("x", x)):
        pole = axis.narrower[1].label(t.language)
        columns += [
            Column(name, t("Share: {pole}", pole=pole), "share"),
            Column(f"{name}_low", t("Low"), "share"),
            Column(f"{name}_high", t("High"), "share"),
            Column(f"{name}_segments", t("Pieces"), "integer"),
        ]
    columns += [
        Column("sources", t("Sources"), "integer"),
        Column("judged", t("A person's judgement")),
        Column("reason", t("Reason")),
    ]
    provenance = weakest(data["provenance"].to_list())
    return Table(number, title, note, tuple(columns), data, t.language, provenance)
