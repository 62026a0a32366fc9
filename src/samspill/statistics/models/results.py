"""Fitted models: frozen, with a tidy frame of coefficients."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.statistics.models.data import ModelCells
from samspill.statistics.models.likelihood import binomial_constant
from samspill.statistics.results import Result

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LogitFit(Result):
    """A logit fitted on cells.

    ``frame``: ``term``, ``estimate`` (log odds or log odds ratio), ``standard_error``,
    ``statistic`` (z; under Firth the signed root of the penalised likelihood ratio), ``p``,
    ``low``, ``high``, ``stars``, ``n`` (answers in the model).

    ``method`` is ``ml`` or ``firth``; ``separated`` names the coefficients whose maximum
    likelihood estimate is infinite, ``sparse`` the categories with so few ones or zeros that
    separation is near (see `models.separation`). ``log_likelihood`` is that of the rows
    (Bernoulli coding); add ``binomial_constant`` for that of grouped counts. Under sampling
    weights it is a pseudo-log-likelihood. ``covariance`` has shape
    (coefficients, coefficients), in the order of the frame.
    """

    outcome: str
    method: str
    covariance_kind: str
    coefficients: Floats
    covariance: Floats
    level: float
    log_likelihood: float
    penalised_log_likelihood: float | None
    n: int
    cells_used: int
    converged: bool
    iterations: int
    separated: tuple[str, ...]
    sparse: tuple[str, ...]
    note: str
    model: ModelCells = field(repr=False)

    @property
    def binomial_constant(self) -> float | None:
        """Σ log C(n, s) over the cells; None under sampling weights."""
        if self.model.weighted:
            return None
        return binomial_constant(self.model.measure("sum"), self.model.n)

    @property
    def heading(self) -> str:
        kind = "maximum likelihood" if self.method == "ml" else "Firth's penalised likelihood"
        line = f"Logit of {self.outcome}, {kind}, n = {self.n}"
        return f"{line}. {self.note}" if self.note else line

    @property
    def odds_ratios(self) -> pl.DataFrame:
        """``term``, ``odds_ratio``, ``low``, ``high``, ``p``, ``stars``; without the intercept."""
        return self.frame[1:].select(
            "term", pl.col("estimate").exp().alias("odds_ratio"), pl.col("low", "high").exp(),
            "p", "stars",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OlsFit(Result):
    """A linear model fitted by least squares on cells.

    ``frame``: ``term``, ``estimate``, ``standard_error``, ``statistic`` (t), ``p``, ``low``,
    ``high``, ``stars``, ``n``.

    ``f_statistic`` tests all coefficients but the intercept together, under the covariance
    chosen, with ``f_degrees_of_freedom`` (numerator, denominator); None for an intercept alone
    and where the answers of each cell are all alike, so that nothing is left to test against.
    ``r_squared`` is NaN where all answers are alike.
    ``residual_standard_error`` is None under sampling weights.
    """

    outcome: str
    covariance_kind: str
    coefficients: Floats
    covariance: Floats
    level: float
    r_squared: float
    adjusted_r_squared: float
    f_statistic: float | None
    f_degrees_of_freedom: tuple[int, int]
    f_p: float | None
    residual_standard_error: float | None
    degrees_of_freedom: int
    n: int
    cells_used: int
    note: str
    model: ModelCells = field(repr=False)

    @property
    def heading(self) -> str:
        line = f"Linear model of {self.outcome}, R² = {self.r_squared:.3f}, n = {self.n}"
        return f"{line}. {self.note}" if self.note else line


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ModelFamily(Result):
    """The same logit for several outcomes.

    ``frame``: ``outcome``, then the columns of `LogitFit.frame`, then ``method`` and
    ``converged``. ``fits`` maps each outcome to its `LogitFit`.
    """

    fits: dict[str, LogitFit] = field(repr=False)

    @property
    def heading(self) -> str:
        return f"Logit of {len(self.fits)} outcomes"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class MarginalEffects(Result):
    """Average marginal effects of a logit, on the probability.

    ``frame``: ``term``, ``contrast`` (``yes − no``, or ``dy/dx`` for a numeric term),
    ``estimate``, ``standard_error``, ``statistic`` (z), ``p``, ``low``, ``high``, then
    ``percentage_points``, ``percentage_points_low``, ``percentage_points_high``, ``stars``, ``n``.
    """

    outcome: str
    level: float

    @property
    def heading(self) -> str:
        return f"Average marginal effects on {self.outcome}"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class FisherExact(Result):
    """Fisher's exact test of a 2×2 table.

    ``frame``, one row: ``outcome``, ``by``, ``reference``, ``group``, ``reference_sum``,
    ``reference_n``, ``sum``, ``n``, ``odds_ratio`` (conditional maximum likelihood), ``low``,
    ``high``, ``p`` (two-sided), ``p_mid`` (two-sided mid-p), ``stars`` (of ``p``; of ``p_mid``
    where mid-p was asked for).
    """

    level: float

    @property
    def heading(self) -> str:
        return f"Fisher's exact test, {self.level:.0%} interval"
