"""What is carried along follows its codes, when codes are merged or taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from samspill.qualitative.refi.carried import Carried
from samspill.qualitative.refi.elements import Case, Coding, Link, Set, Vertex
from samspill.qualitative.refi.walk import rebuilt, walk


def recoded(carried: object | None, codes: Mapping[str, str]) -> object | None:
    """What is carried, with each code replaced by the one that it has become."""
    if not isinstance(carried, Carried):
        return carried

    def of(guid: str | None) -> Any:
        return codes.get(guid, guid) if guid else guid

    def change(element: Any) -> Any:
        match element:
            case Coding():
                return replace(element, code=of(element.code))
            case Case():
                return replace(element, code_refs=_once(element.code_refs, codes))
            case Set():
                return replace(element, member_codes=_once(element.member_codes, codes))
            case Link():
                return replace(
                    element,
                    origin_guid=of(element.origin_guid),
                    target_guid=of(element.target_guid),
                )
            case Vertex():
                return replace(element, represented_guid=of(element.represented_guid))
        return element

    return replace(
        carried,
        project=rebuilt(carried.project, change),
        texts=tuple(rebuilt(text, change) for text in carried.texts),
        notes=tuple(rebuilt(note, change) for note in carried.notes),
    )


def carried_codings(carried: object | None, codes: Collection[str]) -> int:
    """How many codings of what is carried are with one of the codes."""
    if not isinstance(carried, Carried):
        return 0
    roots = (carried.project, *carried.texts, *carried.notes)
    return sum(
        isinstance(element, Coding) and element.code in codes
        for root in roots
        for _, element in walk(root)
    )


def _once(guids: tuple[str, ...], codes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes.get(guid, guid) for guid in guids))
