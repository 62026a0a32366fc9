"""How often the intervals of many small groups hold the truth, and how far the numbers are off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspill.statistics.intervals import wilson
from samspill.statistics.pooling.beta_binomial import BetaBinomial, concentration
from samspill.statistics.pooling.families import NotSettled
from samspill.statistics.pooling.solving import quantiles
from samspill.statistics.pooling.spread import fit_spread, weighed

TITLE = "Groups of 5 to 30 answers with a common share of 40 %: coverage of 95 % intervals"
SIMULATIONS = 100
SHARE = 0.4
LEVEL = 0.95
SETTINGS = [(groups, rho) for groups in (4, 12) for rho in (0.0, 0.02, 0.1)]

Floats = NDArray[np.float64]


def run(sizes: list[int], folder: Path) -> list[dict[str, Any]]:  # noqa: ARG001
    return [_setting(groups, rho, SIMULATIONS) for groups, rho in SETTINGS]


def _setting(groups: int, rho: float, simulations: int) -> dict[str, Any]:
    rng = np.random.default_rng([groups, round(1000 * rho)])
    found = []
    while len(found) < simulations:
        n = rng.integers(5, 31, groups).astype(float)
        size = (1 - rho) / rho if rho else np.inf
        truth = (
            rng.beta(SHARE * size, (1 - SHARE) * size, groups) if rho else np.full(groups, SHARE)
        )
        s = rng.binomial(n.astype(int), truth).astype(float)
        try:
            found.append(_measures(s, n, truth))
        except NotSettled:
            continue
    return {
        "groups": groups,
        "true correlation": rho,
        **{name: float(np.mean([one[name] for one in found])) for name in found[0]},
        "simulations": simulations,
    }


def _measures(s: Floats, n: Floats, truth: Floats) -> dict[str, float]:
    family = BetaBinomial(np.ones((len(n), 1)), s, n)
    spread = fit_spread(family, "ml", LEVEL)
    pull = family.pull(spread.estimate, spread.at.coefficients)
    mixture = family.mixture(*weighed(family))
    weighted = quantiles(mixture, 0.025), quantiles(mixture, 0.975)
    given = _taken_as_known(family, spread.estimate, pull.centre)
    alone = wilson(s / n, 1 / n, LEVEL)
    return {
        "coverage, pooled": _holds(weighted, truth),
        "coverage, prior taken as known": _holds(given, truth),
        "coverage, alone (Wilson)": _holds(alone, truth),
        "width, pooled": float((weighted[1] - weighted[0]).mean()),
        "width, alone": float((alone[1] - alone[0]).mean()),
        "error, pooled": float(np.abs(pull.pooled - truth).mean()),
        "error, alone": float(np.abs(s / n - truth).mean()),
    }


def _taken_as_known(family: BetaBinomial, spread: float, centre: Floats) -> tuple[Floats, Floats]:
    from scipy.special import betaincinv

    size = concentration(max(spread, 1e-4))
    a, b = family.s + centre * size, family.n - family.s + (1 - centre) * size
    return betaincinv(a, b, 0.025), betaincinv(a, b, 0.975)


def _holds(limits: tuple[Floats, Floats], truth: Floats) -> float:
    return float(((limits[0] <= truth) & (truth <= limits[1])).mean())
