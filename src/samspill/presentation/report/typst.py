"""The report as PDF/UA-1 (ISO 14289-1) through Typst.

The document goes to Typst as data (``document.json``) and the layout stands in
``templates/report.typ``, so that no text has to be escaped into markup.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samspill.errors import SamspillError
from samspill.presentation.report.document import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    FigureBlock,
    Inline,
    Paragraph,
    Section,
    TableBlock,
)


def write_pdf(document: Document) -> bytes:
    """The document as a tagged PDF that claims, and by Typst's checks keeps, PDF/UA-1.

    Raises SamspillError where Typst refuses it, for instance a figure without alt text.
    """
    import typst

    date = document.date
    created = datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC)
    with TemporaryDirectory() as name:
        folder = Path(name)
        drawings: dict[str, str] = {}
        data = _document(document, drawings)
        (folder / "document.json").write_text(json.dumps(data), encoding="utf-8")
        (folder / "report.typ").write_text(_layout(), encoding="utf-8")
        for file, svg in drawings.items():
            (folder / file).write_text(svg, encoding="utf-8")
        try:
            return bytes(
                typst.compile(
                    folder / "report.typ",
                    root=folder,
                    format="pdf",
                    pdf_standards=["ua-1"],
                    timestamp=created,
                )
            )
        except typst.TypstError as error:
            raise SamspillError(
                f"The PDF could not be made: {error.message}.",
                "Write the report as html or docx, and report this as a fault.",
            ) from error


@cache
def _layout() -> str:
    folder = files("samspill.presentation.report").joinpath("templates")
    return folder.joinpath("report.typ").read_text(encoding="utf-8")


def _document(document: Document, drawings: dict[str, str]) -> dict[str, Any]:
    language, _, region = document.tag.partition("-")
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "description": document.description,
        "author": document.author,
        "language": language,
        "region": region,
        "date": [document.date.year, document.date.month, document.date.day],
        "wording": asdict(document.wording),
        "warning": document.warning,
        "short": document.short,
        "opening": [_block(block, drawings) for block in document.opening],
        "sections": [_section(section, 1, drawings) for section in document.sections],
    }


def _section(section: Section, level: int, drawings: dict[str, str]) -> dict[str, Any]:
    return {
        "id": section.id,
        "heading": section.heading,
        "appendix": section.number.isalpha(),
        "level": level,
        "blocks": [_block(block, drawings) for block in section.blocks],
        "sections": [_section(inner, level + 1, drawings) for inner in section.sections],
    }


def _block(block: Block, drawings: dict[str, str]) -> dict[str, Any]:
    if isinstance(block, FigureBlock):
        file = f"{block.id}.svg"
        drawings[file] = block.svg
        shown = ("id", "label", "title", "alt", "note", "basis")
        return {"kind": block.kind, "file": file, **{key: getattr(block, key) for key in shown}}
    data: dict[str, Any] = {"kind": block.kind, **asdict(block)}
    match block:
        case Paragraph():
            data["runs"] = _runs(block.runs)
        case Bullets():
            data["items"] = [_runs(item) for item in block.items]
        case Callout():
            data["paragraphs"] = [_runs(paragraph.runs) for paragraph in block.paragraphs]
        case Facts():
            data["items"] = [{"value": _runs((f.value,)), "words": f.words} for f in block.items]
        case TableBlock():
            data["groups"] = [
                {"name": name, "rows": [asdict(row) for row in rows]} for name, rows in block.groups
            ]
    return data


def _runs(runs: tuple[Inline, ...]) -> list[dict[str, str]]:
    return [{"kind": run.kind, **asdict(run)} for run in runs]
