"""Calibration to known totals (Deville & Särndal)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from samspill.errors import SamspillError
from samspill.statistics.weighting.margins import Constraints, Margin, Total, constraints
from samspill.statistics.weighting.sample import Floats, Sample
from samspill.statistics.weighting.weights import Weights, furthest, require_positive, weights_of

Distance = Literal["linear", "raking", "logit"]
TOLERANCE = 1e-9
ITERATIONS = 200
HALVINGS = 30
LARGEST_EXPONENT = 300.0


@dataclass(frozen=True, slots=True)
class _Factor:
    """What multiplies a base weight, and its derivative, as functions of x'λ."""

    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def calibrate(
    sample: Sample,
    margins: Sequence[Margin],
    totals: Sequence[Total] = (),
    *,
    distance: Distance = "linear",
    bounds: tuple[float, float] | None = None,
    tolerance: float = TOLERANCE,
    iterations: int = ITERATIONS,
) -> Weights:
    """Weights as near the base weights as can be that add up to all known totals.

    ``distance`` says what near means: ``linear`` is the generalised regression estimator, whose
    weights may fall below zero (and are then refused, by name); ``raking`` multiplies by
    exp(x'λ); ``logit`` keeps every factor between the two ``bounds``, below and above 1. With
    margins alone, ``raking`` gives the weights of ``rake``. ``totals`` are known sums of numbers.

    Raises SamspillError for totals that disagree or that nobody answered from, bounds that do
    not enclose 1 or that no weights within them can meet, and a solution that is not found.
    Source: Deville & Särndal 1992, Journal of the American Statistical Association 87:376–382
    (cases 1, 2 and 6).
    """
    factor = _factor(distance, bounds)
    equations = constraints(sample, margins, totals)
    base = sample.base
    x, known = equations.scaled
    solution = np.zeros(x.shape[1])
    done = 0
    missed = _missed(base, factor, x, known, solution)
    while np.abs(missed).max() > tolerance:
        if done == iterations:
            raise _not_found(equations, base * factor.value(x @ solution), distance, bounds)
        done += 1
        slope = base * factor.slope(x @ solution)
        step = np.linalg.pinv((x * slope[:, None]).T @ x, rcond=1e-12, hermitian=True) @ -missed
        found = _shorter(base, factor, x, known, solution, step, missed)
        if found is None:
            raise _not_found(equations, base * factor.value(x @ solution), distance, bounds)
        solution, missed = found
    factors = factor.value(x @ solution)
    require_positive(base * factors / sample.n, sample, sample.key)
    return weights_of(
        sample, factors, f"calibration, {distance}", equations=equations, iterations=done
    )


def _missed(base: Floats, factor: _Factor, x: Floats, known: Floats, solution: Floats) -> Floats:
    missed: Floats = (base * factor.value(x @ solution)) @ x - known
    return missed


def _shorter(
    base: Floats,
    factor: _Factor,
    x: Floats,
    known: Floats,
    solution: Floats,
    step: Floats,
    missed: Floats,
) -> tuple[Floats, Floats] | None:
    """Newton's step, halved until it comes nearer; None where no length does."""
    length = 1.0
    for _ in range(HALVINGS):
        tried = solution + length * step
        left = _missed(base, factor, x, known, tried)
        if np.isfinite(left).all() and np.linalg.norm(left) < np.linalg.norm(missed):
            return tried, left
        length /= 2
    return None


def _factor(distance: str, bounds: tuple[float, float] | None) -> _Factor:
    if distance not in get_args(Distance):
        raise SamspillError(
            f"There is no distance called {distance!r}.",
            f"Choose one of {', '.join(get_args(Distance))}.",
        )
    if (distance == "logit") != (bounds is not None):
        raise SamspillError(
            "Bounds belong to the distance 'logit', which needs them.",
            "Give bounds with distance='logit', and only then.",
        )
    if distance == "linear":
        return _Factor(lambda u: 1 + u, np.ones_like)
    if distance == "raking":
        return _Factor(_exponential, _exponential)
    low, high = bounds  # type: ignore[misc]
    if not 0 <= low < 1 < high:
        raise SamspillError(
            f"The bounds {low:g} and {high:g} do not enclose 1.",
            "Give one from 0 to below 1 and one above 1, such as 0.3 and 3.",
        )
    return _logit(low, high)


def _exponential(u: Floats) -> Floats:
    grown: Floats = np.exp(np.clip(u, -LARGEST_EXPONENT, LARGEST_EXPONENT))
    return grown


def _logit(low: float, high: float) -> _Factor:
    scale = (high - low) / ((1 - low) * (high - 1))

    def grown(u: Floats) -> Floats:
        return _exponential(scale * u)

    def value(u: Floats) -> Floats:
        own = grown(u)
        found: Floats = (low * (high - 1) + high * (1 - low) * own) / (high - 1 + (1 - low) * own)
        return found

    def slope(u: Floats) -> Floats:
        own = grown(u)
        found: Floats = (high - low) ** 2 * own / (high - 1 + (1 - low) * own) ** 2
        return found

    return _Factor(value, slope)


def _not_found(
    equations: Constraints, sums: Floats, distance: str, bounds: tuple[float, float] | None
) -> SamspillError:
    within = f" between {bounds[0]:g} and {bounds[1]:g} times the base weights" if bounds else ""
    return SamspillError(
        f"No weights{within} were found that reach the known totals by the distance {distance!r}; "
        f"furthest off is {furthest(equations, sums)}.",
        "Widen the bounds, merge categories, or leave out a total.",
    )
