"""How the fields of a frozen dataclass stand in XML: described once for both ways.

A field made by ``attribute`` is an attribute; ``text``, ``reference``, ``references``, ``child``
and ``children`` are child elements, written in the order of the fields. ``binding`` gathers the
fields of a class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Kind = Literal["text", "guid", "integer", "boolean", "dateTime", "colour"]
Occurrence = Literal["text", "reference", "references", "child", "children"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute. ``kind`` is its type; where ``allowed`` is not empty it is one of these."""

    name: str
    field: str
    kind: Kind
    required: bool
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Children:
    """Child elements. ``types`` gives the class for each tag (none for texts and references), and
    ``inside`` the elements that enclose them."""

    field: str
    occurrence: Occurrence
    types: Mapping[str, type]
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """The fields of a class: its attributes by their names, its children in order; ``direct`` are
    those right below the element by tag, ``enclosed`` those in the elements of ``enclosing``."""

    attributes: Mapping[str, Attribute]
    required: tuple[Attribute, ...]
    children: tuple[Children, ...]
    direct: Mapping[str, Children]
    enclosed: Mapping[str, Children]
    enclosing: frozenset[str]


def attribute(
    name: str, kind: Kind = "text", *, required: bool = False, allowed: tuple[str, ...] = ()
) -> Any:
    default: str | int | bool | None = None
    if required:
        default = {"integer": 0, "boolean": True}.get(kind, "")
    made = Attribute(name, "", kind, required, allowed)
    return field(default=default, metadata={"xml": made})


def text(tag: str) -> Any:
    return field(default=None, metadata={"xml": Children("", "text", {tag: str}, ())})


def reference(tag: str) -> Any:
    return field(default="", metadata={"xml": Children("", "reference", {tag: str}, ())})


def references(tag: str) -> Any:
    return field(default=(), metadata={"xml": Children("", "references", {tag: str}, ())})


def child(tag: str, kind: type) -> Any:
    return field(default=None, metadata={"xml": Children("", "child", {tag: kind}, ())})


def children(types: Mapping[str, type], inside: tuple[str, ...] = ()) -> Any:
    return field(default=(), metadata={"xml": Children("", "children", types, inside)})


_KNOWN: dict[type, Binding] = {}


def binding(kind: type[Any]) -> Binding:
    """The binding of a class. A class may hold itself under a tag that says ``type(None)``."""
    found = _KNOWN.get(kind)
    if found is None:
        found = _KNOWN[kind] = _bound(kind)
    return found


def _bound(kind: type[Any]) -> Binding:
    attributes: dict[str, Attribute] = {}
    sequence: list[Children] = []
    for one in fields(kind):
        bound = one.metadata["xml"]
        if isinstance(bound, Attribute):
            attributes[bound.name] = Attribute(
                bound.name, one.name, bound.kind, bound.required, bound.allowed
            )
        else:
            types = {tag: kind if of is type(None) else of for tag, of in bound.types.items()}
            sequence.append(Children(one.name, bound.occurrence, types, bound.inside))
    direct = {tag: place for place in sequence if not place.inside for tag in place.types}
    enclosed = {tag: place for place in sequence if place.inside for tag in place.types}
    enclosing = frozenset(name for place in sequence for name in place.inside)
    required = tuple(one for one in attributes.values() if one.required)
    return Binding(attributes, required, tuple(sequence), direct, enclosed, enclosing)
