"""How far parallel trends could fail before a conclusion falls."""

from __future__ import annotations

import math
from dataclasses import dataclass

from samspill.errors import SamspillError
from samspill.statistics.intervals import normal_quantile


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """``low`` and ``high``: the interval where the violation after adoption may be ``ratio`` times
    the largest step seen before. ``breakdown`` is the ratio at which the interval first holds
    zero: 0 where it already does, infinite where no step was seen."""

    ratio: float
    low: float
    high: float
    breakdown: float


def relative_magnitudes(
    estimate: float,
    standard_error: float,
    leads: dict[int, float],
    *,
    ratio: float = 1.0,
    level: float = 0.95,
) -> Sensitivity:
    """Bounds for the first wave after adoption, after Rambachan & Roth 2023 (Review of Economic
    Studies 90:2555–2591, section 2.4.1, Δ^RM).

    ``leads`` maps waves since adoption (−2, −3, …) to their estimates; the reference −1 is zero.
    The step that parallel trends would have made from −1 to 0 is taken to be at most ``ratio``
    times the largest step between neighbouring waves before. With one wave after, the identified
    set is the estimate ± ratio · step, and the interval widens the estimate's by as much: simple,
    and a little wide, for the step's own uncertainty is left out.

    Raises SamspillError without leads, or for a negative ratio.
    """
    if not leads:
        raise SamspillError(
            "No wave lies two before the adoption.",
            "A bound by earlier steps needs at least three waves.",
        )
    if ratio < 0:
        raise SamspillError(f"{ratio} is no ratio of steps.", "Give 0 or more, such as 1.")
    known = {-1: 0.0, **leads}
    steps = [abs(known[at] - known[at - 1]) for at in known if at - 1 in known]
    largest = max(steps, default=0.0)
    half = normal_quantile(level) * standard_error
    room = max(abs(estimate) - half, 0.0)
    breakdown = math.inf if largest == 0 and room > 0 else (room / largest if largest else 0.0)
    slack = ratio * largest
    return Sensitivity(ratio, estimate - half - slack, estimate + half + slack, breakdown)


def largest_change_excluded(estimate: float, standard_error: float, level: float = 0.95) -> float:
    """The smallest bound δ for which a test of equivalence finds |change| < δ.

    The two one-sided tests at (1 − level)/2 each hold for every δ above |estimate| + z·SE
    (Schuirmann 1987; for pre-trends Hartman & Hidalgo 2018, AJPS 62:1000–1013): what movement
    before adoption the waves can rule out, which a test that finds nothing does not tell.
    """
    return abs(estimate) + normal_quantile(2 * level - 1) * standard_error
