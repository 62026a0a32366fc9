"""A study opened for questions: shares, differences, models, and the check of printed numbers.

``open_study`` gives a ``StudyAnalysis``. Its verbs bring the study's answers through indicators
and cells to ``samspill.statistics``, and add to every number its field and its provenance.
"""

from samspill.analysis.check import Check
from samspill.analysis.open_answers import (
    WhoAnswered,
    open_answer_rows,
    who_answered,
    with_open_answers,
)
from samspill.analysis.publishing import require_safe
from samspill.analysis.study_analysis import StudyAnalysis, open_study

__all__ = [
    "Check",
    "StudyAnalysis",
    "WhoAnswered",
    "open_answer_rows",
    "open_study",
    "require_safe",
    "who_answered",
    "with_open_answers",
]
