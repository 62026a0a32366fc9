"""How different would those who did not answer have to be for a conclusion to change?

``share_bounds`` asks it of shares, ``tipping_points`` of differences between two groups. Both are
functions of cells and of how many units of each group did not answer. ``weighted_shift`` and
``weighted_tipping`` ask the same of weighted numbers.
"""

from samspill.statistics.sensitivity.bounds import ShareBounds, share_bounds
from samspill.statistics.sensitivity.differences import TippingPoints, tipping_points
from samspill.statistics.sensitivity.mixture import Mixture
from samspill.statistics.sensitivity.weighted import (
    WeightedGroup,
    WeightedShift,
    WeightedTipping,
    weighted_shift,
    weighted_tipping,
)

__all__ = [
    "Mixture",
    "ShareBounds",
    "TippingPoints",
    "WeightedGroup",
    "WeightedShift",
    "WeightedTipping",
    "share_bounds",
    "tipping_points",
    "weighted_shift",
    "weighted_tipping",
]
