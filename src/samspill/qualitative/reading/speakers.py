"""Who speaks: names at the beginning of lines, as transcripts write them, for a person to
confirm."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from samspill.errors import Message
from samspill.qualitative.reading.lines import Line

_NAME = r"[^\W_][\w .'’&/()\-]{0,39}?"
_CLOCK = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_BEFORE_COLON = re.compile(
    rf"(?P<name>{_NAME})\s*(?:[\[(]\s*(?P<time>{_CLOCK})\s*[\])]\s*)?:(?!//|\d)\s*"
)
_AFTER_TIME = re.compile(
    rf"[\[(]?(?P<time>{_CLOCK})[\])]?\s*[-–]?\s+(?=\S)|\[(?P<alone>{_CLOCK})\]\s*"
)
_NAME_AND_TIME = re.compile(rf"(?P<name>{_NAME})\s+[\[(]?(?P<time>{_CLOCK})[\])]?")
_MOST_WORDS = 5
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class FoundSpeaker:
    """A name that may be a speaker's. ``turns`` are the lines that begin with it, ``example`` the
    first; ``taken`` is whether it recurs, and so was taken for a speaker."""

    name: str
    turns: int
    example: str
    taken: bool


def begins_turn(line: str) -> bool:
    """Whether a line begins as a turn may: with a name and a colon."""
    found = _BEFORE_COLON.match(line)
    return bool(found and _may_be_name(found["name"]))


def with_speakers_found(
    lines: list[Line], notes: list[Message]
) -> tuple[list[Line], tuple[FoundSpeaker, ...]]:
    """The lines, each turn beginning ``Name: ``, and the names that were found."""
    if not any(line.speaker for line in lines):
        lines = _times_taken(lines, notes)
        lines = _headings_joined(lines, notes)
        lines = _bold_names(lines, notes)
    voices = {line.speaker for line in lines if line.speaker}
    return _before_colons([_begun(line) if line.speaker else line for line in lines], voices)


def _begun(line: Line) -> Line:
    start = len(line.speaker) + 2
    times = tuple((offset + start if offset else 0, ms) for offset, ms in line.times)
    return replace(line, text=f"{line.speaker}: {line.text}", bold=0, times=times)


def _times_taken(lines: list[Line], notes: list[Message]) -> list[Line]:
    """Lines that begin with a time, where at least two do: the time is kept beside the text."""
    found = [_AFTER_TIME.match(line.text) for line in lines]
    if sum(map(bool, found)) < 2:
        return lines
    notes.append(Message("Times at the beginning of lines were taken out of the text and kept."))
    return [
        replace(line, text=line.text[time.end() :], bold=0, times=((0, _milliseconds(time)),))
        if time and time.end() < len(line.text)
        else line
        for line, time in zip(lines, found, strict=True)
    ]


def _headings_joined(lines: list[Line], notes: list[Message]) -> list[Line]:
    """A speaker's name on a line of its own, with a time or recurring, joined with what follows."""
    timed = {i: m for i, line in enumerate(lines) if (m := _NAME_AND_TIME.fullmatch(line.text))}
    counts = Counter(line.text.rstrip(":") for line in lines)
    recurring = {
        text
        for text, n in counts.items()
        if n >= 2 and _may_be_name(text) and len(counts) > 1 and text[-1] not in ".!?,"
    }
    if len(timed) < 2 and len({*recurring}) < 2:
        return lines
    joined: list[Line] = []
    waiting: tuple[str, int | None] | None = None
    for i, line in enumerate(lines):
        label = line.text.rstrip(":")
        if len(timed) >= 2 and i in timed:
            waiting = timed[i]["name"].rstrip(" :"), _milliseconds(timed[i])
        elif len(timed) < 2 and label in recurring:
            waiting = label, line.times[0][1] if line.times else None
        elif waiting:
            name, at = waiting
            times = line.times if at is None else ((0, at), *line.times)
            joined.append(replace(line, speaker=name, times=times))
            waiting = None
        else:
            joined.append(line)
    notes.append(Message("Names on lines of their own were taken for speakers."))
    return joined


def _bold_names(lines: list[Line], notes: list[Message]) -> list[Line]:
    """Lines that begin with a name in bold, without a colon, that recurs."""
    names = [line.text[: line.bold].strip() if line.bold < len(line.text) else "" for line in lines]
    counts = Counter(name for name in names if _may_be_name(name) and not name.endswith(":"))
    recurring = {
        name for name, n in counts.items() if n >= 2 and not name.endswith((".", "?", "!", ","))
    }
    if not recurring:
        return lines
    notes.append(Message("Names in bold at the beginning of lines were taken for speakers."))
    return [
        replace(line, text=line.text[line.bold :].lstrip(" :–-"), speaker=name)
        if name in recurring
        else line
        for line, name in zip(lines, names, strict=True)
    ]


def _before_colons(
    lines: list[Line], voices: set[str]
) -> tuple[list[Line], tuple[FoundSpeaker, ...]]:
    matches = [_BEFORE_COLON.match(line.text) for line in lines]
    names = [m["name"] if m and _may_be_name(m["name"]) else "" for m in matches]
    counts = Counter(name for name in names if name)
    counts.update(dict.fromkeys(voices - set(counts), 1))
    taken = {name for name, n in counts.items() if n >= 2 or name in voices}
    told = [
        _spaced(line, match) if match and name in taken else line
        for line, match, name in zip(lines, matches, names, strict=True)
    ]
    first: dict[str, str] = {}
    for line, name in zip(told, names, strict=True):
        first.setdefault(name, line.text)
    found = tuple(
        FoundSpeaker(name, n, first.get(name, ""), name in taken)
        for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return told, found


def _spaced(line: Line, match: re.Match[str]) -> Line:
    start = len(match["name"]) + 2
    text = f"{match['name']}: {line.text[match.end() :]}".rstrip()
    moved = start - match.end()
    times = tuple((offset + moved if offset else 0, ms) for offset, ms in line.times)
    if match["time"] and not times:
        times = ((0, _milliseconds(match)),)
    return replace(line, text=text, times=times)


def _may_be_name(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST_LABEL
        and len(text.split()) <= _MOST_WORDS
        and (text[0].isupper() or len(text.split()) == 1)
        and any(character.isalpha() for character in text)
    )


def _milliseconds(found: re.Match[str]) -> int:
    clock = re.fullmatch(_CLOCK, found["time"] or found.groupdict().get("alone") or "")
    if clock is None:
        return 0
    hours, minutes, seconds, fraction = (part or "0" for part in clock.groups())
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))
