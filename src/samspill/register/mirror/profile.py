"""A municipality's profile beside the country and beside municipalities like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.indicators import IndicatorDefinition, indicator_frame, read_definitions
from samspill.register.mirror.register_answers import RegisterAnswers
from samspill.statistics.intervals import require_level, wilson

if TYPE_CHECKING:
    from samspill.study import Study

COUNTRY = ""
MINIMUM = 5
FEW = "too few other municipalities to be shown"
ALIKE = "not shown: all of them answered alike, so it would give each answer away"
REST = "not shown: what is left of the country would be too few"
NOT_KNOWN = "the municipality's own group is not known"
NO_ANSWERS = "no answers"
BINARY_RULES = frozenset({"union", "any_of", "top_category", "answered"})

PROFILE = {
    "indicator": pl.String,
    "field": pl.String,
    "own": pl.Int64,
    "attribute": pl.String,
    "group": pl.String,
    "n": pl.Int64,
    "count": pl.Int64,
    "share": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "note": pl.String,
}


def profile(
    study: Study,
    own: RegisterAnswers,
    like: Mapping[str, Any] | None = None,
    *,
    minimum: int = MINIMUM,
    level: float = 0.95,
) -> pl.DataFrame:
    """Every 0/1 indicator of the municipality's register beside the shares of others in a study.

    A row for each indicator, field (empty for the whole unit) and group: the country
    (``attribute`` empty) and the units ``like`` it: for each attribute of the study's units (such
    as size class, centrality or KOSTRA group) those of the municipality's own value, given.
    ``own`` is 1 or 0, null where the register cannot know; ``n`` the *other* units with an answer,
    ``count`` and ``share`` of ones among them with Wilson's interval. They are null, and ``note``
    says why, where others are fewer than ``minimum``, all of a group answered alike, or the rest
    of the country would be fewer than ``minimum``: no other municipality's answer can be read.

    Raises SamspillError for an attribute that the study lacks, or a level outside 0 to 1.
    """
    require_level(level)
    place = like or {}
    missing = [name for name in place if name not in study.units.columns]
    if missing:
        raise SamspillError(
            Message("The study's units have no attribute “{name}”.", name=missing[0]),
            Message("It has: {names}.", names=", ".join(study.units.columns)),
        )
    chosen = [d for d in read_definitions(study.indicators) if _is_binary(study, d)]
    names = [d.indicator for d in chosen]
    frame = indicator_frame(study, names)
    mine = _own(study, own, names)
    others = frame.filter(pl.col("unit") != own.unit)
    rows = [
        row
        for definition in chosen
        for field in _fields(frame, definition)
        for row in _rows(
            others.filter(pl.col("field") == field), definition.indicator, field, mine,
            place, minimum, level,
        )
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=PROFILE)


def _rows(
    others: pl.DataFrame, indicator: str, field: str, mine: dict[tuple[str, str], int | None],
    place: Mapping[str, Any], minimum: int, level: float,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    base = {"indicator": indicator, "field": field, "own": mine.get((indicator, field))}
    answered = others.filter(pl.col(indicator).is_not_null())
    everyone = answered[indicator]
    yield {**base, "attribute": COUNTRY, "group": COUNTRY, **_share(everyone, minimum, level)}
    for attribute, value in place.items():
        row = {**base, "attribute": attribute}
        if value is None:
            yield {**row, "note": NOT_KNOWN}
            continue
        group = answered.filter(pl.col(attribute) == value)[indicator]
        found = _share(group, minimum, level)
        if not found["note"]:
            found = _kept(group, everyone.len() - group.len(), minimum) or found
        yield {**row, "group": str(value), **found}


def _share(values: pl.Series, minimum: int, level: float) -> dict[str, Any]:
    n = values.len()
    if n < minimum:
        return {"n": n, "note": FEW if n else NO_ANSWERS}
    count = int(values.sum())
    low, high = wilson([count / n], [1 / n], level)
    return {
        "n": n, "count": count, "share": count / n, "low": float(low[0]), "high": float(high[0]),
        "note": "",
    }  # fmt: skip


def _kept(group: pl.Series, rest: int, minimum: int) -> dict[str, Any] | None:
    """Why the share of a group is kept back, if it is."""
    if group.n_unique() == 1:
        return {"n": group.len(), "note": ALIKE}
    return {"n": group.len(), "note": REST} if 0 < rest < minimum else None


def _own(study: Study, own: RegisterAnswers, names: list[str]) -> dict[tuple[str, str], int | None]:
    unit = study.units.filter(pl.col("unit") == own.unit)
    if unit.is_empty():
        unit = pl.DataFrame([{"unit": own.unit}], schema=study.units.schema)
    alone = study.with_tables(units=unit, answers=own.answers.drop("provenance"))
    frame = indicator_frame(alone, names)
    return {(n, row["field"]): row[n] for row in frame.to_dicts() for n in names}


def _is_binary(study: Study, definition: IndicatorDefinition) -> bool:
    """Whether it is 0/1 and of answers, not of the units' attributes."""
    if set(definition.variables) <= set(study.units.columns):
        return False
    if definition.rule in BINARY_RULES:
        return True
    types = dict(study.variables.select("variable", "type").iter_rows())
    return definition.rule == "variable" and types.get(definition.variables[0]) == "binary"


def _fields(frame: pl.DataFrame, definition: IndicatorDefinition) -> list[str]:
    """The fields that any unit answered about, in order; empty for the unit as a whole."""
    fields = frame["field"].unique(maintain_order=True).to_list()
    return [field for field in fields if field] if definition.per_field else [""]
