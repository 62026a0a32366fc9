"""Models on cells: logit (maximum likelihood, Firth), ordered logit, least squares, Fisher's test.

Each takes `Cells` and the names of an outcome and of key columns, and gives a frozen result with
a tidy frame. Coefficients, covariances and tests are those of the rows, exactly.
"""

from __future__ import annotations

from samspill.statistics.models.beside_ols import BesideOls, beside_ols
from samspill.statistics.models.brant import ProportionalOdds, brant
from samspill.statistics.models.families import logit_models
from samspill.statistics.models.fisher import fisher_exact
from samspill.statistics.models.logit import logit
from samspill.statistics.models.marginal_effects import average_marginal_effects
from samspill.statistics.models.ols import ols
from samspill.statistics.models.ordered import OrderedFit, category_cells, ordered_logit
from samspill.statistics.models.ordered_effects import (
    OrderedEffects,
    PredictedDistribution,
    ordered_marginal_effects,
    predicted_distribution,
)
from samspill.statistics.models.replicates import logit_statistic
from samspill.statistics.models.results import (
    FisherExact,
    LogitFit,
    MarginalEffects,
    ModelFamily,
    OlsFit,
)
from samspill.statistics.models.two_groups import TwoGroups, two_group_logit

__all__ = [
    "BesideOls",
    "FisherExact",
    "LogitFit",
    "MarginalEffects",
    "ModelFamily",
    "OlsFit",
    "OrderedEffects",
    "OrderedFit",
    "PredictedDistribution",
    "ProportionalOdds",
    "TwoGroups",
    "average_marginal_effects",
    "beside_ols",
    "brant",
    "category_cells",
    "fisher_exact",
    "logit",
    "logit_models",
    "logit_statistic",
    "ols",
    "ordered_logit",
    "ordered_marginal_effects",
    "predicted_distribution",
    "two_group_logit",
]
