"""Which codes and which answers speak for which pole or type, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from samspill.vocabulary import Vocabulary

SCHEME = "placement_evidence"
TYPOLOGIES = ("policy_models", "activity_models")


@dataclass(frozen=True, slots=True)
class Rule:
    """``identifier`` speaks for a ``pole`` of an ``axis`` of a ``typology``, or for an
    ``ideal_type``.

    An indicator with ``alone_without`` speaks only where all of those are known to be absent.
    """

    identifier: str
    typology: str
    axis: str = ""
    pole: str = ""
    ideal_type: str = ""
    alone_without: tuple[str, ...] = ()


def code_rules(vocabulary: Vocabulary) -> dict[str, Rule]:
    """The rule of each code, by its concept: ``placement_evidence/formal_arena``."""
    concepts = vocabulary.schemes[SCHEME].concepts
    rules = _rules({"identifier": c.identifier, **c.attributes} for c in concepts)
    return {f"{SCHEME}/{rule.identifier}": rule for rule in rules}


def indicator_rules() -> tuple[Rule, ...]:
    """The rules of the survey's indicators."""
    return tuple(_rules(_data()["indicator"]))


def _data() -> dict[str, Any]:
    text = files("samspill.typology").joinpath("evidence.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _rules(rows: Iterable[Mapping[str, Any]]) -> list[Rule]:
    return [
        Rule(
            row["identifier"],
            row["typology"],
            row.get("axis", ""),
            row.get("pole", ""),
            row.get("ideal_type", ""),
            tuple(row.get("alone_without", ())),
        )
        for row in rows
    ]
