"""From a project, and what it carries, to the elements and files of the standard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samspill.qualitative.model import Code, Coding, Memo, Project, Source
from samspill.qualitative.refi import elements as e
from samspill.qualitative.refi.carried import Carried, KeptSelection, carried_by
from samspill.qualitative.refi.code_text import description
from samspill.qualitative.refi.container import SOURCES
from samspill.qualitative.refi.hosted import lifted, sunk
from samspill.qualitative.refi.incoming import abouts
from samspill.qualitative.refi.instruction import Instruction, order
from samspill.qualitative.refi.values import REPLACEMENT, derived, fits_xml, is_time, read_colour
from samspill.qualitative.refi.variables import needed, values_of, written
from samspill.qualitative.refi.walk import rebuilt

ORIGIN = "Samspill"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is written: the project's elements, the files beside it by path, the instruction."""

    document: e.ProjectElement
    files: Mapping[str, bytes]
    instruction: Instruction


def from_project(project: Project, origin: str = ORIGIN) -> Outgoing:
    """The project as the standard has it. Identities must be GUIDs (``sound_identities``)."""
    return _Outgoing(project).outgoing(origin)


def code_elements(
    codes: Sequence[Code], notes: Callable[[str], tuple[str, ...]] = lambda _: ()
) -> tuple[e.Code, ...]:
    """The tree of codes; a code whose parent is not there stands at the top."""
    below: dict[str | None, list[Code]] = {}
    known = {code.guid for code in codes}
    for code in codes:
        below.setdefault(code.parent if code.parent in known else None, []).append(code)
    made: dict[str, e.Code] = {}
    tops = below.get(None, [])
    waiting = [(code, False) for code in reversed(tops)]
    while waiting:
        code, ready = waiting.pop()
        under = below.get(code.guid, [])
        if under and not ready:
            waiting.append((code, True))
            waiting += [(child, False) for child in under]
            continue
        made[code.guid] = e.Code(
            code.guid,
            code.name,
            code.codable,
            read_colour(code.colour),
            description(code),
            notes(code.guid),
            tuple(made[child.guid] for child in under),
        )
    return tuple(made[code.guid] for code in tops)


