"""A project of coded text: sources, a tree of codes, coders, codings and memos.

Positions are counts of Unicode codepoints in ``Source.text``, from 0, and a span is half-open:
``text[start:end]`` are its words. Everything has an identity of its own (a GUID, lower case,
without braces), as REFI-QDA 1.5 (Project.xsd, ``GUIDType``) gives it; names may repeat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from samspill.qualitative.tables import Tables

NAMED_QUOTE, ANONYMOUS, NOT_QUOTED = "named_quote", "anonymous", "not_quoted"
CONSENTS = (NAMED_QUOTE, ANONYMOUS, NOT_QUOTED)
INTERVIEW, OPEN_ANSWER, DOCUMENT = "interview", "open_answer", "document"
KINDS = (INTERVIEW, OPEN_ANSWER, DOCUMENT)

Value = str | int | float | bool
NO_VALUES: Mapping[str, Value] = MappingProxyType({})


def new_guid() -> str:
    """A new random identity (RFC 9562, version 4)."""
    return str(uuid4())


def _no_values() -> Mapping[str, Value]:
    return NO_VALUES


@dataclass(frozen=True, slots=True)
class Coder:
    """Who codes. ``initials`` are what the margin shows."""

    guid: str
    name: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code. Its place in ``Project.codes`` is its place among those with the same ``parent``.

    ``concept`` names the concept of the vocabulary that it stands for, such as
    ``barriers/coordination/poor_overview``; empty for one of the project's own. ``colour`` is
    ``#rrggbb``, or empty. ``codable`` is False for a heading that nothing is coded with.
    """

    guid: str
    name: str
    parent: str | None = None
    colour: str = ""
    codable: bool = True
    definition: str = ""
    inclusion: str = ""
    exclusion: str = ""
    example: str = ""
    concept: str = ""


@dataclass(frozen=True, slots=True)
class TimePoint:
    """The words at ``position`` were said ``milliseconds`` after the recording began."""

    position: int
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text that is coded, with what is known of it.

    ``text`` has one paragraph a line, divided by ``\\n`` alone. A turn of a conversation begins
    with its speaker, ``Leader: We have no list.``, where the speaker is one of ``speakers``
    (``paragraphs`` finds them). ``unit``, ``side`` and ``fields`` are identifiers (a unit of the
    study, a side and fields of the vocabulary); ``date`` is ISO 8601; ``language`` a code such as
    ``nb``, ``nn``. ``attributes`` are what else is known, such as an open answer's unit's
    attributes.
    """

    guid: str
    name: str
    text: str
    kind: str = INTERVIEW
    unit: str = ""
    side: str = ""
    fields: tuple[str, ...] = ()
    role: str = ""
    date: str = ""
    language: str = ""
    consent: str = ANONYMOUS
    speakers: tuple[str, ...] = ()
    times: tuple[TimePoint, ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=_no_values)
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """A code given to ``[start, end)`` of a source by a coder.

    ``created`` is ISO 8601, or empty.
    """

    guid: str
    source: str
    start: int
    end: int
    code: str
    coder: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note. ``about`` are the identities of what it is on: sources, codes, codings, other memos;
    none of them where it is on the project. ``title`` may be empty."""

    guid: str
    text: str
    title: str = ""
    about: tuple[str, ...] = ()
    coder: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project of coded text; all that the library asks, counts and exchanges is about one.

    ``carried`` is what another program's project held and this model has no place for (codings on
    pictures, audio and video; graphs; links; sets; cases), kept as it came so that it goes out
    again; only ``samspill.qualitative.refi`` looks into it.
    """

    name: str
    coders: tuple[Coder, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()
    guid: str = field(default_factory=new_guid)
    carried: object | None = None

    def tables(self) -> Tables:
        """The project as tidy frames, which every question is asked of."""
        from samspill.qualitative.tables import project_tables

        return project_tables(self)
