"""Texts that stand within other sources: the text of a PDF, the transcripts of a recording.

``lifted`` makes them sources of their own, with a bare element left where they stood; ``sunk`` puts
them back. A passage of a transcript lies between two sync points (REFI-QDA 1.5, Project.xsd,
``TranscriptSelectionType``); lifted it has positions as in any text, and each sync point is a
selection without codings, so that it is counted and converted as the passages are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samspill.qualitative.model import Value
from samspill.qualitative.refi import elements as e
from samspill.qualitative.refi.values import derived
from samspill.qualitative.refi.variables import read_value, source_values, written

Known = Mapping[str, Sequence[tuple[str, Value]]]
"""For each lifted text what is known of it that its place in the file cannot hold: identities of
variables, and values."""
SHARED = (
    *("guid", "name", "creating_user", "creation_date_time", "modifying_user"),
    *("modified_date_time", "description", "note_refs"),
)
OF_TEXT = ("rich_text_path", "plain_text_path", "plain_text_content")


@dataclass(frozen=True, slots=True)
class Lifted:
    """``times`` are the sync points of each transcript that have both: position, milliseconds;
    ``hosts`` the sources that texts were lifted from."""

    document: e.ProjectElement
    times: Mapping[str, Sequence[tuple[int, int]]]
    hosts: frozenset[str]


def lifted(
    document: e.ProjectElement, known: Known | None, is_there: Callable[[str], bool] = bool
) -> Lifted:
    """The document with hosted texts as sources, after all others, with the name of their host
    where they have none.

    ``known`` are the texts to lift, as ``sunk`` told of them; None (another program's file) is all
    whose words are in the file or at a path that ``is_there``, which then take what is known of
    their host.
    """
    lifting = _Lifting(document, known, is_there)
    sources = tuple(lifting.source(source) for source in document.sources)
    made = replace(document, sources=(*sources, *lifting.texts))
    return Lifted(made, lifting.times, frozenset(lifting.hosts))


class _Lifting:
    def __init__(
        self, document: e.ProjectElement, known: Known | None, is_there: Callable[[str], bool]
    ) -> None:
        self.known = known
        self.is_there = is_there
        self.by_guid = {variable.guid: variable for variable in reversed(document.variables)}
        self.by_name = {variable.name: variable for variable in reversed(document.variables)}
        self.taken = {source.guid for source in document.sources}
        self.texts: list[e.TextSource] = []
        self.times: dict[str, list[tuple[int, int]]] = {}
        self.hosts: set[str] = set()

    def source(self, source: e.AnySource) -> e.AnySource:
        """The source without the texts that were lifted from it."""
        match source:
            case e.PDFSource(representation=e.TextSource() as text) if self._may(text):
                self._add(text, source)
                return replace(source, representation=e.TextSource(guid=text.guid))
            case e.AudioSource() | e.VideoSource():
                left = tuple(self._transcript(one, source) for one in source.transcripts)
                return replace(source, transcripts=left)
        return source

    def _transcript(
        self, transcript: e.Transcript, host: e.AudioSource | e.VideoSource
    ) -> e.Transcript:
        if not self._may(transcript):
            return transcript
        self._add(_text_of(transcript), host)
        self.times[transcript.guid] = [
            (point.position, point.time_stamp)
            for point in transcript.sync_points
            if point.position is not None and point.time_stamp is not None
        ]
        return _bare(transcript)

    def _may(self, text: e.TextSource | e.Transcript) -> bool:
        if text.guid in self.taken:
            return False
        if self.known is None:
            path = text.plain_text_path
            wanted = text.plain_text_content is not None or bool(path and self.is_there(path))
        else:
            wanted = text.guid in self.known
        if wanted:
            self.taken.add(text.guid)
        return wanted

    def _add(self, text: e.TextSource, host: e.AnySource) -> None:
        values = (*text.variable_values, *self._values(text, host))
        self.texts.append(replace(text, name=text.name or host.name, variable_values=values))
        self.hosts.add(host.guid)

    def _values(self, text: e.TextSource, host: e.AnySource) -> tuple[e.VariableValue, ...]:
        """What is known of the text beyond what its element says."""
        if self.known is None:
            left = source_values(host.variable_values, self.by_guid, self.by_name).left
            return tuple(value for value in host.variable_values if value not in left)
        return tuple(
            written(value, self.by_guid[variable])
            for variable, value in self.known[text.guid]
            if variable in self.by_guid
        )


def fitted(source: e.AnySource, spans: Mapping[str, tuple[int, int]]) -> e.AnySource:
    """A host whose bare passages are those that lie exactly between their sync points: where a
    point stood within a character, its passage has been moved and is given points of its own."""
    if not isinstance(source, e.AudioSource | e.VideoSource):
        return source

    def fits(one: e.TranscriptSelection) -> bool:
        first, last = (spans.get(end or "") for end in (one.from_sync_point, one.to_sync_point))
        span = spans.get(one.guid)
        return not (span and first and last) or (first[0], last[0]) == span

    several = tuple(
        replace(transcript, selections=tuple(filter(fits, transcript.selections)))
        for transcript in source.transcripts
    )
    return replace(source, transcripts=several)


def sunk(document: e.ProjectElement) -> tuple[e.ProjectElement, Known]:
    """The document with lifted texts back where they stood, and what that cannot hold of them."""
    texts = {s.guid: s for s in document.sources if isinstance(s, e.TextSource)}
    known: dict[str, list[tuple[str, Value]]] = {}

    def transcript(bare: e.Transcript, host: e.AnySource) -> e.Transcript:
        text = texts.get(bare.guid)
        if text is None:
            return bare
        known[bare.guid] = list(_told(text))
        return _transcript_of(_unnamed(text, host), bare)

    def back(source: e.AnySource) -> e.AnySource:
        match source:
            case e.PDFSource(representation=e.TextSource() as bare) if bare.guid in texts:
                known[bare.guid] = []
                return replace(source, representation=_unnamed(texts[bare.guid], source))
            case e.AudioSource() | e.VideoSource():
                several = tuple(transcript(one, source) for one in source.transcripts)
                return replace(source, transcripts=several)
        return source

    sources = [back(source) for source in document.sources]
    return replace(document, sources=tuple(s for s in sources if s.guid not in known)), known


def _told(text: e.TextSource) -> Iterator[tuple[str, Value]]:
    for value in text.variable_values:
        found = read_value(value)
        if found is not None:
            yield value.variable, found


def _unnamed(text: e.TextSource, host: e.AnySource) -> e.TextSource:
    return replace(text, name=None) if text.name == host.name else text


def _shared(element: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(element, name) for name in names}


def _sync(selection: str) -> tuple[str, str]:
    """The sync points that are made for a passage."""
    return derived(f"sync/{selection}/from"), derived(f"sync/{selection}/to")


def _placed(
    transcript: e.Transcript,
) -> tuple[dict[str, int], list[e.TranscriptSelection], list[e.TranscriptSelection]]:
    """The positions of the sync points, the passages between two of them, and all other ones."""
    at = {p.guid: p.position for p in transcript.sync_points if p.position is not None}
    between: list[e.TranscriptSelection] = []
    other: list[e.TranscriptSelection] = []
    for selection in transcript.selections:
        ends = (selection.from_sync_point, selection.to_sync_point)
        (between if all(end in at for end in ends) else other).append(selection)
    return at, between, other


def _text_of(transcript: e.Transcript) -> e.TextSource:
    at, between, _ = _placed(transcript)
    made = {guid for selection in between for guid in _sync(selection.guid)}
    passages = [
        e.PlainTextSelection(
            **_shared(one, SHARED),
            start_position=at[one.from_sync_point or ""],
            end_position=at[one.to_sync_point or ""],
            codings=one.codings,
        )
        for one in between
    ]
    marks = [
        e.PlainTextSelection(guid=guid, start_position=position, end_position=position)
        for guid, position in at.items()
        if guid not in made
    ]
    return e.TextSource(**_shared(transcript, (*SHARED, *OF_TEXT)), selections=(*passages, *marks))


def _bare(transcript: e.Transcript) -> e.Transcript:
    """What is left of a transcript: sync points without position, passages without what is in them,
    and those that cannot be placed."""
    _at, between, other = _placed(transcript)
    made = {guid for selection in between for guid in _sync(selection.guid)}
    own = [s for s in between if (s.from_sync_point, s.to_sync_point) != _sync(s.guid)]
    ends = [
        e.TranscriptSelection(
            guid=s.guid, from_sync_point=s.from_sync_point, to_sync_point=s.to_sync_point
        )
        for s in own
    ]
    points = [replace(p, position=None) for p in transcript.sync_points if p.guid not in made]
    return e.Transcript(
        guid=transcript.guid,
        sync_points=tuple(sorted(points, key=_guid)),
        selections=tuple(sorted((*other, *ends), key=_guid)),
    )


def _transcript_of(text: e.TextSource, bare: e.Transcript) -> e.Transcript:
    known = {point.guid for point in bare.sync_points}
    at = {s.guid: s.start_position for s in text.selections if s.guid in known and not s.codings}
    points = [replace(point, position=at.get(point.guid)) for point in bare.sync_points]
    ends = {s.guid: (s.from_sync_point, s.to_sync_point) for s in bare.selections}
    selections = [s for s in bare.selections if not all(end in at for end in ends[s.guid])]
    for one in text.selections:
        if one.guid in at:
            continue
        span = (one.start_position, one.end_position)
        first, last = ends.get(one.guid, ("", ""))
        if (at.get(first or ""), at.get(last or "")) != span:
            first, last = _sync(one.guid)
            points += [
                e.SyncPoint(guid=guid, position=position)
                for guid, position in zip((first, last), span, strict=True)
            ]
        selections.append(
            e.TranscriptSelection(
                **_shared(one, SHARED),
                from_sync_point=first,
                to_sync_point=last,
                codings=one.codings,
            )
        )
    return e.Transcript(
        **_shared(text, (*SHARED, *OF_TEXT)),
        sync_points=tuple(points),
        selections=tuple(selections),
    )


def _guid(element: Any) -> str:
    guid: str = element.guid
    return guid
