"""What a two-way fixed effects estimate is made of (Goodman-Bacon 2021)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.results import Result

NEVER = "later or never"
FORBIDDEN = "earlier adopters"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Decomposition(Result):
    """The 2×2 comparisons in a two-way fixed effects estimate.

    ``frame``: ``treated`` (first wave with), ``control`` (the same, null for never), ``kind``
    (``later or never``: compared with units that have not adopted; ``earlier adopters``: compared
    with units that had already, which is what to beware of), ``estimate`` and ``weight``. The
    weighted sum of the estimates is the two-way fixed effects estimate.
    """

    @property
    def heading(self) -> str:
        return "Comparisons in the two-way fixed effects estimate"

    @property
    def total(self) -> float:
        return float((self.frame["estimate"] * self.frame["weight"]).sum())


def decompose(
    rows: pl.DataFrame,
    outcome: str,
    *,
    unit: str = "unit",
    period: str = "period",
    adopted: str = "adopted",
) -> Decomposition:
    """Every comparison of two groups by time of adoption, with its weight.

    Theorem 1 of Goodman-Bacon 2021 (Journal of Econometrics 225:254–277), for a balanced panel
    without covariates; groups that had adopted by the first wave serve as controls alone. Raises
    SamspillError for an unbalanced panel or a single group.
    """
    waves = sorted(rows[period].unique().to_list())
    complete = rows.group_by(unit).agg(
        pl.col(outcome).is_not_null().sum().alias("n"), pl.col(adopted).first()
    )
    if complete.select((pl.col("n") != len(waves)).any()).item():
        raise SamspillError(
            "The panel is not balanced.", "Keep the units that answered in every wave."
        )
    means = {
        (cohort, wave): mean
        for cohort, wave, mean in rows.group_by(adopted, period)
        .agg(pl.col(outcome).mean())
        .iter_rows()
    }
    sizes = dict(complete.group_by(adopted).agg(pl.len()).iter_rows())
    total = sum(sizes.values())
    shares = {cohort: n / total for cohort, n in sizes.items()}
    spell = {
        cohort: np.mean([cohort is not None and wave >= cohort for wave in waves])
        for cohort in sizes
    }
    parts = []
    order = sorted(sizes, key=lambda cohort: (cohort is None, cohort or 0))
    for early, late in combinations(order, 2):
        pair = shares[early] + shares[late]
        n = shares[early] / pair
        d_early, d_late = float(spell[early]), float(spell[late])
        if d_early < 1:
            kept = [w for w in waves if late is None or w < late]
            if d_late == 0:
                weight = pair**2 * n * (1 - n) * d_early * (1 - d_early)
            else:
                weight = (
                    (pair * (1 - d_late)) ** 2
                    * n * (1 - n)
                    * (d_early - d_late) / (1 - d_late)
                    * (1 - d_early) / (1 - d_late)
                )  # fmt: skip
            parts.append((early, late, NEVER, _contrast(means, early, late, kept, early), weight))
        if late is not None and d_late > 0:
            kept = [w for w in waves if early is not None and w >= early]
            weight = (
                (pair * d_early) ** 2
                * n * (1 - n)
                * d_late / d_early
                * (d_early - d_late) / d_early
            )  # fmt: skip
            if weight > 0:
                estimate = _contrast(means, late, early, kept, late)
                parts.append((late, early, FORBIDDEN, estimate, weight))
    whole = sum(part[-1] for part in parts)
    if not whole:
        raise SamspillError(
            "There is only one group by time of adoption.", "Give units that adopted and others."
        )
    frame = pl.DataFrame(
        [(*part[:-1], part[-1] / whole) for part in parts],
        schema={
            "treated": pl.Int64,
            "control": pl.Int64,
            "kind": pl.String,
            "estimate": pl.Float64,
            "weight": pl.Float64,
        },
        orient="row",
    )
    return Decomposition(frame)


def _contrast(
    means: Mapping[tuple[int | None, int], float],
    treated: int | None,
    control: int | None,
    waves: Sequence[int],
    begins: int,
) -> float:
    before, after = [w for w in waves if w < begins], [w for w in waves if w >= begins]

    def change(cohort: int | None) -> float:
        later = np.mean([means[cohort, wave] for wave in after])
        return float(later - np.mean([means[cohort, wave] for wave in before]))

    return change(treated) - change(control)
