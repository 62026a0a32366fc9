"""The elements of REFI-QDA 1.5, field by field as Project.xsd and Codebook.xsd give them.

GUIDs are lower case without braces. ``None`` is an attribute or element that is not there. Times
are the texts of ``xsd:dateTime``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from samspill.qualitative.refi.binding import (
    attribute,
    child,
    children,
    reference,
    references,
    text,
)

DIRECTIONS = ("Associative", "OneWay", "Bidirectional")
VARIABLE_TYPES = ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
SHAPES = (
    "Person",
    "Oval",
    "Rectangle",
    "RoundedRectangle",
    "Star",
    "LeftTriangle",
    "RightTriangle",
    "UpTriangle",
    "DownTriangle",
    "Note",
)
LINE_STYLES = ("dotted", "dashed", "solid")
ITSELF = type(None)


@dataclass(frozen=True, slots=True)
class User:
    guid: str = attribute("guid", "guid", required=True)
    name: str | None = attribute("name")
    id: str | None = attribute("id")


@dataclass(frozen=True, slots=True)
class Code:
    guid: str = attribute("guid", "guid", required=True)
    name: str = attribute("name", required=True)
    is_codable: bool = attribute("isCodable", "boolean", required=True)
    color: str | None = attribute("color", "colour")
    description: str | None = text("Description")
    note_refs: tuple[str, ...] = references("NoteRef")
    codes: tuple[Code, ...] = children({"Code": ITSELF})


@dataclass(frozen=True, slots=True)
class Coding:
    guid: str = attribute("guid", "guid", required=True)
    creating_user: str | None = attribute("creatingUser", "guid")
    creation_date_time: str | None = attribute("creationDateTime", "dateTime")
    code: str = reference("CodeRef")
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class Variable:
    guid: str = attribute("guid", "guid", required=True)
    name: str = attribute("name", required=True)
    type_of_variable: str = attribute("typeOfVariable", required=True, allowed=VARIABLE_TYPES)
    description: str | None = text("Description")


@dataclass(frozen=True, slots=True)
class VariableValue:
    """At most one of the values is there; each is the text of its type in XML Schema."""

    variable: str = reference("VariableRef")
    text_value: str | None = text("TextValue")
    boolean_value: str | None = text("BooleanValue")
    integer_value: str | None = text("IntegerValue")
    float_value: str | None = text("FloatValue")
    date_value: str | None = text("DateValue")
    date_time_value: str | None = text("DateTimeValue")


@dataclass(frozen=True, slots=True)
class Authored:
    """What sources, selections and transcripts have in common."""

    guid: str = attribute("guid", "guid", required=True)
    name: str | None = attribute("name")
    creating_user: str | None = attribute("creatingUser", "guid")
    creation_date_time: str | None = attribute("creationDateTime", "dateTime")
    modifying_user: str | None = attribute("modifyingUser", "guid")
    modified_date_time: str | None = attribute("modifiedDateTime", "dateTime")


@dataclass(frozen=True, slots=True)
class PlainTextSelection(Authored):
    start_position: int = attribute("startPosition", "integer", required=True)
    end_position: int = attribute("endPosition", "integer", required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class TextSource(Authored):
    """A text; also a note, the description of a picture and the text of a PDF."""

    rich_text_path: str | None = attribute("richTextPath")
    plain_text_path: str | None = attribute("plainTextPath")
    description: str | None = text("Description")
    plain_text_content: str | None = text("PlainTextContent")
    selections: tuple[PlainTextSelection, ...] = children(
        {"PlainTextSelection": PlainTextSelection}
    )
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")
    variable_values: tuple[VariableValue, ...] = children({"VariableValue": VariableValue})


@dataclass(frozen=True, slots=True)
class PictureSelection(Authored):
    first_x: int = attribute("firstX", "integer", required=True)
    first_y: int = attribute("firstY", "integer", required=True)
    second_x: int = attribute("secondX", "integer", required=True)
    second_y: int = attribute("secondY", "integer", required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class PictureSource(Authored):
    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = text("Description")
    text_description: TextSource | None = child("TextDescription", TextSource)  # noqa: RUF009
    selections: tuple[PictureSelection, ...] = children({"PictureSelection": PictureSelection})
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")
    variable_values: tuple[VariableValue, ...] = children({"VariableValue": VariableValue})


@dataclass(frozen=True, slots=True)
class PDFSelection(Authored):
    page: int = attribute("page", "integer", required=True)
    first_x: int = attribute("firstX", "integer", required=True)
    first_y: int = attribute("firstY", "integer", required=True)
    second_x: int = attribute("secondX", "integer", required=True)
    second_y: int = attribute("secondY", "integer", required=True)
    description: str | None = text("Description")
    representation: TextSource | None = child("Representation", TextSource)  # noqa: RUF009
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class PDFSource(Authored):
    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = text("Description")
    selections: tuple[PDFSelection, ...] = children({"PDFSelection": PDFSelection})
    representation: TextSource | None = child("Representation", TextSource)  # noqa: RUF009
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")
    variable_values: tuple[VariableValue, ...] = children({"VariableValue": VariableValue})


@dataclass(frozen=True, slots=True)
class SyncPoint:
    guid: str = attribute("guid", "guid", required=True)
    time_stamp: int | None = attribute("timeStamp", "integer")
    position: int | None = attribute("position", "integer")


@dataclass(frozen=True, slots=True)
class TranscriptSelection(Authored):
    from_sync_point: str | None = attribute("fromSyncPoint", "guid")
    to_sync_point: str | None = attribute("toSyncPoint", "guid")
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class Transcript(Authored):
    rich_text_path: str | None = attribute("richTextPath")
    plain_text_path: str | None = attribute("plainTextPath")
    description: str | None = text("Description")
    plain_text_content: str | None = text("PlainTextContent")
    sync_points: tuple[SyncPoint, ...] = children({"SyncPoint": SyncPoint})
    selections: tuple[TranscriptSelection, ...] = children(
        {"TranscriptSelection": TranscriptSelection}
    )
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class AudioSelection(Authored):
    begin: int = attribute("begin", "integer", required=True)
    end: int = attribute("end", "integer", required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class AudioSource(Authored):
    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = text("Description")
    transcripts: tuple[Transcript, ...] = children({"Transcript": Transcript})
    selections: tuple[AudioSelection, ...] = children({"AudioSelection": AudioSelection})
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")
    variable_values: tuple[VariableValue, ...] = children({"VariableValue": VariableValue})


@dataclass(frozen=True, slots=True)
class VideoSelection(Authored):
    begin: int = attribute("begin", "integer", required=True)
    end: int = attribute("end", "integer", required=True)
    description: str | None = text("Description")
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class VideoSource(Authored):
    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = text("Description")
    transcripts: tuple[Transcript, ...] = children({"Transcript": Transcript})
    selections: tuple[VideoSelection, ...] = children({"VideoSelection": VideoSelection})
    codings: tuple[Coding, ...] = children({"Coding": Coding})
    note_refs: tuple[str, ...] = references("NoteRef")
    variable_values: tuple[VariableValue, ...] = children({"VariableValue": VariableValue})


AnySource: TypeAlias = TextSource | PictureSource | PDFSource | AudioSource | VideoSource


@dataclass(frozen=True, slots=True)
class Case:
    guid: str = attribute("guid", "guid", required=True)
    name: str | None = attribute("name")
    description: str | None = text("Description")
    code_refs: tuple[str, ...] = references("CodeRef")
    variable_values: tuple[VariableValue, ...] = children({"VariableValue": VariableValue})
    source_refs: tuple[str, ...] = references("SourceRef")
    selection_refs: tuple[str, ...] = references("SelectionRef")


@dataclass(frozen=True, slots=True)
class Link:
    guid: str = attribute("guid", "guid", required=True)
    name: str | None = attribute("name")
    direction: str | None = attribute("direction", allowed=DIRECTIONS)
    color: str | None = attribute("color", "colour")
    origin_guid: str | None = attribute("originGUID", "guid")
    target_guid: str | None = attribute("targetGUID", "guid")
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class Set:
    guid: str = attribute("guid", "guid", required=True)
    name: str = attribute("name", required=True)
    description: str | None = text("Description")
    member_codes: tuple[str, ...] = references("MemberCode")
    member_sources: tuple[str, ...] = references("MemberSource")
    member_notes: tuple[str, ...] = references("MemberNote")


@dataclass(frozen=True, slots=True)
class Vertex:
    guid: str = attribute("guid", "guid", required=True)
    represented_guid: str | None = attribute("representedGUID", "guid")
    name: str | None = attribute("name")
    first_x: int = attribute("firstX", "integer", required=True)
    first_y: int = attribute("firstY", "integer", required=True)
    second_x: int | None = attribute("secondX", "integer")
    second_y: int | None = attribute("secondY", "integer")
    shape: str | None = attribute("shape", allowed=SHAPES)
    color: str | None = attribute("color", "colour")


@dataclass(frozen=True, slots=True)
class Edge:
    guid: str = attribute("guid", "guid", required=True)
    represented_guid: str | None = attribute("representedGUID", "guid")
    name: str | None = attribute("name")
    source_vertex: str = attribute("sourceVertex", "guid", required=True)
    target_vertex: str = attribute("targetVertex", "guid", required=True)
    color: str | None = attribute("color", "colour")
    direction: str | None = attribute("direction", allowed=DIRECTIONS)
    line_style: str | None = attribute("lineStyle", allowed=LINE_STYLES)


@dataclass(frozen=True, slots=True)
class Graph:
    guid: str = attribute("guid", "guid", required=True)
    name: str | None = attribute("name")
    vertices: tuple[Vertex, ...] = children({"Vertex": Vertex})
    edges: tuple[Edge, ...] = children({"Edge": Edge})


@dataclass(frozen=True, slots=True)
class ProjectElement:
    name: str = attribute("name", required=True)
    origin: str | None = attribute("origin")
    creating_user: str | None = attribute("creatingUserGUID", "guid")
    creation_date_time: str | None = attribute("creationDateTime", "dateTime")
    modifying_user: str | None = attribute("modifyingUserGUID", "guid")
    modified_date_time: str | None = attribute("modifiedDateTime", "dateTime")
    base_path: str | None = attribute("basePath")
    users: tuple[User, ...] = children({"User": User}, ("Users",))
    codes: tuple[Code, ...] = children({"Code": Code}, ("CodeBook", "Codes"))
    variables: tuple[Variable, ...] = children({"Variable": Variable}, ("Variables",))
    cases: tuple[Case, ...] = children({"Case": Case}, ("Cases",))
    sources: tuple[AnySource, ...] = children(
        {
            "TextSource": TextSource,
            "PictureSource": PictureSource,
            "PDFSource": PDFSource,
            "AudioSource": AudioSource,
            "VideoSource": VideoSource,
        },
        ("Sources",),
    )
    notes: tuple[TextSource, ...] = children({"Note": TextSource}, ("Notes",))
    links: tuple[Link, ...] = children({"Link": Link}, ("Links",))
    sets: tuple[Set, ...] = children({"Set": Set}, ("Sets",))
    graphs: tuple[Graph, ...] = children({"Graph": Graph}, ("Graphs",))
    description: str | None = text("Description")
    note_refs: tuple[str, ...] = references("NoteRef")


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The root of a ``.qdc``; a set's members there are codes alone."""

    origin: str | None = attribute("origin")
    codes: tuple[Code, ...] = children({"Code": Code}, ("Codes",))
    sets: tuple[Set, ...] = children({"Set": Set}, ("Sets",))
