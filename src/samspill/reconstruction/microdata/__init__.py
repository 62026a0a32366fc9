"""Microdata consistent with everything that is printed at once.

Printed numbers become statements on counts; integer programming finds which counts are possible
and which statements contradict each other; the counts are then placed on units by seeded draws.
"""

from samspill.reconstruction.microdata.codes import possible_codes
from samspill.reconstruction.microdata.conflicts import Conflict, conflicts
from samspill.reconstruction.microdata.microdata import (
    CONSISTENT,
    EXACT,
    Microdata,
    reconstruct_microdata,
)
from samspill.reconstruction.microdata.specification import (
    Assumption,
    BinaryVariable,
    OrdinalVariable,
    Specification,
    Union,
)

__all__ = [
    "CONSISTENT",
    "EXACT",
    "Assumption",
    "BinaryVariable",
    "Conflict",
    "Microdata",
    "OrdinalVariable",
    "Specification",
    "Union",
    "conflicts",
    "possible_codes",
    "reconstruct_microdata",
]
