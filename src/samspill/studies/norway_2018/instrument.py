"""The founding study's variables, categories and indicators, labelled in every language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from samspill.studies.norway_2018.specification import (
    ANSWERED_OPEN_QUESTION,
    barriers,
    forms_of,
)
from samspill.vocabulary import Concept, load

TEXTS = Path(__file__).parent / "texts.toml"
CHAPTER = 5
DESIGN_CHAPTER = 1
RESPONSES = ("complete", "partial", "none")
Texts = Mapping[str, str]


@cache
def texts() -> Mapping[str, Any]:
    """The words of ``texts.toml``."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def languages() -> tuple[str, ...]:
    """The languages of the study: those of the vocabulary."""
    return load().languages


def per_language(prefix: str, by_language: Texts, **parts: object) -> dict[str, str]:
    """A text as columns ``<prefix>_<language>``, its gaps filled."""
    return {f"{prefix}_{code}": by_language[code].format(**parts) for code in languages()}


def concepts() -> dict[str, Concept]:
    """The concepts that are variables or indicators of the study, by identifier."""
    vocabulary = load()
    schemes = (
        vocabulary.coordination,
        vocabulary.phases,
        vocabulary.forms,
        vocabulary.economic_relations,
    )
    return {concept.identifier: concept for scheme in schemes for concept in scheme.values()}


def _label(name: str) -> dict[str, str]:
    if name in concepts():
        return per_language("label", concepts()[name].labels)
    if name.startswith("barrier_"):
        concept = load().barriers[name.removeprefix("barrier_")]
        return {
            f"label_{code}": texts()["barrier"][code].format(label=_lower(concept.label(code)))
            for code in languages()
        }
    found = texts()["variables"].get(name) or texts()["indicators"][name]
    return per_language("label", found)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _definition(name: str) -> dict[str, str]:
    if name in concepts():
        return per_language("definition", concepts()[name].definitions)
    if name.startswith("barrier_"):
        return per_language(
            "definition", load().barriers[name.removeprefix("barrier_")].definitions
        )
    return per_language("definition", texts()["definitions"][name])


def _per_field() -> tuple[str, ...]:
    vocabulary = load()
    return (
        "has_relation",
        "number_of_relations",
        *vocabulary.coordination,
        *vocabulary.forms,
        *vocabulary.economic_relations,
    )


def _of_units() -> tuple[str, ...]:
    return ("overall_coordination_position", "overall_coordination_body", *barriers())


def variables() -> pl.DataFrame:
    """The table of variables."""
    kinds = {"number_of_relations": "ordinal", "has_policy": "nominal", "response": "nominal"}
    rows = [
        {
            "variable": name,
            "type": kinds.get(name, "binary"),
            "per_field": name in _per_field(),
            **_label(name),
        }
        for name in ("has_policy", "response", *_per_field(), *_of_units())
    ]
    return pl.DataFrame(rows)


def categories(codes: tuple[int, ...]) -> pl.DataFrame:
    """The table of categories; ``codes`` are those of the number of relations."""
    words = texts()["categories"]
    rows = []
    for name in variables()["variable"]:
        own = words.get(name, words["binary"])
        if name == "number_of_relations":
            rows += list(_numbers(own, codes))
            continue
        for order, (value, label) in enumerate(own.items(), start=1):
            rows.append(_category(name, value, order, per_language("label", label)))
    return pl.DataFrame(rows)


def _numbers(words: Mapping[str, Texts], codes: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    for order, code in enumerate(codes, start=1):
        word = "first" if order == 1 else "top" if order == len(codes) else "middle"
        label = per_language("label", words[word], code=code)
        yield _category("number_of_relations", str(code), order, label)


def _category(name: str, value: str, order: int, label: Mapping[str, str]) -> dict[str, Any]:
    return {"variable": name, "value": value, "order": order, "missing": False, **label}


def indicators() -> pl.DataFrame:
    """The table of indicators."""
    vocabulary = load()
    rows = [
        *(_indicator(name, "variable", name) for name in ("has_relation", "number_of_relations")),
        _indicator("more_than_20_relations", "top_category", "number_of_relations"),
        *(_indicator(name, "variable", name) for name in vocabulary.coordination),
        *(_indicator(name, "variable", name) for name in vocabulary.forms),
        *(_indicator(name, "union", ";".join(forms_of(name))) for name in vocabulary.phases),
        *(_indicator(name, "variable", name) for name in vocabulary.economic_relations),
        _indicator("number_of_areas", "count", "has_relation", per_field=False),
        *(_indicator(name, "variable", name, per_field=False) for name in _of_units()),
        _indicator(ANSWERED_OPEN_QUESTION, "answered", ";".join(barriers()), per_field=False),
        *(_response(name, values) for name, values in _RESPONSES.items()),
    ]
    return pl.DataFrame(rows)


_RESPONSES = {
    "complete_response": ("complete",),
    "partial_response": ("partial",),
    "net_sample": ("complete", "partial"),
    "gross_sample": RESPONSES,
}


def _indicator(
    name: str,
    rule: str,
    read: str,
    value: str = "",
    *,
    per_field: bool = True,
    chapter: int = CHAPTER,
) -> dict[str, Any]:
    return {
        "indicator": name,
        "rule": rule,
        "variables": read,
        "value": value,
        "per_field": per_field,
        "chapter": chapter,
        **_label(name),
        **_definition(name),
    }


def _response(name: str, values: tuple[str, ...]) -> dict[str, Any]:
    looked_for = ";".join(values)
    return _indicator(
        name, "any_of", "response", looked_for, per_field=False, chapter=DESIGN_CHAPTER
    )
