"""Interviews, open answers and documents: sources, codes, codings, and what they say.

A project is plain data (``Project`` of ``Source``, ``Code``, ``Coding``, ``Coder``, ``Memo``); its
``tables()`` are tidy frames that the questions are asked of. Reads other programs' files, exchanges
projects by REFI-QDA, and says how far coders agree.
"""

from samspill.qualitative.codebook import shipped_codebook, shipped_guid
from samspill.qualitative.model import (
    Code,
    Coder,
    Coding,
    Memo,
    Project,
    Source,
    TimePoint,
    new_guid,
)
from samspill.qualitative.opening import open_project, save_project
from samspill.qualitative.tables import Tables, project_tables
from samspill.qualitative.turns import Paragraph, paragraphs

__all__ = [
    "Code",
    "Coder",
    "Coding",
    "Memo",
    "Paragraph",
    "Project",
    "Source",
    "Tables",
    "TimePoint",
    "new_guid",
    "open_project",
    "paragraphs",
    "project_tables",
    "save_project",
    "shipped_codebook",
    "shipped_guid",
]
