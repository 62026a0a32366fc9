"""The report as DOCX, through pandoc's document tree (pandoc-types 1.23)."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samspill.presentation.report import svg
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Document,
    Fact,
    Facts,
    FigureBlock,
    Inline,
    Link,
    MethodNote,
    Number,
    Paragraph,
    Row,
    Section,
    Strong,
    TableBlock,
    Text,
    blocks,
)
from samspill.presentation.report.docx_style import contents, finish, reference_document
from samspill.presentation.report.pandoc import run_pandoc

API_VERSION = [1, 23, 1]
PICTURE_SCALE = 2.0
TEXT_WIDTH_INCHES = 6.3
LINE_CHARACTERS = 104
WIDER = 1.2
"""How much wider a word may be drawn than it was counted: bold, or in the type that a program takes
where it lacks ours."""
KEPT = "Kept Row"
_ALIGN = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}

Node = dict[str, Any]
PAGE_BREAK: Node = {
    "t": "RawBlock",
    "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'],
}


def write_docx(document: Document) -> bytes:
    """The document as DOCX: real headings, captions, alt text, header rows, its language."""
    tree = {
        "pandoc-api-version": API_VERSION,
        "meta": _meta(document),
        "blocks": [
            *_opening(document),
            _node("RawBlock", ["openxml", contents(document)]),
            PAGE_BREAK,
            *(node for part in document.sections for node in _section(part, 1, document)),
        ],
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        _draw(document, folder)
        reference = folder / "reference.docx"
        reference.write_bytes(reference_document(document.date, document.warning))
        output = folder / "report.docx"
        arguments = ["--from=json", "--to=docx", f"--output={output}"]
        arguments += [f"--reference-doc={reference}", f"--resource-path={folder}"]
        run_pandoc(arguments, json.dumps(tree).encode(), document.date)
        return finish(output.read_bytes(), document)


def _opening(document: Document) -> list[Node]:
    nodes = [_styled("Basis", [_node("Para", [_text(document.wording.language)])])]
    for block in document.opening:
        nodes += _block(block, 1, document)
    return nodes


def _draw(document: Document, folder: Path) -> None:
    import vl_convert

    for block in blocks(document):
        if isinstance(block, FigureBlock):
            picture = vl_convert.svg_to_png(block.svg, scale=PICTURE_SCALE)
            (folder / f"{block.id}.png").write_bytes(picture)


def _meta(document: Document) -> Node:
    values = {
        "title": document.title,
        "subtitle": document.subtitle,
        "author": document.author,
        "date": str(document.date.year),
        "lang": document.tag,
        "description": document.description,
    }
    return {key: {"t": "MetaString", "c": text} for key, text in values.items()}


def _section(section: Section, level: int, document: Document) -> list[Node]:
    nodes = [PAGE_BREAK] if section.number.isalpha() else []
    nodes += [_node("Header", [level, _attributes(section.id), [_text(section.heading)]])]
    for block in section.blocks:
        nodes += _block(block, level, document)
    for inner in section.sections:
        nodes += _section(inner, level + 1, document)
    return nodes


def _block(block: Block, level: int, document: Document) -> list[Node]:
    if isinstance(block, TableBlock):
        return [_table(block), *_under(block)]
    if isinstance(block, FigureBlock):
        return [_figure(block), *_under(block)]
    if isinstance(block, MethodNote):
        return _method(block, level, document)
    return _text_block(block)


def _text_block(block: Paragraph | Bullets | Callout | Facts) -> list[Node]:
    match block:
        case Paragraph():
            return [_node("Para", _inlines(block.runs))]
        case Bullets():
            return [_node("BulletList", [[_node("Para", _inlines(i))] for i in block.items])]
        case Callout():
            return _callout(block)
        case Facts():
            return [_styled("Facts", [_fact(fact) for fact in block.items])]


def _callout(block: Callout) -> list[Node]:
    title = _node("Para", [_node("Strong", [_text(block.title)])])
    paragraphs = [_node("Para", _inlines(paragraph.runs)) for paragraph in block.paragraphs]
    return [_styled("Callout Title", [title]), _styled("Callout", paragraphs)]


def _fact(fact: Fact) -> Node:
    return _node("Para", [_node("Strong", [_inline(fact.value)]), _text(f"  {fact.words}")])


def _method(block: MethodNote, level: int, document: Document) -> list[Node]:
    wording = document.wording
    parts = (
        (wording.formula, block.formula),
        (wording.source, block.source),
        (wording.limits, block.limits),
    )
    heading = _node("Header", [level + 1, _attributes(block.id), [_text(block.title)]])
    return [
        heading,
        *(
            _node("Para", [_node("Strong", [_text(f"{term}.")]), _text(f" {text}")])
            for term, text in parts
        ),
    ]


def _figure(block: FigureBlock) -> Node:
    width, height = svg.size(block.svg)
    wide = min(TEXT_WIDTH_INCHES, width / 96 * 1.4)
    sized = {"width": f"{wide:.2f}in", "height": f"{wide * height / width:.2f}in"}
    attributes = ["", [], [[key, value] for key, value in sized.items()]]
    image = _node("Image", [attributes, [_text(block.alt)], [f"{block.id}.png", ""]])
    return _node("Figure", [_attributes(block.id), _caption(block), [_node("Plain", [image])]])


def _table(block: TableBlock) -> Node:
    last = block.rows[-1] if block.rows and _under(block) else None
    head = _row(Row(tuple(column.heading for column in block.columns)), block)
    body = []
    for name, rows in block.groups:
        body += [_group(name, len(block.columns))] if name else []
        body += [_row(row, block, kept=row is last) for row in rows]
    return _node(
        "Table",
        [
            _attributes(block.id),
            _caption(block),
            [[{"t": _ALIGN[column.align]}, width] for column, width in _widths(block)],
            [_attributes(""), [head]],
            [[_attributes(""), 1, [], body]],
            [_attributes(""), []],
        ],
    )


def _widths(block: TableBlock) -> list[tuple[Any, Node]]:
    """Columns with their part of the width: numbers never broken, the rest shared by the texts."""
    least, wanted = [], []
    for i, column in enumerate(block.columns):
        cells = [row.cells[i] for row in block.rows]
        words = [word for text in (column.heading, *cells) for word in text.split()]
        longest = round(WIDER * max(map(len, words), default=1)) + 4
        written = max((len(cell) for cell in cells), default=1) + 3
        number = column.align == "right"
        least.append(max(longest, written) if number else longest)
        wanted.append(0 if number else max(written - longest, 0))
    spare = max(LINE_CHARACTERS - sum(least), 0)
    share = min(spare / sum(wanted), 1.0) if sum(wanted) else 0.0
    needs = [low + share * more for low, more in zip(least, wanted, strict=True)]
    total = sum(needs)
    return [
        (column, {"t": "ColWidth", "c": round(need / total, 4)})
        for column, need in zip(block.columns, needs, strict=True)
    ]


def _group(name: str, columns: int) -> list[Any]:
    """A row with one cell over all columns, on the page of the row after it."""
    heading = [_styled(KEPT, [_node("Para", [_node("Strong", [_text(name)])])])]
    return [_attributes(""), [[_attributes(""), {"t": "AlignLeft"}, 1, columns, heading]]]


def _row(row: Row, block: TableBlock, *, kept: bool = False) -> list[Any]:
    """A row of cells; ``kept`` on the page of what follows it."""
    written = []
    for i, (cell, column) in enumerate(zip(row.cells, block.columns, strict=True)):
        inlines = _lines(cell)
        if i == 0 and row.source:
            inlines = [_node("Link", [_attributes(""), inlines, [f"#{row.source}", ""]])]
        if i == 0 and row.id:
            inlines = [_node("Span", [_attributes(row.id), inlines])]
        align = {"t": _ALIGN[column.align]}
        content = _styled(KEPT, [_node("Para", inlines)]) if kept else _node("Plain", inlines)
        written.append([_attributes(""), align, 1, 1, [content]])
    return [_attributes(""), written]


def _lines(text: str) -> list[Node]:
    first, *others = text.split("\n")
    return [_text(first), *(n for line in others for n in ({"t": "LineBreak"}, _text(line)))]


def _caption(block: TableBlock | FigureBlock) -> list[Any]:
    return [
        None,
        [_node("Plain", [_node("Strong", [_text(block.label)]), _text(f" {block.title}")])],
    ]


def _under(block: TableBlock | FigureBlock) -> list[Node]:
    lines = [line for line in (block.note, block.basis) if line]
    return [_styled("Basis", [_node("Para", [_text(line)]) for line in lines])] if lines else []


def _styled(style: str, nodes: list[Node]) -> Node:
    return _node("Div", [["", [], [["custom-style", style]]], nodes])


def _inlines(runs: tuple[Inline, ...]) -> list[Node]:
    return [_inline(run) for run in runs]


def _inline(run: Inline) -> Node:
    match run:
        case Strong():
            return _node("Strong", [_text(run.text)])
        case Number() | Link():
            return _node("Link", [_attributes(""), [_text(run.text)], [f"#{run.target}", ""]])
        case Text():
            return _text(run.text)


def _attributes(identifier: str) -> list[Any]:
    return [identifier, [], []]


def _text(text: str) -> Node:
    return _node("Str", text)


def _node(kind: str, content: Any) -> Node:
    return {"t": kind, "c": content}
