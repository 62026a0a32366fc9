"""From elements to XML that is valid against the standard's schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml import etree

from samspill.errors import SamspillError
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


def project_xml(project: ProjectElement, instruction: str = "") -> bytes:
    """A ``.qde``; ``instruction`` stands before it, for Samspill alone.

    Raises:
        SamspillError: codes stand too deep for XML.
    """
    root = _Writer(PROJECT_NAMESPACE).root("Project", project)
    if instruction:
        root.addprevious(etree.ProcessingInstruction(INSTRUCTION, instruction))
    return _bytes(root)


def codebook_xml(codebook: CodeBook) -> bytes:
    """A ``.qdc``; errors as ``project_xml``."""
    return _bytes(_Writer(CODEBOOK_NAMESPACE).root("CodeBook", codebook))


def _bytes(root: Any) -> bytes:
    written: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return written


class _Writer:
    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def root(self, tag: str, value: Any) -> Any:
        root = etree.Element(f"{{{self.namespace}}}{tag}", nsmap={None: self.namespace})
        self._fill(root, value, 0)
        return root

    def _fill(self, element: Any, value: Any, depth: int) -> None:
        if depth > DEEPEST:
            raise SamspillError(
                f"Codes stand more than {DEEPEST} levels below one another, which XML cannot hold.",
                "Move the deepest ones up, and try again.",
            )
        attributes, places = _plan(type(value))
        for attribute in attributes:
            found = getattr(value, attribute.field)
            if found is not None:
                element.set(attribute.name, _lexical(attribute, found))
        for place in places:
            found = getattr(value, place.field)
            if found is not None and found != ():
                self._place(element, place, found, depth)

    def _place(self, element: Any, place: Children, found: Any, depth: int) -> None:
        for tag in place.inside:
            element = self._below(element, tag)
        if place.occurrence == "children":
            tags = {kind: tag for tag, kind in place.types.items()}
            for one in found:
                self._fill(self._below(element, tags[type(one)]), one, depth + 1)
            return
        (tag,) = place.types
        if place.occurrence == "references":
            for target in found:
                self._below(element, tag).set("targetGUID", target)
        elif place.occurrence == "child":
            self._fill(self._below(element, tag), found, depth + 1)
        elif place.occurrence == "text":
            self._below(element, tag).text = for_xml(found)
        else:
            self._below(element, tag).set("targetGUID", found)

    def _below(self, element: Any, tag: str) -> Any:
        return etree.SubElement(element, _qualified(self.namespace, tag))


@cache
def _plan(kind: type) -> tuple[tuple[Attribute, ...], tuple[Children, ...]]:
    bound = binding(kind)
    return tuple(bound.attributes.values()), bound.children


@cache
def _qualified(namespace: str, tag: str) -> str:
    return f"{{{namespace}}}{tag}"


def _lexical(attribute: Attribute, value: Any) -> str:
    if attribute.kind == "boolean":
        return "true" if value else "false"
    if attribute.kind == "text":
        return for_xml(value)
    return str(value)
