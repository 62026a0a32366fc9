"""What Samspill says to itself in front of a project: its identity, and orders.

The standard gives a project no identity, and keeps neither the order of codings in different
texts nor that of what a memo is on. A processing instruction, which other programs pass over,
says them: ``<?samspill {"guid": "…", "codings": [2, 0, 1]}?>``. An order lists, for each place in
the project, the place in the file of what stands there; it is left out where they are the same.
Nor can a transcript hold what is known of it as a source; that too is said here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from samspill.qualitative.model import Memo, Value
from samspill.qualitative.refi.values import is_guid

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Instruction:
    """``about`` gives for a memo what it is on, in order; ``hosted`` are the sources that stand
    within others in the file, as ``hosted.sunk`` tells of them."""

    guid: str = ""
    codes: tuple[int, ...] = ()
    codings: tuple[int, ...] = ()
    about: Mapping[str, tuple[str, ...]] | None = None
    sources: tuple[int, ...] = ()
    hosted: Mapping[str, Sequence[tuple[str, Value]]] = field(default_factory=dict)

    def with_about(self, memo: Memo) -> Memo:
        """The memo with what it is on in this order, where it is on the same."""
        about = (self.about or {}).get(memo.guid)
        return replace(memo, about=about) if about and set(about) == set(memo.about) else memo

    def text(self) -> str:
        told: dict[str, object] = {"guid": self.guid}
        if self.codes:
            told["codes"] = self.codes
        if self.codings:
            told["codings"] = self.codings
        if self.about:
            told["about"] = self.about
        if self.sources:
            told["sources"] = self.sources
        if self.hosted:
            told["hosted"] = self.hosted
        return json.dumps(told, separators=(",", ":"))


def read_instruction(text: str) -> Instruction | None:
    """None where the file has none that can be used."""
    try:
        found = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not is_guid(str(found.get("guid"))):
        return None
    return Instruction(
        str(found["guid"]),
        _order(found.get("codes")),
        _order(found.get("codings")),
        _about(found.get("about")),
        _order(found.get("sources")),
        _hosted(found.get("hosted")),
    )


def order(there: Sequence[str], wanted: Sequence[str]) -> tuple[int, ...]:
    """The places in ``there`` of what is ``wanted``; empty where they are the same already."""
    if list(there) == list(wanted):
        return ()
    place = {guid: at for at, guid in enumerate(there)}
    if len(there) != len(wanted) or place.keys() != set(wanted):
        return ()
    return tuple(place[guid] for guid in wanted)


def reordered(items: tuple[Item, ...], places: tuple[int, ...]) -> tuple[Item, ...]:
    """The items in an order; as they are where it is not an order of them."""
    if len(places) != len(items) or set(places) != set(range(len(items))):
        return items
    return tuple(items[place] for place in places)


def _order(found: Any) -> tuple[int, ...]:
    if isinstance(found, list) and all(type(place) is int for place in found):
        return tuple(found)
    return ()


def _hosted(found: Any) -> Mapping[str, Sequence[tuple[str, Value]]]:
    if not isinstance(found, dict):
        return {}
    return {
        str(text): [
            (str(told[0]), told[1])
            for told in (values if isinstance(values, list) else ())
            if isinstance(told, list) and len(told) == 2 and isinstance(told[1], str | int | float)
        ]
        for text, values in found.items()
    }


def _about(found: Any) -> Mapping[str, tuple[str, ...]] | None:
    if not isinstance(found, dict):
        return None
    return {
        str(memo): tuple(str(target) for target in targets)
        for memo, targets in found.items()
        if isinstance(targets, list)
    }
