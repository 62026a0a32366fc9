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
        "{n} identities are no GUIDs in lower case.",
        "The file has GUIDs derived from them; references still hold.",
        "guid",
    )
    for kind in ("coders", "codes", "sources", "codings", "memos"):
        counted = Counter(one.guid for one in getattr(project, kind))
        _found(
            remarks,
            counted.total() - len(counted),
            "{n} have the identity of another.",
            "Give each its own; otherwise they get others when the file is read.",
            kind,
        )


def _codes(project: Project, remarks: Remarks) -> None:
    known = {code.guid: code.parent for code in project.codes}
    _found(
        remarks,
        sum(parent is not None and parent not in known for parent in known.values()),
        "{n} codes stand below a code that is not there.",
        "They stand at the top in the file.",
        "codes",
    )
    _found(
        remarks,
        sum(_in_circle(guid, known) for guid in known),
        "{n} codes stand below themselves.",
        LEFT_OUT,
        "codes",
    )
    _found(
        remarks,
        sum(
            bool(code.colour) and read_colour(code.colour) != code.colour for code in project.codes
        ),
        "{n} colours are not written #rrggbb.",
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
        "{n} codings are of a source that is not there.",
        LEFT_OUT,
        "codings",
    )
    _found(
        remarks,
        sum(coding.code not in codes for coding in project.codings),
        "{n} codings are with a code that is not there.",
        "The file has them, but no program can show them; add the code or delete them.",
        "codings",
    )
    _found(
        remarks,
        sum(
            not 0 <= coding.start <= coding.end <= lengths.get(coding.source, coding.end)
            for coding in project.codings
        ),
        "{n} codings do not lie within their text.",
        "The file has them, but no program can show them; delete them.",
        "codings",
    )
    here = {guid for guid in _carried_codes(project) if guid not in codes}
    _found(
        remarks,
        carried_codings(project.carried, here),
        "{n} codings of what is carried along are with a code that is not there.",
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
    known = {
        one.guid for one in (*project.codes, *project.sources, *project.codings, *project.memos)
    }
    known |= {kept.selection.guid for kept in carried.selections}
    for root in (carried.project, *carried.texts, *carried.notes):
        known |= {element.guid for _, element in walk(root) if hasattr(element, "note_refs")}
    _found(
        remarks,
        sum(target not in known for memo in project.memos for target in memo.about),
        "{n} times a memo is on something that is not there, or that no memo can be on.",
        "The memo is in the file, and what it is on is left out.",
        "memos",
    )


def _values(project: Project, remarks: Remarks) -> None:
    times = [one.created for one in (*project.codings, *project.memos) if one.created]
    _found(
        remarks,
        sum(not is_time(time) for time in times),
        "{n} times are not written as 2026-05-31T12:00:00Z.",
        LEFT_OUT,
        "created",
    )
    values = [value for source in project.sources for value in source.attributes.values()]
    _found(
        remarks,
        sum(isinstance(value, float) and not math.isfinite(value) for value in values),
        "{n} numbers are infinite or no numbers.",
        "The file has them as text.",
        "attributes",
    )


def _characters(project: Project, remarks: Remarks) -> None:
    _found(
        remarks,
        sum(not fits_xml(text) for text in _in_xml(project)),
        "{n} names and descriptions have characters that XML cannot hold.",
        "The file has � in their place; write them anew.",
        "text",
    )
    texts = (*(source.text for source in project.sources), *(memo.text for memo in project.memos))
    _found(
        remarks,
        sum(
            any("\ud800" <= sign <= "\udfff" for sign in text) for text in texts if not _utf8(text)
        ),
        "{n} texts have characters that are no characters.",
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
