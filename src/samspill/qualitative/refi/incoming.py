"""From the elements of a file to a project, with what it has no place for carried along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from samspill.qualitative.model import (
    Code,
    Coder,
    Coding,
    Memo,
    Project,
    Source,
    TimePoint,
)
from samspill.qualitative.refi import elements as e
from samspill.qualitative.refi.carried import Carried, KeptSelection
from samspill.qualitative.refi.code_text import described
from samspill.qualitative.refi.container import Archive
from samspill.qualitative.refi.hosted import fitted, lifted
from samspill.qualitative.refi.instruction import Instruction, reordered
from samspill.qualitative.refi.offsets import (
    OffsetEvidence,
    OffsetPolicy,
    StoredText,
    passages,
    weigh,
)
from samspill.qualitative.refi.remarks import Remarks
from samspill.qualitative.refi.texts import Texts
from samspill.qualitative.refi.values import derived
from samspill.qualitative.refi.variables import needed, source_values
from samspill.qualitative.refi.walk import paths, rebuilt, walk

Item = TypeVar("Item")


def to_project(
    document: e.ProjectElement,
    archive: Archive,
    instruction: Instruction | None,
    remarks: Remarks,
    asked: OffsetPolicy | None,
    fallback: Project,
) -> tuple[Project, OffsetEvidence]:
    """The project, and how its passages were placed. ``fallback`` gives name and identity where
    the file has none."""
    up = lifted(
        document,
        None if instruction is None else instruction.hosted,
        lambda path: archive.find(path) is not None,
    )
    document = up.document
    incoming = _Incoming(document, archive, instruction, remarks, up.hosts)
    coders = tuple(
        Coder(user.guid, user.name or "", user.id or "")
        for user in incoming.unique(document.users, "User")
    )
    codes = read_codes(document.codes, remarks)
    memos = incoming.memos()
    order = instruction or Instruction()
    texts = reordered(tuple(incoming.shown()), order.sources)
    evidence = _evidence(texts, incoming.own, asked)
    sources = tuple(
        incoming.source(text, up.times.get(text.element.guid, ()), evidence.chosen)
        for text in texts
    )
    codings = incoming.codings(texts, {code.guid for code in codes}, evidence.chosen)
    carried = incoming.carried(sources)
    project = Project(
        document.name if incoming.own else document.name or fallback.name,
        coders,
        reordered(codes, order.codes),
        sources,
        reordered(codings, order.codings),
        memos if order.about is None else tuple(order.with_about(memo) for memo in memos),
        order.guid or fallback.guid,
        None if carried == Carried() else carried,
    )
    return project, evidence


def read_codes(codes: Sequence[e.Code], remarks: Remarks) -> tuple[Code, ...]:
    """Codes in the order of their tree, each identity once."""
    made: list[Code] = []
    seen: set[str] = set()
    waiting: list[tuple[e.Code, str | None]] = [(code, None) for code in reversed(codes)]
    while waiting:
        element, parent = waiting.pop()
        guid = _first_time(element.guid, seen, remarks, "Code")
        made.append(
            Code(
                guid,
                element.name,
                parent,
                element.color or "",
                element.is_codable,
                **described(element.description),
            )
        )
        waiting += [(below, guid) for below in reversed(element.codes)]
    return tuple(made)


def abouts(document: e.ProjectElement) -> dict[str, list[str]]:
    """What each note is on, in the order of the file."""
    found: dict[str, list[str]] = {}
    for _, element in walk(document):
        for note in getattr(element, "note_refs", ()):
            found.setdefault(note, []).append(element.guid)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that becomes a source."""

    element: e.TextSource
    stored: StoredText
    text: str


