"""From a number to the entries behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.groups import PRIVATE
from samspill.web.municipality.words import table_name


@dataclass(frozen=True, slots=True)
class Link:
    """An entry: what it is called, in which table, and where it stands."""

    name: str
    table: str
    address: str


def link(mirror: Mirror, table: str, identifier: str) -> Link:
    """The way to one entry."""
    code = mirror.municipality.code
    address = reverse("municipality:entry", args=(code, table, identifier))
    name = identifier if table in PRIVATE else mirror.names(table).get(identifier, identifier)
    return Link(name, table_name(table), address)


def links(mirror: Mirror, entries: Iterable[str]) -> list[Link]:
    """The way to each of ``table/identifier``."""
    parts = (entry.partition("/") for entry in entries)
    return [link(mirror, table, identifier) for table, _slash, identifier in parts]
