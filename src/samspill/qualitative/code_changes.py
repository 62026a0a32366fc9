"""Changes to the codes of a project. Each gives the project as it is then and a record of what was
changed, from which ``undo`` gives the project as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from samspill.errors import Message, SamspillError
from samspill.qualitative.model import Code, Coding, Memo, Project
from samspill.qualitative.refi.recoding import carried_codings, recoded

ADD, RENAME, RECOLOUR, DESCRIBE = "add", "rename", "recolour", "describe"
MOVE, MERGE, SPLIT, DELETE = "move", "merge", "split", "delete"
KINDS = (ADD, RENAME, RECOLOUR, DESCRIBE, MOVE, MERGE, SPLIT, DELETE)
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class _Identified(Protocol):
    @property
    def guid(self) -> str: ...


Item = TypeVar("Item", bound=_Identified)


@dataclass(frozen=True, slots=True)
class Difference(Generic[Item]):
    """What differs between two lists of things with identities: what only the first has, or has
    otherwise, with its places there, and likewise of the second."""

    before: tuple[tuple[int, Item], ...] = ()
    after: tuple[tuple[int, Item], ...] = ()

    def undone(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The items with what was before in place of what came after."""
        gone = {item.guid for _, item in self.after} | {item.guid for _, item in self.before}
        kept = [item for item in items if item.guid not in gone] if gone else list(items)
        for place, item in self.before:
            kept.insert(place, item)
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What was done to codes: ``kind`` is one of ``KINDS``; ``codes`` are the identities of those
    that it was done to, ``into`` the code that they or their codings went to, or "".

    ``codes_before`` and ``codes_after`` are all codes of the project; of codings and memos, and of
    what is carried along, what differs.
    """

    kind: str
    codes: tuple[str, ...]
    codes_before: tuple[Code, ...]
    codes_after: tuple[Code, ...]
    into: str = ""
    codings: Difference[Coding] = Difference()
    memos: Difference[Memo] = Difference()
    carried_before: object | None = None
    carried_after: object | None = None

    @property
    def moved(self) -> int:
        """How many codings have another code than before."""
        return len(self.codings.after)

    @property
    def collapsed(self) -> int:
        """How many codings went into another of the same coder on the same words."""
        return len(self.codings.before) - len(self.codings.after)


Changed = tuple[Project, CodeChange]


def add_code(project: Project, code: Code, *, before: str | None = None) -> Changed:
    """Add a code, in front of the code ``before`` or last.

    Raises:
        SamspillError: its identity is taken, or a code that it names is not there.
    """
    if any(known.guid == code.guid for known in project.codes):
        raise SamspillError(
            Message("There is a code with the identity {guid} already.", guid=code.guid),
            "Give the new one another.",
        )
    if code.parent is not None:
        _find(project, code.parent)
    _check_colour(code.colour)
    return _changed(project, ADD, (code.guid,), _inserted(project.codes, code, before))


def rename_code(project: Project, guid: str, name: str) -> Changed:
    """Give a code another name; names may repeat.

    Raises:
        SamspillError: the name is empty, or the code is not there.
    """
    if not name.strip():
        raise SamspillError("A code must have a name.", "Write one.")
    return _replaced(project, RENAME, replace(_find(project, guid), name=name))


def recolour_code(project: Project, guid: str, colour: str) -> Changed:
    """Give a code another colour: ``#rrggbb``, or "" for none.

    Raises:
        SamspillError: it is no colour, or the code is not there.
    """
    _check_colour(colour)
    return _replaced(project, RECOLOUR, replace(_find(project, guid), colour=colour))


def describe_code(
    project: Project,
    guid: str,
    *,
    definition: str | None = None,
    inclusion: str | None = None,
    exclusion: str | None = None,
    example: str | None = None,
    codable: bool | None = None,
) -> Changed:
    """Change what is said of a code; None leaves it as it is.

    Raises:
        SamspillError: the code is not there, or is to be a heading and has codings.
    """
    code = _find(project, guid)
    if codable is False and (number := _used(project, {guid})):
        raise _has_codings(code, number)
    return _replaced(
        project,
        DESCRIBE,
        replace(
            code,
            definition=code.definition if definition is None else definition,
            inclusion=code.inclusion if inclusion is None else inclusion,
            exclusion=code.exclusion if exclusion is None else exclusion,
            example=code.example if example is None else example,
            codable=code.codable if codable is None else codable,
        ),
    )


def move_code(
    project: Project, guid: str, parent: str | None, *, before: str | None = None
) -> Changed:
    """Put a code, with all below it, under another (None: at the top), in front of ``before`` or
    last.

    Raises:
        SamspillError: it would stand below itself, or a code is not there.
    """
    code = _find(project, guid)
    if parent and guid in (parent, *ancestors(project.codes, _find(project, parent).guid)):
        raise SamspillError(
            Message("“{name}” cannot stand below itself.", name=code.name),
            "Choose a code that is not below it.",
        )
    if before == guid:
        before = None
    rest = tuple(known for known in project.codes if known.guid != guid)
    moved = _inserted(rest, replace(code, parent=parent), before)
    return _changed(project, MOVE, (guid,), moved, into=parent or "")


def merge_codes(project: Project, guids: Iterable[str], into: str) -> Changed:
    """Put the codings of codes, the codes below them and what is on them to one code, and take the
    codes away. A coder's codings of the same words with the same code become one: the first.

    Raises:
        SamspillError: a code is not there, or ``into`` is a heading and there are codings.
    """
    target = _find(project, into)
    merged = {guid for guid in guids if guid != into}
    for guid in merged:
        _find(project, guid)
    if not target.codable and _used(project, merged):
        raise _is_heading(target)
    return _gathered(project, MERGE, merged, into)


def split_code(project: Project, guid: str, code: Code, codings: Collection[str]) -> Changed:
    """Add ``code`` behind the code ``guid``, and give it those of that code's codings.

    Raises:
        SamspillError: a code or coding is not there, or a coding is with another code.
    """
    _find(project, guid)
    chosen = set(codings)
    of_code = {coding.guid for coding in project.codings if coding.code == guid}
    if missing := chosen - of_code:
        raise SamspillError(
            Message("{n} of the codings are not with this code.", n=len(missing)),
            "Choose among its own codings.",
        )
    if chosen and not code.codable:
        raise _is_heading(code)
    places = [known.guid for known in project.codes]
    follower = places[places.index(guid) + 1 :][:1]
    added, _ = add_code(project, code, before=follower[0] if follower else None)
    moved = tuple(
        replace(coding, code=code.guid) if coding.guid in chosen else coding
        for coding in project.codings
    )
    return _changed(project, SPLIT, (guid,), added.codes, into=code.guid, codings=moved)


def delete_code(project: Project, guid: str, *, codings_to: str | None = None) -> Changed:
    """Take a code away; the codes below it move up to where it stood. Its codings, and the memos on
    it, go to ``codings_to``; without that, a memo on it alone becomes one on the project.

    Raises:
        SamspillError: it has codings and nothing says where they go, or a code is not there.
    """
    code = _find(project, guid)
    if codings_to is not None and codings_to != guid:
        target = _find(project, codings_to)
        if not target.codable:
            raise _is_heading(target)
        return _gathered(project, DELETE, {guid}, codings_to, children_to=code.parent)
    if number := _used(project, {guid}):
        raise _has_codings(code, number)
    codes = tuple(
        replace(known, parent=code.parent) if known.parent == guid else known
        for known in project.codes
        if known.guid != guid
    )
    memos = tuple(
        replace(memo, about=tuple(target for target in memo.about if target != guid))
        if guid in memo.about
        else memo
        for memo in project.memos
    )
    return _changed(project, DELETE, (guid,), codes, memos=memos)


def undo(project: Project, change: CodeChange) -> Project:
    """The project as it was before a change; codings that were added since then stay.

    Raises:
        SamspillError: the codes have been changed since.
    """
    if project.codes != change.codes_after:
        raise SamspillError(
            "The codes have been changed since, so this cannot be undone alone.",
            "Undo the later changes first.",
        )
    same = change.carried_before is change.carried_after
    return replace(
        project,
        codes=change.codes_before,
        codings=change.codings.undone(project.codings),
        memos=change.memos.undone(project.memos),
        carried=project.carried if same else change.carried_before,
    )


def ancestors(codes: Iterable[Code], guid: str) -> tuple[str, ...]:
    """The codes above a code, nearest first."""
    above = {code.guid: code.parent for code in codes}
    found: list[str] = []
    parent = above.get(guid)
    while parent is not None and parent in above and parent not in found:
        found.append(parent)
        parent = above[parent]
    return tuple(found)


def _gathered(
    project: Project, kind: str, gone: set[str], into: str, *, children_to: str | None = ""
) -> Changed:
    """The codes ``gone`` in the code ``into``. What is below them goes below it, or to
    ``children_to`` where that is given; what ``into`` stands below goes up in their place."""
    parents = {code.guid: code.parent for code in project.codes}
    above = set(ancestors(project.codes, into)) | {into}

    def remaining(parent: str | None) -> str | None:
        while parent in gone:
            parent = parents[parent]
        return parent

    codes = tuple(
        replace(code, parent=remaining(code.parent))
        if code.guid in above
        else replace(code, parent=into if children_to == "" else children_to)
        if code.parent in gone
        else code
        for code in project.codes
        if code.guid not in gone
    )
    codings, twins = _collapsed(project.codings, gone, into)
    now = {**dict.fromkeys(gone, into), **twins}
    memos = tuple(
        replace(memo, about=tuple(dict.fromkeys(now.get(target, target) for target in memo.about)))
        if now.keys() & set(memo.about)
        else memo
        for memo in project.memos
    )
    carried = recoded(project.carried, dict.fromkeys(gone, into))
    order = tuple(code.guid for code in project.codes if code.guid in gone)
    return _changed(
        project, kind, order, codes, into=into, codings=codings, memos=memos, carried=carried
    )


def _collapsed(
    codings: tuple[Coding, ...], gone: set[str], into: str
) -> tuple[tuple[Coding, ...], dict[str, str]]:
    """The codings with the codes ``gone`` replaced; and the one that each other went into."""
    first: dict[tuple[str, int, int, str], str] = {}
    moved: set[tuple[str, int, int, str]] = set()
    for coding in codings:
        if coding.code in gone:
            moved.add(_span(coding))
    made: list[Coding] = []
    twins: dict[str, str] = {}
    for coding in codings:
        if coding.code not in gone and coding.code != into:
            made.append(coding)
            continue
        span = _span(coding)
        if span in moved and span in first:
            twins[coding.guid] = first[span]
            continue
        first.setdefault(span, coding.guid)
        made.append(replace(coding, code=into) if coding.code != into else coding)
    return tuple(made), twins


def _span(coding: Coding) -> tuple[str, int, int, str]:
    return coding.source, coding.start, coding.end, coding.coder


def _changed(
    project: Project,
    kind: str,
    guids: tuple[str, ...],
    codes: tuple[Code, ...],
    *,
    into: str = "",
    codings: tuple[Coding, ...] | None = None,
    memos: tuple[Memo, ...] | None = None,
    carried: object | None = None,
) -> Changed:
    codings = project.codings if codings is None else codings
    memos = project.memos if memos is None else memos
    carried = project.carried if carried is None else carried
    change = CodeChange(
        kind,
        guids,
        project.codes,
        codes,
        into,
        _difference(project.codings, codings),
        _difference(project.memos, memos),
        project.carried,
        carried,
    )
    return replace(project, codes=codes, codings=codings, memos=memos, carried=carried), change


def _difference(before: tuple[Item, ...], after: tuple[Item, ...]) -> Difference[Item]:
    if before is after:
        return Difference()
    then = {item.guid: item for item in before}
    now = {item.guid: item for item in after}
    return Difference(
        tuple((at, item) for at, item in enumerate(before) if now.get(item.guid) != item),
        tuple((at, item) for at, item in enumerate(after) if then.get(item.guid) != item),
    )


def _replaced(project: Project, kind: str, code: Code) -> Changed:
    codes = tuple(code if known.guid == code.guid else known for known in project.codes)
    return _changed(project, kind, (code.guid,), codes)


def _inserted(codes: tuple[Code, ...], code: Code, before: str | None) -> tuple[Code, ...]:
    if before is None:
        return (*codes, code)
    places = [known.guid for known in codes]
    if before not in places:
        raise _not_there(before)
    at = places.index(before)
    return (*codes[:at], code, *codes[at:])


def _find(project: Project, guid: str) -> Code:
    for code in project.codes:
        if code.guid == guid:
            return code
    raise _not_there(guid)


def _used(project: Project, guids: Collection[str]) -> int:
    own = sum(coding.code in guids for coding in project.codings)
    return own + carried_codings(project.carried, guids)


def _check_colour(colour: str) -> None:
    if colour and not _COLOUR.fullmatch(colour):
        raise SamspillError(
            Message("“{colour}” is no colour.", colour=colour),
            "Write # and six digits from 0 to 9 and a to f, such as #0a7d55.",
        )


def _not_there(guid: str) -> SamspillError:
    return SamspillError(
        Message("The project has no code {guid}.", guid=guid),
        "It may have been merged or deleted; load the codes again.",
    )


def _has_codings(code: Code, number: int) -> SamspillError:
    return SamspillError(
        Message("“{name}” has {n} codings.", name=code.name, n=number),
        "Say which code they go to, or delete them first.",
    )


def _is_heading(code: Code) -> SamspillError:
    return SamspillError(
        Message("“{name}” is a heading, which nothing is coded with.", name=code.name),
        "Choose a code, or make the heading one.",
    )
