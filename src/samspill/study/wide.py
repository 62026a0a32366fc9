"""A study as one wide table: a row per unit, a column per attribute and variable × field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.study.model import Study
from samspill.vocabulary import Vocabulary

SEPARATOR = "__"


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a file codes it: ``code`` in the file, ``value`` in the study."""

    code: float | str
    value: str
    label: str
    missing: bool


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column of the wide table and where it stems from.

    ``type`` is that of the variable (``text`` for the unit's name and undeclared attributes);
    ``field`` is empty for what holds for the unit as a whole.
    """

    name: str
    variable: str
    field: str
    type: str
    label: str
    question: str = ""
    categories: tuple[Category, ...] = ()

    @property
    def is_number(self) -> bool:
        if self.type == "nominal":
            return all(isinstance(category.code, float) for category in self.categories)
        return self.type != "text"


@dataclass(frozen=True, slots=True)
class WideTable:
    """``frame`` has the columns described by ``columns``, in their order."""

    frame: pl.DataFrame
    columns: tuple[WideColumn, ...]


def column_name(variable: str, field: str = "") -> str:
    """The wide column of a variable in a field: ``meeting_point__health_care``."""
    return f"{variable}{SEPARATOR}{field}" if field else variable


def parse_column(name: str, fields: Sequence[str]) -> tuple[str, str]:
    """The variable and field of a wide column; the field is empty where none is named."""
    for field in sorted(fields, key=len, reverse=True):
        ending = f"{SEPARATOR}{field}"
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending), field
    return name, ""


def wide_table(
    study: Study, language: str, vocabulary: Vocabulary, *, numeric_codes: bool
) -> WideTable:
    """Lay a sound study out wide, labelled in ``language``.

    With ``numeric_codes`` the categories of nominal variables become numbers (their order) where
    they are not numbers already, as SPSS and Stata need to label them.

    Raises:
        SamspillError: the study has no labels in the language, or two columns share a name.
    """
    if language not in study.languages:
        raise SamspillError(
            Message("The study has no labels in the language “{language}”.", language=language),
            Message("Choose one of: {names}.", names=", ".join(study.languages)),
        )
    categories = _categories(study, language, numeric_codes)
    described = {row["variable"]: row for row in study.variables.to_dicts()}
    columns = [WideColumn("unit", "unit", "", "text", "unit")]
    for name in study.units.columns:
        if name != "unit":
            columns.append(_column(name, "", described, categories, language, name))
    asked = study.answers.select("variable", "field").unique()
    for name in described:
        if name in study.units.columns:
            continue
        found = set(asked.filter(pl.col("variable") == name)["field"])
        for field in [field for field in ("", *vocabulary.fields) if field in found]:
            ending = f": {vocabulary.label(field, language)}" if field else ""
            column = _column(name, field, described, categories, language, name)
            columns.append(replace(column, label=column.label + ending))
    _refuse_repeated(columns, vocabulary)
    return WideTable(_frame(study, columns), tuple(columns))


def _column(
    variable: str,
    field: str,
    described: Mapping[str, Mapping[str, str]],
    categories: Mapping[str, tuple[Category, ...]],
    language: str,
    otherwise: str,
) -> WideColumn:
    row = described.get(variable, {})
    return WideColumn(
        column_name(variable, field),
        variable,
        field,
        row.get("type", "text"),
        row.get(f"label_{language}", otherwise),
        row.get(f"question_{language}", ""),
        categories.get(variable, ()),
    )


def _categories(
    study: Study, language: str, numeric_codes: bool
) -> dict[str, tuple[Category, ...]]:
    types = dict(study.variables.select("variable", "type").iter_rows())
    by_variable: dict[str, list[dict[str, str]]] = {}
    for row in study.categories.sort("order", maintain_order=True).to_dicts():
        by_variable.setdefault(row["variable"], []).append(row)
    found = {}
    for variable, rows in by_variable.items():
        values = [row["value"] for row in rows]
        codes: Sequence[float | str] = values
        kind = types[variable]
        if kind not in {"nominal", "text"} or (kind == "nominal" and _are_whole(values)):
            codes = [float(value) for value in values]
        elif numeric_codes and kind == "nominal":
            codes = [float(position) for position in range(1, len(values) + 1)]
        found[variable] = tuple(
            Category(code, row["value"], row[f"label_{language}"], bool(row["missing"]))
            for code, row in zip(codes, rows, strict=True)
        )
    return found


def _are_whole(values: Sequence[str]) -> bool:
    """Whether the values are whole numbers that read back as the same text."""
    return all(value.removeprefix("-").isdecimal() and str(int(value)) == value for value in values)


def _refuse_repeated(columns: Sequence[WideColumn], vocabulary: Vocabulary) -> None:
    seen: set[str] = set()
    for column in columns:
        reversible = parse_column(column.name, list(vocabulary.fields))
        if column.name in seen or reversible != (column.variable, column.field):
            raise SamspillError(
                Message(
                    "The wide column “{name}” could stem from more than one variable.",
                    name=column.name,
                ),
                "Rename the variable so that its name does not end in two underscores and a field.",
            )
        seen.add(column.name)


def _frame(study: Study, columns: Sequence[WideColumn]) -> pl.DataFrame:
    answers = study.answers.partition_by("variable", "field", as_dict=True)
    units = study.units["unit"]
    built = []
    for column in columns:
        if column.variable in study.units.columns:
            values = study.units[column.variable]
        else:
            part = answers[column.variable, column.field]
            values = units.to_frame().join(part, on="unit", how="left", maintain_order="left")[
                "value"
            ]
        codes = {category.value: category.code for category in column.categories}
        if column.is_number:
            cells = [_as_number(value, codes) for value in values]
            built.append(pl.Series(column.name, cells, pl.Float64))
        else:
            built.append(values.cast(pl.String).alias(column.name))
    return pl.DataFrame(built)


def _as_number(value: str | float | None, codes: Mapping[str, float | str]) -> float | None:
    return None if value is None else float(codes.get(str(value), value))
