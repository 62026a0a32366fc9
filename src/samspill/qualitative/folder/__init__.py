"""A project as a folder of open files: ``project.json``, CSV tables, and a text file a source.

What ``write_project`` writes, ``read_project`` gives back as it was; nothing is half-written.
"""

from samspill.qualitative.folder.reading import read_project
from samspill.qualitative.folder.writing import write_project

__all__ = ["read_project", "write_project"]
