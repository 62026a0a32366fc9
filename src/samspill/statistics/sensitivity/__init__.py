"""How different would those who did not answer have to be for a conclusion to change?

``share_bounds`` asks it of shares, ``tipping_points`` of differences between two groups. Both are
functions of cells and of how many units of each group did not answer.
"""

from samspill.statistics.sensitivity.bounds import ShareBounds, share_bounds
from samspill.statistics.sensitivity.differences import TippingPoints, tipping_points
from samspill.statistics.sensitivity.mixture import Mixture

__all__ = ["Mixture", "ShareBounds", "TippingPoints", "share_bounds", "tipping_points"]
