"""The tables in an .lss file, read without entities, document types or network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from samspill.errors import InvalidInput, Message, Problem

MAXIMUM_BYTES = 20_000_000
Record = dict[str, str]
_KEYS = {
    "groups": ("gid",),
    "questions": ("qid", "gid", "type", "title"),
    "subquestions": ("qid", "parent_qid", "title"),
    "question_attributes": ("qid", "attribute"),
    "answers": ("aid", "qid", "code"),
}


@dataclass(slots=True)
class Faults:
    """Collects what is refused, with its place."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, place: str, message: str, step: str) -> None:
        self.problems.append(Problem(self.file, None, place, message, step))


@dataclass(frozen=True, slots=True)
class Document:
    """The languages and the tables (section → rows) of a survey."""

    languages: tuple[str, ...]
    tables: dict[str, list[Record]]

    def rows(self, section: str) -> list[Record]:
        return self.tables.get(section, [])


def read_document(path: Path) -> Document:
    """The tables of an .lss file.

    Raises:
        InvalidInput: the file cannot be read, is not such a file, or has a document type.
    """
    from lxml import etree

    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise _invalid(path.name, "The file is larger than 20 MB.", "Export the survey alone.")
        content = path.read_bytes()
    except OSError:
        raise _invalid(path.name, "The file cannot be read.", "Check its name.") from None
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        step = "Export the survey structure from LimeSurvey again."
        raise _invalid(path.name, "The file has a document type, which is not read.", step)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = Message("The file is not XML: {error}.", error=str(error))
        raise _invalid(path.name, message, "Export it again.") from None
    if root.getroottree().docinfo.doctype or root.tag != "document":
        step = "Export the survey structure (.lss) from LimeSurvey."
        raise _invalid(path.name, "The file is not a LimeSurvey survey structure.", step)
    if root.findtext("LimeSurveyDocType") != "Survey":
        step = "Export the survey structure (.lss), not a group or question."
        raise _invalid(path.name, "The file does not hold a whole survey.", step)
    tables = {
        str(section.tag): [
            {str(cell.tag): cell.text or "" for cell in row if isinstance(cell.tag, str)}
            for row in section.iterfind("rows/row")
        ]
        for section in root
        if isinstance(section.tag, str)
    }
    if tables.get("questions") and "question_l10ns" not in tables:
        step = "Open the survey in LimeSurvey 4 or later and export it again."
        raise _invalid(path.name, "The file is that of LimeSurvey 3 or earlier.", step)
    for section, keys in _KEYS.items():
        for row in tables.get(section, []):
            if absent := [key for key in keys if not row.get(key)]:
                message = Message(
                    "A row in {section} has no {keys}.",
                    section=section,
                    keys=" and no ".join(absent),
                )
                raise _invalid(path.name, message, "Export the survey again.")
    languages = (each.text or "" for each in root.iterfind("languages/language"))
    return Document(tuple(code for code in languages if code), tables)


def _invalid(name: str, message: str, step: str) -> InvalidInput:
    return InvalidInput(
        Message("The survey {name}", name=name), [Problem(name, None, None, message, step)]
    )
