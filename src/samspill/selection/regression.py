"""A linear model of an outcome, and how each unit stands to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.selection.attributes import Attribute, codes, numbers, texts
from samspill.statistics.results import Result


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Diagnostics(Result):
    """Units of a linear model. ``frame`` has a row a unit whose outcome and predictors are known:

    ``unit``, ``outcome``, ``fitted``, ``residual``, ``leverage`` (hat value), ``studentised``
    (deleted residual over its standard error), ``cooks_distance``, ``dfbetas`` (the largest change
    of a coefficient, the constant left out, in its standard errors when the unit is left out) and
    ``coefficient`` (which one).

    ``coefficients`` are those of the model, ``n`` its units, ``r_squared`` what it explains.
    Cook (1977), Technometrics 19:15–18; Belsley, Kuh and Welsch (1980), Regression Diagnostics,
    section 2.1.
    """

    outcome: str
    coefficients: dict[str, float]
    n: int
    r_squared: float

    @property
    def heading(self) -> str:
        return f"Linear model of {self.outcome}, n = {self.n}"


def diagnose(frame: pl.DataFrame, outcome: str, predictors: Sequence[Attribute]) -> Diagnostics:
    """Ordinary least squares of ``outcome`` on ``predictors``.

    Numbers as they are, ordered categories by their place, names as indicators of all but the
    first. The outcome is a number, a yes or no, or ordered categories written as numbers.

    Raises SamspillError where the outcome is no number or does not vary, or the predictors
    determine each other.
    """
    y = _outcome(frame, outcome)
    columns, names = _columns(frame, predictors)
    table = pl.DataFrame({"unit": frame["unit"], "y": y, **dict(zip(names, columns, strict=True))})
    known = table.drop_nulls()
    X = np.column_stack([np.ones(known.height), *[known[name].to_numpy() for name in names]])
    target = known["y"].to_numpy()
    n, k = X.shape
    if n <= k + 1:
        raise SamspillError(
            Message("Only {n} units have all of the model's attributes known.", n=n),
            "Choose fewer attributes, or fill them in.",
        )
    if np.ptp(target) == 0:
        raise SamspillError(
            Message("“{name}” is the same for every unit.", name=outcome),
            "Choose an outcome that varies.",
        )
    if np.linalg.matrix_rank(X) < k:
        raise SamspillError(
            "The attributes of the model determine each other.", "Leave one of them out."
        )
    inverse = np.linalg.inv(X.T @ X)
    beta = inverse @ X.T @ target
    fitted = X @ beta
    residual = target - fitted
    leverage = np.clip(np.einsum("ij,jk,ik->i", X, inverse, X), 0.0, 1.0)
    free = 1.0 - leverage
    squares = float(residual @ residual)
    variance = squares / (n - k)
    with np.errstate(divide="ignore", invalid="ignore"):
        deleted = np.sqrt(np.maximum((squares - residual**2 / free) / (n - k - 1), 0.0))
        studentised = residual / (deleted * np.sqrt(free))
        cooks = residual**2 * leverage / (k * variance * free**2)
        change = (X @ inverse) * (residual / free)[:, None]
        dfbetas = change / (deleted[:, None] * np.sqrt(np.diag(inverse)))
    slopes = np.nan_to_num(dfbetas[:, 1:])
    largest = np.abs(slopes).argmax(axis=1)
    return Diagnostics(
        frame=pl.DataFrame(
            {
                "unit": known["unit"],
                "outcome": target,
                "fitted": fitted,
                "residual": residual,
                "leverage": leverage,
                "studentised": studentised,
                "cooks_distance": cooks,
                "dfbetas": slopes[np.arange(n), largest],
                "coefficient": [names[i] for i in largest],
            }
        ),
        outcome=outcome,
        coefficients={"": float(beta[0]), **dict(zip(names, map(float, beta[1:]), strict=True))},
        n=n,
        r_squared=1.0 - squares / float(((target - target.mean()) ** 2).sum()),
    )


def _outcome(frame: pl.DataFrame, name: str) -> pl.Series:
    if name not in frame.columns:
        raise SamspillError(
            Message("The units have no attribute “{name}”.", name=name),
            "Name the outcome as the frame does.",
        )
    found = {v.lower() for v in texts(frame[name]) if v}
    if found and found <= {"yes", "no", "true", "false"}:
        return pl.Series(
            "y", [None if not v else float(v.lower() in {"yes", "true"}) for v in texts(frame[name])]
        )
    return numbers(frame[name], name).rename("y")


def _columns(
    frame: pl.DataFrame, predictors: Sequence[Attribute]
) -> tuple[list[pl.Series], list[str]]:
    columns, names = [], []
    for attribute in predictors:
        if attribute.kind == "number":
            columns.append(numbers(frame[attribute.name], attribute.name))
            names.append(attribute.name)
            continue
        places = codes(frame, attribute)
        if attribute.kind == "ordinal":
            columns.append(places.cast(pl.Float64))
            names.append(attribute.name)
            continue
        for place, category in enumerate(attribute.categories[1:], start=1):
            columns.append((places == place).cast(pl.Float64))
            names.append(f"{attribute.name}={category}")
    return columns, names
