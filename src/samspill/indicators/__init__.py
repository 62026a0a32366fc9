"""Indicators: from answers to indicator values, by definitions that are data.

A definition names a rule (variable, union, any_of, count, top_category, answered), the variables
it reads and whether it holds per field or for the unit as a whole. ``indicator_frame`` applies
the definitions of a study and gives the one frame that everything is counted from.
"""

from samspill.indicators.definitions import IndicatorDefinition, read_definitions
from samspill.indicators.frame import indicator_frame

__all__ = ["IndicatorDefinition", "indicator_frame", "read_definitions"]
