"""Lines of pandoc's document tree: a paragraph, a list's item and a table's row are each a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.lines import Line

Node = dict[str, Any]
_CELLS = " | "
_BULLET = "– "
_MARKED = {
    "Emph",
    "Underline",
    "Strong",
    "Strikeout",
    "Superscript",
    "Subscript",
    "SmallCaps",
}


def lines_of(tree: Node, cleaner: Cleaner) -> tuple[list[Line], list[Line]]:
    """The lines of a document, and those of its footnotes."""
    walk = _Walk(cleaner)
    lines = list(walk.blocks(tree["blocks"]))
    return lines, walk.footnotes


class _Walk:
    def __init__(self, cleaner: Cleaner) -> None:
        self.cleaner = cleaner
        self.footnotes: list[Line] = []

    def blocks(self, blocks: list[Node]) -> Iterator[Line]:
        for block in blocks:
            yield from self.block(block["t"], block.get("c"))

    def block(self, kind: str, content: Any) -> Iterator[Line]:  # noqa: PLR0912
        match kind:
            case "Para" | "Plain":
                yield from self.paragraph(content)
            case "Header":
                yield from self.paragraph(content[2])
            case "CodeBlock":
                yield from map(Line, self.cleaner.lines(content[1]))
            case "LineBlock":
                for line in content:
                    yield from self.paragraph(line)
            case "BlockQuote":
                yield from self.blocks(content)
            case "Div":
                yield from self.blocks(content[1])
            case "BulletList":
                for item in content:
                    yield from _marked(_BULLET, self.blocks(item))
            case "OrderedList":
                for number, item in enumerate(content[1], content[0][0]):
                    yield from _marked(f"{number}. ", self.blocks(item))
            case "DefinitionList":
                for term, definitions in content:
                    yield from self.paragraph(term)
                    for definition in definitions:
                        yield from self.blocks(definition)
            case "Table":
                yield from self.table(content)
            case "Figure":
                yield from self.blocks(content[1][1])
                yield from self.blocks(content[2])

    def table(self, content: Any) -> Iterator[Line]:
        _, (_, caption), _, (_, head), bodies, (_, foot) = content
        yield from self.blocks(caption)
        body = [row for _, _, heads, rows in bodies for row in (*heads, *rows)]
        for _, cells in (*head, *body, *foot):
            told = [" ".join(line.text for line in self.blocks(cell[4])) for cell in cells]
            if any(told):
                yield Line(_CELLS.join(told).strip())

    def paragraph(self, inlines: list[Node]) -> Iterator[Line]:
        for printed in _at_breaks(inlines):
            bold = self.bold(printed)
            for place, text in enumerate(self.cleaner.lines(self.text(printed))):
                yield Line(text, bold=bold if not place and bold <= len(text) else 0)

    def bold(self, inlines: list[Node]) -> int:
        """How many characters a paragraph begins with in bold."""
        begins = list(takewhile(lambda inline: inline["t"] in {"Strong", "Space"}, inlines))
        return len(Cleaner().line(_Walk(Cleaner()).text(begins)))

    def text(self, inlines: list[Node]) -> str:
        return "".join(self.inline(inline["t"], inline.get("c")) for inline in inlines)

    def inline(self, kind: str, content: Any) -> str:  # noqa: PLR0911
        match kind:
            case "Str":
                return str(content)
            case "Space" | "SoftBreak":
                return " "
            case "LineBreak":
                return "\n"
            case "Code" | "Math" | "RawInline":
                return str(content[1])
            case "Quoted":
                marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
                return f"{marks[0]}{self.text(content[1])}{marks[1]}"
            case "Cite" | "Span" | "Link" | "Image":
                return self.text(content[1])
            case "Note":
                return self.note(content)
        return self.text(content) if kind in _MARKED else ""

    def note(self, blocks: list[Node]) -> str:
        told = " ".join(line.text for line in self.blocks(blocks))
        number = f"[{len(self.footnotes) + 1}]"
        self.footnotes.append(Line(f"{number} {told}"))
        return number


def _at_breaks(inlines: list[Node]) -> Iterator[list[Node]]:
    gathered: list[Node] = []
    for inline in inlines:
        if inline["t"] == "LineBreak":
            yield gathered
            gathered = []
        else:
            gathered.append(inline)
    yield gathered


def _marked(mark: str, lines: Iterator[Line]) -> Iterator[Line]:
    for place, line in enumerate(lines):
        yield line if place else Line(mark + line.text)
