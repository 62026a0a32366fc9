"""A study as a folder of open files.

A study holds units, answers, the instrument, indicator definitions, printed numbers and how each
was come to know, as a Frictionless Data Package. This room reads, validates and writes it, takes
tables in from other formats by a mapping file, and gives labelled data files out.
"""

from samspill.study.exporting import export_study
from samspill.study.importing import import_table
from samspill.study.model import Study
from samspill.study.reading import read_study, validate_study
from samspill.study.seal import changed_files, seal_study
from samspill.study.shipped import locate_study, shipped_studies
from samspill.study.writing import write_study

__all__ = [
    "Study",
    "changed_files",
    "export_study",
    "import_table",
    "locate_study",
    "read_study",
    "seal_study",
    "shipped_studies",
    "validate_study",
    "write_study",
]
