"""The process map: forms and economic relations along the way from policy to activity.

Each form stands in its phase and each economic relation in all the phases it belongs to; the
length of a bar is its share. Behind the bars a step gives the share with any of the phase's
forms, and the phase where that is highest carries the weight. The centre of gravity is the mean
position of the forms weighted by their shares, from 0 (policy development) to 1 (activity).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.errors import SamspillError
from samspill.language import Translator, format_number, format_percent, translator
from samspill.presentation.figures.model import Figure
from samspill.presentation.figures.process_chart import process_chart
from samspill.presentation.figures.registry import SPECS, FigureSpec
from samspill.presentation.tables import Column, Table
from samspill.presentation.tables.source import (
    Analysis,
    LacksAnswers,
    Term,
    field_terms,
    group_of,
    scheme_terms,
    shares_of,
    vocabulary_of,
    weakest,
)
from samspill.presentation.tables.weighted import weighted_share_column
from samspill.presentation.tables.words import in_words, listed, provenance_sentence, quoted

KINDS = {"form": "forms", "economic": "economic_relations", "phase": "phases"}


def process_figure(analysis: Analysis, spec: FigureSpec, language: str) -> Figure:
    """The map for all units and the fields studied in depth together."""
    return process_map(analysis, language, title=spec.title)


def process_map(
    analysis: Analysis,
    language: str,
    *,
    field: str | None = None,
    group: tuple[str, str] | None = None,
    title: str = "",
) -> Figure:
    """The process map for the country, for one ``field``, or for a ``group`` of units.

    ``group`` is a binary attribute and its value, such as ``("has_policy", "1")``. Over several
    fields, a share is of all pairs of unit and field. Raises SamspillError for an unknown field
    or where the group has no answers.
    """
    t = translator(language)
    fields = field_terms(analysis, language, in_depth=True, only=[field] if field else None)
    fields = _answered(analysis, fields, language)
    data = _data(analysis, fields, group, language)
    heading = t(title or next(spec.title for spec in SPECS if spec.shape == "process"))
    note = _note(data, t, several=len(fields) > 1)
    alt = _alt(data, fields, t)
    return Figure(
        number="4.11",
        title=heading,
        subtitle=_subtitle(data, fields, group, t),
        alt=alt,
        note=note,
        provenance=weakest(data["provenance"].to_list()),
        n=int(data["units"].max()),  # type: ignore[arg-type]
        language=language,
        chart=process_chart(data, heaviest(data), centre(data), alt, t),
        data=data,
        table=_table(heading, note, data, t),
    )


def _answered(analysis: Analysis, fields: Sequence[Term], language: str) -> tuple[Term, ...]:
    """The fields whose forms were asked about; raises LacksAnswers where the map has gaps."""
    kinds = {kind: scheme_terms(analysis, scheme, language) for kind, scheme in KINDS.items()}
    placed = {
        phase
        for kind, terms in kinds.items()
        for term in terms
        for phase in _phases(analysis, kind, term.identifier).split(";")
    }
    phases = {term.identifier for term in kinds["phase"]}
    if not all(kinds.values()) or placed != phases:
        raise LacksAnswers(
            "The study has not asked about every phase, its forms and its economic relations.",
            "Choose a figure or table whose questions the study asked.",
        )
    known = [set(shares_of(analysis, terms, fields)["field"]) for terms in kinds.values()]
    forms = shares_of(analysis, kinds["form"], fields)
    if not forms["count"].sum():
        raise LacksAnswers(
            "No unit has any form of collaboration, so there is no weight to place.",
            "Choose another figure.",
        )
    return tuple(field for field in fields if field.identifier in set.union(*known))


def _data(
    analysis: Analysis, fields: Sequence[Term], group: tuple[str, str] | None, language: str
) -> pl.DataFrame:
    phases = [term.identifier for term in scheme_terms(analysis, "phases", language)]
    frames = []
    for kind, scheme in KINDS.items():
        terms = scheme_terms(analysis, scheme, language)
        shares = _pooled(analysis, terms, fields, group)
        placed = {term.identifier: _phases(analysis, kind, term.identifier) for term in terms}
        labels = {term.identifier: term.label for term in terms}
        order = {term.identifier: position for position, term in enumerate(terms)}
        frames.append(
            shares.with_columns(
                pl.lit(kind).alias("kind"),
                pl.col("indicator").replace_strict(placed).alias("phases"),
                pl.col("indicator").replace_strict(labels).alias("row"),
                pl.col("indicator").replace_strict(order, return_dtype=pl.Int64).alias("order"),
            )
        )
    rank = {phase: position for position, phase in enumerate(phases)}
    step = max(len(phases) - 1, 1)
    return (
        pl.concat(frames)
        .with_columns(pl.col("phases").str.split(";").list.last().alias("phase"))
        .with_columns(
            (pl.col("phase").replace_strict(rank, return_dtype=pl.Float64) / step).alias("position")
        )
        .sort(pl.col("kind").replace_strict(list(KINDS), range(len(KINDS))), "position", "order")
        .drop("order")
    )


def _phases(analysis: Analysis, kind: str, identifier: str) -> str:
    """The phases that a form, an economic relation or a phase belongs to, joined by ``;``."""
    if kind == "phase":
        return identifier
    attributes = vocabulary_of(analysis).schemes[KINDS[kind]][identifier].attributes
    phases = attributes["phase" if kind == "form" else "phases"]
    return ";".join(phases) if isinstance(phases, tuple) else str(phases)


def _pooled(
    analysis: Analysis,
    terms: Sequence[Term],
    fields: Sequence[Term],
    group: tuple[str, str] | None,
) -> pl.DataFrame:
    shares = shares_of(analysis, terms, fields, by=group[0] if group else None)
    if group:
        wanted = pl.select(group_of(pl.lit(group[1]))).item()
        shares = shares.filter(pl.col("group") == wanted)
    if shares.is_empty():
        raise SamspillError("No unit of this group has answered.", "Choose another group.")
    worst = pl.col("provenance").map_batches(
        lambda kinds: pl.Series([weakest(kinds.to_list())]), returns_scalar=True
    )
    pooled = (
        shares.group_by("indicator", maintain_order=True)
        .agg(pl.col("n").max().alias("units"), pl.col("n").sum(), pl.col("count").sum(), worst)
        .with_columns((pl.col("count") / pl.col("n")).alias("share"))
    )
    if "share_weighted" not in shares.columns:
        return pooled
    sums = _weighted(analysis, terms, fields, group)
    return pooled.join(sums, on="indicator", how="left", maintain_order="left")


def _weighted(
    analysis: Analysis,
    terms: Sequence[Term],
    fields: Sequence[Term],
    group: tuple[str, str] | None,
) -> pl.DataFrame:
    """``share_weighted`` of each indicator: Σw·y over Σw, of all pairs of unit and field."""
    found = analysis.weighted_sums(
        [term.identifier for term in terms],
        by=group[0] if group else None,
        fields=[field.identifier for field in fields],
    ).frame
    if group:
        found = found.filter(pl.col(group[0]).cast(pl.String) == group[1])
    return (
        found.group_by(pl.col("outcome").alias("indicator"))
        .agg(pl.col("sum_wy").sum() / pl.col("sum_w").sum())
        .rename({"sum_wy": "share_weighted"})
    )


def heaviest(data: pl.DataFrame, share: str = "share") -> str:
    """The phase with the highest share of any of its forms. ``share`` names the column."""
    phases = data.filter(pl.col("kind") == "phase")
    return str(phases.sort(share, descending=True, maintain_order=True)["phase"][0])


def centre(data: pl.DataFrame, share: str = "share") -> float:
    """Mean position of the forms weighted by share: 0 policy development, 1 activity. ``share``
    names the column of shares."""
    forms = data.filter(pl.col("kind") == "form")
    weights = forms[share].to_list()
    places = forms["position"].to_list()
    return float(sum(w * p for w, p in zip(weights, places, strict=True)) / sum(weights))


def _subtitle(
    data: pl.DataFrame, fields: Sequence[Term], group: tuple[str, str] | None, t: Translator
) -> str:
    n = data["n"].max()
    if len(fields) == 1:
        text = t(
            "{field}: share of {n} municipalities and city districts.", field=fields[0].label, n=n
        )
    else:
        text = t(
            "Share of {n} answers: {units} municipalities and city districts in {fields} fields.",
            n=n,
            units=data["units"].max(),
            fields=len(fields),
        )
    if group:
        yes = pl.select(group_of(pl.lit(group[1]))).item() == "yes"
        words = t("Only units with a volunteer policy.")
        text += " " + (words if yes else t("Only units without a volunteer policy."))
    return text


def _note(data: pl.DataFrame, t: Translator, *, several: bool) -> str:
    sentences = [
        t("The step behind the bars is the share with at least one of the phase's forms."),
        t(
            "The centre of gravity is the mean place of the forms along the process, weighted by "
            "their shares."
        ),
        _weighted_centre(data, t),
        t("Each field counts equally often for a unit, so no interval is drawn.")
        if several
        else "",
        _twice(data, t),
        provenance_sentence(data, t),
    ]
    return " ".join(filter(None, sentences))


def _weighted_centre(data: pl.DataFrame, t: Translator) -> str:
    """Where the centre lies by the weighted shares; empty where nothing is weighted."""
    if "share_weighted" not in data.columns or data["share_weighted"].null_count():
        return ""
    return t(
        "The figure is drawn from the unweighted shares; by the weighted ones the centre of "
        "gravity is {weighted} in place of {unweighted}.",
        weighted=format_number(centre(data, "share_weighted"), 2, t.language),
        unweighted=format_number(centre(data), 2, t.language),
    )


def _twice(data: pl.DataFrame, t: Translator) -> str:
    """Why an economic relation stands under more than one phase."""
    names = data.filter(pl.col("kind") == "economic", pl.col("phases").str.contains(";"))["row"]
    if names.is_empty():
        return ""
    return t(
        "{names} is drawn under more than one phase because it may support either; it is the same "
        "share.",
        names=listed(names.to_list(), t),
    )


def _alt(data: pl.DataFrame, fields: Sequence[Term], t: Translator) -> str:
    def named(kind: str) -> list[str]:
        part = data.filter(pl.col("kind") == kind)
        return [
            f"{row['row']} {format_percent(row['share'], 0, t.language)}"
            for row in part.iter_rows(named=True)
        ]

    top = data.filter((pl.col("kind") == "phase") & (pl.col("phase") == heaviest(data)))
    bars = data.filter(pl.col("kind") != "phase").sort("share", maintain_order=True)
    low, high = bars.row(0, named=True), bars.row(-1, named=True)
    return " ".join(
        [
            t(
                "Map of the process from policy development to activity ({fields}); n = {n}.",
                fields=", ".join(field.label for field in fields),
                n=data["n"].max(),
            ),
            t("Phases: {phases}.", phases="; ".join(named("phase"))),
            t("The weight lies in {phase}.", phase=quoted(top["row"][0], t)),
            t("Forms: {forms}.", forms="; ".join(named("form"))),
            t("Economic relations: {relations}.", relations="; ".join(named("economic"))),
            t(
                "Highest: {high}. Lowest: {low}.",
                high=f"{quoted(high['row'], t)} {format_percent(high['share'], 0, t.language)}",
                low=f"{quoted(low['row'], t)} {format_percent(low['share'], 0, t.language)}",
            ),
        ]
    )


def _table(title: str, note: str, data: pl.DataFrame, t: Translator) -> Table:
    kinds = {
        "form": t("Form of collaboration"),
        "economic": t("Economic relation"),
        "phase": t("Phase"),
    }
    labels = dict(data.filter(pl.col("kind") == "phase").select("phase", "row").iter_rows())
    written = data.with_columns(
        pl.col("kind").replace_strict(kinds).alias("kind_label"),
        pl.col("phases")
        .str.split(";")
        .list.eval(pl.element().replace_strict(labels))
        .list.join(", ")
        .alias("phase_label"),
        in_words(data["provenance"], t),
    )
    columns = (
        Column("row", t("Indicator")),
        Column("kind_label", t("Kind")),
        Column("phase_label", t("Phase")),
        Column("count", t("Count"), "integer"),
        Column("n", t("n"), "integer"),
        Column("share", t("Share"), "share", 1),
        *weighted_share_column(data, t),
        Column("provenance", t("Provenance")),
    )
    provenance = weakest(data["provenance"].to_list())
    return Table("4.11", title, note, columns, written, t.language, provenance)
