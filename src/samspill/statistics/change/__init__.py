"""Change between waves: of the same units, of different ones, and of some of each.

Answers are counted once by their pattern over the waves (``pattern_cells``); changes, turnover and
differences in differences follow from that.
"""

from samspill.statistics.change.bacon import Decomposition, decompose
from samspill.statistics.change.did import DifferencesInDifferences, difference_in_differences
from samspill.statistics.change.event_study import EventStudy, event_study
from samspill.statistics.change.patterns import pattern_cells
from samspill.statistics.change.sensitivity import (
    Sensitivity,
    largest_change_excluded,
    relative_magnitudes,
)
from samspill.statistics.change.waves import Changes, changes

__all__ = [
    "Changes",
    "Decomposition",
    "DifferencesInDifferences",
    "EventStudy",
    "Sensitivity",
    "changes",
    "decompose",
    "difference_in_differences",
    "event_study",
    "largest_change_excluded",
    "pattern_cells",
    "relative_magnitudes",
]
