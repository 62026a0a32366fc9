"""Questions asked of coded texts: matrices, passages, co-occurrence, sides, search, quotes.

Every question is a function of ``Tables`` and gives a small frozen result with a tidy ``frame``.
``conditions`` says which passages are meant: ``code("money") & side("municipality")``.
"""

from samspill.qualitative.queries import conditions
from samspill.qualitative.queries.cooccurrence import Cooccurrence, cooccurrence
from samspill.qualitative.queries.matrix import Cell, Matrix, matrix
from samspill.qualitative.queries.proximity import Proximity, proximity
from samspill.qualitative.queries.search import Hits, SearchIndex, search
from samspill.qualitative.queries.segments import Segments, segments
from samspill.qualitative.queries.sequences import Sequences, sequences

__all__ = [
    "Cell",
    "Cooccurrence",
    "Hits",
    "Matrix",
    "Proximity",
    "SearchIndex",
    "Segments",
    "Sequences",
    "conditions",
    "cooccurrence",
    "matrix",
    "proximity",
    "search",
    "segments",
    "sequences",
]
