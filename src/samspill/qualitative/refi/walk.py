"""Over elements of any kind: all below one, or the same with some of them changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from samspill.qualitative.refi.binding import Children, binding

Element = TypeVar("Element")
PATHS = ("path", "current_path", "rich_text_path", "plain_text_path")


def walk(element: Any) -> Iterator[tuple[str, Any]]:
    """Each element below, with its tag, in the order of the file."""
    for place in binding(type(element)).children:
        for tag, below in _below(element, place):
            yield tag, below
            yield from walk(below)


def rebuilt(element: Element, change: Callable[[Any], Any]) -> Element:
    """The element with everything below it changed, lowest first; where ``change`` gives None, the
    element below is left out."""
    changed = {}
    for place in binding(type(element)).children:
        if place.occurrence not in ("child", "children"):
            continue
        found = getattr(element, place.field)
        if not found:
            continue
        if place.occurrence == "child":
            made: Any = change(rebuilt(found, change))
        else:
            several = (change(rebuilt(one, change)) for one in found)
            made = tuple(one for one in several if one is not None)
        if made != found:
            changed[place.field] = made
    return replace(element, **changed) if changed else element  # type: ignore[type-var]


def paths(element: Any) -> Iterator[str]:
    """The files that an element and those below it name."""
    for _, below in [("", element), *walk(element)]:
        for field in PATHS:
            path = getattr(below, field, None)
            if path:
                yield path


def _below(element: Any, place: Children) -> Iterator[tuple[str, Any]]:
    found = getattr(element, place.field)
    if not found:
        return
    if place.occurrence == "child":
        yield next(iter(place.types)), found
    elif place.occurrence == "children":
        tags = {kind: tag for tag, kind in place.types.items()}
        for one in found:
            yield tags[type(one)], one
