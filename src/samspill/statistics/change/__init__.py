"""Change between waves: of the same units, of different ones, and of some of each.

Answers are counted once by their pattern over the waves (``pattern_cells``); changes, turnover and
differences in differences follow from that.
"""

from samspill.statistics.change.did import DifferencesInDifferences, difference_in_differences
from samspill.statistics.change.patterns import pattern_cells
from samspill.statistics.change.waves import Changes, changes

__all__ = [
    "Changes",
    "DifferencesInDifferences",
    "changes",
    "difference_in_differences",
    "pattern_cells",
]
