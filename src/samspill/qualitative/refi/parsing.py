"""From XML to elements, safely: no document type, no entities, no network, bounds on what is read.

What the standard does not know, or what does not hold to its types, is left out and remarked;
namespaces of other versions, and any order of elements, are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from lxml import etree

from samspill.errors import Message, SamspillError
from samspill.qualitative.refi.binding import Attribute, Binding, Children, binding
from samspill.qualitative.refi.elements import CodeBook, Coding, ProjectElement, VariableValue
from samspill.qualitative.refi.remarks import Remarks
from samspill.qualitative.refi.values import (
    derived,
    is_guid,
    is_time,
    read_boolean,
    read_colour,
    read_guid,
    read_integer,
)
from samspill.qualitative.refi.variables import valid

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
INSTRUCTION = "samspill"
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
Root = TypeVar("Root", ProjectElement, CodeBook)


def parse_project(data: bytes, remarks: Remarks) -> tuple[ProjectElement, str]:
    """The project in a ``.qde``, and the text of Samspill's own instruction in it, or "".

    Raises:
        SamspillError: it is not XML, has a document type, or is no project.
    """
    root = _root(data, remarks.file)
    instruction = ""
    for before in root.itersiblings(preceding=True):
        if isinstance(before, etree._ProcessingInstruction) and before.target == INSTRUCTION:
            instruction = before.text or ""
    return _document(root, "Project", PROJECT_NAMESPACE, ProjectElement, remarks), instruction


def parse_codebook(data: bytes, remarks: Remarks) -> CodeBook:
    """The codebook in a ``.qdc``; errors as ``parse_project``."""
    root = _root(data, remarks.file)
    return _document(root, "CodeBook", CODEBOOK_NAMESPACE, CodeBook, remarks)


def _root(data: bytes, file: str) -> Any:
    if b"<!DOCTYPE" in _prologue(data):
        raise _has_document_type(file)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise SamspillError(
            Message(
                "“{file}” is not XML that can be read: {reason}.",
                file=file,
                reason=str(error).rstrip("."),
            ),
            "Export it again from the program that made it.",
        ) from None
    if root.getroottree().docinfo.doctype:
        raise _has_document_type(file)
    return root


def _prologue(data: bytes) -> bytes:
    plain = data[:65536].replace(b"\0", b"")
    first = _FIRST_ELEMENT.search(plain)
    return plain[: first.start()] if first else plain


def _has_document_type(file: str) -> SamspillError:
    return SamspillError(
        Message("“{file}” has a document type, which no project or codebook has.", file=file),
        "Export it again from the program that made it.",
    )


def _document(root: Any, name: str, namespace: str, kind: type[Root], remarks: Remarks) -> Root:
    found, local = _split(root.tag)
    if local != name:
        raise SamspillError(
            Message(
                "“{file}” holds “{found}”, not “{name}”.", file=remarks.file, found=local, name=name
            ),
            "Choose a .qdpx for a project, and a .qdc for a codebook.",
        )
    if found != namespace:
        remarks.add(
            "The file says it is of another version of the standard: “{namespace}”.",
            "It is read as version 1.0; look at whether all of it is there.",
            namespace=found,
        )
    document: Root = _Parser(remarks, found).element(root, kind)
    return document


def _split(tag: str) -> tuple[str, str]:
    namespace, _, local = tag.rpartition("}")
    return namespace.removeprefix("{"), local


class _Parser:
    def __init__(self, remarks: Remarks, namespace: str) -> None:
        self.remarks = remarks
        self.prefix = f"{{{namespace}}}" if namespace else ""
        self.without_guid = 0

    def element(self, element: Any, kind: type[Any]) -> Any:
        bound = binding(kind)
        values = self._attributes(element, bound)
        if len(element):
            gathered: dict[str, list[Any]] = {}
            self._children(element, bound, bound.direct, values, gathered)
            for field, several in gathered.items():
                values[field] = tuple(several)
        return kind(**values)

    def sound(self, element: Any, below: Any) -> Any:
        """The element as the schema has it, or None where it cannot be so."""
        if isinstance(element, Coding) and not element.code:
            self._missing_target(below, "Coding")
            return None
        if isinstance(element, VariableValue):
            if not element.variable:
                self._missing_target(below, "VariableValue")
                return None
            return valid(element)
        return element

    def _attributes(self, element: Any, bound: Binding) -> dict[str, Any]:
        values: dict[str, Any] = {}
        known = bound.attributes
        for name, text in element.items():
            attribute = known.get(name)
            if attribute is None:
                if not name.startswith(_SCHEMA_INSTANCE):
                    self._unknown(element, name)
                continue
            kind = attribute.kind
            if kind == "guid" and is_guid(text):
                values[attribute.field] = text
                continue
            if kind == "integer" and text.isdecimal() and len(text) < 10:
                values[attribute.field] = int(text)
                continue
            value = self._value(element, attribute, text)
            if value is not None:
                values[attribute.field] = value
        for attribute in bound.required:
            if attribute.field not in values:
                values[attribute.field] = self._missing(element, attribute)
        return values

    def _value(self, element: Any, attribute: Attribute, text: str) -> Any:
        kind = attribute.kind
        if kind == "text" and not attribute.allowed:
            return text
        if kind == "guid":
            guid, as_it_should = read_guid(text)
            if not as_it_should:
                self.remarks.add(
                    "Identities that are no GUIDs, such as “{example}”: {n}.",
                    "They have been given GUIDs of their own; nothing else to do.",
                    row=element.sourceline,
                    example=text[:60],
                )
            return guid
        value: Any = text
        if kind == "integer":
            value = read_integer(text)
        elif kind == "boolean":
            value = read_boolean(text)
        elif kind == "dateTime":
            value = text.strip() if is_time(text.strip()) else None
        elif kind == "colour":
            value = read_colour(text)
        elif attribute.allowed:
            value = text.strip() if text.strip() in attribute.allowed else None
        if value is None:
            self.remarks.add(
                "Values of “{name}” that are not as the standard has them, such as "
                "“{example}”: {n}.",
                "They are left out; correct them in the program that made the file.",
                row=element.sourceline,
                column=_split(element.tag)[1],
                name=attribute.name,
                example=text[:60],
            )
        return value

    def _missing(self, element: Any, attribute: Attribute) -> Any:
        tag = _split(element.tag)[1]
        self.remarks.add(
            "Elements without “{name}”: {n}.",
            "Look at them after reading; they have been given an empty one.",
            row=element.sourceline,
            column=tag,
            name=attribute.name,
        )
        if attribute.kind == "guid":
            self.without_guid += 1
            return derived(f"without/{self.without_guid}")
        if attribute.allowed:
            return attribute.allowed[0]
        return {"integer": 0, "boolean": True}.get(attribute.kind, "")

    def _children(
        self,
        element: Any,
        bound: Binding,
        expected: Mapping[str, Children],
        values: dict[str, Any],
        gathered: dict[str, list[Any]],
    ) -> None:
        prefix, length = self.prefix, len(self.prefix)
        for below in element:
            tag = below.tag
            if not isinstance(tag, str):
                continue
            local = tag[length:] if tag.startswith(prefix) else ""
            place = expected.get(local)
            if place is not None:
                self._child(below, local, place, values, gathered)
            elif local in bound.enclosing:
                self._children(below, bound, bound.enclosed, values, gathered)
            else:
                self._unknown(below, _split(tag)[1])

    def _child(
        self,
        below: Any,
        local: str,
        place: Children,
        values: dict[str, Any],
        gathered: dict[str, list[Any]],
    ) -> None:
        occurrence, field = place.occurrence, place.field
        if occurrence == "children":
            made = self.sound(self.element(below, place.types[local]), below)
            if made is not None:
                gathered.setdefault(field, []).append(made)
        elif occurrence == "text":
            values[field] = "".join(below.itertext()) if len(below) else below.text or ""
        elif occurrence == "child":
            values[field] = self.element(below, place.types[local])
        else:
            target = below.get("targetGUID") or below.get("guid")
            if not target:
                if occurrence == "references":
                    self._missing_target(below, local)
            elif occurrence == "reference":
                values[field] = target if is_guid(target) else read_guid(target)[0]
            else:
                gathered.setdefault(field, []).append(read_guid(target)[0])

    def _missing_target(self, element: Any, local: str) -> None:
        self.remarks.add(
            "References that name nothing: {n}.",
            "They are left out; nothing else to do.",
            row=element.sourceline,
            column=local,
        )

    def _unknown(self, element: Any, name: str) -> None:
        self.remarks.add(
            "“{name}”, which the standard does not know: {n}.",
            "It is left out; keep the file if you need it.",
            row=element.sourceline,
            column=name[:60],
            name=name[:60],
        )