class _Incoming:
    def __init__(
        self,
        document: e.ProjectElement,
        archive: Archive,
        instruction: Instruction | None,
        remarks: Remarks,
        hosts: frozenset[str],
    ) -> None:
        self.document = document
        self.hosts = hosts
        self.archive = archive
        self.own = instruction is not None
        self.remarks = remarks
        self.texts = Texts(archive, remarks)
        self.by_guid = {variable.guid: variable for variable in reversed(document.variables)}
        self.by_name = {variable.name: variable for variable in reversed(document.variables)}
        self.others: list[e.AnySource] = []
        self.text_stubs: list[e.TextSource] = []
        self.note_stubs: list[e.TextSource] = []
        self.kept: list[KeptSelection] = []
        self.spans: dict[str, tuple[int, int]] = {}
        self.whole: list[str] = []
        self.project_notes: list[str] = []
        self.loose: list[str] = []

    def unique(self, elements: Iterable[Any], tag: str) -> Iterator[Any]:
        """The elements, each identity once: a second of the same gets one of its own."""
        seen: set[str] = set()
        for element in elements:
            guid = _first_time(element.guid, seen, self.remarks, tag)
            yield element if guid == element.guid else replace(element, guid=guid)

    def memos(self) -> tuple[Memo, ...]:
        notes = list(self.unique(self.document.notes, "Note"))
        known = {note.guid for note in notes}
        on = abouts(self.document) if notes else {}
        if missing := sum(len(targets) for note, targets in on.items() if note not in known):
            self.remarks.add(
                "References to notes that are not there: {n}.",
                "They are left out; nothing else to do.",
                column="NoteRef",
                n=missing,
            )
        on_project = set(self.document.note_refs)
        made = []
        for note in notes:
            about = tuple(dict.fromkeys(on.get(note.guid, ())))
            stored = self.texts.stored(note)
            made.append(
                Memo(
                    note.guid,
                    stored or "",
                    note.name or "",
                    about,
                    note.creating_user or "",
                    note.creation_date_time or "",
                )
            )
            if about and note.guid in on_project:
                self.project_notes.append(note.guid)
            elif not about and note.guid not in on_project:
                self.loose.append(note.guid)
            stub = replace(
                note,
                name=None,
                creating_user=None,
                creation_date_time=None,
                plain_text_content=None,
                plain_text_path=note.plain_text_path if stored is None else None,
                note_refs=(),
            )
            if stub != e.TextSource(guid=note.guid):
                self.note_stubs.append(stub)
        return tuple(made)

    def shown(self) -> list[_Text]:
        """The sources that are texts; all others are carried."""
        found = []
        for element in self.unique(self.document.sources, "Source"):
            stored = self.texts.stored(element) if isinstance(element, e.TextSource) else None
            if stored is None:
                self.others.append(rebuilt(_without_notes(element), _without_notes))
            elif self.own:
                found.append(_Text(element, StoredText(""), stored))
            else:
                text = StoredText(stored)
                found.append(_Text(element, text, text.text))
        if hidden := sum(self._is_hidden(other) for other in self.others):
            self.remarks.add(
                "Sources that are no texts that can be shown here: {n}.",
                "They and their codings are carried along, and go out again on export.",
                n=hidden,
            )
        return found

    def _is_hidden(self, source: e.AnySource) -> bool:
        """Whether something of a source is not shown: all of it, or codings beside its text."""
        return source.guid not in self.hosts or any(tag == "Coding" for tag, _ in walk(source))

    def source(self, text: _Text, times: Sequence[tuple[int, int]], policy: OffsetPolicy) -> Source:
        element = text.element
        values = source_values(element.variable_values, self.by_guid, self.by_name)
        fields = dict(values.fields)
        if times and not self.own:
            fields.setdefault("times", _time_points(text, times, policy))
        stub = replace(
            element,
            name=None,
            plain_text_path=None,
            plain_text_content=None,
            selections=(),
            codings=(),
            note_refs=(),
            variable_values=values.left,
        )
        if stub != e.TextSource(guid=element.guid):
            self.text_stubs.append(stub)
        return Source(
            element.guid,
            element.name or "",
            text.text,
            attributes=values.attributes,
            **fields,
        )

    def codings(
        self, texts: Sequence[_Text], codes: set[str], policy: OffsetPolicy
    ) -> tuple[Coding, ...]:
        made: list[Coding] = []
        self.seen_codings: set[str] = set()
        for text in texts:
            spans = self._spans(text, policy)
            for selection, span in zip(text.element.selections, spans, strict=True):
                made += self._selected(text.element.guid, selection, span, codes)
            made += self._whole(text, codes)
        return tuple(made)

    def _spans(self, text: _Text, policy: OffsetPolicy) -> list[tuple[int, int] | None]:
        """Where each selection is in the text; None where it is not in it."""
        selections = text.element.selections
        pairs = [(one.start_position, one.end_position) for one in selections]
        if self.own:
            length = len(text.text)
            return [pair if 0 <= pair[0] <= pair[1] <= length else None for pair in pairs]
        found = passages(text.stored, pairs)
        starts, ends, within = text.stored.place(found.starts, found.ends, policy)
        if outside := int((~within).sum()):
            self.remarks.add(
                "Passages that do not lie within their text: {n}.",
                "They are carried along and not shown; look at them in the program that made the "
                "file, or choose what its positions count.",
                column="PlainTextSelection",
                n=outside,
            )
        rows = zip(starts.tolist(), ends.tolist(), within.tolist(), strict=True)
        return [(start, end) if inside else None for start, end, inside in rows]

    def _selected(
        self,
        source: str,
        selection: e.PlainTextSelection,
        span: tuple[int, int] | None,
        codes: set[str],
    ) -> list[Coding]:
        made, left = [], []
        for element in selection.codings:
            if span is None or not self._has_code(element, codes):
                left.append(_without_notes(element))
            else:
                made.append(self._coding(element, source, *span, selection))
        if len(made) == 1 and not left and _is_plain(selection, made[0]):
            return made
        kept = replace(
            selection,
            start_position=0 if made else span[0] if span else selection.start_position,
            end_position=0 if made else span[1] if span else selection.end_position,
            codings=tuple(left),
            note_refs=(),
        )
        self.kept.append(KeptSelection(source, kept, tuple(coding.guid for coding in made)))
        self.spans[kept.guid] = (
            (made[0].start, made[0].end) if made else (kept.start_position, kept.end_position)
        )
        return made

    def _whole(self, text: _Text, codes: set[str]) -> list[Coding]:
        made, left = [], []
        for element in text.element.codings:
            if self._has_code(element, codes):
                made.append(self._coding(element, text.element.guid, 0, len(text.text), None))
            else:
                left.append(_without_notes(element))
        self.whole += [coding.guid for coding in made]
        if left:
            self._keep_on_stub(text.element.guid, tuple(left))
        return made

    def _keep_on_stub(self, guid: str, codings: tuple[e.Coding, ...]) -> None:
        stubs = {stub.guid: stub for stub in self.text_stubs}
        stub = stubs.get(guid, e.TextSource(guid=guid))
        stubs[guid] = replace(stub, codings=codings)
        self.text_stubs = list(stubs.values())

    def _has_code(self, element: e.Coding, codes: set[str]) -> bool:
        if element.code in codes:
            return True
        self.remarks.add(
            "Codings with a code that is not there, such as {guid}: {n}.",
            "They are carried along and not shown; add the code in the program that made the file.",
            column="CodeRef",
            guid=element.code,
        )
        return False

    def _coding(
        self,
        element: e.Coding,
        source: str,
        start: int,
        end: int,
        selection: e.PlainTextSelection | None,
    ) -> Coding:
        coder = element.creating_user or (selection and selection.creating_user) or ""
        guid = _first_time(element.guid, self.seen_codings, self.remarks, "Coding")
        return Coding(
            guid, source, start, end, element.code, coder, element.creation_date_time or ""
        )

    def carried(self, sources: Sequence[Source]) -> Carried:
        document = self.document
        project = e.ProjectElement(
            creating_user=document.creating_user,
            creation_date_time=document.creation_date_time,
            modifying_user=document.modifying_user,
            modified_date_time=document.modified_date_time,
            base_path=document.base_path,
            variables=self._variables(sources),
            cases=document.cases,
            sources=tuple(fitted(other, self.spans) for other in self.others),
            links=tuple(_without_notes(link) for link in document.links),
            sets=document.sets,
            graphs=document.graphs,
            description=document.description,
            note_refs=tuple(self.project_notes),
        )
        named = {
            self.archive.find(path)
            for element in (project, *self.text_stubs, *self.note_stubs)
            for path in paths(element)
        }
        files = tuple(
            (name, content)
            for name, content in sorted(self.archive.files.items())
            if name not in self.texts.used or name in named
        )
        return Carried(
            project,
            tuple(sorted(self.text_stubs, key=_guid)),
            tuple(sorted(self.note_stubs, key=_guid)),
            tuple(sorted(self.kept, key=lambda kept: (kept.source, kept.selection.guid))),
            tuple(sorted(self.whole)),
            tuple(sorted(self.loose)),
            files,
        )

    def _variables(self, sources: Sequence[Source]) -> tuple[e.Variable, ...]:
        """The variables that would not be made anew from the sources as they are."""
        made = set(needed(sources, ()))
        names = {variable.name for variable in self.document.variables if variable not in made}
        return tuple(
            variable
            for variable in self.document.variables
            if variable not in made or variable.name in names
        )


