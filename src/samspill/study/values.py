"""What values a variable of each type may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from samspill.errors import Message
from samspill.study.cells import is_number, rows_where
from samspill.study.schema import INTEGER, NUMBER


@dataclass(frozen=True, slots=True)
class Instrument:
    """The variables of a study: type, level, and the values that have a category."""

    types: Mapping[str, str]
    per_field: frozenset[str]
    categories: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, variables: pl.DataFrame, categories: pl.DataFrame) -> Instrument:
        """From the tables as text."""
        by_variable: dict[str, list[str]] = {}
        for variable, value in categories.select("variable", "value").iter_rows():
            by_variable.setdefault(variable, []).append(value)
        return cls(
            dict(variables.select("variable", "type").iter_rows()),
            frozenset(variables.filter(pl.col("per_field") == "true")["variable"]),
            {variable: tuple(values) for variable, values in by_variable.items()},
        )


def value_faults(
    kind: str,
    values: pl.Series,
    where: pl.Series,
    categories: Sequence[str] = (),
    *,
    coded: bool = True,
) -> Iterator[tuple[int, str, str]]:
    """Values that a variable of this type cannot have: position from 1, fault, next step.

    ``where`` says which of the values belong to the variable. With ``coded``, values of ordinal
    and nominal variables must be among the categories; a category's value is allowed whatever
    the type, since missing codes are categories too.
    """
    if kind in {"ordinal", "nominal"} and coded:
        for row in rows_where(where & ~values.is_in(list(categories))) if categories else ():
            step = Message("Use one of {names}, or add the category.", names=", ".join(categories))
            yield (
                row,
                Message("“{value}” is no category of the variable.", value=values[row - 1]),
                step,
            )
        return
    told = _TOLD.get(kind)
    if told is None:
        return
    fits = _fitting(kind, values) | values.is_in(list(categories))
    for row in rows_where(where & ~fits):
        yield (
            row,
            Message("“{value}” is not {told}.", value=values[row - 1], told=Message(told)),
            _STEPS[kind],
        )


def _fitting(kind: str, values: pl.Series) -> pl.Series:
    if kind == "binary":
        return values.is_in(["0", "1"])
    if kind == "number":
        return is_number(values, NUMBER)
    whole = is_number(values, INTEGER)
    return whole & ~values.str.starts_with("-") if kind == "count" else whole


_TOLD = {
    "binary": "0 or 1",
    "ordinal": "a whole number",
    "count": "a whole number from 0",
    "number": "a number",
}
_STEPS = {
    "binary": "Write 0 or 1, or list the value as a missing category.",
    "ordinal": "Code ordered categories with whole numbers, lowest first.",
    "count": "Write it in digits alone, or list the value as a missing category.",
    "number": "Write it in digits, with a point before the decimals.",
}
