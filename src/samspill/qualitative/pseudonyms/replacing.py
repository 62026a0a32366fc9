"""Names out of texts, and back again; codings go with their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from samspill.qualitative.editing import Edit, apply_edits
from samspill.qualitative.model import Coding, Project, Source
from samspill.qualitative.pseudonyms.forms import find_forms
from samspill.qualitative.pseudonyms.key import Key, check_key

_Table = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A project in which pseudonyms stand for names; ``replaced`` counts each form of a name."""

    project: Project
    replaced: Mapping[str, int]


def pseudonymise(project: Project, key: Key) -> Pseudonymised:
    """The project with every form of the key's names replaced: in texts, names, roles, speakers and
    attributes of sources, and in memos. Genitive endings and capitals are kept.

    Raises:
        InvalidInput: the key is not sound, or a pseudonym of it occurs in a text (``check_key``).
    """
    check_key(key, _texts(project))
    return replace_names(project, key)


def replace_names(project: Project, key: Key) -> Pseudonymised:
    """What ``pseudonymise`` does, without its checks: for texts in which pseudonyms of the key
    stand already, since some of its names were replaced in them before."""
    counts: Counter[str] = Counter()
    return Pseudonymised(_replaced(project, key.stand_ins(), counts), dict(counts))


def restore(project: Project, key: Key) -> Project:
    """The project with the names back; what ``pseudonymise`` did, undone by who has the key.

    Where a name of several words has a pseudonym of one, its parts come back as the whole name.
    """
    return _replaced(project, key.names_behind(), Counter())


def _texts(project: Project) -> Iterable[str]:
    for source in project.sources:
        yield from (source.name, source.text, source.role, *source.speakers)
        yield from (value for value in source.attributes.values() if isinstance(value, str))
    for memo in project.memos:
        yield from (memo.title, memo.text)


def _replaced(project: Project, table: _Table, counts: Counter[str]) -> Project:
    by_source: dict[str, list[Coding]] = {}
    for coding in project.codings:
        by_source.setdefault(coding.source, []).append(coding)
    moved: dict[str, Coding] = {}
    sources = []
    for source in project.sources:
        edits = _edits(source.text, table)
        counts.update(form for _, form in edits)
        edited = apply_edits(
            source, [e for e, _ in edits], by_source.get(source.guid, ()), stand_ins=True
        )
        moved |= {coding.guid: coding for coding in edited.codings}
        sources.append(_about(edited.source, table))
    memos = tuple(
        replace(memo, title=_written(memo.title, table), text=_written(memo.text, table))
        for memo in project.memos
    )
    codings = tuple(moved.get(coding.guid, coding) for coding in project.codings)
    return replace(project, sources=tuple(sources), codings=codings, memos=memos)


def _about(source: Source, table: _Table) -> Source:
    attributes = {
        name: _written(value, table) if isinstance(value, str) else value
        for name, value in source.attributes.items()
    }
    return replace(
        source,
        name=_written(source.name, table),
        role=_written(source.role, table),
        speakers=tuple(_written(speaker, table) for speaker in source.speakers),
        attributes=attributes or source.attributes,
    )


def _edits(text: str, table: _Table) -> list[tuple[Edit, str]]:
    edits = []
    kinds = {form: kind for form, (_, kind) in table.items()}
    for start, end, form in find_forms(text, kinds):
        instead = table[form][0]
        written = text[start:end]
        if written == written.upper() and written != form:
            instead = instead.upper()
        edits.append((Edit(start, end, instead), form))
    return edits


def _written(text: str, table: _Table) -> str:
    pieces, reached = [], 0
    for edit, _ in _edits(text, table):
        pieces += [text[reached : edit.start], edit.replacement]
        reached = edit.end
    return "".join([*pieces, text[reached:]])
