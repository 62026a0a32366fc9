"""Interviews and open answers: sources, codes, codings, and what they say.

Models keep what ``samspill.qualitative`` describes; ``changes`` is how anything here is changed,
with undo, redo and what is new since; ``project`` hands a study's material to the library and takes
in what the library has read.
"""
