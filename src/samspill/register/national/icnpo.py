"""ICNPO as a scheme of concepts, and the fields that its categories suggest.

Source: Salamon and Anheier, *The International Classification of Nonprofit Organizations* (1996),
as Frivillighetsregisteret uses it. Its list changes; a number that is not known here is kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from samspill.language import translator
from samspill.vocabulary import Concept, Scheme

UNKNOWN = "unknown category"
VOLUNTEER_CENTRES = "8200"
_LEAF = 3


@cache
def icnpo() -> Scheme:
    """The scheme ``icnpo``: groups (``1`` … ``14``), and under each its categories (``13100``).

    A concept's identifier is the register's number; the attribute ``code`` is how it is printed
    (``13 100``), ``fields`` the fields of the vocabulary that it suggests. Chapter 0: the
    classification is not the founding report's.
    """
    text = files("samspill.register.national").joinpath("icnpo.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return Scheme("icnpo", MappingProxyType(read["label"]), tuple(map(_concept, read["group"])))


def code(number: str) -> str:
    """A number as it is printed: ``13 100`` for 13100; a group's own number stays."""
    return f"{number[:-_LEAF]} {number[-_LEAF:]}" if len(number) > _LEAF else number


def label(number: str, language: str) -> str:
    """Code and words of a number; that of an unknown one says that it is unknown."""
    known = _by_number().get(number)
    words = known.label(language) if known else f"({translator(language)(UNKNOWN)})"
    return f"{code(number)} {words}"


def suggested_fields(numbers: Iterable[str]) -> tuple[str, ...]:
    """The fields that categories suggest, each once, in the order of the categories.

    A suggestion: a category says what an organisation is, not what it does with the municipality.
    """
    known = _by_number()
    suggested = (
        field
        for number in numbers
        if number in known
        for field in _fields(known[number].attributes)
    )
    return tuple(dict.fromkeys(suggested))


@cache
def _by_number() -> Mapping[str, Concept]:
    return {concept.identifier: concept for concept in icnpo().walk()}


def _fields(attributes: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(attributes.get("fields", ()))


def _concept(entry: Mapping[str, Any]) -> Concept:
    number = entry["number"]
    return Concept(
        identifier=number,
        chapter=0,
        labels=MappingProxyType(entry["label"]),
        definitions=MappingProxyType({}),
        attributes=MappingProxyType(
            {"code": code(number), "fields": tuple(entry.get("fields", ()))}
        ),
        narrower=tuple(map(_concept, entry.get("category", ()))),
    )
