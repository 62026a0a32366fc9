"""From elements to XML that is valid against the standard's schemas.

Written as text, as building a tree first takes twice the time for tens of thousands of codings.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from samspill.errors import Message, SamspillError
from samspill.qualitative.refi.binding import Attribute, Children, binding
from samspill.qualitative.refi.elements import CodeBook, ProjectElement
from samspill.qualitative.refi.parsing import (
    CODEBOOK_NAMESPACE,
    INSTRUCTION,
    PROJECT_NAMESPACE,
)
from samspill.qualitative.refi.values import for_xml

DEEPEST = 200
"""How deep codes may stand below one another: parsers of XML refuse more than 256 levels."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPECIAL = re.compile('[&<>"\t\n\r]|[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def project_xml(project: ProjectElement, instruction: str = "") -> bytes:
    """A ``.qde``; ``instruction`` stands before it, for Samspill alone.

    Raises:
        SamspillError: codes stand too deep for XML.
    """
    before = f"<?{INSTRUCTION} {instruction}?>\n" if instruction else ""
    return _document("Project", project, PROJECT_NAMESPACE, before)


def codebook_xml(codebook: CodeBook) -> bytes:
    """A ``.qdc``; errors as ``project_xml``."""
    return _document("CodeBook", codebook, CODEBOOK_NAMESPACE, "")


def _document(tag: str, value: Any, namespace: str, before: str) -> bytes:
    out = [_DECLARATION, before]
    _write(out, tag, value, f' xmlns="{namespace}"', 0)
    return "".join(out).encode()


def _write(out: list[str], tag: str, value: Any, more: str, depth: int) -> None:
    if depth > DEEPEST:
        raise SamspillError(
            Message(
                "Codes stand more than {n} levels below one another, which XML cannot hold.",
                n=DEEPEST,
            ),
            "Move the deepest ones up, and try again.",
        )
    attributes, places = _plan(type(value))
    out.append(f"<{tag}{more}")
    for attribute in attributes:
        found = getattr(value, attribute.field)
        if found is not None:
            out.append(f' {attribute.name}="{_lexical(attribute, found)}"')
    opened = len(out)
    out.append(">")
    for place in places:
        found = getattr(value, place.field)
        if found is not None and found != ():
            _place(out, place, found, depth)
    if len(out) == opened + 1:
        out[-1] = "/>"
    else:
        out.append(f"</{tag}>")


def _place(out: list[str], place: Children, found: Any, depth: int) -> None:
    out += [f"<{tag}>" for tag in place.inside]
    if place.occurrence == "children":
        tags = _tags(place)
        for one in found:
            _write(out, tags[type(one)], one, "", depth + 1)
    else:
        (tag,) = place.types
        if place.occurrence == "child":
            _write(out, tag, found, "", depth + 1)
        elif place.occurrence == "text":
            out.append(f"<{tag}>{for_xml(found).translate(_MARKUP)}</{tag}>")
        else:
            targets = found if place.occurrence == "references" else (found,)
            out += [f'<{tag} targetGUID="{target}"/>' for target in targets]
    out += [f"</{tag}>" for tag in reversed(place.inside)]


@cache
def _plan(kind: type) -> tuple[tuple[Attribute, ...], tuple[Children, ...]]:
    bound = binding(kind)
    return tuple(bound.attributes.values()), bound.children


def _tags(place: Children) -> dict[type, str]:
    return {kind: tag for tag, kind in place.types.items()}


def _lexical(attribute: Attribute, value: Any) -> str:
    if attribute.kind == "boolean":
        return "true" if value else "false"
    if attribute.kind == "text" and _SPECIAL.search(value):
        return for_xml(value).translate(_MARKUP).translate(_IN_ATTRIBUTES)
    return str(value)
