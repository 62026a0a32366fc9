"""From key columns to a design matrix: treatment coding, numeric columns and interactions.

A term is a key column (``"has_policy"``) or an interaction of key columns (``"a:b"``). Text,
Boolean, Categorical and Enum columns are categorical: one column per category but the reference.
Numeric columns enter as they are, unless named in ``categorical``. Every design has an intercept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError

Floats = NDArray[np.float64]

INTERCEPT = "intercept"


@dataclass(frozen=True, slots=True)
class Variable:
    """A key column in the model; ``categories`` (reference first) is None for a numeric one."""

    name: str
    categories: tuple[object, ...] | None = None

    @property
    def reference(self) -> object:
        return None if self.categories is None else self.categories[0]

    def columns(self) -> list[str]:
        if self.categories is None:
            return [self.name]
        return [f"{self.name}[{label(category)}]" for category in self.categories[1:]]

    def values(self, frame: pl.DataFrame) -> Floats:
        """Columns of the variable for the rows of ``frame``: shape (rows, columns)."""
        series = frame.get_column(self.name)
        if self.categories is None:
            return series.cast(pl.Float64).to_numpy()[:, None]
        indicators = [(series == category).to_numpy() for category in self.categories[1:]]
        if not indicators:
            return np.empty((frame.height, 0))
        return np.stack(indicators, axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Design:
    """An intercept and terms, each a tuple of variables (more than one: an interaction)."""

    terms: tuple[tuple[Variable, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the coefficients, the intercept first."""
        return (INTERCEPT, *(name for columns in self.columns for name in columns))

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """Names of the coefficients of each term."""
        return tuple(
            tuple(":".join(parts) for parts in product(*(v.columns() for v in term)))
            for term in self.terms
        )

    @property
    def variables(self) -> dict[str, Variable]:
        return {variable.name: variable for term in self.terms for variable in term}

    def matrix(self, frame: pl.DataFrame) -> Floats:
        """The design matrix for the key columns of ``frame``: shape (rows, coefficients)."""
        blocks = [np.ones((frame.height, 1))]
        blocks += [_product([v.values(frame) for v in term]) for term in self.terms]
        return np.concatenate(blocks, axis=1)

    def derivative(self, frame: pl.DataFrame, name: str) -> Floats:
        """Derivative of the design matrix by the numeric variable ``name``."""
        blocks = [np.zeros((frame.height, 1))]
        for term in self.terms:
            values = [v.values(frame) for v in term]
            block = np.zeros_like(_product(values))
            for position, variable in enumerate(term):
                if variable.name == name:
                    ones = np.ones_like(values[position])
                    block += _product([*values[:position], ones, *values[position + 1 :]])
            blocks.append(block)
        return np.concatenate(blocks, axis=1)


def build_design(
    frame: pl.DataFrame,
    terms: Sequence[str],
    *,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
) -> Design:
    """The design of ``terms`` with the categories that occur in ``frame``.

    The reference category is the one given in ``reference``, else the first: in the order of an
    Enum, else sorted.
    """
    reference = dict(reference or {})
    split = [tuple(part.strip() for part in term.split(":")) for term in terms]
    if len({tuple(sorted(parts)) for parts in split}) < len(split):
        raise SamspillError("A term is given twice.", f"Name each of {list(terms)} once.")
    names = dict.fromkeys(name for parts in split for name in parts)
    for name in names:
        if name not in frame.columns:
            raise SamspillError(
                f"The cells have no key column '{name}'.",
                f"Put it in the key when counting, or choose among {_listed(frame)}.",
            )
    strangers = [name for name in reference if name not in names]
    if strangers:
        raise SamspillError(
            f"A reference category is given for '{strangers[0]}', which is no term.",
            "Remove it, or add the term.",
        )
    variables = {name: _variable(frame, name, reference, categorical) for name in names}
    return Design(tuple(tuple(variables[name] for name in parts) for parts in split))


def _variable(
    frame: pl.DataFrame,
    name: str,
    reference: Mapping[str, object],
    categorical: Sequence[str],
) -> Variable:
    series = frame.get_column(name)
    if series.dtype.is_numeric() and name not in categorical:
        if name in reference:
            raise SamspillError(
                f"'{name}' is numeric and has no reference category.",
                "Name it in categorical, or remove its reference.",
            )
        return Variable(name)
    categories = series.unique().drop_nulls().sort().to_list()
    if name in reference:
        first = reference[name]
        if first not in categories:
            raise SamspillError(
                f"The reference category {first!r} of '{name}' has no answers.",
                f"Choose among {categories}.",
            )
        categories.remove(first)
        categories.insert(0, first)
    if len(categories) < 2:
        raise SamspillError(
            f"'{name}' has only one category among the answers counted.",
            "Leave the term out, or widen the selection.",
        )
    return Variable(name, tuple(categories))


def _product(blocks: Sequence[Floats]) -> Floats:
    """Column-wise products of blocks, the last varying fastest."""
    result = blocks[0]
    for block in blocks[1:]:
        result = (result[:, :, None] * block[:, None, :]).reshape(len(block), -1)
    return result


def label(category: object) -> str:
    """A category as it stands in the name of a coefficient."""
    return str(category).lower() if isinstance(category, bool) else str(category)


def _listed(frame: pl.DataFrame) -> str:
    measures = {"outcome", "n", "sum", "sum_squares", "sum_w", "sum_w2", "sum_wy", "sum_w2y"}
    keys = [name for name in frame.columns if name not in measures]
    return ", ".join(keys) or "none (the key is empty)"
