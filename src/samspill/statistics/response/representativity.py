"""R-indicators: how much the chance of responding varies with what is known of all units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.atoms import codes_of
from samspill.statistics.cells import Cells
from samspill.statistics.intervals import normal_quantile
from samspill.statistics.models import LogitFit, logit
from samspill.statistics.models.likelihood import probabilities
from samspill.statistics.results import Result

Floats = NDArray[np.float64]

SEPARATED = "a group responded wholly or not at all: propensities by Firth's penalised likelihood"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Representativity(Result):
    """R-indicator of a response, with partial ones.

    ``frame``, one row: ``n`` (units), ``responded``, ``response_rate``, ``r`` (1 − 2S, S the
    standard deviation of the propensities, adjusted for bias), ``low``, ``high``,
    ``standard_error``, ``r_unadjusted``, ``coefficient_of_variation`` (S/ρ̄: the largest bias of
    a respondents' mean, in standard deviations of what is measured), ``method`` (of the
    propensities: ``ml`` or ``firth``), ``left_out`` (units with an unknown attribute), ``note``.

    ``variables``, one row per attribute: ``variable``, ``unconditional``, ``conditional`` (both
    adjusted for bias; 0 is best, 0.5 worst), ``unconditional_unadjusted``,
    ``conditional_unadjusted``, ``standard_error`` (of the unconditional one, unadjusted).

    ``categories``, one row per category: ``variable``, ``category``, ``n``, ``responded``,
    ``response_rate``, ``unconditional`` (below 0: responds too rarely), ``low``, ``high``,
    ``standard_error``, ``conditional``, ``conditional_standard_error``; none of them adjusted.
    """

    variables: pl.DataFrame = field(repr=False)
    categories: pl.DataFrame = field(repr=False)
    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"R-indicator by {', '.join(self.variables['variable'])}"


@dataclass(frozen=True, slots=True, eq=False)
class _Propensities:
    """Propensities of the cells, and how they vary with the model's coefficients.

    ``z`` is the derivative of each cell's propensity by the coefficients, of shape (cells,
    coefficients); ``covariance`` that of the coefficients.
    """

    n: Floats
    rho: Floats
    z: Floats
    covariance: Floats

    @property
    def mean(self) -> float:
        return float(np.average(self.rho, weights=self.n))

    @property
    def variance(self) -> float:
        """Of the propensities over units, with N − 1."""
        return float(self.n @ (self.rho - self.mean) ** 2 / (self.n.sum() - 1))

    @property
    def bias(self) -> float:
        """By how much estimating the propensities makes their variance too large."""
        quadratic = np.einsum("ci,ij,cj->c", self.z, self.covariance, self.z)
        return float(self.n @ quadratic / self.n.sum())

    @property
    def kept(self) -> float:
        """The share of the variance that is left when its bias is taken away; at least 0."""
        return max(0.0, 1 - self.bias / self.variance) if self.variance > 0 else 0.0

    @property
    def standard_error(self) -> float:
        """Of the R-indicator, by linearisation."""
        weights = self.n / self.n.sum()
        centred = self.rho - self.mean
        spread = weights @ centred**2
        if spread <= 0:
            return float("nan")
        z = self.z - weights @ self.z
        return float(np.sqrt(_linearised(weights, centred, z, self.covariance) / spread))


def representativity(
    cells: Cells, outcome: str, attributes: Sequence[str] | str, *, level: float = 0.95
) -> Representativity:
    """The R-indicator of ``outcome`` (1 for a unit that responded) and partial ones.

    Propensities come from a logit of the outcome on ``attributes``, key columns of ``cells``
    taken as categories, main effects alone. Every unit of the frame was asked, so nothing is
    added for sampling: intervals tell how far the propensities are known. A unit with an unknown
    attribute is left out; make the unknown a category of its own to keep it.

    The unconditional partial indicator of a variable is the standard deviation between its
    categories' mean propensities; the conditional one that within the groups that all other
    attributes make. Standard errors and bias adjustment are those of Shlomo, Skinner & Schouten
    2012 and of RISQ 2.1 for a full enumeration; that of a category's unconditional indicator is
    linearised here, since RISQ's counts sampling alone.

    Raises SamspillError where no attribute has two categories, or all or none responded.
    Sources: Schouten, Cobben & Bethlehem 2009, Survey Methodology 35:101–113; Schouten, Shlomo &
    Skinner 2011, Journal of Official Statistics 27:231–253; Shlomo, Skinner & Schouten 2012,
    Journal of Statistical Planning and Inference 142:201–211; de Heij, Schouten & Shlomo 2015,
    RISQ manual 2.1.
    """
    names = [attributes] if isinstance(attributes, str) else list(attributes)
    quantile = normal_quantile(level)
    chosen = cells.of(outcome).require_binary().over(*names)
    telling = telling_attributes(chosen, names)
    fit = _fit(chosen, outcome, telling)
    frame = fit.model.frame
    found = _propensities(fit)
    n, ones = fit.model.n, fit.model.measure("sum")
    units = int(n.sum())
    spread = float(np.sqrt(found.variance * found.kept))
    r, error = 1 - 2 * spread, found.standard_error
    overall = pl.DataFrame(
        {
            "n": [units],
            "responded": [int(ones.sum())],
            "response_rate": [float(ones.sum() / units)],
            "r": [r],
            "low": [max(0.0, r - quantile * error)],
            "high": [min(1.0, r + quantile * error)],
            "standard_error": [error],
            "r_unadjusted": [1 - 2 * float(np.sqrt(found.variance))],
            "coefficient_of_variation": [spread / found.mean],
            "method": [fit.method],
            "left_out": [int(chosen.frame["n"].sum()) - units],
            "note": [SEPARATED if fit.method == "firth" else ""],
        }
    )
    variables, categories = [], []
    for name in telling:
        others = [other for other in telling if other != name]
        alone = _propensities(_fit(chosen, outcome, [name]))
        rows = _categories(frame, name, others, found, quantile)
        unconditional = _length(rows["unconditional"])
        conditional = _length(rows["conditional"])
        variables.append(
            {
                "variable": name,
                "unconditional": unconditional * np.sqrt(found.kept),
                "conditional": conditional * np.sqrt(found.kept),
                "unconditional_unadjusted": unconditional,
                "conditional_unadjusted": conditional,
                "standard_error": 0.5 * alone.standard_error,
            }
        )
        categories.append(rows)
    return Representativity(overall, pl.DataFrame(variables), pl.concat(categories), level)


def telling_attributes(cells: Cells, names: Sequence[str]) -> list[str]:
    """The attributes with at least two categories among units where all are known."""
    known = cells.frame.drop_nulls(list(names)).filter(pl.col("n") > 0)
    telling = [name for name in names if known[name].n_unique() > 1]
    if not telling:
        raise SamspillError(
            "No attribute tells the units apart.",
            "Give the units an attribute with at least two categories, known for all.",
        )
    if known["sum"].sum() in {0, known["n"].sum()}:
        raise SamspillError(
            "All units responded, or none did.", "Wait until some have, and some have not."
        )
    return telling


def _fit(cells: Cells, outcome: str, names: Sequence[str]) -> LogitFit:
    return logit(cells, outcome, names, categorical=names)


def _propensities(fit: LogitFit) -> _Propensities:
    rho = probabilities(fit.model.X, fit.coefficients)
    z = (rho * (1 - rho))[:, None] * fit.model.X
    return _Propensities(fit.model.n, rho, z, fit.covariance)


def _categories(
    frame: pl.DataFrame, name: str, others: list[str], found: _Propensities, quantile: float
) -> pl.DataFrame:
    """The partial indicators of each category of one attribute."""
    n, total = found.n, found.n.sum()
    weights = n / total
    within = codes_of(frame, others)
    deviation = found.rho - _means(found.rho[:, None], n, within)[:, 0]
    z_deviation = found.z - _means(found.z, n, within)
    z_mean = weights @ found.z
    sums = frame["sum"].to_numpy().astype(np.float64)
    rows = []
    for category in frame[name].unique().sort():
        own = (frame[name] == category).to_numpy()
        size = float(n[own].sum())
        mean = float(np.average(found.rho[own], weights=n[own]))
        slope = np.average(found.z[own], axis=0, weights=n[own]) - z_mean
        partial = np.sqrt(size / total) * (mean - found.mean)
        error = np.sqrt(size / total * (slope @ found.covariance @ slope))
        inside = weights * own
        spread = float(inside @ deviation**2)
        linearised = _linearised(inside, deviation, z_deviation, found.covariance)
        rows.append(
            {
                "variable": name,
                "category": str(category),
                "n": int(size),
                "responded": int(sums[own].sum()),
                "response_rate": float(sums[own].sum() / size),
                "unconditional": float(partial),
                "low": float(partial - quantile * error),
                "high": float(partial + quantile * error),
                "standard_error": float(error),
                "conditional": float(np.sqrt(spread)),
                "conditional_standard_error": float(np.sqrt(0.25 * linearised / spread))
                if spread > 1e-18
                else None,
            }
        )
    return pl.DataFrame(rows, schema_overrides={"conditional_standard_error": pl.Float64})


def _length(partials: pl.Series) -> float:
    """Categories' partial indicators together: the root of their sum of squares."""
    return float(np.linalg.norm(partials.to_numpy()))


def _linearised(weights: Floats, deviation: Floats, z: Floats, covariance: Floats) -> float:
    """Variance of Σ weights · deviation², where the deviations depend on estimated coefficients.

    The first term is linear in the coefficients' error, the second its square (normal errors).
    """
    slope = (weights * deviation) @ z
    curve = (z * weights[:, None]).T @ z @ covariance
    return float(4 * slope @ covariance @ slope + 2 * np.trace(curve @ curve))


def _means(values: Floats, n: Floats, groups: NDArray[np.int64]) -> Floats:
    """Each group's mean over units, in the place of every cell; values of shape (cells, k)."""
    count = int(groups.max()) + 1
    sums = np.zeros((count, values.shape[1]))
    np.add.at(sums, groups, n[:, None] * values)
    sizes = np.bincount(groups, weights=n, minlength=count)
    return np.asarray((sums / sizes[:, None])[groups])
