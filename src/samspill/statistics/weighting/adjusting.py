"""Post-stratification and raking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from samspill.errors import SamspillError
from samspill.statistics.weighting.margins import Margin, constraints
from samspill.statistics.weighting.sample import Sample
from samspill.statistics.weighting.weights import Weights, furthest, weights_of

TOLERANCE = 1e-9
ITERATIONS = 1000


def post_stratify(sample: Sample, margin: Margin) -> Weights:
    """Weights that make every category, or combination of them, add up to its known total.

    The base weights of a category are all multiplied by its known total over their sum. Raises
    SamspillError for a category of a known total that nobody answered from, and the other way.
    Source: Holt & Smith 1979, Journal of the Royal Statistical Society A 142:33–46.
    """
    equations = constraints(sample, [margin])
    (place,) = equations.margins
    sums = sample.base @ equations.x
    factor = (equations.known / sums)[place]
    return weights_of(sample, factor, "post-stratification", equations=equations)


def rake(
    sample: Sample,
    margins: Sequence[Margin],
    *,
    tolerance: float = TOLERANCE,
    iterations: int = ITERATIONS,
) -> Weights:
    """Weights that make every margin add up to its known totals (iterative proportional fitting).

    The margins are brought to their totals in turn until none is missed by more than
    ``tolerance`` of it. Raises SamspillError for totals that disagree or that nobody answered
    from, and where it has not come that near after ``iterations`` rounds.
    Sources: Deming & Stephan 1940, Annals of Mathematical Statistics 11:427–444; Ireland &
    Kullback 1968, Biometrika 55:179–188.
    """
    equations = constraints(sample, margins)
    sums = sample.base.copy()
    for done in range(1, iterations + 1):
        for place in equations.margins:
            reached = np.bincount(place, weights=sums, minlength=len(equations.names))
            ratio = np.divide(
                equations.known, reached, out=np.ones_like(reached), where=reached > 0
            )
            sums = sums * ratio[place]
        if equations.misses(sums).max() <= tolerance:
            factor = sums / sample.base
            return weights_of(sample, factor, "raking", equations=equations, iterations=done)
    raise SamspillError(
        f"Raking has not reached the known totals after {iterations} rounds; furthest off is "
        f"{furthest(equations, sums)}.",
        "Combinations that nobody answered from may stand in the way: merge categories.",
    )
