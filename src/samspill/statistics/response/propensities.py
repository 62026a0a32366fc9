"""Response propensities: the modelled chance to respond of every group of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from samspill.statistics.cells import Cells, as_names
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.models import logit
from samspill.statistics.models.likelihood import probabilities
from samspill.statistics.response.representativity import telling_attributes
from samspill.statistics.results import Result


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Propensities(Result):
    """The propensity to respond of every combination of attributes that occurs.

    ``frame``: the attributes, ``n`` (units), ``responded``, ``response_rate``, ``propensity``,
    ``low``, ``high``. ``method`` is that of the logit, ``ml`` or ``firth``; ``model`` says it in
    words. ``left_out`` counts units with an unknown attribute.
    """

    attributes: tuple[str, ...]
    method: str
    model: str
    left_out: int
    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"Response propensities, {self.model}"


def response_propensities(
    cells: Cells, outcome: str, attributes: str | Sequence[str], *, level: float = 0.95
) -> Propensities:
    """Propensities by a logit of ``outcome`` (1 for a unit that responded) on ``attributes``.

    The attributes are key columns of ``cells``, taken as categories, main effects alone. The
    interval is Wald's on the scale of the log odds. Firth's penalised likelihood is used where a
    group responded wholly or not at all.

    Raises SamspillError where no attribute has two categories, or all or none responded.
    Source: Little 1986, International Statistical Review 54:139–157.
    """
    names = as_names(attributes)
    chosen = cells.of(outcome).require_binary().over(*names)
    telling = telling_attributes(chosen, names)
    fit = logit(chosen, outcome, telling, categorical=telling)
    x = fit.model.X
    rho = probabilities(x, fit.coefficients)
    error = np.sqrt(np.einsum("ci,ij,cj->c", x, fit.covariance, x))
    quantile = normal_quantile(level)
    odds = x @ fit.coefficients
    fitted = fit.model.frame.select(telling).with_columns(
        pl.Series("propensity", rho),
        pl.Series("low", 1 / (1 + np.exp(-(odds - quantile * error)))),
        pl.Series("high", 1 / (1 + np.exp(-(odds + quantile * error)))),
    )
    known = chosen.frame.drop_nulls(list(names)).filter(pl.col("n") > 0)
    frame = known.join(
        fitted.unique(subset=telling), on=telling, how="left", maintain_order="left"
    ).select(
        *names,
        "n",
        pl.col("sum").cast(pl.Int64).alias("responded"),
        (pl.col("sum") / pl.col("n")).alias("response_rate"),
        "propensity",
        "low",
        "high",
    )
    kind = "maximum likelihood" if fit.method == "ml" else "Firth's penalised likelihood"
    model = f"logit of {outcome} on {' + '.join(telling)}, {kind}"
    left_out = int(chosen.frame["n"].sum()) - int(known["n"].sum())
    return Propensities(frame, names, fit.method, model, left_out, level)
