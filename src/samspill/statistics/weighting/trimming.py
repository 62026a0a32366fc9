"""Weights kept within limits."""

from __future__ import annotations

import numpy as np

from samspill.errors import SamspillError
from samspill.statistics.weighting.sample import Floats, Sample
from samspill.statistics.weighting.weights import Weights, weights_of

EQUAL = 1e-9


def trim(weights: Weights, *, low: float | None = None, high: float | None = None) -> Weights:
    """Weights cut at ``high`` and lifted to ``low`` times their mean, the sum kept.

    What is cut off is given in equal parts to all respondents within the limits, and taken from
    them where weights were lifted; so again until none is outside. Known totals are then met only
    about: ``margins`` and ``largest_miss`` say how nearly.

    Raises SamspillError for limits that do not enclose 1, and for base weights that differ within
    a cell.
    Sources: Potter 1990, Proceedings of the Survey Research Methods Section, ASA, 225–230; the
    redistribution is that of R's survey (trimWeights, strict).
    """
    least, most = (0.0 if low is None else low), (np.inf if high is None else high)
    if low is None and high is None:
        raise SamspillError("No limit is given.", "Give low=, high= or both, such as 0.3 and 3.")
    if not 0 <= least < 1 < most:
        raise SamspillError(
            f"The limits {least:g} and {most:g} do not enclose 1, the mean.",
            "Give one below 1 and one above, as multiples of the mean weight.",
        )
    n = weights.frame["n"].to_numpy().astype(np.float64)
    before = weights.frame["weight"].to_numpy().astype(np.float64)
    mean = float(n @ before / n.sum())
    after = _within(before, n, least * mean, most * mean)
    outside = (before < least * mean * (1 - EQUAL)) | (before > most * mean * (1 + EQUAL))
    moved = float(n @ np.maximum(before - after, 0) / (n @ before))
    sample = _sample(weights)
    old = weights.diagnostics.row(0, named=True)
    return weights_of(
        sample,
        after * n / sample.base,
        f"{old['method']}, trimmed" if outside.any() else old["method"],
        equations=weights.constraints,
        iterations=old["iterations"],
        moved=(float(n[outside].sum() / n.sum()), moved),
    )


def _sample(weights: Weights) -> Sample:
    base = weights.frame["base"].to_numpy().astype(np.float64)
    n = weights.frame["n"].to_numpy().astype(np.float64)
    row = weights.diagnostics.row(0, named=True)
    each = weights.frame["weight"].to_numpy().astype(np.float64)
    alike = n.sum() * float(n @ each**2) / float(n @ each) ** 2
    if abs(alike - row["deff"]) > EQUAL * row["deff"]:
        raise SamspillError(
            "Base weights differ within a cell, so that single weights are not known.",
            "Count the respondents by their base weight too.",
        )
    frame = weights.frame.select(*weights.key, "n").with_columns(
        base=base * n, base_squares=base**2 * n
    )
    return Sample(frame, weights.key)


def _within(weights: Floats, n: Floats, low: float, high: float) -> Floats:
    """Weights between the limits with the same sum, cell by cell of ``n`` units."""
    found = weights.copy()
    fixed = np.zeros(found.size, dtype=bool)
    while True:
        outside = ((found < low * (1 - EQUAL)) | (found > high * (1 + EQUAL))) & ~fixed
        if not outside.any():
            return found
        cut = np.clip(found, low, high)
        spare = float(n @ (found - cut))
        fixed |= outside
        found = cut
        free = ~fixed
        if not free.any():
            raise SamspillError(
                "No weight is left within the limits to take what was cut off.",
                "Give wider limits.",
            )
        found = np.where(free, found + spare / n[free].sum(), found)
