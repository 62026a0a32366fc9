"""Subtitles: WebVTT (W3C, *WebVTT: The Web Video Text Tracks Format*) and SubRip, with their
times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from samspill.errors import Message, SamspillError
from samspill.qualitative.reading.cleaning import Cleaner
from samspill.qualitative.reading.lines import Line
from samspill.qualitative.reading.plain import decoded

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:]*(?:[ \t][^>]*)?>|\{\\[^}]*\}")
_NAMED = re.compile(r"^([^\W_][^:\n]{0,39}):\s+(?=\S)")
_SENTENCE_ENDS = (".", "!", "?", "…", "»", "”")
_PAUSE = 1500
_LONG = 400


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from ``start`` to ``end`` milliseconds; ``speaker`` is empty where not named."""

    start: int
    end: int
    text: str
    speaker: str = ""


def read_cues(content: bytes, name: str, cleaner: Cleaner, notes: list[Message]) -> list[Line]:
    text = decoded(content, name, notes)
    cues = [part for cue in _cues(text) for part in _voices(cue, cleaner)]
    if not cues:
        raise SamspillError(
            Message("“{name}” has no cue with words in it.", name=name),
            "Check that it was saved whole, with a line such as 00:01.000 --> 00:04.000 for each.",
        )
    notes.append(Message("Cues that were joined to turns and sentences: {n}.", n=len(cues)))
    return list(_turns(cues))


def _cues(text: str) -> Iterator[Cue]:
    """The cues with their markup; blocks of notes, styles and regions have no timing and are
    none."""
    lines = re.split(r"\r\n|\n|\r", text)
    at = 0
    while at < len(lines):
        timing = _TIMING.fullmatch(lines[at])
        at += 1
        if not timing:
            continue
        said = []
        while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
            said.append(lines[at])
            at += 1
        if at < len(lines) and "-->" in lines[at] and said and said[-1].strip().isdigit():
            said.pop()
        start, end = _milliseconds(timing.groups()[:4]), _milliseconds(timing.groups()[4:])
        yield Cue(start, end, "\n".join(said))


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def _voices(cue: Cue, cleaner: Cleaner) -> Iterator[Cue]:
    """A cue apart by its voices, each in clean text without markup."""
    pieces = _VOICE.split(cue.text)
    for speaker, said in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        text = cleaner.line(html.unescape(_TAG.sub("", said)))
        who = cleaner.line(html.unescape(speaker)).replace(":", " ").strip()
        if text:
            yield Cue(cue.start, cue.end, text, who)


def _turns(cues: list[Cue]) -> Iterator[Line]:
    """Cues of one speaker after another are a turn; without speakers, a paragraph ends with a
    sentence before a pause, or with the first sentence after 400 characters."""
    gathered: list[Cue] = []
    for cue in cues:
        if gathered and _breaks(gathered, cue):
            yield _turn(gathered)
            gathered = []
        gathered.append(cue)
    if gathered:
        yield _turn(gathered)


def _breaks(gathered: list[Cue], cue: Cue) -> bool:
    last = gathered[-1]
    if cue.speaker != last.speaker or _NAMED.match(cue.text):
        return True
    if cue.speaker or not last.text.endswith(_SENTENCE_ENDS):
        return False
    return cue.start - last.end >= _PAUSE or sum(len(c.text) + 1 for c in gathered) > _LONG


def _turn(cues: list[Cue]) -> Line:
    times, offset = [], 0
    for cue in cues:
        times.append((offset, cue.start))
        offset += len(cue.text) + 1
    return Line(" ".join(cue.text for cue in cues), cues[0].speaker, times=tuple(times))
