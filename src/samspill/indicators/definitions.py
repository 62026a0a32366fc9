"""Definitions of indicators, as they stand in a study's ``indicators`` table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samspill.errors import InvalidInput, Problem
from samspill.indicators.rules import RULES

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """How an indicator's value follows from answers.

    ``variables`` are the variables read; ``values`` the values looked for by ``any_of``;
    ``per_field`` is true where the indicator has one value per unit and field.
    """

    indicator: str
    rule: str
    variables: tuple[str, ...]
    values: tuple[str, ...]
    per_field: bool


def read_definitions(indicators: pl.DataFrame) -> tuple[IndicatorDefinition, ...]:
    """Definitions from a study's ``indicators`` table; raises InvalidInput for unknown rules."""
    definitions, problems = [], []
    for row, values in enumerate(indicators.to_dicts(), start=1):
        if values["rule"] not in RULES:
            problems.append(
                Problem(
                    "indicators.csv",
                    row,
                    "rule",
                    f"There is no rule '{values['rule']}'.",
                    f"Use one of: {', '.join(RULES)}.",
                )
            )
        definitions.append(
            IndicatorDefinition(
                values["indicator"],
                values["rule"],
                _split(values["variables"]),
                _split(values.get("value")),
                values["per_field"],
            )
        )
    if problems:
        raise InvalidInput("The table of indicators", problems)
    return tuple(definitions)


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
