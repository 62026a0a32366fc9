"""Chapter: fields read together, and the number of relations by its order alone."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.numbers import table_of_numbers
from samspill.presentation.report.content.ordered import ordered_answers
from samspill.presentation.report.content.weighted_tables import none_pooled
from samspill.presentation.report.document import (
    Block,
    Callout,
    FigureBlock,
    Number,
    Paragraph,
    Row,
    Section,
    TableBlock,
)
from samspill.presentation.tables.words import base_range

FEWEST = 3
SURE = 0.95
NOTABLE = 0.03
"""A share that pooling moves by three percentage points or more is moved enough to tell."""
FIGURE = "pooled"


def chapter(m: Material) -> Section | None:
    rows = pooled_rows(m)
    if not rows:
        return ordered_answers(m)
    blocks: list[Block] = [_moved(m, rows), _order(m, rows), _same_units(m), *none_pooled(m)]
    blocks += [_figure(m, rows), _table(m, rows)]
    ordered = ordered_answers(m)
    return Section(
        "pooling",
        "",
        m.word("Which differences between fields are more than chance?"),
        tuple(blocks),
        (ordered,) if ordered else (),
    )


def pooled_rows(m: Material) -> list[Values]:
    """Rows of ``StudyAnalysis.pooled`` with the fields studied in depth as groups."""
    names = list(dict.fromkeys(row["indicator"] for row in m.effects)) or [
        name
        for name, definition in m.analysis.definitions.items()
        if definition.per_field and m.analysis.is_binary(name)
    ]
    rows: list[Values] = []
    for name in names:
        answered = [row["field"] for row in m.shares(name, fields=m.fields) if row["n"]]
        if len(answered) < FEWEST:
            continue
        found = m.analysis.pooled(name, fields=answered).frame
        if found["pooled"].null_count() == 0:
            rows += found.to_dicts()
    return rows


def pooled_row(row: Values) -> str:
    """The identifier of the row where a pooled share is accounted for."""
    return f"pooled-{row['indicator']}-{row['field']}"


def _moved(m: Material, rows: Sequence[Values]) -> Paragraph:
    most = max(rows, key=lambda row: abs(row["pooled"] - row["raw"]))
    told: dict[str, Number | str] = {
        "k": m.number(len({row["indicator"] for row in rows})),
        "most": Number(m.points(most["pooled"] - most["raw"]), pooled_row(most)),
        "place": m.place(most),
        "n": base_range([row["n"] for row in rows]),
    }
    if len({row["indicator"] for row in rows}) == 1:
        return m.paragraph(
            "A share that rests on few answers may stand out by chance. When the fields are read "
            "together, each share is drawn towards what the fields have in common, the more the "
            "fewer its answers. The largest move is {most} percentage points ({place}); each "
            "field has {n} answers.",
            **{name: told[name] for name in ("most", "place", "n")},
        )
    if abs(most["pooled"] - most["raw"]) < NOTABLE:
        return m.paragraph(
            "A share that rests on few answers may stand out by chance. When the fields are read "
            "together, each share is drawn towards what the fields have in common, the more the "
            "fewer its answers. Over {k} indicators the largest move is {most} percentage points "
            "({place}). With {n} answers in each field, the fields' own shares can be read as they "
            "stand.",
            **told,
        )
    return m.paragraph(
        "A share that rests on few answers may stand out by chance. When the fields are read "
        "together, each share is drawn towards what the fields have in common, the more the fewer "
        "its answers. Over {k} indicators the largest move is {most} percentage points ({place}). "
        "Each field has {n} answers, and where they are few the pooled share is the one to read.",
        **told,
    )


def _order(m: Material, rows: Sequence[Values]) -> Paragraph:
    """How sure it is which field is highest and which lowest."""
    names = list(dict.fromkeys(row["indicator"] for row in rows))
    high = [row for row in rows if row["p_highest"] >= SURE]
    low = [row for row in rows if row["p_lowest"] >= SURE]
    first = _most(m, high)
    told: dict[str, Number | str] = {
        "k": m.number(len(names)),
        "high": Number(m.number(len(high)), "table-pooled"),
        "low": Number(m.number(len(low)), "table-pooled"),
        "limit": m.percent(SURE),
        "field": first,
    }
    if len(names) == 1:
        best = max(rows, key=lambda row: row["p_highest"])
        return m.paragraph(
            "Most likely to be the highest is {field}, with a probability of {chance}.",
            field=m.mid(best["field"]),
            chance=Number(m.percent(best["p_highest"]), pooled_row(best)),
        )
    if not high:
        return m.paragraph(
            "For none of the {k} indicators is it at least {limit} probable which field is the "
            "highest, and for {low} which is the lowest. A list that ranks the fields would rank "
            "chance.",
            **told,
        )
    return m.paragraph(
        "For {high} of the {k} indicators it is at least {limit} probable which field is the "
        "highest (mostly {field}), but only for {low} which is the lowest. Between those ends a "
        "list that ranks the fields would rank chance.",
        **told,
    )


def _most(m: Material, rows: Sequence[Values]) -> str:
    fields = [row["field"] for row in rows]
    return m.mid(max(dict.fromkeys(fields), key=fields.count)) if fields else ""


def _same_units(m: Material) -> Callout:
    return Callout(
        "caution",
        m.word("The same units answer for every field"),
        (
            m.paragraph(
                "The model takes the fields' answers as independent of each other. They are not: a "
                "municipality that collaborates in one field is more likely to do so in another. "
                "The intervals of each field stand, but how sure the order is may be off "
                "in either direction."
            ),
        ),
    )


def _figure(m: Material, rows: Sequence[Values]) -> FigureBlock:
    from samspill.presentation.figures.groups import groups_figure

    m.drawings.notice(FIGURE)
    data = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.Series("row", [m.label(row["indicator"]) for row in rows]),
        pl.Series("panel", [m.label(row["field"]) for row in rows]),
    )
    title = m.word("What remains of the fields' differences when they are read together?")
    drawn = groups_figure(data, m.language, number=FIGURE, title=title, model="beta-binomial")
    return m.drawings.block(drawn, m.word("Read together"), with_data=False)


def _table(m: Material, rows: Sequence[Values]) -> TableBlock:
    written = tuple(
        Row(
            (
                m.label(row["field"]),
                m.number(row["n"]),
                m.percent(row["raw"], 1),
                m.span(row["raw_low"], row["raw_high"]),
                m.percent(row["pooled"], 1),
                m.span(row["low"], row["high"]),
                m.percent(row["shrinkage"]),
                _ranks(m, row),
            ),
            pooled_row(row),
            m.label(row["indicator"]),
            m.source(row),
        )
        for row in rows
    )
    return table_of_numbers(
        m,
        "table-pooled",
        m.word("Shares of each field, alone and partially pooled"),
        [
            m.word("Field"),
            "n",
            m.word("Alone"),
            m.word("95% interval"),
            m.word("Pooled"),
            m.word("95% interval"),
            m.word("Weight of\ncommon mean"),
            m.word("Rank"),
        ],
        written,
        note=m.word(
            "Alone: Wilson's interval. Pooled: beta-binomial model, empirical Bayes; the interval "
            "counts that the spread between fields is estimated. Rank: from the highest, the ranks "
            "that hold 95 per cent of the probability."
        ),
        basis=m.basis(rows),
    )


def _ranks(m: Material, row: Values) -> str:
    low, high = row["rank_low"], row["rank_high"]
    return m.number(low) if low == high else f"{m.number(low)}–{m.number(high)}"
