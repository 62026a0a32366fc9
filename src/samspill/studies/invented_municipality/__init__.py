"""Oterfjord, a municipality that does not exist: its register, pulse and national files.

``invent`` makes every table of the register relative to a given day, so that deadlines and coming
meetings are always fresh; ``pulse`` makes the answers of both sides, and ``national_files`` what
the national registers would say. The same day and seed give the same.
"""

from samspill.studies.invented_municipality.inventing import SEED, invent
from samspill.studies.invented_municipality.national import national_files
from samspill.studies.invented_municipality.pulse import PulseAnswer, pulse, pulse_rounds
from samspill.studies.invented_municipality.rows import Row
from samspill.studies.invented_municipality.words import MUNICIPALITY, InventedMunicipality

__all__ = [
    "MUNICIPALITY",
    "SEED",
    "InventedMunicipality",
    "PulseAnswer",
    "Row",
    "invent",
    "national_files",
    "pulse",
    "pulse_rounds",
]
