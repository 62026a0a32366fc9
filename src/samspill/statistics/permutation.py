"""Permutation tests by hypergeometric draws of cells.

Shuffling 0/1 answers among the units of a stratum moves only how many ones fall in each group,
which is a (multivariate) hypergeometric draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.atoms import codes_of
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.results import Result

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Alternative = Literal["two-sided", "greater", "less"]

MOST_ANSWERS = 10**9


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PermutationTest(Result):
    """A permutation test of no association between an outcome and a grouping.

    ``frame``, one row: ``outcome``, ``split``, ``groups``, ``n``, ``statistic`` (see
    ``permutation_test``), ``p``, ``p_standard_error`` (of its simulation), ``permutations``,
    ``alternative`` and ``note``.
    """

    @property
    def heading(self) -> str:
        return "Permutation test"


def permutation_test(
    cells: Cells,
    outcome: str,
    by: str,
    *,
    within: str | Sequence[str] = (),
    permutations: int = 10_000,
    alternative: Alternative = "two-sided",
    seed: int,
) -> PermutationTest:
    """Test that ``outcome`` does not depend on ``by``, shuffling answers within ``within``.

    The statistic is that of Cochran, Mantel and Haenszel: with d the ones in every group but
    the first less their expectation, summed over strata, and V its permutation variance, d'V⁻d
    (for one stratum Pearson's χ² times (N − 1)/N). With two groups ``greater`` and ``less`` use
    d/√V, the second group in order against the first. The p-value is (1 + b)/(1 + m), b of m
    permutations being at least as extreme (Phipson & Smyth 2010, SAGMB 9, article 39).
    Units whose group is missing are left out. The same seed gives the same result.

    Raises SamspillError for weighted cells, an outcome that is not 0/1, columns that are not in
    the key, fewer than two groups, and a one-sided test of more than two.
    """
    _check(cells, permutations, alternative)
    strata = as_names(within)
    chosen = cells.of(outcome).require_binary().over(by, *strata)
    frame = chosen.frame.filter(pl.col(by).is_not_null())
    groups = frame[by].unique().sort().to_list()
    if len(groups) < 2:
        raise SamspillError(
            f"{by!r} has fewer than two groups to compare.",
            "Choose a column with at least two values.",
        )
    if len(groups) > 2 and alternative != "two-sided":
        raise SamspillError(
            "A one-sided test compares two groups.", "Choose two groups, or alternative two-sided."
        )
    n, ones = _tables(frame, by, strata, groups)
    if n.sum() >= MOST_ANSWERS:
        raise SamspillError(
            "There are too many answers to permute.", "Use a score test, which is exact enough."
        )
    rng = np.random.default_rng(seed)
    drawn = _draw(rng, n, ones.sum(axis=1), permutations)
    variance = _variance(n, ones.sum(axis=1))
    observed = _statistic(ones.sum(axis=0)[np.newaxis, :], n, ones, variance, alternative)[0]
    permuted = _statistic(drawn, n, ones, variance, alternative)
    return _result(outcome, by, n, float(observed), permuted, alternative)


def _check(cells: Cells, permutations: int, alternative: str) -> None:
    if alternative not in get_args(Alternative):
        raise SamspillError(
            f"There is no alternative called {alternative!r}.",
            f"Choose one of {', '.join(get_args(Alternative))}.",
        )
    if permutations < 1:
        raise SamspillError("A permutation test needs permutations.", "Ask for 1,000 or more.")
    if cells.weighted:
        raise SamspillError("Cells with weights cannot be permuted.", "Count without weight=.")


def _tables(
    frame: pl.DataFrame, by: str, strata: Sequence[str], groups: list[object]
) -> tuple[Whole, Whole]:
    """Answers and ones, both of shape (strata, groups)."""
    stratum = codes_of(frame, strata)
    column = np.array([groups.index(value) for value in frame[by]])
    n = np.zeros((int(stratum.max()) + 1, len(groups)), dtype=np.int64)
    ones = np.zeros_like(n)
    n[stratum, column] = frame["n"].to_numpy()
    ones[stratum, column] = np.rint(frame["sum"].to_numpy().astype(np.float64)).astype(np.int64)
    return n, ones


def _draw(rng: np.random.Generator, n: Whole, ones: Whole, permutations: int) -> Floats:
    """Ones in every group, summed over strata, of every permutation."""
    total = np.zeros((permutations, n.shape[1]), dtype=np.int64)
    for sizes, successes in zip(n, ones, strict=True):
        total += rng.multivariate_hypergeometric(
            sizes, int(successes), size=permutations, method="marginals"
        )
    return total.astype(np.float64)


def _expected(n: Whole, ones: Whole) -> Floats:
    totals = np.maximum(n.sum(axis=1), 1)
    return np.asarray((n * (ones / totals)[:, np.newaxis]).sum(axis=0), dtype=np.float64)


def _variance(n: Whole, ones: Whole) -> Floats:
    """The permutation covariance of the groups' ones, summed over strata, first group left out."""
    groups = n.shape[1]
    variance = np.zeros((groups, groups))
    for sizes, successes in zip(n.astype(np.float64), ones, strict=True):
        total = sizes.sum()
        if total < 2:
            continue
        factor = successes * (total - successes) / (total - 1)
        rate = sizes / total
        variance += factor * (np.diag(rate) - np.outer(rate, rate))
    return variance[1:, 1:]


def _statistic(
    ones: Floats | Whole, n: Whole, observed: Whole, variance: Floats, alternative: Alternative
) -> Floats:
    distance = (ones - _expected(n, observed.sum(axis=1)))[:, 1:]
    if alternative == "two-sided":
        inverse = np.linalg.pinv(variance)
        return np.asarray(np.einsum("di,ij,dj->d", distance, inverse, distance))
    spread = np.sqrt(variance[0, 0])
    z = distance[:, 0] / spread if spread > 0 else np.zeros(distance.shape[0])
    return np.asarray(z if alternative == "greater" else -z)


def _result(
    outcome: str,
    by: str,
    n: Whole,
    observed: float,
    permuted: Floats,
    alternative: Alternative,
) -> PermutationTest:
    permutations = permuted.size
    # equal tables may differ in the last digits
    extreme = int((permuted >= observed - 1e-9 * max(1.0, abs(observed))).sum())
    p = (1 + extreme) / (1 + permutations)
    alike = bool(np.ptp(permuted) == 0)
    frame = pl.DataFrame(
        {
            "outcome": [outcome],
            "split": [by],
            "groups": [n.shape[1]],
            "n": [int(n.sum())],
            "statistic": [-observed if alternative == "less" else observed],
            "p": [p],
            "p_standard_error": [float(np.sqrt(p * (1 - p) / permutations))],
            "permutations": [permutations],
            "alternative": [alternative],
            "note": ["every permutation is alike: nothing to test" if alike else ""],
        }
    )
    return PermutationTest(frame)