def _time_points(
    text: _Text, times: Sequence[tuple[int, int]], policy: OffsetPolicy
) -> tuple[TimePoint, ...]:
    at = passages(text.stored, [(position, position) for position, _ in times])
    starts, _ends, within = text.stored.place(at.starts, at.ends, policy)
    found = zip(starts.tolist(), within.tolist(), times, strict=True)
    return tuple(TimePoint(start, time) for start, inside, (_, time) in found if inside)


def _evidence(texts: Sequence[_Text], own: bool, asked: OffsetPolicy | None) -> OffsetEvidence:
    if own:
        return OffsetEvidence((), OffsetPolicy(), "declared")
    found = weigh(
        [
            passages(
                text.stored,
                ((one.start_position, one.end_position) for one in text.element.selections),
            )
            for text in texts
        ]
    )
    return found if asked is None else replace(found, chosen=asked, reason="asked")


def _is_plain(selection: e.PlainTextSelection, coding: Coding) -> bool:
    """Whether it is what a coding's own selection is written as."""
    return (
        selection.name is None
        and selection.description is None
        and not selection.note_refs
        and selection.creating_user is None
        and selection.creation_date_time is None
        and selection.modifying_user is None
        and selection.modified_date_time is None
        and selection.guid == derived(f"selection/{coding.guid}")
    )


def _without_notes(element: Any) -> Any:
    return replace(element, note_refs=()) if getattr(element, "note_refs", ()) else element


def _first_time(guid: str, seen: set[str], remarks: Remarks, tag: str) -> str:
    """The identity, or one of its own for what has the identity of another."""
    if guid not in seen:
        seen.add(guid)
        return guid
    remarks.add(
        "With the identity of another: {n}.",
        "They have been given identities of their own; look at whether they are the same.",
        column=tag,
    )
    number = 2
    while (other := derived(f"again/{number}/{guid}")) in seen:
        number += 1
    seen.add(other)
    return other


def _guid(element: Any) -> str:
    guid: str = element.guid
    return guid
