"""Triangulation: what interviews, organisations, survey and register say of one theme, laid side
by side.

``counts_of_interviews``, ``counts_of_survey`` and ``counts_of_register`` bring each source to one
form; ``lay_beside`` gives the ``JointDisplay``: a position for each source, and by rules whether
they converge, complement each other, contradict, or are silent. A ``Memo`` keeps possible reasons
with their evidence; a contradiction stays open until a person closes it for what was said.
"""

from samspill.triangulation.counts import COUNTS, Counts, read_counts
from samspill.triangulation.display import JointDisplay, Row, lay_beside
from samspill.triangulation.interviews import counts_of_interviews
from samspill.triangulation.memo import (
    Decision,
    Evidence,
    Memo,
    Memos,
    Reason,
    Statement,
    memo_frame,
    read_memo,
)
from samspill.triangulation.position import Measure, Position
from samspill.triangulation.register import counts_of_register
from samspill.triangulation.rules import Relation, relation
from samspill.triangulation.sources import StudySources, sources_of
from samspill.triangulation.survey import counts_of_survey
from samspill.triangulation.themes import COLUMNS, INTERVIEWS, Item, Theme, read_themes, themes

__all__ = [
    "COLUMNS",
    "COUNTS",
    "INTERVIEWS",
    "Counts",
    "Decision",
    "Evidence",
    "Item",
    "JointDisplay",
    "Measure",
    "Memo",
    "Memos",
    "Position",
    "Reason",
    "Relation",
    "Row",
    "Statement",
    "StudySources",
    "Theme",
    "counts_of_interviews",
    "counts_of_register",
    "counts_of_survey",
    "lay_beside",
    "memo_frame",
    "read_counts",
    "read_memo",
    "read_themes",
    "relation",
    "sources_of",
    "themes",
]
