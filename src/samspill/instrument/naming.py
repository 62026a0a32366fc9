"""One name for each answer, for formats that know neither fields nor multiple answers."""

from __future__ import annotations


def column_name(*parts: str) -> str:
    """The parts joined: variable, field where there is one, category where there are several."""
    return "_".join(part for part in parts if part)
