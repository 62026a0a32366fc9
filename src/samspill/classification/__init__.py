"""Codes that change with reforms: which code became which, and what can be compared through it.

Reads the *changes* of a classification as Statistics Norway's KLASS gives them (131 is the
municipalities), follows codes through time, and sorts two dates' codes into the smallest groups
that cover the same ground at both. A code is used again; what is followed is a code in its time.
"""

from samspill.classification.changes import ChangeTable, CodeChange
from samspill.classification.groups import Comparability, Group, comparable_groups
from samspill.classification.history import (
    CodePeriod,
    Event,
    EventKind,
    History,
    events,
    trace,
)
from samspill.classification.klass import MUNICIPALITIES, fetch_changes
from samspill.classification.reading import read_changes

__all__ = [
    "MUNICIPALITIES",
    "ChangeTable",
    "CodeChange",
    "CodePeriod",
    "Comparability",
    "Event",
    "EventKind",
    "Group",
    "History",
    "comparable_groups",
    "events",
    "fetch_changes",
    "read_changes",
    "trace",
]
