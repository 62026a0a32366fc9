"""Estimates from samples with strata, clusters, finite populations and calibrated weights.

A ``Design`` says how the rows were drawn; ``means``, ``totals``, ``ratios`` and ``differences``
give estimates with standard errors by Taylor linearisation.
"""

from samspill.statistics.design_variance.design import Design, LonelyPsu
from samspill.statistics.design_variance.estimates import (
    DesignEstimates,
    differences,
    means,
    ratios,
    totals,
)

__all__ = ["Design", "DesignEstimates", "LonelyPsu", "differences", "means", "ratios", "totals"]
