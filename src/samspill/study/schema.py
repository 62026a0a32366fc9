"""The tables of a study: their columns, what a cell may hold, and how tables refer to each other.

This is ``docs/study-format.md`` as data. ``table_schema`` turns it into a Frictionless Table Schema
(Data Package standard, version 2, https://datapackage.org/standard/table-schema/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VARIABLE_TYPES = ("binary", "ordinal", "nominal", "count", "number", "text")
RULES = ("variable", "union", "any_of", "count", "top_category", "answered")
BASES = ("survey", "cases", "outside")
PROVENANCES = (
    "observed",
    "reconstructed exactly",
    "consistent with what is printed",
    "invented",
)
MEMO_ENTRIES = ("statement", "reason", "evidence", "decision")
STATISTICS = (
    "count",
    "percentage",
    "log_odds",
    "odds",
    "log_odds_ratio",
    "odds_ratio",
    "risk_ratio",
    "risk_difference",
    "standard_error",
    "confidence_low",
    "confidence_high",
    "mark",
    "mean",
    "mean_difference",
    "r_squared",
    "value",
    "minimum",
    "maximum",
)

TEXT, INTEGER, NUMBER, BOOLEAN = "string", "integer", "number", "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Table Schema type, whether every cell must be filled, the values allowed."""

    name: str
    type: str = TEXT
    filled: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """A family of columns ``<prefix>_<language>``, one a language."""

    prefix: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a study. ``open`` tables may have any further column (attributes of units)."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    texts: tuple[Texts, ...] = ()
    foreign_keys: tuple[tuple[str, str], ...] = ()
    open: bool = False
    optional: bool = False

    def column(self, name: str) -> Column | None:
        """The definition that governs a column of this name; None where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        for texts in self.texts:
            if name.startswith(f"{texts.prefix}_") and len(name) > len(texts.prefix) + 1:
                return Column(name, filled=texts.required)
        return Column(name) if self.open else None


_TRUE_FALSE = ("true", "false")

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("units", (Column("unit", filled=True),), key=("unit",), open=True),
        Table(
            "answers",
            (
                Column("unit", filled=True),
                Column("field"),
                Column("variable", filled=True),
                Column("value", filled=True),
            ),
            key=("unit", "field", "variable"),
            foreign_keys=(("unit", "units"), ("variable", "variables")),
        ),
        Table(
            "variables",
            (
                Column("variable", filled=True),
                Column("type", filled=True, choices=VARIABLE_TYPES),
                Column("per_field", BOOLEAN, filled=True, choices=_TRUE_FALSE),
            ),
            key=("variable",),
            texts=(Texts("label", required=True), Texts("question")),
        ),
        Table(
            "categories",
            (
                Column("variable", filled=True),
                Column("value", filled=True),
                Column("order", INTEGER, filled=True),
                Column("missing", BOOLEAN, filled=True, choices=_TRUE_FALSE),
            ),
            key=("variable", "value"),
            texts=(Texts("label", required=True),),
            foreign_keys=(("variable", "variables"),),
        ),
        Table(
            "indicators",
            (
                Column("indicator", filled=True),
                Column("rule", filled=True, choices=RULES),
                Column("variables", filled=True),
                Column("value"),
                Column("per_field", BOOLEAN, filled=True, choices=_TRUE_FALSE),
                Column("chapter", INTEGER),
            ),
            key=("indicator",),
            texts=(Texts("label", required=True), Texts("definition")),
        ),
        Table(
            "printed",
            (
                Column("id", filled=True),
                Column("source", filled=True),
                Column("basis", filled=True, choices=BASES),
                Column("indicator", filled=True),
                Column("field"),
                Column("split"),
                Column("group"),
                Column("statistic", filled=True, choices=STATISTICS),
                Column("printed"),
                Column("observations"),
                Column("note"),
            ),
            key=("id",),
        ),
        Table(
            "provenance",
            (
                Column("name", filled=True),
                Column("field"),
                Column("split"),
                Column("provenance", filled=True, choices=PROVENANCES),
            ),
            key=("name", "field", "split"),
            texts=(Texts("note"),),
        ),
        Table(
            "cases",
            (
                Column("case", filled=True),
                Column("population", INTEGER),
                Column("centrality_level", INTEGER),
                Column("organisations_per_100_inhabitants", NUMBER),
                Column("has_policy"),
                Column("interviews_municipality", INTEGER),
                Column("interviews_organisations", INTEGER),
            ),
            key=("case",),
            optional=True,
        ),
        Table(
            "triangulation",
            (
                Column("id", filled=True),
                Column("entry", filled=True, choices=MEMO_ENTRIES),
                Column("theme", filled=True),
                Column("field"),
                Column("column"),
                Column("about"),
                Column("kind"),
                Column("value"),
                Column("source"),
                Column("by"),
                Column("date"),
                Column("fingerprint"),
            ),
            key=("id",),
            texts=(Texts("text"),),
            optional=True,
        ),
    )
}


def attribute_types(variable_types: Mapping[str, str]) -> dict[str, str]:
    """Table Schema types of the unit attributes that are numbers, from ``variables.type``."""
    kinds = {"number": NUMBER, "count": INTEGER}
    return {name: kinds[kind] for name, kind in variable_types.items() if kind in kinds}


def cell_type(table: Table, column: str, attributes: Mapping[str, str]) -> str:
    """The Table Schema type of a column, attributes of units included."""
    definition = table.column(column)
    if table.open and column not in table.key:
        return attributes.get(column, TEXT)
    return definition.type if definition else TEXT


def table_schema(
    table: Table, columns: Sequence[str], attributes: Mapping[str, str]
) -> dict[str, Any]:
    """The Table Schema of a table with these columns."""
    fields = []
    for name in columns:
        definition = table.column(name) or Column(name)
        field: dict[str, Any] = {"name": name, "type": cell_type(table, name, attributes)}
        constraints: dict[str, Any] = {"required": True} if definition.filled else {}
        if definition.choices and definition.type == TEXT:
            constraints["enum"] = list(definition.choices)
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    schema["primaryKey"] = list(table.key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": target, "fields": [field]}}
            for field, target in table.foreign_keys
        ]
    return schema
