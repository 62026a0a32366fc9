"""A file as a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from samspill.errors import Message, SamspillError
from samspill.qualitative.model import INTERVIEW, Source, TimePoint, new_guid
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.cues import read_cues
from samspill.qualitative.reading.documents import (
    read_docx,
    read_html,
    read_markdown,
    read_odt,
)
from samspill.qualitative.reading.lines import Line
from samspill.qualitative.reading.pdf import read_pdf
from samspill.qualitative.reading.plain import read_plain
from samspill.qualitative.reading.recognise import (
    DOCX,
    HTML,
    LARGEST,
    MARKDOWN,
    NAMED,
    ODT,
    PDF,
    RTF,
    SRT,
    TEXT,
    VTT,
    recognise,
)
from samspill.qualitative.reading.rtf import read_rtf
from samspill.qualitative.reading.speakers import FoundSpeaker, with_speakers_found

LONGEST = 5_000_000
Reader = Callable[[bytes, str, Cleaner, list[Message]], list[Line]]
_READERS: dict[str, Reader] = {
    TEXT: read_plain,
    MARKDOWN: read_markdown,
    DOCX: read_docx,
    ODT: read_odt,
    RTF: read_rtf,
    PDF: read_pdf,
    HTML: read_html,
    VTT: read_cues,
    SRT: read_cues,
}


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A file that was read. ``format`` is what it was read as, ``notes`` what was left out or
    guessed, ``speakers`` the names that were found; those taken are ``source.speakers``."""

    source: Source
    format: str
    notes: tuple[Message, ...] = ()
    speakers: tuple[FoundSpeaker, ...] = ()


def read_source(
    given: Path | str | bytes, name: str | None = None, *, kind: str = INTERVIEW
) -> ReadSource:
    """Read a file, by its path or its bytes; ``name`` is the file's name, needed for bytes.

    The source's name is the file's without its ending.

    Raises:
        SamspillError: nothing can be read from the file; the message says why and what to do.
    """
    if isinstance(given, bytes):
        content, called = given, name or "text"
    else:
        path = Path(given)
        content, called = _content(path), name or path.name
    called = PurePath(called.replace("\\", "/")).name or "text"
    form = recognise(content, called)
    notes = _of_name(called, form)
    cleaner = Cleaner()
    lines = _READERS[form](content, called, cleaner, notes)
    lines, found = with_speakers_found(lines, notes)
    text, times = _together(lines)
    _refuse_length(text, called)
    source = Source(
        new_guid(),
        PurePath(called).stem,
        text,
        kind=kind,
        speakers=tuple(speaker.name for speaker in found if speaker.taken),
        times=times,
    )
    return ReadSource(source, form, (*notes, *cleaner.notes()), found)


def with_speakers(read: ReadSource, names: Iterable[str]) -> ReadSource:
    """The file with the speakers that a person has confirmed, some of those found or others."""
    return replace(read, source=replace(read.source, speakers=tuple(names)))


def _content(path: Path) -> bytes:
    if path.is_dir() or not path.exists():
        raise SamspillError(
            Message("There is no file “{name}”.", name=path.name), "Check its name and folder."
        )
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _of_name(name: str, form: str) -> list[Message]:
    ending = PurePath(name).suffix.lower()
    if not ending or NAMED.get(ending) in {form, *((None,) if form == TEXT else ())}:
        return []
    return [
        Message(
            "Its name ends in {ending}, but it holds {form}, and was read as that.",
            ending=ending,
            form=form,
        )
    ]


def _together(lines: list[Line]) -> tuple[str, tuple[TimePoint, ...]]:
    start = 0
    times = []
    for line in lines:
        times += [TimePoint(start + offset, ms) for offset, ms in line.times]
        start += len(line.text) + 1
    return "\n".join(line.text for line in lines), tuple(times)


def _refuse_length(text: str, name: str) -> None:
    if not text:
        raise SamspillError(
            Message("“{name}” has no text.", name=name),
            "Check that it is the right file, and that it was saved whole.",
        )
    if len(text) > LONGEST:
        raise SamspillError(
            Message("“{name}” has more than {n} characters.", name=name, n=LONGEST),
            "Divide it, and read the parts.",
        )
