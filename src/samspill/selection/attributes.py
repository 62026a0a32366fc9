"""What is known of units: numbers in classes, ordered categories, and names."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from samspill.errors import Message, SamspillError
from samspill.language import format_number, translator

Kind = Literal["number", "ordinal", "nominal"]
UNIT = "unit"
QUARTERS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of units.

    ``categories`` are those that it can take, in order; of a number they are classes divided at
    ``breaks`` (each the least value of the class above it), written ``<5000``, ``5000–<20000``,
    ``≥20000``. ``weight`` is what covering one of the categories counts.
    """

    name: str
    kind: Kind
    categories: tuple[str, ...]
    breaks: tuple[float, ...] = ()
    weight: float = 1.0

    def label(self, category: str, language: str) -> str:
        """A class of numbers as the language writes it; other categories as they are."""
        if self.kind != "number" or category not in self.categories:
            return category
        t = translator(language)
        place = self.categories.index(category)
        written = [_written(value, language) for value in self.breaks]
        if place == 0:
            return t("under {high}", high=written[0]) if written else t("any value")
        if place == len(self.breaks):
            return t("{low} or more", low=written[-1])
        return t("{low} to under {high}", low=written[place - 1], high=written[place])


def attributes_of(
    frame: pl.DataFrame,
    by: Sequence[str],
    *,
    ordinal: Mapping[str, Sequence[str]] | None = None,
    breaks: Mapping[str, Sequence[float]] | None = None,
    weights: Mapping[str, float] | None = None,
) -> tuple[Attribute, ...]:
    """The attributes that columns of a frame hold.

    Args:
        frame: one row a unit.
        by: names of columns.
        ordinal: names of ordered attributes, each with its categories from least to most; an
            empty sequence takes the values found, in the order of numbers or letters.
        breaks: where a number is divided into classes; by default at its quartiles.
        weights: what covering one category of an attribute counts; by default 1.

    A column of numbers is a number unless it is named in ``ordinal``, any other is nominal.

    Raises:
        SamspillError: a name is no column, a column has no value at all, or breaks do not rise.
    """
    ordinal, breaks, weights = ordinal or {}, breaks or {}, weights or {}
    for name in (*by, *ordinal, *breaks, *weights):
        _require(frame, name)
    found = []
    for name in dict.fromkeys(by):
        weight = float(weights.get(name, 1.0))
        if weight < 0:
            raise SamspillError(
                Message("The weight of “{name}” is below zero.", name=name), "Give 0 or more."
            )
        if name in ordinal:
            given = tuple(str(value) for value in ordinal[name]) or _values(frame[name])
            _all_known(frame[name], name, given)
            found.append(Attribute(name, "ordinal", given, weight=weight))
        elif name in breaks or frame[name].dtype.is_numeric():
            cuts = _breaks(frame[name], name, breaks.get(name))
            found.append(Attribute(name, "number", class_names(cuts), cuts, weight))
        else:
            found.append(Attribute(name, "nominal", _values(frame[name]), weight=weight))
    return tuple(found)


def class_names(breaks: Sequence[float]) -> tuple[str, ...]:
    """The classes that breaks make: ``<5000``, ``5000–<20000``, ``≥20000``."""
    if not breaks:
        return ("any",)
    ends = [f"{value:g}" if value < 1e6 else f"{value:.0f}" for value in breaks]
    between = [f"{low}–<{high}" for low, high in itertools.pairwise(ends)]
    return (f"<{ends[0]}", *between, f"≥{ends[-1]}")


def codes(frame: pl.DataFrame, attribute: Attribute) -> pl.Series:
    """The place of each unit's category in ``attribute.categories``; null where not known."""
    column = frame[attribute.name]
    if attribute.kind == "number":
        values = numbers(column, attribute.name)
        place = pl.lit(0, pl.Int64)
        for cut in attribute.breaks:
            place = place + (pl.col("v") >= cut).cast(pl.Int64)
        return pl.DataFrame({"v": values}).select(
            pl.when(pl.col("v").is_null()).then(None).otherwise(place).alias(attribute.name)
        )[attribute.name]
    places = {category: i for i, category in enumerate(attribute.categories)}
    return pl.Series(attribute.name, [places.get(v) if v else None for v in texts(column)], pl.Int64)


def numbers(column: pl.Series, name: str) -> pl.Series:
    """A column as numbers, not known where it is empty or not finite.

    Raises SamspillError where it holds something else.
    """
    if column.dtype == pl.String:
        given = column.str.strip_chars().replace("", None)
        read = given.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        wrong = given.filter(read.is_null() & given.is_not_null())
        if wrong.len():
            raise SamspillError(
                Message("“{name}” holds “{value}”, which is no number.", name=name, value=wrong[0]),
                "Correct the value, or take the attribute as categories.",
            )
        column = read
    values = column.cast(pl.Float64)
    return pl.DataFrame({"v": values}).select(
        pl.when(pl.col("v").is_finite()).then(pl.col("v")).alias(name)
    )[name]


def texts(column: pl.Series) -> list[str | None]:
    """Values as text, ``None`` where empty; whole numbers without a decimal point."""
    if column.dtype == pl.Boolean:
        return [None if v is None else ("yes" if v else "no") for v in column]
    if column.dtype.is_float():
        return [None if v is None or v != v else f"{v:g}" for v in column]
    return [str(v).strip() or None if v is not None else None for v in column]


def _require(frame: pl.DataFrame, name: str) -> None:
    if name not in frame.columns or name == UNIT:
        others = ", ".join(c for c in frame.columns if c != UNIT)
        raise SamspillError(
            Message("The units have no attribute “{name}”.", name=name),
            Message("Choose among: {names}.", names=others),
        )
    if all(value is None for value in texts(frame[name])):
        raise SamspillError(
            Message("“{name}” is not known for any unit.", name=name),
            "Fill it in, or leave the attribute out.",
        )


def _values(column: pl.Series) -> tuple[str, ...]:
    return tuple(sorted({v for v in texts(column) if v}, key=_natural))


def _natural(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value.replace(",", ".")), value
    except ValueError:
        return 1, 0.0, value


def _all_known(column: pl.Series, name: str, categories: tuple[str, ...]) -> None:
    unknown = next((v for v in texts(column) if v and v not in categories), None)
    if unknown is not None:
        raise SamspillError(
            Message(
                "“{name}” holds “{value}”, which is not among its ordered categories.",
                name=name,
                value=unknown,
            ),
            Message("They are {names}.", names=", ".join(categories)),
        )


def _breaks(column: pl.Series, name: str, given: Sequence[float] | None) -> tuple[float, ...]:
    values = numbers(column, name).drop_nulls()
    if given is not None:
        cuts = tuple(float(value) for value in given)
        if any(low >= high for low, high in itertools.pairwise(cuts)):
            raise SamspillError(
                Message("The class limits of “{name}” do not rise.", name=name),
                "Give them from the least to the most, each once.",
            )
        return cuts
    found = [values.quantile(part, "linear") for part in QUARTERS]
    least = values.min()
    return tuple(sorted({float(v) for v in found if v is not None and v > least}))  # type: ignore[operator]


def _written(value: float, language: str) -> str:
    decimals = 0 if value == int(value) else min(2, len(f"{value:g}".partition(".")[2]))
    return format_number(value, decimals, language)
