"""A small document with one of everything, for the tests of the writers."""

from __future__ import annotations

import datetime

from samspill.presentation.report.document import (
    Bullets,
    Callout,
    Column,
    Document,
    FigureBlock,
    Link,
    MethodNote,
    Number,
    Paragraph,
    Row,
    Section,
    Strong,
    TableBlock,
    Text,
    Wording,
)

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="120" viewBox="0 0 400 120">'
    '<defs><clipPath id="clip0"><rect width="400" height="120"/></clipPath></defs>'
    '<g clip-path="url(#clip0)" role="graphics-symbol" aria-label="bar">'
    '<rect x="10" y="20" width="300" height="30" fill="#333"/>'
    '<text x="12" y="80" font-family="sans-serif" font-size="14">Æøå &amp; ∕ 75 %</text></g></svg>'
)

WORDING = Wording(
    contents="Innhold",
    language="Bokmål.",
    skip="Hopp til innholdet",
    data_behind="Tallene bak",
    formula="Formel",
    source="Kilde",
    limits="Når den ikke bør brukes",
)


def table(identifier: str, rows: int, *, prefix: str = "row") -> TableBlock:
    return TableBlock(
        id=identifier,
        label="Tabell 1",
        title="Andel kommuner, prosent",
        columns=(Column("Felt", flexible=True), Column("n", "right"), Column("Andel", "right")),
        rows=tuple(
            Row((f"Felt «{i}» & [andre] <b>", "241", "75 %"), f"{prefix}-{i}") for i in range(rows)
        ),
        note="En merknad.",
        basis="n = 241. Rekonstruert eksakt.",
    )


def document(*, alt: str = "Stolpediagram: én stolpe på 75 prosent.") -> Document:
    figure = FigureBlock(
        id="figure-1",
        label="Figur 1",
        title="En stolpe",
        alt=alt,
        svg=DRAWING,
        note="",
        basis="n = 241. Rekonstruert eksakt.",
        data=table("figure-1-data-table", 2, prefix="data"),
    )
    first = Section(
        "summary",
        "1",
        "Hva fant vi?",
        (
            Paragraph(
                (
                    Text("Blant "),
                    Number("241", "row-1"),
                    Text(" svarte "),
                    Strong("de fleste"),
                    Text(" ja; se "),
                    Link("figur 1", "figure-1"),
                    Text("."),
                )
            ),
            Callout("invented", "Oppdiktede data", (Paragraph((Text("Ikke ekte <svar>."),)),)),
            Bullets(((Text("ett # punkt"),), (Text("to * punkt"),))),
        ),
        (Section("inner", "1.1", "Nærmere bestemt", (figure, table("table-1", 60))),),
    )
    second = Section(
        "methods",
        "A",
        "Metode",
        (MethodNote("method-wilson", "Wilson-intervall", "formel", "Wilson (1927)", "aldri"),),
    )
    return Document(
        identifier="sample",
        title="En prøverapport",
        subtitle="Med ett av hvert",
        description="Et lite dokument.",
        author="Samspill",
        tag="nb-NO",
        date=datetime.date(2018, 11, 30),
        wording=WORDING,
        sections=(first, second),
    )
