"""Turn a data file of another program into a study, by a mapping file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from samspill.errors import InvalidInput, Message, Problem
from samspill.study.cells import rows_where, typed
from samspill.study.mapping import MappedCategory, MappedVariable, TableMapping, read_mapping
from samspill.study.model import Study
from samspill.study.schema import TABLES, attribute_types
from samspill.study.sources import Source, read_source
from samspill.study.values import value_faults
from samspill.study.writing import study_content
from samspill.vocabulary import Vocabulary, load


def import_table(
    file: Path | str, mapping: Path | str, vocabulary: Vocabulary | None = None
) -> Study:
    """The study that a wide data file holds: one row per unit.

    ``file`` ends in ``.csv``, ``.parquet``, ``.sav``, ``.dta`` or ``.xlsx``; ``mapping`` is a
    TOML file (``docs/study-format.md``). Labels of variables and values are taken from the
    mapping, else from the file, else the name or the value stands for the label.

    Raises:
        InvalidInput: faults of the mapping or of cells, with file, row and column.
        SamspillError: the data file cannot be read.
    """
    vocabulary = vocabulary or load()
    plan = read_mapping(mapping)
    source = read_source(Path(file), plan.options)
    problems = list(_missing_columns(plan, source, Path(mapping).name, vocabulary))
    if not problems:
        problems = list(_unit_faults(plan, source))
    if problems:
        raise InvalidInput(Message("The table “{file}”", file=source.file), problems)
    imported = [_import(variable, plan, source) for variable in (*plan.attributes, *plan.variables)]
    problems = [problem for one in imported for problem in one.faults(source)]
    if problems:
        raise InvalidInput(Message("The table “{file}”", file=source.file), problems)
    study = _study(plan, source, imported)
    study_content(study, vocabulary)
    return study


@dataclass(frozen=True, slots=True)
class _Imported:
    """A mapped variable with its categories and, by field, its values (null: no answer)."""

    mapped: MappedVariable
    in_units: bool
    label: str
    categories: tuple[MappedCategory, ...]
    values: Mapping[str, pl.Series]

    def faults(self, source: Source) -> Iterator[Problem]:
        is_number = self.in_units and self.mapped.type in {"number", "count"}
        codes = [] if is_number else [category.value for category in self.categories]
        for field, values in self.values.items():
            column = self.mapped.columns[field]
            told = values.is_not_null()
            for row, message, step in value_faults(self.mapped.type, values, told, codes):
                yield Problem(source.file, row, column, message, step)


def _missing_columns(
    plan: TableMapping, source: Source, mapping: str, vocabulary: Vocabulary
) -> Iterator[Problem]:
    wanted = [("table.unit", plan.unit)]
    for kind, variables in (("attributes", plan.attributes), ("variables", plan.variables)):
        for variable in variables:
            wanted += [(f"{kind}.{variable.name}", c) for c in variable.columns.values()]
            for field in variable.columns:
                if field and field not in vocabulary.fields:
                    message = Message("There is no field “{field}” in the vocabulary.", field=field)
                    step: str = Message("Use one of: {names}.", names=", ".join(vocabulary.fields))
                    yield Problem(mapping, None, f"{kind}.{variable.name}.columns", message, step)
    for place, column in wanted:
        if column not in source.frame.columns:
            message = Message(
                "There is no column “{column}” in {file}.", column=column, file=source.file
            )
            step = "Correct the name; capitals count."
            yield Problem(mapping, None, place, message, step)


def _unit_faults(plan: TableMapping, source: Source) -> Iterator[Problem]:
    units = source.frame[plan.unit]
    if units.is_empty():
        message, step = "There are no rows under the heading.", "Put one row a unit there."
        yield Problem(source.file, None, None, message, step)
    for row in rows_where(units.is_null()):
        step = "Fill it; every unit has a name."
        yield Problem(source.file, row, plan.unit, "The unit has no name.", step)
    repeated = units.is_not_null() & units.is_duplicated() & ~units.is_first_distinct()
    for row in rows_where(repeated):
        message = Message("The unit “{unit}” stands in an earlier row.", unit=units[row - 1])
        yield Problem(source.file, row, plan.unit, message, "Keep one row a unit.")


def _import(variable: MappedVariable, plan: TableMapping, source: Source) -> _Imported:
    columns = variable.columns.values()
    values = {
        field: _values(source.frame[column], variable, plan)
        for field, column in variable.columns.items()
    }
    first = next(iter(columns))
    return _Imported(
        variable,
        variable in plan.attributes,
        source.labels.get(first, variable.name),
        _categories(variable, plan, source, list(values.values())),
        values,
    )


def _values(cells: pl.Series, variable: MappedVariable, plan: TableMapping) -> pl.Series:
    silent = plan.no_answer | variable.no_answer
    comma = plan.decimal if variable.type == "number" and plan.decimal != "." else ""
    values = [
        None if cell is None or cell in silent else _value(cell, variable.recode, comma)
        for cell in cells
    ]
    return pl.Series(cells.name, [value or None for value in values], pl.String)


def _value(cell: str, recode: Mapping[str, str], comma: str) -> str:
    value = recode.get(cell, cell)
    return value.replace(comma, ".") if comma else value


def _categories(
    variable: MappedVariable, plan: TableMapping, source: Source, values: Sequence[pl.Series]
) -> tuple[MappedCategory, ...]:
    """Those given by hand, else the file's labelled values, else the values that were answered."""
    missing = set(variable.missing)
    found: dict[str, str] = {}
    for column in variable.columns.values():
        silent = plan.no_answer | variable.no_answer
        for code, label in source.value_labels.get(column, {}).items():
            if code not in silent:
                found.setdefault(variable.recode.get(code, code), label)
        declared = source.missing.get(column, frozenset()) - silent
        missing |= {variable.recode.get(code, code) for code in declared}
    if variable.categories:
        given = {category.value for category in variable.categories}
        rest = [_category(v, found.get(v, v), True, plan) for v in sorted(missing - given)]
        known = [replace(c, missing=c.missing or c.value in missing) for c in variable.categories]
        return (*known, *rest)
    if variable.type in {"ordinal", "nominal"} and not found:
        found = {value: value for series in values for value in series.drop_nulls()}
    for value in missing:
        found.setdefault(value, value)
    if variable.type == "text":
        return ()
    return tuple(_category(v, found[v], v in missing, plan) for v in sorted(found, key=_natural))


