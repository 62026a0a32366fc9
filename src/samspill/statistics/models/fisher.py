"""Fisher's exact test of a 2×2 table, with the conditional odds ratio and its exact interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.intervals import require_level
from samspill.statistics.models.data import select
from samspill.statistics.models.results import FisherExact
from samspill.statistics.significance import stars

Floats = NDArray[np.float64]

_RELATIVE = 1e-7


@dataclass(frozen=True, slots=True)
class Table:
    """A 2×2 table: ones and answers in the group, and in the reference group."""

    sum: int
    n: int
    reference_sum: int
    reference_n: int


@dataclass(frozen=True, slots=True)
class _Conditional:
    """The group's sum given all margins: support, and log probability at odds ratio 1."""

    support: Floats
    log_weights: Floats

    def probabilities(self, log_odds_ratio: float = 0.0) -> Floats:
        """Fisher's noncentral hypergeometric distribution over the support."""
        logs = self.log_weights + self.support * log_odds_ratio
        weights = np.exp(logs - logs.max())
        return np.asarray(weights / weights.sum())


def fisher_exact(
    cells: Cells,
    outcome: str,
    by: str,
    *,
    where: Mapping[str, object] | None = None,
    reference: object = None,
    mid_p: bool = False,
    level: float = 0.95,
) -> FisherExact:
    """Test whether ``outcome`` and ``by``, a key column of two categories, are independent.

    The two-sided p sums the tables no likelier than the one seen (R's fisher.test and SciPy). The
    odds ratio is the conditional maximum likelihood estimate, its interval the exact one of
    Cornfield. ``mid_p`` counts half of the table seen, in interval and stars.

    Source: Fisher (1935), JRSS 98; Cornfield (1956), Proc. 3rd Berkeley Symposium; Fagerland,
    Lydersen and Laake (2017), Statistical Analysis of Contingency Tables, ch. 4.
    """
    require_level(level)
    chosen = cells.of(outcome).require_binary()
    if where:
        chosen = chosen.where(**where)
    asked = {} if reference is None else {by: reference}
    model = select(chosen, [by], reference=asked, categorical=[by])
    categories = model.design.variables[by].categories or ()
    if len(categories) != 2:
        raise SamspillError(
            f"{by!r} has {len(categories)} categories and Fisher's test here compares two.",
            f"Choose two with where={{{by!r}: [...]}}, or merge categories.",
        )
    counts = {row[by]: (row["sum"], row["n"]) for row in model.frame.iter_rows(named=True)}
    (reference_sum, reference_n), (sum_, n) = (counts[category] for category in categories)
    table = Table(int(sum_), int(n), int(reference_sum), int(reference_n))
    conditional = _conditional(table)
    p = _two_sided(conditional, table.sum)
    p_mid = p - 0.5 * float(conditional.probabilities()[_index(conditional, table.sum)])
    low, high = interval(table, level=level, mid_p=mid_p)
    row = {
        "outcome": outcome,
        "by": by,
        "reference": str(categories[0]),
        "group": str(categories[1]),
        "reference_sum": table.reference_sum,
        "reference_n": table.reference_n,
        "sum": table.sum,
        "n": table.n,
        "odds_ratio": odds_ratio(table),
        "low": low,
        "high": high,
        "p": p,
        "p_mid": p_mid,
        "stars": stars(p_mid if mid_p else p),
    }
    return FisherExact(pl.DataFrame([row]), level=level)


def two_sided_p(table: Table) -> float:
    """Sum of the probabilities of tables no likelier than the one seen."""
    return _two_sided(_conditional(table), table.sum)


def odds_ratio(table: Table) -> float:
    """The conditional maximum likelihood estimate; 0 or ∞ at an end of the support."""
    conditional = _conditional(table)
    support = conditional.support
    if support[0] == support[-1]:
        return float("nan")
    if table.sum == support[0]:
        return 0.0
    if table.sum == support[-1]:
        return float("inf")

    def excess(log_odds_ratio: float) -> float:
        return float(conditional.probabilities(log_odds_ratio) @ support) - table.sum

    return float(np.exp(_root(excess)))


def interval(table: Table, *, level: float = 0.95, mid_p: bool = False) -> tuple[float, float]:
    """Cornfield's exact limits of the odds ratio; with ``mid_p`` half the table seen counts."""
    conditional = _conditional(table)
    support = conditional.support
    tail = (1.0 - level) / 2.0
    if support[0] == support[-1]:
        return 0.0, float("inf")
    own = np.where(support == table.sum, 0.5 if mid_p else 1.0, 0.0)
    upwards = own + (support > table.sum)
    downwards = own + (support < table.sum)

    def too_high(log_odds_ratio: float) -> float:
        return float(conditional.probabilities(log_odds_ratio) @ upwards) - tail

    def too_low(log_odds_ratio: float) -> float:
        return tail - float(conditional.probabilities(log_odds_ratio) @ downwards)

    low = 0.0 if table.sum == support[0] else float(np.exp(_root(too_high)))
    high = float("inf") if table.sum == support[-1] else float(np.exp(_root(too_low)))
    return low, high


def _conditional(table: Table) -> _Conditional:
    from scipy.special import gammaln

    ones = table.sum + table.reference_sum
    first, last = max(0, ones - table.reference_n), min(table.n, ones)
    x = np.arange(first, last + 1, dtype=np.float64)
    others = ones - x
    logs = -(
        gammaln(x + 1)
        + gammaln(table.n - x + 1)
        + gammaln(others + 1)
        + gammaln(table.reference_n - others + 1)
    )
    return _Conditional(x, logs - logs.max())


def _two_sided(conditional: _Conditional, seen: int) -> float:
    p = conditional.probabilities()
    limit = p[_index(conditional, seen)] * (1.0 + _RELATIVE)
    return min(1.0, float(p[p <= limit].sum()))


def _index(conditional: _Conditional, seen: int) -> int:
    return int(seen - conditional.support[0])


def _root(increasing: Callable[[float], float]) -> float:
    """The root of an increasing function of the log odds ratio."""
    from scipy.optimize import brentq

    reach = 1.0
    while increasing(-reach) > 0 or increasing(reach) < 0:
        reach *= 2.0
    return float(brentq(increasing, -reach, reach, xtol=1e-12, rtol=1e-13))
