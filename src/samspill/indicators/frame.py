"""The frame that everything is counted from: unit × field, with attributes and indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill.errors import SamspillError
from samspill.indicators.definitions import IndicatorDefinition, read_definitions
from samspill.indicators.rules import RULES, RuleInput

if TYPE_CHECKING:
    from samspill.study import Study

WHOLE_UNIT = ""
_NUMBERS: dict[str, type[pl.DataType]] = {
    "binary": pl.Int64,
    "ordinal": pl.Int64,
    "count": pl.Int64,
    "number": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class _Variables:
    """What the definitions need to know of a study's variables.

    ``answers`` holds the answers that count (no missing codes); ``top`` the highest value of each
    variable with ordered categories; ``answering`` the units with at least one answer of any kind.
    """

    types: dict[str, str]
    per_field: frozenset[str]
    attributes: frozenset[str]
    top: dict[str, float]
    answers: pl.DataFrame
    answering: tuple[str, ...]

    @classmethod
    def of(cls, study: Study) -> _Variables:
        variables = study.variables
        missing, valid = _missing_and_valid(study.categories)
        return cls(
            dict(variables.select("variable", "type").iter_rows()),
            frozenset(variables.filter("per_field")["variable"]),
            frozenset(study.units.columns) - {"unit"},
            _top_values(valid),
            study.answers.join(missing, on=["variable", "value"], how="anti"),
            tuple(study.answers["unit"].unique(maintain_order=True)),
        )

    def dtype(self, variable: str) -> type[pl.DataType]:
        return _NUMBERS.get(self.types.get(variable, ""), pl.String)


def indicator_frame(study: Study, indicators: Iterable[str] | None = None) -> pl.DataFrame:
    """One row per unit × field, with the units' attributes and one column per indicator.

    ``field`` is empty in the rows for the unit as a whole; there every unit of the frame has a
    row. Rows of a field exist for units that answered anything. An indicator is null where the
    answers do not decide it, or where it does not belong to the row's level.
    Raises SamspillError for an indicator that the study does not define.
    """
    definitions = _chosen(read_definitions(study.indicators), indicators)
    variables = _Variables.of(study)
    frame = _rows(study, variables).join(
        _wide(variables, {v for d in definitions for v in d.variables}),
        on=["unit", "field"],
        how="left",
    )
    for definition in definitions:
        frame = _with_indicator(frame, definition, variables)
    names = [d.indicator for d in definitions]
    attributes = [c for c in study.units.columns if c != "unit" and c not in names]
    return frame.select("unit", "field", *attributes, *names)


def _chosen(
    definitions: tuple[IndicatorDefinition, ...], wanted: Iterable[str] | None
) -> list[IndicatorDefinition]:
    if wanted is None:
        return list(definitions)
    known = {d.indicator: d for d in definitions}
    chosen = list(wanted)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise SamspillError(
            f"The study defines no indicator '{unknown[0]}'.",
            f"It defines: {', '.join(known)}.",
        )
    return [known[name] for name in chosen]


def _rows(study: Study, variables: _Variables) -> pl.DataFrame:
    fields = (
        study.answers.filter(pl.col("field") != WHOLE_UNIT)
        .select("field")
        .unique(maintain_order=True)
    )
    answering = study.units.filter(pl.col("unit").is_in(variables.answering))
    whole = study.units.with_columns(pl.lit(WHOLE_UNIT).alias("field"))
    return pl.concat([answering.join(fields, how="cross"), whole], how="diagonal")


def _wide(variables: _Variables, read: set[str]) -> pl.DataFrame:
    """Answers with one row per unit × field and one typed column per variable."""
    chosen = variables.answers.filter(pl.col("variable").is_in(read))
    present = sorted(chosen["variable"].unique())
    wide = chosen.pivot("variable", index=["unit", "field"], values="value")
    return wide.select(
        "unit", "field", *[pl.col(v).cast(variables.dtype(v)).alias(_answer(v)) for v in present]
    )


def _answer(variable: str) -> str:
    return f"answer: {variable}"


def _with_indicator(
    frame: pl.DataFrame, definition: IndicatorDefinition, variables: _Variables
) -> pl.DataFrame:
    if not definition.per_field and variables.per_field & set(definition.variables):
        return _count_over_fields(frame, definition)
    whole = pl.col("field") == WHOLE_UNIT
    level = ~whole if definition.per_field else whole
    if definition.rule == "answered":
        level &= pl.col("unit").is_in(variables.answering)
    first = definition.variables[0]
    given = RuleInput(
        [_read(v, frame, variables) for v in definition.variables],
        definition.values,
        variables.top.get(first),
        variables.types.get(first) in _NUMBERS,
    )
    value = pl.when(level).then(RULES[definition.rule](given))
    return frame.with_columns(value.alias(definition.indicator))


def _read(variable: str, frame: pl.DataFrame, variables: _Variables) -> pl.Expr:
    if _answer(variable) in frame.columns:
        return pl.col(_answer(variable))
    if variable in variables.attributes:
        return pl.col(variable).cast(variables.dtype(variable))
    return pl.lit(None, dtype=variables.dtype(variable))


def _count_over_fields(frame: pl.DataFrame, definition: IndicatorDefinition) -> pl.DataFrame:
    """In how many of a unit's fields one of the variables is 1, in the row of the whole unit."""
    columns = [_answer(v) for v in definition.variables if _answer(v) in frame.columns]
    if not columns:
        return frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(definition.indicator))
    in_field = pl.any_horizontal(*[pl.col(c) == 1 for c in columns])
    counts = (
        frame.filter(
            pl.col("field") != WHOLE_UNIT,
            pl.any_horizontal(*[pl.col(c).is_not_null() for c in columns]),
        )
        .group_by("unit")
        .agg(in_field.sum().cast(pl.Int64).alias(definition.indicator))
        .with_columns(pl.lit(WHOLE_UNIT).alias("field"))
    )
    return frame.join(counts, on=["unit", "field"], how="left")


def _missing_and_valid(categories: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_missing = pl.col("missing")
    missing = categories.filter(is_missing).select("variable", "value")
    return missing, categories.filter(~is_missing)


def _top_values(categories: pl.DataFrame) -> dict[str, float]:
    tops = (
        categories.with_columns(
            pl.col("value").cast(pl.Float64, strict=False).alias("number"),
        )
        .drop_nulls("number")
        .sort("order")
        .group_by("variable", maintain_order=True)
        .last()
    )
    return dict(tops.select("variable", "number").iter_rows())
