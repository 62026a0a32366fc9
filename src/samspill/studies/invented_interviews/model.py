"""What the files of the invented interviews hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InventedCoding:
    """A passage with a code, by one coder or by both.

    ``code`` is ``scheme/identifier`` or ``scheme/identifier/narrower`` of the vocabulary;
    ``coders`` are initials. The passage is ``text[start:end]`` of its interview, counted in
    Unicode codepoints.
    """

    code: str
    coders: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class InventedInterview:
    """A conversation that never took place, and how two coders coded it.

    ``unit`` is a unit's identifier in the demonstration's made-up study; ``side`` and ``fields``
    are the vocabulary's; ``consent`` is ``named_quote``, ``anonymous`` or ``not_quoted``. Each line
    of ``text`` is a paragraph and begins with one of ``speakers`` and a colon; lines end with LF.
    """

    identifier: str
    name: str
    unit: str
    side: str
    fields: tuple[str, ...]
    role: str
    date: date
    language: str
    consent: str
    interviewer: str
    speakers: tuple[str, ...]
    text: str
    codings: tuple[InventedCoding, ...]

    def passage(self, coding: InventedCoding) -> str:
        """The words that a coding of this interview covers."""
        return self.text[coding.start : coding.end]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the interviews mention: a ``person``, ``place`` or ``organisation``.

    ``also`` is what else it is called there, such as a first name alone.
    """

    text: str
    kind: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedInterviewStudy:
    """What the interviews have in common.

    ``study`` is the slug of the made-up study that the units are from. ``titles`` and ``summaries``
    map a language to text, ``coders`` initials to a name, ``units`` an identifier to a name.
    """

    study: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    coders: Mapping[str, str]
    interviewers: tuple[str, ...]
    consents: tuple[str, ...]
    units: Mapping[str, str]
    known: tuple[KnownName, ...]
