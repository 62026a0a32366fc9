"""What an export by the standard cannot hold, said before it is made."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from samspill.errors import Problem
from samspill.qualitative.model import Project
from samspill.qualitative.refi.carried import carried_by
from samspill.qualitative.refi.identities import unsound
from samspill.qualitative.refi.recoding import carried_codings
from samspill.qualitative.refi.remarks import Remarks
from samspill.qualitative.refi.values import fits_xml, is_time, read_colour
from samspill.qualitative.refi.walk import walk

LEFT_OUT = "It is left out of the file; the project here keeps it."


def losses(project: Project) -> tuple[Problem, ...]:
    """What would not be the same when the project is written as ``.qdpx`` and read again, one line
    a kind; none where it would be identical."""
    remarks = Remarks(project.name)
    _identities(project, remarks)
    _codes(project, remarks)
    _codings(project, remarks)
    _memos(project, remarks)
    _values(project, remarks)
    _characters(project, remarks)
    return remarks.problems()


def _found(remarks: Remarks, n: int, message: str, step: str, column: str) -> None:
    if n:
        remarks.add(message, step, column=column, n=n)


def _identities(project: Project, remarks: Remarks) -> None:
    _found(
        remarks,
        unsound(project),
        "Identities that are no GUIDs in lower case: {n}.",
        "The file has GUIDs derived from them; references still hold.",
        "guid",
    )
    for kind in ("coders", "codes", "sources", "codings", "memos"):
        counted = Counter(one.guid for one in getattr(project, kind))
        _found(
            remarks,
            counted.total() - len(counted),
            "With the identity of another: {n}.",
            "Give each its own; otherwise they get others when the file is read.",
            kind,
        )


def _codes(project: Project, remarks: Remarks) -> None:
    known = {code.guid: code.parent for code in project.codes}
    _found(
        remarks,
        sum(parent is not None and parent not in known for parent in known.values()),
        "Codes below a code that is not there: {n}.",
        "They stand at the top in the file.",
        "codes",
    )
    _found(
        remarks,
        sum(_in_circle(guid, known) for guid in known),
        "Codes that stand below themselves: {n}.",
        LEFT_OUT,
        "codes",
    )
    _found(
        remarks,
        sum(
            bool(code.colour) and read_colour(code.colour) != code.colour for code in project.codes
        ),
        "Colours that are not written #rrggbb: {n}.",
        "They are left out or rewritten; give the codes another colour.",
        "codes",
    )


def _in_circle(guid: str, parents: dict[str, str | None]) -> bool:
    seen = set()
    above: str | None = guid
    while above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return above in seen


def _codings(project: Project, remarks: Remarks) -> None:
    lengths = {source.guid: len(source.text) for source in project.sources}
    codes = {code.guid for code in project.codes}
    _found(
        remarks,
        sum(coding.source not in lengths for coding in project.codings),
        "Codings of a source that is not there: {n}.",
        LEFT_OUT,
        "codings",
    )
    _found(
        remarks,
        sum(coding.code not in codes for coding in project.codings),
        "Codings with a code that is not there: {n}.",
        "The file has them, but no program can show them; add the code or delete them.",
        "codings",
    )
    _found(
        remarks,
        sum(
            not 0 <= coding.start <= coding.end <= lengths.get(coding.source, coding.end)
            for coding in project.codings
        ),
        "Codings that do not lie within their text: {n}.",
        "The file has them, but no program can show them; delete them.",
        "codings",
    )
    here = {guid for guid in _carried_codes(project) if guid not in codes}
    _found(
        remarks,
        carried_codings(project.carried, here),
        "Codings of what is carried along with a code that is not there: {n}.",
        "The file has them as they came; add the code, or open the file that they came from.",
        "carried",
    )


def _carried_codes(project: Project) -> Iterator[str]:
    carried = carried_by(project.carried)
    for root in (carried.project, *carried.texts, *carried.notes):
        for tag, element in walk(root):
            if tag == "Coding":
                yield element.code


def _memos(project: Project, remarks: Remarks) -> None:
    if not project.memos:
        return
    carried = carried_by(project.carried)
    known = {code.guid for code in project.codes}
    known |= {source.guid for source in project.sources}
    known |= {coding.guid for coding in project.codings}
    known |= {memo.guid for memo in project.memos}
    known |= {kept.selection.guid for kept in carried.selections}
    for root in (carried.project, *carried.texts, *carried.notes):
        known |= {element.guid for _, element in walk(root) if hasattr(element, "note_refs")}
    _found(
        remarks,
        sum(target not in known for memo in project.memos for target in memo.about),
        "Memos on something that is not there, or that no memo can be on: {n}.",
        "The memo is in the file, and what it is on is left out.",
        "memos",
    )


def _values(project: Project, remarks: Remarks) -> None:
    times = [coding.created for coding in project.codings]
    times += [memo.created for memo in project.memos]
    _found(
        remarks,
        sum(bool(time) and not is_time(time) for time in times),
        "Times that are not written like 2026-05-31T12:00:00Z: {n}.",
        LEFT_OUT,
        "created",
    )
    values = [value for source in project.sources for value in source.attributes.values()]
    _found(
        remarks,
        sum(isinstance(value, float) and not math.isfinite(value) for value in values),
        "Numbers that are infinite or no numbers: {n}.",
        "The file has them as text.",
        "attributes",
    )


def _characters(project: Project, remarks: Remarks) -> None:
    _found(
        remarks,
        sum(not fits_xml(text) for text in _in_xml(project)),
        "Names and descriptions with characters that XML cannot hold: {n}.",
        "The file has � in their place; write them anew.",
        "text",
    )
    texts = (*(source.text for source in project.sources), *(memo.text for memo in project.memos))
    _found(
        remarks,
        sum(
            any("\ud800" <= sign <= "\udfff" for sign in text) for text in texts if not _utf8(text)
        ),
        "Texts with characters that are no characters: {n}.",
        "The file has � in their place; write them anew.",
        "text",
    )


def _utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_xml(project: Project) -> Iterable[str]:
    yield project.name
    for coder in project.coders:
        yield from (coder.name, coder.initials)
    for code in project.codes:
        yield from (code.name, code.definition, code.inclusion, code.exclusion, code.example)
        yield code.concept
    for source in project.sources:
        yield from (source.name, source.unit, source.side, source.role, source.date)
        yield from (source.language, source.consent, source.kind, *source.fields, *source.speakers)
        for name, value in source.attributes.items():
            yield from (name, str(value))
    for memo in project.memos:
        yield memo.title
