"""What a file held that a ``Project`` has no place for, kept so that it goes out again."""

from __future__ import annotations

from dataclasses import dataclass, field

from samspill.qualitative.refi.elements import PlainTextSelection, ProjectElement, TextSource


@dataclass(frozen=True, slots=True)
class KeptSelection:
    """A passage that is more than a span for one coding: it has a name, a description, a date, an
    identity of another program's, several codings or none.

    ``placed`` are the codings of the project that belong to it; ``selection.codings`` those that
    the project cannot have. Its positions are of codepoints, and given only where none is placed.
    """

    source: str
    selection: PlainTextSelection
    placed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """``project`` holds variables, cases, sources that are no texts, links, sets and graphs;
    ``texts`` and ``notes`` what sources and memos have no place for; ``whole`` the codings that are
    on a source as a whole; ``loose`` the memos that nothing refers to, not even the project;
    ``files`` the files that texts were not read from. References to memos are in the memos alone.
    """

    project: ProjectElement = field(default_factory=ProjectElement)
    texts: tuple[TextSource, ...] = ()
    notes: tuple[TextSource, ...] = ()
    selections: tuple[KeptSelection, ...] = ()
    whole: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def carried_by(carried: object | None) -> Carried:
    """What a project carries; nothing where it is from no file."""
    return carried if isinstance(carried, Carried) else Carried()
