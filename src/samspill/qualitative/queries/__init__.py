"""Questions asked of coded texts: matrices, passages, co-occurrence, sides, search, quotes.

Every question is a function of ``Tables`` and gives a small frozen result with a tidy ``frame``.
``conditions`` says which passages are meant: ``code("money") & side("municipality")``.
"""

from samspill.qualitative.queries import conditions
from samspill.qualitative.queries.across import Across, across
from samspill.qualitative.queries.cases import CaseTable, JointDisplay, case_table, joint_display
from samspill.qualitative.queries.contradictions import (
    Contradictions,
    Judgement,
    Opposition,
    contradictions,
    oppositions,
)
from samspill.qualitative.queries.cooccurrence import Cooccurrence, cooccurrence
from samspill.qualitative.queries.matrix import Cell, Matrix, matrix
from samspill.qualitative.queries.proximity import Proximity, proximity
from samspill.qualitative.queries.quotes import Quotes, quotes
from samspill.qualitative.queries.search import Hits, SearchIndex, search
from samspill.qualitative.queries.segments import Segments, segments
from samspill.qualitative.queries.sequences import Sequences, sequences
from samspill.qualitative.queries.sides import Sides, sides

__all__ = [
    "Across",
    "CaseTable",
    "Cell",
    "Contradictions",
    "Cooccurrence",
    "Hits",
    "JointDisplay",
    "Judgement",
    "Matrix",
    "Opposition",
    "Proximity",
    "Quotes",
    "SearchIndex",
    "Segments",
    "Sequences",
    "Sides",
    "across",
    "case_table",
    "conditions",
    "contradictions",
    "cooccurrence",
    "joint_display",
    "matrix",
    "oppositions",
    "proximity",
    "quotes",
    "search",
    "segments",
    "sequences",
    "sides",
]
