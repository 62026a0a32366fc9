"""The mapping file: which column of a data file is what in a study.

Its form is described in ``docs/study-format.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samspill.errors import InvalidInput, Message
from samspill.study.keys import Keys
from samspill.study.package import Facts
from samspill.study.schema import PROVENANCES, RULES, VARIABLE_TYPES
from samspill.study.sources import Options

_STUDY = "identifier title year population_size response_attribute provenance"
_TABLE = "unit no_answer decimal delimiter encoding sheet"
_VARIABLE = "column columns type label question recode missing no_answer categories"
_INDICATOR = "rule variables value per_field label chapter"


@dataclass(frozen=True, slots=True)
class MappedCategory:
    """A category given by hand; ``value`` is that of the study."""

    value: str
    labels: Mapping[str, str]
    missing: bool


@dataclass(frozen=True, slots=True)
class MappedVariable:
    """A variable or attribute and the columns it stands in, by field (``""`` for the unit).

    ``recode`` goes from what stands in the file to a value of the study; ``missing`` are values
    of the study kept as missing categories; ``no_answer`` are cells of the file, before
    recoding, that mean that there is no answer.
    """

    name: str
    type: str
    columns: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    recode: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    no_answer: frozenset[str] = frozenset()
    categories: tuple[MappedCategory, ...] = ()

    @property
    def per_field(self) -> bool:
        return "" not in self.columns


@dataclass(frozen=True, slots=True)
class MappedIndicator:
    """An indicator of the study; texts as in the table ``indicators``."""

    name: str
    rule: str
    variables: str
    value: str
    per_field: bool
    labels: Mapping[str, str]
    chapter: int | None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping file, read. ``population_size`` of ``facts`` is 0 where it was left out."""

    facts: Facts
    provenance: str
    unit: str
    options: Options
    decimal: str
    no_answer: frozenset[str]
    attributes: tuple[MappedVariable, ...]
    variables: tuple[MappedVariable, ...]
    indicators: tuple[MappedIndicator, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the study: those of its title."""
        return tuple(self.facts.title)


def read_mapping(path: Path | str) -> TableMapping:
    """Read a mapping file.

    Raises:
        InvalidInput: with every fault and the key it stands at.
    """
    path = Path(path)
    root = Keys(path.name, _content(path))
    root.known("study table attributes variables indicators")
    study, table = root.table("study"), root.table("table")
    mapping = TableMapping(
        facts=_facts(study),
        provenance=study.choice("provenance", PROVENANCES, "observed"),
        unit=table.text("unit"),
        options=Options(
            table.character("delimiter", ","),
            table.text("encoding", "utf-8"),
            table.text("sheet", ""),
        ),
        decimal=table.character("decimal", "."),
        no_answer=frozenset(table.texts("no_answer")),
        attributes=tuple(_variable(keys, alone=True) for keys in root.tables("attributes")),
        variables=tuple(_variable(keys, alone=False) for keys in root.tables("variables")),
        indicators=tuple(_indicator(keys) for keys in root.tables("indicators")),
    )
    study.known(_STUDY)
    table.known(_TABLE)
    if not mapping.variables:
        root.report("variables", "No variable is given.", "Add [variables.<name>] blocks.")
    for name in {v.name for v in mapping.attributes} & {v.name for v in mapping.variables}:
        message = Message("“{name}” is an attribute and a variable.", name=name)
        root.report(f"variables.{name}", message, "Rename one of them.")
    if root.problems:
        raise InvalidInput(Message("The mapping “{name}”", name=path.name), root.problems)
    return mapping


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError:
        fault, step = "The file is missing or cannot be read.", "Check its name and folder."
    except UnicodeDecodeError:
        fault, step = "The file is not UTF-8 text.", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault, step = (
            Message("The file is not TOML: {error}.", error=str(error)),
            "Correct the line it names.",
        )
    keys = Keys(path.name, {})
    keys.report(None, fault, step)
    raise InvalidInput(Message("The mapping “{name}”", name=path.name), keys.problems)


def _facts(study: Keys) -> Facts:
    return Facts(
        study.text("identifier"),
        study.labels("title", required=True),
        study.whole("population_size", 0) or 0,
        study.whole("year") or 0,
        study.text("response_attribute", ""),
    )


def _variable(keys: Keys, *, alone: bool) -> MappedVariable:
    keys.known(_VARIABLE)
    columns = keys.labels("columns")
    if alone and columns:
        keys.report("columns", "An attribute has one column.", "Write column = … .")
    if bool(columns) == keys.has("column") and not alone:
        step = "Write column = … for the unit as a whole, or columns = { field = … }."
        keys.report("column", "Either column or columns is needed.", step)
    return MappedVariable(
        name=keys.name,
        type=keys.choice("type", VARIABLE_TYPES),
        columns=columns if columns and not alone else {"": keys.text("column", keys.name)},
        labels=keys.labels("label"),
        questions=keys.labels("question"),
        recode=keys.labels("recode"),
        missing=frozenset(keys.texts("missing")),
        no_answer=frozenset(keys.texts("no_answer")),
        categories=tuple(_category(category) for category in keys.items("categories")),
    )


def _category(keys: Keys) -> MappedCategory:
    keys.known("value label missing")
    return MappedCategory(
        keys.text("value"), keys.labels("label", required=True), keys.truth("missing", False)
    )


def _indicator(keys: Keys) -> MappedIndicator:
    keys.known(_INDICATOR)
    return MappedIndicator(
        keys.name,
        keys.choice("rule", RULES),
        ";".join(keys.texts("variables")),
        ";".join(keys.texts("value")),
        keys.truth("per_field", True),
        keys.labels("label"),
        keys.whole("chapter", None),
    )