def _category(value: str, label: str, missing: bool, plan: TableMapping) -> MappedCategory:
    return MappedCategory(value, dict.fromkeys(plan.languages, label), missing)


def _natural(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return float("inf"), value


def _study(plan: TableMapping, source: Source, imported: Sequence[_Imported]) -> Study:
    units = source.frame[plan.unit].alias("unit")
    attributes = [one for one in imported if one.in_units]
    types = {one.mapped.name: one.mapped.type for one in attributes}
    unit_table = pl.DataFrame(
        [units, *(one.values[""].fill_null("").alias(one.mapped.name) for one in attributes)]
    )
    facts = plan.facts
    return Study(
        facts.identifier,
        facts.title,
        facts.population_size or units.len(),
        facts.year,
        facts.response_attribute,
        units=typed(TABLES["units"], unit_table, attribute_types(types)),
        answers=_answers(units, [one for one in imported if not one.in_units]),
        variables=_variables(plan, imported),
        categories=_category_table(plan, imported),
        indicators=_indicators(plan),
        printed=_empty("printed"),
        provenance=_provenance(plan),
    )


def _answers(units: pl.Series, variables: Sequence[_Imported]) -> pl.DataFrame:
    parts = [
        pl.DataFrame({"unit": units, "value": values})
        .with_columns(field=pl.lit(field), variable=pl.lit(one.mapped.name))
        .select("unit", "field", "variable", "value")
        for one in variables
        for field, values in one.values.items()
    ]
    return pl.concat(parts).filter(pl.col("value").is_not_null())


def _variables(plan: TableMapping, imported: Sequence[_Imported]) -> pl.DataFrame:
    rows = []
    for one in imported:
        mapped = one.mapped
        row: dict[str, object] = {"variable": mapped.name, "type": mapped.type}
        row["per_field"] = mapped.per_field
        for language in plan.languages:
            row[f"label_{language}"] = mapped.labels.get(language, one.label)
        for language in plan.languages:
            row[f"question_{language}"] = mapped.questions.get(language, "")
        rows.append(row)
    return pl.DataFrame(rows)


def _category_table(plan: TableMapping, imported: Sequence[_Imported]) -> pl.DataFrame:
    schema: dict[str, type[pl.DataType]] = {"variable": pl.String, "value": pl.String}
    schema |= {"order": pl.Int64, "missing": pl.Boolean}
    rows = [
        {"variable": one.mapped.name, "value": c.value, "order": order, "missing": c.missing}
        | {f"label_{language}": c.labels.get(language, c.value) for language in plan.languages}
        for one in imported
        for order, c in enumerate(one.categories, start=1)
    ]
    schema |= {f"label_{language}": pl.String for language in plan.languages}
    return pl.DataFrame(rows, schema=schema)


def _indicators(plan: TableMapping) -> pl.DataFrame:
    labels = {f"label_{language}": pl.String for language in plan.languages}
    schema = dict.fromkeys(("indicator", "rule", "variables", "value"), pl.String)
    rows = [
        {"indicator": i.name, "rule": i.rule, "variables": i.variables, "value": i.value}
        | {"per_field": i.per_field, "chapter": i.chapter}
        | {name: i.labels.get(name.removeprefix("label_"), i.name) for name in labels}
        for i in plan.indicators
    ]
    whole = schema | {"per_field": pl.Boolean} | labels | {"chapter": pl.Int64}
    return pl.DataFrame(rows, schema=whole)


def _provenance(plan: TableMapping) -> pl.DataFrame:
    names = [variable.name for variable in (*plan.attributes, *plan.variables)]
    blank = [""] * len(names)
    return pl.DataFrame(
        {
            "name": names,
            "field": blank,
            "split": blank,
            "provenance": [plan.provenance] * len(names),
            **{f"note_{language}": blank for language in plan.languages},
        }
    )


def _empty(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema={c.name: pl.String for c in TABLES[name].columns})
