"""From printed statistics back to the counts that they were computed from.

``reconstruct`` solves a table of printed numbers and weighs the evidence, ``grim`` asks whether a
percentage or a mean can rest on so many units, ``disclosure_check`` turns the solver on a table
that is yet to be published, ``reconstruct_microdata`` invents answers consistent with all that is
printed. Knows no study: takes Polars frames.
"""

from samspill.reconstruction.disclosure import Disclosure, disclosure_check
from samspill.reconstruction.granularity import Grim, grim, possible_sizes
from samspill.reconstruction.microdata import conflicts, reconstruct_microdata
from samspill.reconstruction.printed_number import PrintedNumber
from samspill.reconstruction.printed_table import read_printed
from samspill.reconstruction.reconstruction import reconstruct
from samspill.reconstruction.result import Reconstruction
from samspill.reconstruction.rounding import RoundingConvention

__all__ = [
    "Disclosure",
    "Grim",
    "PrintedNumber",
    "Reconstruction",
    "RoundingConvention",
    "conflicts",
    "disclosure_check",
    "grim",
    "possible_sizes",
    "read_printed",
    "reconstruct",
    "reconstruct_microdata",
]
