"""Statistics on cells: everything categorical is counted once, every estimate follows from that.

``cells`` is the one door to a data engine. Shares, differences, ratios, models, resampling and
corrections are functions of the small table it gives; none of them sees a row of data.
"""

from __future__ import annotations

from samspill.statistics.cells import Cells
from samspill.statistics.counting import cells
from samspill.statistics.results import Result
from samspill.statistics.significance import adjust, stars

__all__ = ["Cells", "Result", "adjust", "cells", "stars"]
