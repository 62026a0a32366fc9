"""Advice: for each barrier, measures that a municipality can take, and what is known of them.

Measures and sources stand as TOML files in ``data/``, in every language, with the grade of the
evidence and where in a municipality's register one sees that a measure is done. What is known is
association, never cause. Advice knows the vocabulary alone; the register is named, not read.
"""

from samspill.advice.loading import load
from samspill.advice.model import Advice, Citation, Measure, RegisterColumn, Source, Term

__all__ = ["Advice", "Citation", "Measure", "RegisterColumn", "Source", "Term", "load"]
