"""How often is a difference found that is there, and how often one that is not?"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from benchmarks.simulation.groups import TWO
from benchmarks.simulation.population import cells_of, each
from samspill.statistics import adjust, differences, fisher_exact
from samspill.statistics.power import independent_power

SIZES, BASE, LEVEL = (164, 77), 0.30, 0.05
TRUE = (0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
FAMILY = 40
SLOW = 5
SCHEMA: dict[str, Any] = {
    "situation": pl.String,
    "method": pl.String,
    "difference": pl.Float64,
    "draws": pl.Int64,
    "found": pl.Float64,
    "found_error": pl.Float64,
    "planned": pl.Float64,
}
"""``found``: the share of draws whose p is below 0.05; ``found_error``: its Monte Carlo error;
``planned``: what ``samspill.statistics.power`` says beforehand of the score test."""


def run(draws: int, random: np.random.Generator) -> pl.DataFrame:
    rows = []
    place = f"two groups of {SIZES[0]} and {SIZES[1]}, {BASE:g} in the first"
    for true in TRUE:
        yes = random.binomial(SIZES, (BASE, BASE + true), (draws, 2))
        cells = cells_of(TWO, np.broadcast_to(SIZES, yes.shape), yes, ("policy",))
        p = differences(cells, "policy", reference=0, test="score").frame["p"].to_numpy()
        planned = independent_power(BASE, BASE + true, *SIZES) if true else None
        rows.append({**_row(place, "score test", true, p), "planned": planned})
        few = cells.of(*cells.outcomes[: max(draws // SLOW, 1)])
        exact = [fisher_exact(one, one.outcomes[0], "policy").frame["p"][0] for one in each(few)]
        rows.append(_row(place, "Fisher's exact", true, np.array(exact)))
    return pl.DataFrame(rows + _family(draws, random), schema=SCHEMA)


def _family(draws: int, random: np.random.Generator) -> list[dict[str, Any]]:
    """Forty comparisons where nothing differs: how often is at least one found?"""
    families = max(draws // SLOW, 1)
    yes = random.binomial(SIZES, (BASE, BASE), (families * FAMILY, 2))
    cells = cells_of(TWO, np.broadcast_to(SIZES, yes.shape), yes, ("policy",))
    tested = differences(cells, "policy", reference=0, test="score").frame["p"].to_numpy()
    p = tested.reshape(families, FAMILY)
    place = f"{FAMILY} comparisons at once, nothing differs: at least one found"
    return [
        _row(place, name, 0.0, np.array([adjust(one, method).min() for one in p]))  # type: ignore[arg-type]
        for name, method in {"uncorrected": "none", "Holm": "holm"}.items()
    ]


def _row(situation: str, method: str, true: float, p: np.ndarray) -> dict[str, Any]:
    found = float((p < LEVEL).mean())
    return {
        "situation": situation,
        "method": method,
        "difference": true,
        "draws": len(p),
        "found": found,
        "found_error": float(np.sqrt(found * (1 - found) / len(p))),
    }
