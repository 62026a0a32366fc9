"""LimeSurvey's survey structure files (.lss), read.

The files of LimeSurvey 4 and later, whose texts stand in tables of their own by language. What
Samspill's instruments do not have is refused with the group or question it stands at.
"""

from samspill.instrument.limesurvey.reading import read_limesurvey

__all__ = ["read_limesurvey"]
