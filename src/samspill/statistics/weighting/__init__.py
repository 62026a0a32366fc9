"""Weights that make those who answered stand for all: to known totals, or by the chance to answer.

Everything works on a ``Sample``: respondents counted by the variables that weights depend on, so
that a table of a few dozen rows is all that is solved for, whatever the number of units.
"""

from samspill.statistics.weighting.adjusting import post_stratify, rake
from samspill.statistics.weighting.calibrating import Distance, calibrate
from samspill.statistics.weighting.margins import Margin, Total, margin_of_frame
from samspill.statistics.weighting.propensity import propensity_weights
from samspill.statistics.weighting.sample import Sample
from samspill.statistics.weighting.trimming import trim
from samspill.statistics.weighting.weights import Weights

__all__ = [
    "Distance",
    "Margin",
    "Sample",
    "Total",
    "Weights",
    "calibrate",
    "margin_of_frame",
    "post_stratify",
    "propensity_weights",
    "rake",
    "trim",
]
