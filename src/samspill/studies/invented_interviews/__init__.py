"""Interviews that never took place, coded by two coders who do not exist.

They show what the interviews workspace does: TOML files with a conversation and its codings each,
and ``study.toml`` with what is common to them. ``interviews()`` reads them all and finds every
quote's place; ``interview_study()`` gives units, coders, and the names to pseudonymise.
"""

from samspill.studies.invented_interviews.model import (
    InventedCoding,
    InventedInterview,
    InventedInterviewStudy,
    KnownName,
)
from samspill.studies.invented_interviews.reading import interview_study, interviews

__all__ = [
    "InventedCoding",
    "InventedInterview",
    "InventedInterviewStudy",
    "KnownName",
    "interview_study",
    "interviews",
]
