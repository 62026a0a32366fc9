"""Statistics on cells: everything categorical is counted once, every estimate follows from that.

``cells`` is the one door to a data engine. Shares, differences, ratios, models, resampling and
corrections are functions of the small table it gives; none of them sees a row of data.
"""

from __future__ import annotations

from samspill.statistics.cells import Cells
from samspill.statistics.concentration import Concentration, concentration, gini, lorenz, top_share
from samspill.statistics.contrasts import Contrasts, differences, odds_ratios, risk_ratios
from samspill.statistics.counting import cells
from samspill.statistics.means import MeanDifference, mean_difference, paired_difference
from samspill.statistics.models import (
    BesideOls,
    LogitFit,
    OlsFit,
    OrderedEffects,
    OrderedFit,
    PredictedDistribution,
    ProportionalOdds,
    TwoGroups,
    average_marginal_effects,
    beside_ols,
    brant,
    category_cells,
    fisher_exact,
    logit,
    logit_models,
    logit_statistic,
    ols,
    ordered_logit,
    ordered_marginal_effects,
    predicted_distribution,
    two_group_logit,
)
from samspill.statistics.networks import (
    Core,
    core_periphery,
    degree_centralisation,
    two_mode_centralisation,
)
from samspill.statistics.order import median_limits
from samspill.statistics.permutation import PermutationTest, permutation_test
from samspill.statistics.pooling import Pooled, pool_estimates, pooled_means, pooled_shares
from samspill.statistics.resampling import Bootstrap, bootstrap
from samspill.statistics.results import Result
from samspill.statistics.shares import Shares, shares
from samspill.statistics.significance import adjust, stars, two_sided_p

__all__ = [
    "BesideOls",
    "Bootstrap",
    "Cells",
    "Concentration",
    "Contrasts",
    "Core",
    "LogitFit",
    "MeanDifference",
    "OlsFit",
    "OrderedEffects",
    "OrderedFit",
    "PermutationTest",
    "Pooled",
    "PredictedDistribution",
    "ProportionalOdds",
    "Result",
    "Shares",
    "TwoGroups",
    "adjust",
    "average_marginal_effects",
    "beside_ols",
    "bootstrap",
    "brant",
    "category_cells",
    "cells",
    "concentration",
    "core_periphery",
    "degree_centralisation",
    "differences",
    "fisher_exact",
    "gini",
    "logit",
    "logit_models",
    "logit_statistic",
    "lorenz",
    "mean_difference",
    "median_limits",
    "odds_ratios",
    "ols",
    "ordered_logit",
    "ordered_marginal_effects",
    "paired_difference",
    "permutation_test",
    "pool_estimates",
    "pooled_means",
    "pooled_shares",
    "predicted_distribution",
    "risk_ratios",
    "shares",
    "stars",
    "top_share",
    "two_group_logit",
    "two_mode_centralisation",
    "two_sided_p",
]
