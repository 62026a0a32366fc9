"""Response by an attribute of the units, with a test of whether it matters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.models import fisher_exact
from samspill.statistics.permutation import permutation_test
from samspill.statistics.response.standardised import (
    against_whole,
    overall,
    standardised_differences,
)
from samspill.statistics.results import Result
from samspill.statistics.shares import shares

SMALLEST_EXPECTED = 5.0
PERMUTATIONS = 10_000
SEED = 2009
GROUP = "group"
ONE_GROUP = "all units are in one group: nothing to compare"
ALL_ALIKE = "all units responded, or none did: nothing to compare"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ResponseBy(Result):
    """Response in each group of an attribute.

    ``frame``: ``group``, ``n`` (units), ``count`` (responding), ``share``, ``low``, ``high``
    (Wilson); ``of_frame``, ``of_responding``, ``of_silent`` (what part of all units, of those
    that responded and of those that did not are in the group), ``difference_silent`` and
    ``difference_frame`` (standardised differences: responding less silent, in standard deviations
    of the two; responding less all units, in those of all; null where there are none).
    ``standardised_difference`` is that of the whole attribute, responding against silent.
    ``test`` is ``chi_square``, ``fisher`` or ``permutation`` (empty where there is none);
    ``statistic`` is Pearson's χ² with ``degrees_of_freedom``; ``p`` its p-value, or that of the
    test used; ``note`` says why there is no test. ``left_out`` counts units whose attribute is
    unknown.
    """

    attribute: str
    test: str
    statistic: float | None
    degrees_of_freedom: int
    p: float | None
    left_out: int
    note: str
    level: float = 0.95
    standardised_difference: float | None = None

    @property
    def heading(self) -> str:
        return f"Response by {self.attribute}"


def response_by(cells: Cells, outcome: str, attribute: str, *, level: float = 0.95) -> ResponseBy:
    """The share responding in each group of ``attribute``, a key column of ``cells``.

    Independence is tested by Pearson's χ² (without continuity correction) where every expected
    count is at least 5; else by Fisher's exact test for two groups, and for more by permutation
    with a fixed seed, which is exact but for simulation error.

    Raises SamspillError where no unit has a known value of the attribute.
    Sources: Pearson 1900; Cochran 1954, Biometrics 10:417–451 (when χ² may be used).
    """
    chosen = cells.of(outcome).require_binary().over(attribute)
    known = chosen.frame.filter(pl.col(attribute).is_not_null(), pl.col("n") > 0)
    left_out = int(chosen.frame["n"].sum()) - int(known["n"].sum())
    if known.is_empty():
        raise SamspillError(
            f"No unit has a value of '{attribute}'.", "Choose an attribute that is known."
        )
    groups = Cells(known.rename({attribute: GROUP}), (GROUP,))
    frame = shares(groups, by=GROUP, level=level).frame.select(
        pl.col(GROUP).cast(pl.String), "n", "count", "share", "low", "high"
    )
    test, statistic, p, note = _independence(groups, outcome)
    frame, unlike = _standardised(frame)
    degrees = max(0, known.height - 1)
    return ResponseBy(frame, attribute, test, statistic, degrees, p, left_out, note, level, unlike)


def _standardised(frame: pl.DataFrame) -> tuple[pl.DataFrame, float | None]:
    n = frame["n"].to_numpy().astype(np.float64)
    ones = frame["count"].to_numpy().astype(np.float64)
    whole = n / n.sum()
    parts = [
        part / part.sum() if part.sum() else np.full(n.size, np.nan) for part in (ones, n - ones)
    ]
    told = {
        "of_frame": whole,
        "of_responding": parts[0],
        "of_silent": parts[1],
        "difference_silent": standardised_differences(*parts),
        "difference_frame": against_whole(parts[0], whole),
    }
    columns = [pl.Series(name, values).fill_nan(None) for name, values in told.items()]
    known = not any(np.isnan(part).any() for part in parts)
    return frame.with_columns(columns), overall(*parts) if known else None


def _independence(cells: Cells, outcome: str) -> tuple[str, float | None, float | None, str]:
    n = cells.frame["n"].to_numpy().astype(np.float64)
    ones = cells.frame["sum"].to_numpy().astype(np.float64)
    if n.size < 2:
        return "", None, None, ONE_GROUP
    rate = ones.sum() / n.sum()
    if rate in {0.0, 1.0}:
        return "", None, None, ALL_ALIKE
    expected = n * rate
    smallest = min(expected.min(), (n - expected).min())
    statistic = float((((ones - expected) ** 2) / (expected * (1 - rate))).sum())
    if smallest >= SMALLEST_EXPECTED:
        from scipy.stats import chi2

        return "chi_square", statistic, float(chi2.sf(statistic, n.size - 1)), ""
    if n.size == 2:
        p = fisher_exact(cells, outcome, GROUP).frame["p"].item()
        return "fisher", statistic, float(p), ""
    found = permutation_test(cells, outcome, GROUP, permutations=PERMUTATIONS, seed=SEED)
    return "permutation", statistic, float(found.frame["p"].item()), ""
