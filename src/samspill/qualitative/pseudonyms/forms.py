"""The forms in which a name stands in a text, and where they do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

PERSON, PLACE, ORGANISATION = "person", "place", "organisation"
NAME_KINDS = (PERSON, PLACE, ORGANISATION)
_GENITIVE = r"(?:[’']?[sS]|[’'])?"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the project knows of, with the pseudonym that stands for it, if any.

    A person's given and family names count alone too, as does *Kari N.*
    """

    name: str
    kind: str = PERSON
    pseudonym: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """``text[start:end]`` is ``form`` of the name, without its genitive ending; the letters may all
    be capitals."""

    start: int
    end: int
    form: str
    names: tuple[str, ...]


def parts(name: str) -> list[str]:
    """A name's words."""
    return name.split()


def forms(known: KnownName) -> tuple[str, ...]:
    """The forms that stand for a name, the whole name first."""
    words = parts(known.name)
    whole = " ".join(words)
    if known.kind != PERSON or len(words) < 2:
        return (whole,)
    first, last = words[0], words[-1]
    middle = (f"{first} {last}",) if len(words) > 2 else ()
    return (whole, *middle, f"{first} {last[0]}.", first, last)


def forms_with_pseudonyms(known: KnownName) -> Iterator[tuple[str, str]]:
    """Each form of a name with the form of the pseudonym that stands for it."""
    own, stand_ins = forms(known), forms(KnownName(known.pseudonym, known.kind))
    whole, stand_in = own[0], stand_ins[0]
    yield whole, stand_in
    if len(own) == 1:
        return
    if len(stand_ins) == 1:
        yield from ((form, stand_in) for form in own[1:])
        return
    if len(own) == 5:
        yield own[1], stand_ins[1] if len(stand_ins) == 5 else stand_in
    yield from zip(own[-3:], stand_ins[-3:], strict=True)


def occurrences(
    text: str, known: Iterable[KnownName], *, any_case: bool = False
) -> tuple[Occurrence, ...]:
    """Where names stand in a text, the longest first where one holds another.

    A form counts as a whole word, with or without a genitive (*-s*, *’s*, *’*), as it is written
    and in capitals; with ``any_case`` in any. A hyphen ends a place's or an organisation's name, as
    in *Bergen-området*, but a person's only before a small letter, for *Kari* is not *Kari-Anne*.
    """
    kinds: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for item in known:
        for form in forms(item):
            kinds.setdefault(form, item.kind)
            names.setdefault(form, []).append(item.name)
    return tuple(
        Occurrence(start, end, form, tuple(names[form]))
        for start, end, form in find_forms(text, kinds, any_case=any_case)
    )


def find_forms(
    text: str, kinds: Mapping[str, str], *, any_case: bool = False
) -> Iterator[tuple[int, int, str]]:
    """Start, end and form wherever one of the forms, each of a kind, stands in a text."""
    kinds = {form: kind for form, kind in kinds.items() if form}
    if not kinds:
        return
    if any_case:
        written = {form.casefold(): form for form in kinds}
    else:
        written = {form.upper(): form for form in kinds} | {form: form for form in kinds}
    by_letter: dict[str, list[str]] = {}
    for form in sorted(written, key=lambda form: (-len(form), form)):
        by_letter.setdefault(form[:1], []).append(_rest(form, kinds[written[form]], any_case))
    choices = "|".join(
        f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()
    )
    flags = re.IGNORECASE if any_case else 0
    for match in re.finditer(rf"(?<!\w)(?:{choices})(?={_GENITIVE}(?!\w))", text, flags):
        found = " ".join(match[0].split())
        known = written.get(found.casefold() if any_case else found)
        if known is not None:
            yield match.start(), match.end(), known


def _rest(form: str, kind: str, any_case: bool) -> str:
    """The pattern of a form after its first letter."""
    words = re.escape(form[1:]).replace("\\ ", r"[^\S\n]+")
    return words if kind != PERSON or any_case else rf"(?<!\w-.){words}(?!-[A-ZÆØÅÄÖÉ])"
