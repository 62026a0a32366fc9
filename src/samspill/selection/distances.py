"""How far units are from each other, over attributes of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.selection.attributes import Attribute, codes, numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


def gower(frame: pl.DataFrame, attributes: Sequence[Attribute]) -> Matrix:
    """Gower's distance between all units, 0 (alike) to 1.

    The mean over attributes, weighted by ``Attribute.weight``, of: for numbers the difference over
    the range; for ordered categories the same of their places; for names 0 where equal, else 1.
    An attribute that one of the two lacks is left out of their mean; two units with no attribute in
    common are at distance 1. Gower (1971), Biometrics 27:857–871; places for ordered categories as
    in Kaufman and Rousseeuw (1990), Finding Groups in Data, section 2.6.

    Returns: a symmetric matrix, one row and column a row of ``frame``.
    """
    n = frame.height
    total, weight = np.zeros((n, n)), np.zeros((n, n))
    for attribute in attributes:
        values, known = _values(frame, attribute)
        if attribute.kind == "nominal":
            part = (values[:, None] != values[None, :]).astype(float)
        else:
            span = float(np.ptp(values[known])) if known.any() else 0.0
            part = np.abs(values[:, None] - values[None, :]) / (span or 1.0)
        both = np.outer(known, known) * attribute.weight
        total += np.where(both > 0, part * both, 0.0)
        weight += both
    with np.errstate(invalid="ignore"):
        found = np.where(weight > 0, total / np.where(weight > 0, weight, 1.0), 1.0)
    np.fill_diagonal(found, 0.0)
    return found


def mahalanobis(frame: pl.DataFrame, attributes: Sequence[Attribute]) -> Matrix:
    """Mahalanobis distance between all units over numbers and places of ordered categories.

    The covariance is that of the units with every attribute known (n - 1); a unit that lacks one
    is at an infinite distance from all others. Mahalanobis (1936); as a matching distance in
    Rubin (1980), Biometrics 36:293–298.

    Raises SamspillError for a nominal attribute, or attributes that determine each other.
    """
    table, known = standard_table(frame, attributes)
    inside = table[known]
    if len(inside) <= table.shape[1]:
        raise SamspillError(
            "Too few units have all attributes known for a Mahalanobis distance.",
            "Use Gower's distance, or fewer attributes.",
        )
    covariance = np.atleast_2d(np.cov(inside, rowvar=False))
    if np.linalg.matrix_rank(covariance) < covariance.shape[0]:
        raise SamspillError(
            "The attributes determine each other, so they have no Mahalanobis distance.",
            "Leave one of them out, or use Gower's distance.",
        )
    inverse = np.linalg.inv(covariance)
    n = frame.height
    found = np.full((n, n), np.inf)
    places = np.flatnonzero(known)
    between = inside[:, None, :] - inside[None, :, :]
    squares = np.einsum("ijk,kl,ijl->ij", between, inverse, between)
    found[np.ix_(places, places)] = np.sqrt(np.maximum(squares, 0.0))
    np.fill_diagonal(found, 0.0)
    return found


def from_the_mean(frame: pl.DataFrame, attributes: Sequence[Attribute]) -> Matrix:
    """Each unit's distance from the mean in standard deviations, over all attributes together.

    The root of the sum of squared z-values (deviation n - 1; places for ordered categories); with
    one attribute the ``|x - mean| / s`` of Seawright and Gerring (2008:301). Not a number where an
    attribute is not known.
    """
    table, known = standard_table(frame, attributes)
    inside = table[known]
    if len(inside) < 2:
        raise SamspillError(
            "Fewer than two units have all the attributes known.", "Choose fewer attributes."
        )
    spread = inside.std(axis=0, ddof=1)
    for attribute, deviation in zip(attributes, spread, strict=True):
        if deviation == 0:
            raise SamspillError(
                Message("“{name}” is the same for every unit.", name=attribute.name),
                "Choose an attribute that varies.",
            )
    found = np.full(frame.height, np.nan)
    z = (inside - inside.mean(axis=0)) / spread
    found[known] = np.sqrt((z**2).sum(axis=1))
    return found


def standard_table(
    frame: pl.DataFrame, attributes: Sequence[Attribute]
) -> tuple[Matrix, NDArray[np.bool_]]:
    """Numbers and places of ordered categories, a column an attribute, and which rows have all."""
    named = next((a.name for a in attributes if a.kind == "nominal" and len(a.categories) > 2), None)
    if named is not None:
        raise SamspillError(
            Message("“{name}” has categories without an order, so it has no mean.", name=named),
            "Say that it is ordered, or leave it out.",
        )
    columns = [_values(frame, attribute) for attribute in attributes]
    table = np.column_stack([values for values, _ in columns])
    known = np.logical_and.reduce([k for _, k in columns])
    return table, known


def _values(frame: pl.DataFrame, attribute: Attribute) -> tuple[Matrix, NDArray[np.bool_]]:
    if attribute.kind == "number":
        column = numbers(frame[attribute.name], attribute.name)
    else:
        column = codes(frame, attribute).cast(pl.Float64)
    return column.fill_null(0.0).to_numpy(), column.is_not_null().to_numpy()