class _Outgoing:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.carried: Carried = carried_by(project.carried)
        self.notes: dict[str, list[str]] = {}
        for memo in project.memos:
            for target in dict.fromkeys(memo.about):
                self.notes.setdefault(target, []).append(memo.guid)
        self.files: dict[str, bytes] = dict(self.carried.files)
        kept = self.carried.project.variables
        self.variables = (*kept, *needed(project.sources, kept))
        self.by_name = {variable.name: variable for variable in reversed(self.variables)}

    def outgoing(self, origin: str) -> Outgoing:
        project, carried = self.project, self.carried.project
        sources = self._sources()
        document = replace(
            carried,
            name=project.name,
            origin=origin,
            users=tuple(
                e.User(coder.guid, coder.name or None, coder.initials or None)
                for coder in project.coders
            ),
            codes=code_elements(project.codes, self._notes),
            variables=self.variables,
            sources=(*sources, *(self._noted(source) for source in carried.sources)),
            notes=self._memos(),
            links=tuple(self._noted(link) for link in carried.links),
            note_refs=self._on_project(),
        )
        down, hosted = sunk(document)
        instruction = self._instruction(lifted(down, hosted).document, sources)
        return Outgoing(down, self.files, replace(instruction, hosted=hosted))

    def _notes(self, guid: str) -> tuple[str, ...]:
        return tuple(self.notes.get(guid, ()))

    def _noted(self, element: Any) -> Any:
        """What is carried, with the memos that are on it."""
        if not self.notes:
            return element
        return self._with_notes(rebuilt(element, self._with_notes))

    def _with_notes(self, element: Any) -> Any:
        guid = getattr(element, "guid", None)
        if guid in self.notes and hasattr(element, "note_refs"):
            return replace(element, note_refs=self._notes(guid))
        return element

    def _on_project(self) -> tuple[str, ...]:
        loose, also = set(self.carried.loose), set(self.carried.project.note_refs)
        return tuple(
            memo.guid
            for memo in self.project.memos
            if memo.guid in also or (not memo.about and memo.guid not in loose)
        )

    def _sources(self) -> tuple[e.TextSource, ...]:
        codings: dict[str, list[Coding]] = {}
        for coding in self.project.codings:
            codings.setdefault(coding.source, []).append(coding)
        kept: dict[str, list[KeptSelection]] = {}
        for selection in self.carried.selections:
            kept.setdefault(selection.source, []).append(selection)
        stubs = {stub.guid: stub for stub in self.carried.texts}
        whole = set(self.carried.whole)
        return tuple(
            self._source(
                source,
                stubs.get(source.guid) or e.TextSource(guid=source.guid),
                codings.get(source.guid, []),
                kept.get(source.guid, []),
                whole,
            )
            for source in self.project.sources
        )

    def _source(
        self,
        source: Source,
        stub: e.TextSource,
        codings: list[Coding],
        kept: list[KeptSelection],
        whole: set[str],
    ) -> e.TextSource:
        on_all = [
            coding
            for coding in codings
            if coding.guid in whole and (coding.start, coding.end) == (0, len(source.text))
        ]
        on_passages = codings
        if on_all:
            taken = {coding.guid for coding in on_all}
            on_passages = [coding for coding in codings if coding.guid not in taken]
        values = (written(value, self.by_name[name]) for name, value in values_of(source))
        return replace(
            stub,
            name=source.name or None,
            plain_text_path=self._file(source.guid, source.text),
            selections=self._selections(on_passages, kept),
            codings=(*(self._coding(coding) for coding in on_all), *stub.codings),
            note_refs=self._notes(source.guid),
            variable_values=(*values, *stub.variable_values),
        )

    def _selections(
        self, codings: list[Coding], kept: list[KeptSelection]
    ) -> tuple[e.PlainTextSelection, ...]:
        if not kept:
            return tuple(self._own_selection(coding) for coding in codings)
        selection_of = {guid: one for one in kept for guid in one.placed}
        spans: dict[str, tuple[int, int]] = {}
        together: dict[str, list[Coding]] = {}
        made: list[e.PlainTextSelection | str] = []
        for coding in codings:
            one = selection_of.get(coding.guid)
            if one is None:
                made.append(self._own_selection(coding))
                continue
            guid = one.selection.guid
            span = spans.setdefault(guid, (coding.start, coding.end))
            if span != (coding.start, coding.end):
                made.append(self._own_selection(coding))
            elif guid in together:
                together[guid].append(coding)
            else:
                together[guid] = [coding]
                made.append(guid)
        by_guid = {one.selection.guid: one for one in kept}
        result = [
            self._kept(by_guid[one], together[one], spans[one]) if isinstance(one, str) else one
            for one in made
        ]
        result += [
            self._kept(one, [], None)
            for one in kept
            if one.selection.guid not in together and (one.selection.codings or not one.placed)
        ]
        return tuple(result)

    def _own_selection(self, coding: Coding) -> e.PlainTextSelection:
        return e.PlainTextSelection(
            guid=derived(f"selection/{coding.guid}"),
            start_position=coding.start,
            end_position=coding.end,
            codings=(self._coding(coding),),
        )

    def _kept(
        self, kept: KeptSelection, codings: list[Coding], span: tuple[int, int] | None
    ) -> e.PlainTextSelection:
        selection = kept.selection
        start, end = span or (selection.start_position, selection.end_position)
        return replace(
            selection,
            start_position=start,
            end_position=end,
            codings=(
                *(self._coding(coding) for coding in codings),
                *(self._with_notes(coding) for coding in selection.codings),
            ),
            note_refs=self._notes(selection.guid),
        )

    def _coding(self, coding: Coding) -> e.Coding:
        return e.Coding(
            coding.guid,
            coding.coder or None,
            _time(coding.created),
            coding.code,
            self._notes(coding.guid),
        )

    def _memos(self) -> tuple[e.TextSource, ...]:
        stubs = {stub.guid: stub for stub in self.carried.notes}
        return tuple(
            self._memo(memo, stubs.get(memo.guid) or e.TextSource(guid=memo.guid))
            for memo in self.project.memos
        )

    def _memo(self, memo: Memo, stub: e.TextSource) -> e.TextSource:
        noted: e.TextSource = self._noted(stub)
        not_there = stub.plain_text_path is not None and not memo.text
        beside = not fits_xml(memo.text)
        return replace(
            noted,
            name=memo.title or None,
            creating_user=memo.coder or None,
            creation_date_time=_time(memo.created),
            plain_text_path=stub.plain_text_path
            if not_there
            else self._file(memo.guid, memo.text)
            if beside
            else None,
            plain_text_content=None if not_there or beside else memo.text,
            note_refs=self._notes(memo.guid),
        )

    def _file(self, guid: str, text: str) -> str:
        """Puts a text beside the project, and says where."""
        name, number = f"{guid}.txt", 1
        while SOURCES + name in self.files:
            name, number = f"{guid}-{number}.txt", number + 1
        try:
            content = text.encode()
        except UnicodeEncodeError:
            content = "".join(
                REPLACEMENT if "\ud800" <= sign <= "\udfff" else sign for sign in text
            ).encode()
        self.files[SOURCES + name] = content
        return f"internal://{name}"

    def _instruction(
        self, document: e.ProjectElement, sources: Iterable[e.TextSource]
    ) -> Instruction:
        project = self.project
        known = {coding.guid for coding in project.codings}
        texts = {source.guid for source in project.sources}
        there = [
            coding.guid
            for source in sources
            for codings in (*(one.codings for one in source.selections), source.codings)
            for coding in codings
            if coding.guid in known
        ]
        about = {}
        if project.memos:
            found = abouts(document)
            about = {
                memo.guid: memo.about
                for memo in project.memos
                if list(memo.about) != found.get(memo.guid, [])
            }
        return Instruction(
            project.guid,
            order(_tree_order(document.codes), [code.guid for code in project.codes]),
            order(there, [coding.guid for coding in project.codings]),
            about or None,
            order(
                [one.guid for one in document.sources if one.guid in texts],
                [source.guid for source in project.sources],
            ),
        )


def _tree_order(codes: Sequence[e.Code]) -> list[str]:
    found: list[str] = []
    waiting = list(reversed(codes))
    while waiting:
        code = waiting.pop()
        found.append(code.guid)
        waiting += reversed(code.codes)
    return found


def _time(text: str) -> str | None:
    return text if is_time(text) else None
