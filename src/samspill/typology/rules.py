"""Which codes, answers and entries of a register speak for which pole or type, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """A row of ``table`` speaks as ``rule`` says where ``column`` has one of ``values``.

    Every row does where ``column`` is empty. ``label`` names it in each language.
    """

    rule: Rule
    table: str
    column: str
    values: tuple[Any, ...]
    label: Mapping[str, str]


def code_rules(vocabulary: Vocabulary) -> dict[str, Rule]:
    """The rule of each code, by its concept: ``placement_evidence/formal_arena``."""
    concepts = vocabulary.schemes[SCHEME].concepts
    rules = _rules({"identifier": c.identifier, **c.attributes} for c in concepts)
    return {f"{SCHEME}/{rule.identifier}": rule for rule in rules}


def indicator_rules() -> tuple[Rule, ...]:
    """The rules of the survey's indicators."""
    return tuple(_rules(_data()["indicator"]))


def register_rules() -> tuple[RegisterRule, ...]:
    """The rules of the entries of a register."""
    rows = _data()["register"]
    return tuple(
        RegisterRule(
            rule, row["table"], row.get("column", ""), tuple(row.get("values", ())), row["label"]
        )
        for row, rule in zip(rows, _rules(rows), strict=True)
    )


@cache
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
