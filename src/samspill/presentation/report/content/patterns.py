"""Chapters on the general patterns: fields, organising, forms and money."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.presentation.report.content import weighted_tables
from samspill.presentation.report.content.material import Material, Values
from samspill.presentation.report.content.tables import share_table
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Number,
    Row,
    Runs,
    Section,
    Strong,
    TableBlock,
)
from samspill.presentation.report.document import Column as TableColumn

COMPARED, RELATIONS = 2, 3


def fields(m: Material) -> Section | None:
    """Where there is collaboration, and how much."""
    rows = m.shares("has_relation", fields=m.named_fields)
    if not rows:
        return None
    ranked = sorted(rows, key=lambda row: -row["share"])
    common = [row for row in ranked if row["share"] > 0.5]
    rare = [row for row in ranked if row["share"] <= 0.5]
    lead = m.paragraph(
        "Collaboration is most common in {field}, where {share} of the municipalities work "
        "with at least one organisation. More than half of them do so in {k} of the {total} "
        "fields that are named.",
        field=m.mid(ranked[0]["field"]),
        share=m.share(ranked[0]),
        k=Number(m.number(len(common)), "table-fields"),
        total=Number(m.number(len(rows)), "table-fields"),
    )
    alone = m.paragraph(
        "In {field}, {share} of the municipalities work with at least one organisation.",
        field=m.mid(ranked[0]["field"]),
        share=m.share(ranked[0]),
    )
    blocks: list[Block] = [lead if len(rows) >= COMPARED else alone]
    if rare and common:
        blocks.append(
            m.paragraph(
                "There is a step between the fields: {last} is the last one with more than half "
                "({last_share}), and {next} comes next ({next_share}). Collaboration is least "
                "common in {field}, with {share}.",
                field=m.mid(rare[-1]["field"]),
                share=m.share(rare[-1]),
                last=m.mid(common[-1]["field"]),
                last_share=m.share(common[-1]),
                next=m.mid(rare[0]["field"]),
                next_share=m.share(rare[0]),
            )
        )
    blocks += _drawn(m, "4.1")
    title = m.word("Municipalities with at least one relation, by field")
    blocks.append(share_table(m, "table-fields", title, rows))
    extent = _extent(m)
    return Section(
        "fields",
        "",
        m.word("Where do municipalities and organisations work together?"),
        tuple(blocks),
        (extent,) if extent else (),
    )


def _extent(m: Material) -> Section | None:
    if not m.has("number_of_relations") or not m.fields:
        return None
    if not m.analysis.categories(m.analysis.definitions["number_of_relations"].variables[0]):
        return None
    found = m.analysis.distribution("number_of_relations", fields=m.fields)
    rows = [row for row in found.frame.to_dicts() if row["n"]]
    if not rows:
        return None
    top = max(row["order"] for row in rows)
    highest = sorted((r for r in rows if r["order"] == top), key=lambda r: -r["share"])
    first, others = highest[0], highest[1:]
    text: list[Block] = []
    if others:
        lead = m.paragraph(
            "The highest category, {category}, is most common in {field}, with {share} of those "
            "who stated a number. In the other fields it is {low} to {high}.",
            field=m.mid(first["field"]),
            share=Number(m.percent(first["share"]), "table-extent"),
            category=m.analysis.labels.category(
                "number_of_relations", first["value"], m.language
            ).lower(),
            low=Number(m.percent(others[-1]["share"]), "table-extent"),
            high=Number(m.percent(others[0]["share"]), "table-extent"),
        )
        text = [lead]
    tables = (_extent_table(m, rows), *weighted_tables.extent(m, rows))
    return Section(
        "extent", "", m.word("With how many organisations?"), (*text, *_drawn(m, "4.2"), *tables)
    )


def _extent_table(m: Material, rows: Sequence[Values]) -> TableBlock:
    ordered = sorted({(row["order"], row["value"]) for row in rows})
    columns = [TableColumn(m.word("Number of relations"), flexible=True)]
    columns += [TableColumn(m.label(field), "right") for field in m.fields]
    cells = {(row["field"], row["value"]): row for row in rows}
    written = []
    for _, value in ordered:
        name = m.analysis.labels.category("number_of_relations", value, m.language)
        shown = [cells.get((field, value)) for field in m.fields]
        written.append(
            Row((name, *(f"{m.percent(r['share'])} ({r['count']})" if r else "–" for r in shown)))
        )
    bases = [next((r["n"] for r in rows if r["field"] == field), 0) for field in m.fields]
    written.append(Row((m.word("n"), *(m.number(n) for n in bases))))
    return TableBlock(
        id="table-extent",
        label=m.table_label(),
        title=m.word("Number of relations, by field"),
        columns=tuple(columns),
        rows=tuple(written),
        note=m.word(
            "Share of those who stated a number in the field, and in brackets how many they are."
        ),
        basis=m.basis(rows),
    )


def organising(m: Material) -> Section | None:
    """How municipalities organise for collaboration."""
    names = tuple(name for name in m.analysis.labels.vocabulary.coordination if m.has(name))
    rows = m.shares(*names, fields=m.fields) if names else []
    if not rows:
        return None
    highest = max(rows, key=lambda row: row["share"])
    lowest = min(rows, key=lambda row: row["share"])
    means = _means(rows)
    most = max(means, key=means.__getitem__)
    lead = m.paragraph(
        "On average over the {k} fields, {most} is the most common arrangement: {mean} of the "
        "municipalities have it. The highest share is {highest} ({what} in {field}), the "
        "lowest {lowest} ({rare} in {other}).",
        most=m.mid(most),
        mean=Number(m.percent(means[most]), "table-organising"),
        k=m.number(_fields(rows)),
        field=m.mid(highest["field"]),
        highest=m.share(highest),
        what=m.mid(highest["indicator"]),
        lowest=m.share(lowest),
        rare=m.mid(lowest["indicator"]),
        other=m.mid(lowest["field"]),
    )
    blocks: list[Block] = [lead] if _comparable(rows) else []
    blocks += _ranking(m, rows)
    blocks += _drawn(m, "4.3")
    title = m.word("Position, body and meeting point, by field")
    blocks.append(share_table(m, "table-organising", title, rows))
    blocks += _overall(m)
    title = m.word("How do municipalities organise for collaboration?")
    return Section("organising", "", title, tuple(blocks))


def _overall(m: Material) -> list[Block]:
    names = tuple(
        name
        for name in ("overall_coordination_body", "overall_coordination_position")
        if m.has(name)
    )
    rows = m.shares(*names)
    if len(rows) < 2:
        return []
    body, position = rows
    text = m.paragraph(
        "Across the fields, {body} of the municipalities have a body with overall responsibility "
        "for the contact with voluntary organisations, and {position} have a position.",
        body=m.share(body),
        position=m.share(position),
    )
    title = m.word("Arrangements with overall responsibility")
    return [text, share_table(m, "table-overall", title, rows, head=m.word("Arrangement"))]


def forms(m: Material) -> Section | None:
    """The forms of collaboration, money, and the process."""
    names = tuple(name for name in m.analysis.labels.vocabulary.forms if m.has(name))
    rows = m.shares(*names, fields=m.fields) if names else []
    if not rows:
        return None
    blocks: list[Block] = [
        *_forms_on_average(m, rows),
        *_ranking(m, rows),
        *_drawn(m, "4.4"),
        share_table(m, "table-forms", m.word("Forms of collaboration, by field"), rows),
    ]
    parts = (_money(m), _process(m))
    title = m.word("What forms does the collaboration take?")
    return Section("forms", "", title, tuple(blocks), tuple(part for part in parts if part))


def _forms_on_average(m: Material, rows: Sequence[Values]) -> list[Block]:
    if not _comparable(rows):
        return []
    means = _means(rows)
    most, least = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    return [
        m.paragraph(
            "On average over the {k} fields, {most} is the most common form, found in {mean} of "
            "the municipalities. The least common is {least}, with {low}.",
            most=m.mid(most),
            k=m.number(_fields(rows)),
            mean=Number(m.percent(means[most]), "table-forms"),
            least=m.mid(least),
            low=Number(m.percent(means[least]), "table-forms"),
        )
    ]


def _money(m: Material) -> Section | None:
    names = tuple(name for name in m.analysis.labels.vocabulary.economic_relations if m.has(name))
    rows = m.shares(*names, fields=m.fields) if names else []
    if not rows:
        return None
    text = _money_on_average(m, rows)
    table = share_table(m, "table-money", m.word("Economic relations, by field"), rows)
    title = m.word("What economic relations are there between them?")
    return Section("money", "", title, (*text, *_ranking(m, rows), *_drawn(m, "4.5"), table))


def _money_on_average(m: Material, rows: Sequence[Values]) -> list[Block]:
    means = _means(rows)
    if len(means) != RELATIONS or not _comparable(rows):
        return []
    ranked = sorted(means, key=means.__getitem__, reverse=True)
    return [
        m.paragraph(
            "On average over the fields, {first} is the most common economic relation "
            "({first_mean} of the municipalities), followed by {second} ({second_mean}) and "
            "{last} ({last_mean}).",
            first=m.mid(ranked[0]),
            first_mean=Number(m.percent(means[ranked[0]]), "table-money"),
            second=m.mid(ranked[1]),
            second_mean=Number(m.percent(means[ranked[1]]), "table-money"),
            last=m.mid(ranked[-1]),
            last_mean=Number(m.percent(means[ranked[-1]]), "table-money"),
        )
    ]


def _process(m: Material) -> Section | None:
    names = tuple(name for name in m.analysis.labels.vocabulary.phases if m.has(name))
    rows = m.shares(*names, fields=m.fields) if names else []
    drawn = _drawn(m, "4.11")
    if not rows or not drawn:
        return None
    means = _means(rows)
    heaviest = max(means, key=means.__getitem__)
    lightest = min(means, key=means.__getitem__)
    lead = m.paragraph(
        "The weight lies in {heaviest}: on average over the fields, {high} of the municipalities "
        "collaborate in at least one of the phase's forms. The lowest share is {low}, in "
        "{lightest}.",
        heaviest=m.mid(heaviest),
        high=Number(m.percent(means[heaviest]), "table-phases"),
        lightest=m.mid(lightest),
        low=Number(m.percent(means[lightest]), "table-phases"),
    )
    text: list[Block] = [lead] if _comparable(rows) else []
    table = share_table(m, "table-phases", m.word("Phases of the policy process, by field"), rows)
    title = m.word("Where in the policy process does the weight lie?")
    return Section("process", "", title, (*text, *drawn, *_ranking(m, rows), table))


def _ranking(m: Material, rows: Sequence[Values]) -> list[Block]:
    """For each field, one sentence that ranks its indicators."""
    by_field = {field: [r for r in rows if r["field"] == field] for field in m.fields}
    ranked = [_ranked(m, field, own) for field, own in by_field.items() if own]
    return [Bullets(tuple(ranked))] if ranked else []


def _ranked(m: Material, field: str, rows: Sequence[Values]) -> Runs:
    ranked = sorted(rows, key=lambda row: -row["share"])
    if len(ranked) == 1:
        return m.say(
            "{field}: {first} is found in {share} of the municipalities (95% interval {interval}).",
            field=Strong(m.label(field)),
            first=m.mid(ranked[0]["indicator"]),
            share=m.share(ranked[0]),
            interval=m.span(ranked[0]["low"], ranked[0]["high"]),
        )
    listed = [f"{m.mid(row['indicator'])} ({m.percent(row['share'])})" for row in ranked[1:]]
    return m.say(
        "{field}: {first} is most common, with {share} (95% interval {interval}), followed by "
        "{others}.",
        field=Strong(m.label(field)),
        first=m.mid(ranked[0]["indicator"]),
        share=m.share(ranked[0]),
        interval=m.span(ranked[0]["low"], ranked[0]["high"]),
        others=m.joined(listed),
    )


def _fields(rows: Sequence[Values]) -> int:
    return len({row["field"] for row in rows})


def _comparable(rows: Sequence[Values]) -> bool:
    """Whether there are several indicators, and several fields to average them over."""
    return len({row["indicator"] for row in rows}) >= COMPARED and _fields(rows) >= COMPARED


def _means(rows: Sequence[Values]) -> dict[str, float]:
    """The plain mean over fields of each indicator's share."""
    names = dict.fromkeys(row["indicator"] for row in rows)
    own = {name: [row["share"] for row in rows if row["indicator"] == name] for name in names}
    return {name: sum(shares) / len(shares) for name, shares in own.items()}


def _drawn(m: Material, *numbers: str) -> list[Block]:
    figures = (m.drawings.figure(number) for number in numbers)
    return [figure for figure in figures if figure is not None]
