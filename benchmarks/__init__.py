"""Measurements of the library against named peers and against the limit; see README.md."""
