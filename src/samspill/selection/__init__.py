"""Which units to study as cases, what they cover, and which informants are still to be asked.

``choose_cases`` chooses by a method of Seawright and Gerring (2008), ``coverage`` measures any
selection, ``interview_coverage`` holds the interviews made against those planned, and
``load_guide`` gives the questions with the codes that they feed. Frames in, frames out: the room
knows no study.
"""

from samspill.selection.attributes import Attribute, attributes_of
from samspill.selection.choosing import METHODS, choose_cases
from samspill.selection.coverage import Coverage, coverage
from samspill.selection.guide import Guide, GuideCheck, Question, load_guide
from samspill.selection.informants import InterviewCoverage, interview_coverage, interview_plan
from samspill.selection.quotas import Quota, parse_quota
from samspill.selection.result import Selection

__all__ = [
    "METHODS",
    "Attribute",
    "Coverage",
    "Guide",
    "GuideCheck",
    "InterviewCoverage",
    "Question",
    "Quota",
    "Selection",
    "attributes_of",
    "choose_cases",
    "coverage",
    "interview_coverage",
    "interview_plan",
    "load_guide",
    "parse_quota",
]
